"""The workload of ``benchmarks/workload.py`` on other rule engines, to measure ours against.

Each peer is a function of a `Model` that builds the engine once and gives back a function from a list of cases to the
list of their winners: the recommendation, or None for a tie or no decision. ``python -m benchmarks.peers`` times
them; ``tests/benchmarks/test_peers.py`` checks that they find the same winners as ``KnowledgeBase.consult``.

They take what the workload has: conjunctions of ``= v`` tests, choices only, one conclusion a rule, definite facts.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import NamedTuple, TypeAlias

from expert.knowledge.model import Model

Case: TypeAlias = dict[str, str]
Decide: TypeAlias = Callable[[list[Case]], list[str | None]]


class Peer(NamedTuple):
    """What a peer is called, the module that it needs, and the package on PyPI that holds that; both may be empty."""

    label: str
    needs: str = ""
    package: str = ""

    @property
    def is_installed(self) -> bool:
        """Whether it can be run."""
        return not self.needs or find_spec(self.needs) is not None

    @property
    def version(self) -> str:
        """The version of its package; empty if it needs none."""
        return version(self.package) if self.package else ""


PEERS = {
    "experta": Peer("experta, one wide fact", "experta", "experta"),
    "durable": Peer("durable_rules", "durable", "durable_rules"),
    "clips": Peer("CLIPS through clipspy", "clips", "clipspy"),
    "zen": Peer("GoRules ZEN, batch", "zen", "zen-engine"),
    "interpreter": Peer("a dictionary interpreter in plain Python"),
}
"""The function ``NAME`` stands in the module ``NAME_peer``."""


def peer(name: str) -> Callable[[Model], Decide]:
    """Import a peer; its package must be installed."""
    function: Callable[[Model], Decide] = getattr(import_module(f"benchmarks.peers.{name}_peer"), name)
    return function
