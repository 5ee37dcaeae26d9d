"""The time that each peer takes for a row, at 10, 100 and 1,000 rules.

Run as ``python -m benchmarks.peers``; it takes about two minutes. Each peer gets as many cases in a call as keep it
busy for a moment, in rounds in turn with the others, in one process; the figures are medians over the rounds. Building
the engine is not counted. First, the winners are compared with those that `expert` finds.
"""

import math
import os
import platform
import statistics
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.peers import PEERS, Case, Decide, peer
from benchmarks.workload import cases, knowledge_base
from expert import KnowledgeBase
from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.model import Model

SIZES = (10, 100, 1000)
COMPARED = 20
ROUNDS = 9
SECONDS_A_ROUND = 0.4
MOST_CASES = 20_000
SECONDS_TO_START = 30


def seconds(decide: Decide, given: list[Case]) -> float:
    """Time one call."""
    start = time.perf_counter()
    decide(given)
    return time.perf_counter() - start


def built(model: Model, given: list[Case]) -> dict[str, Decide]:
    """Build the peers that are installed, but for those that take too long over it and their first cases."""
    consult = KnowledgeBase(model).consult
    expected = [consult(case).recommendation for case in given]
    ready = {}
    for name in PEERS:
        if PEERS[name].is_installed:
            start = time.perf_counter()
            decide = peer(name)(model)
            assert decide(given) == expected, f"{name} finds other winners"
            if time.perf_counter() - start <= SECONDS_TO_START:
                ready[name] = decide
    return ready


def microseconds_a_row(deciders: Mapping[str, Decide], given: list[Case]) -> dict[str, float]:
    """Time each on as many of the cases as it does in a moment, in rounds, in turn.

    Parameters
    ----------
    deciders : mapping of str to Decide
        What to time.
    given : list of Case
        Enough of them; at least `COMPARED`.

    Returns
    -------
    dict of str to float
        The median over the rounds.
    """
    shares = {name: given[: _share(decide, given)] for name, decide in deciders.items()}
    times: dict[str, list[float]] = {name: [] for name in deciders}
    for _ in range(ROUNDS):
        for name, decide in deciders.items():
            times[name].append(seconds(decide, shares[name]) / len(shares[name]))
    return {name: statistics.median(found) * 1e6 for name, found in times.items()}


def _share(decide: Decide, given: list[Case]) -> int:
    """Find how many cases fill a round, from few, then from more."""
    share = COMPARED
    for part in (0.1, 1):
        share = max(5, int(part * SECONDS_A_ROUND / seconds(decide, given[:share]) * min(share, len(given))))
    return share


def machine() -> str:
    """Name the processor, how many there are, what else they have to do, and Python's version."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    name = names[0] if names else platform.processor() or platform.machine()
    load = os.getloadavg()[0]
    return f"{name}, {os.cpu_count()} processors, load {load:.1f} at the start, Python {platform.python_version()}"


def _decimals(figure: float) -> int:
    """Show three digits of a figure, or all that stand before the point."""
    return max(0, 2 - int(math.log10(max(figure, 1e-3))))


def main() -> None:
    """Measure and print the table."""
    print(f"On {machine()}.\n")
    columns = []
    for rules in SIZES:
        model = load_bytes(knowledge_base(rules).encode(), "workload.yaml")
        given = cases(rules, MOST_CASES)
        columns.append(microseconds_a_row(built(model, given[:COMPARED]), given))
    print(f"| µs a row | version | {' | '.join(f'{rules:,} rules' for rules in SIZES)} |")
    print(f"|---|---|{'---|' * len(SIZES)}")
    for name, described in PEERS.items():
        figures = [f"{column[name]:,.{_decimals(column[name])}f}" if name in column else "—" for column in columns]
        version = described.version if described.is_installed else ""
        print(f"| {described.label} | {version} | {' | '.join(figures)} |")


if __name__ == "__main__":
    main()
