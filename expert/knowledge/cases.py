"""Given facts, and the cases that ship with a knowledge base: what is given, and what is expected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from expert.knowledge.problems import NOWHERE, Place
from expert.knowledge.rules import Value


class Fact(NamedTuple):
    """A given fact: attribute = value, with a certainty factor and an origin.

    Parameters
    ----------
    attribute : str
        Its attribute's name.
    value : Value
        As the attribute's declaration understands it.
    certainty : float
        In [-1, 1]; 0 says nothing.
    origin : str
        Where it was given, such as ``facts.yaml:3``.
    note : str
        The giver's remark.
    fixed : bool
        Whether it cannot be otherwise, so that no flip changes it.
    """

    attribute: str
    value: Value
    certainty: float = 1.0
    origin: str = "given"
    note: str = ""
    fixed: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Write it as consultations do."""
        data = {key: getattr(self, key) for key in ("attribute", "value", "certainty", "origin")}
        return data | ({"note": self.note} if self.note else {}) | ({"fixed": True} if self.fixed else {})


class Expectation(NamedTuple):
    """What a case expects; None where it does not say."""

    recommendation: Value | None = None
    ranking: tuple[Value, ...] | None = None
    certainty: Mapping[Value, float] | None = None
    tie: tuple[Value, ...] | None = None
    undecided: bool | None = None

    def to_dict(self) -> dict[str, Any]:
        """Write it as in the file, without what it does not say."""
        return {key: value for key, value in self._asdict().items() if value is not None}


@dataclass(frozen=True)
class Case:
    """A scenario test that ships with the knowledge base."""

    name: str
    given: tuple[Fact, ...]
    expect: Expectation
    place: Place = field(default=NOWHERE, compare=False)
