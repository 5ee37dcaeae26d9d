"""Rows decided as columns, against Polars written by hand and against the peers, all in one run.

Run as ``python -m benchmarks.columns``; it takes about four minutes. Our columns hold coded texts (``pl.Enum``), as a
table from Parquet has them; the peers get the same cases as dictionaries, which suits them best.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from operator import and_, mul

import polars as pl

from benchmarks import shapes
from benchmarks.peers import PEERS
from benchmarks.peers.__main__ import COMPARED, MOST_CASES, SIZES, built, machine, microseconds_a_row
from benchmarks.peers.common import clauses
from benchmarks.workload import CHOICES, cases, knowledge_base
from expert import KnowledgeBase
from expert.knowledge.loading.knowledge_base_file import load, load_bytes
from expert.knowledge.model import Model
from expert.knowledge.rules import Pair

ROWS = {10: 4_000_000, 100: 1_000_000, 1000: 100_000}
ENGINES = ("experta", "durable", "clips", "zen")
"""The peers that are rule engines."""


def frame(model: Model, rows: int, seed: int = 0) -> pl.DataFrame:
    """Make a table of random cases, with every question answered."""
    names = [attribute.name for attribute in model.attributes.values() if attribute.question]
    choices = pl.Series(CHOICES, dtype=pl.Enum(CHOICES))
    seeds = range(seed * len(names), (seed + 1) * len(names))
    return pl.DataFrame(
        {n: choices.sample(rows, with_replacement=True, seed=i) for n, i in zip(names, seeds, strict=True)}
    )


def by_hand(model: Model) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """Write the same rules in Polars, as one would without a rule engine: a factor a rule, a product a pair.

    It gives less than `KnowledgeBase.decide`: the recommendation and its certainty alone.
    """
    by_stratum: dict[int, list] = {}
    for clause in clauses(model):
        by_stratum.setdefault(clause.stratum, []).append(clause)
    last = {clause.pair: clause.stratum for clause in clauses(model)}
    stages, factors = [], {}

    def certainty(pair: Pair) -> pl.Expr:
        return pl.col(f"{pair[0]}={pair[1]}") if pair in last else pl.lit(0.0)

    for stratum, here in by_stratum.items():
        degrees = {}
        for clause in here:
            conditions = [pl.col(name) == value for name, value in clause.asked]
            scores = [certainty(pair) for pair in clause.derived]
            conditions += [score > model.threshold for score in scores]
            strength = abs(clause.certainty) * pl.min_horizontal(scores) if scores else pl.lit(abs(clause.certainty))
            factor = pl.when(reduce(and_, conditions)).then(1.0 - strength).otherwise(1.0)
            degrees[clause.name] = factor.alias(clause.name)
            factors.setdefault((clause.pair, clause.certainty > 0), []).append(pl.col(clause.name))
        stages.append(list(degrees.values()))
        pairs = [pair for pair, end in last.items() if end == stratum]
        products = {
            (pair, side): reduce(mul, factors.get((pair, side), [pl.lit(1.0)])).alias(f"{pair} {side}")
            for pair in pairs
            for side in (True, False)
        }
        stages.append(list(products.values()))
        support = {pair: (pl.col(f"{pair} True"), pl.col(f"{pair} False")) for pair in pairs}
        stages.append(
            [
                pl.when(p == n).then(0.0).otherwise((n - p) / pl.max_horizontal(p, n)).alias(f"{name}={value}")
                for (name, value), (p, n) in support.items()
            ]
        )
    goal = [certainty((model.goal, value)) for value in model.candidates]
    best = pl.col("best")
    leaders = pl.sum_horizontal([best - score <= 1e-9 for score in goal])
    winner = pl.coalesce(
        [pl.when(score == best).then(pl.lit(v)) for v, score in zip(model.candidates, goal, strict=True)]
    )
    stages.append([pl.max_horizontal(goal).alias("best")])
    decided = (best > model.threshold) & (leaders == 1)
    answer = [pl.when(decided).then(winner).alias("recommendation"), best.alias("certainty")]

    def decide(table: pl.DataFrame) -> pl.DataFrame:
        lazy = table.lazy()
        for stage in stages:
            lazy = lazy.with_columns(stage)
        return lazy.select(answer).collect(engine="streaming")

    return decide


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def speed() -> str:
    """Rows decided as columns, against Polars written by hand and against other rule engines.

    All questions of a row are answered. With 10 and 100 rules, the table has more rows (4 and 1 million) than there
    can be different ones (27 and 531,441): these are decided with the first table, and answers are looked up from
    then on. With 1,000 rules, it has fewer (100,000), and the rules run over all rows, as they always do where facts
    have certainties.
    """
    rows: dict[str, list[float | None]] = {}
    for rules in SIZES:
        model = load_bytes(knowledge_base(rules).encode(), "workload.yaml")
        ours, theirs, table = KnowledgeBase(model), by_hand(model), frame(model, ROWS[rules])
        few = table.head(10_000)
        assert ours.decide(few)["recommendation"].equals(theirs(few)["recommendation"])
        first = seconds(lambda: KnowledgeBase(model).decide(table))  # noqa: B023
        graded = table.with_columns(pl.lit(1.0).alias(f"{table.columns[0]}.certainty"))
        ways = (lambda: ours.decide(table), lambda: ours.decide(graded), lambda: theirs(table))  # noqa: B023
        expert, by_rules, hand = (statistics.median(seconds(way) for _ in range(9)) / len(table) * 1e6 for way in ways)
        given = cases(rules, MOST_CASES)
        peers = microseconds_a_row(built(model, given[:COMPARED]), given)
        best = min(peers[name] for name in ENGINES if name in peers)
        figures = {
            "**expert**": expert,
            "expert, the first table": first / len(table) * 1e6,
            "expert, with a column of certainties": by_rules,
            "Polars by hand": hand,
        }
        figures |= {f"{PEERS[name].label} {PEERS[name].version}".strip(): peers.get(name) for name in PEERS}
        figures |= {"by hand / expert": hand / expert, "best rule engine / expert": best / expert}
        for label, figure in figures.items():
            rows.setdefault(label, []).append(figure)
    lines = [f"| µs a row | {' | '.join(f'{rules:,} rules' for rules in SIZES)} |", f"|---|{'---|' * len(SIZES)}"]
    for label, figures in rows.items():
        shown = map(_shown, figures)
        lines.append(f"| {label} | {' | '.join(shown)} |")
    return "\n".join(lines)


def _shown(figure: float | None) -> str:
    """Show three digits, or all that stand before the point."""
    return "—" if figure is None else f"{figure:,.3g}" if figure < 1000 else f"{figure:,.0f}"


def tables() -> str:
    """Decision tables, against the same rows written as rules one by one.

    Where only the first row that holds counts, rules by hand have no counterpart; these then count all. Texts, from a
    table of 200,000 random cases; the last line is the patch triage of the documentation.
    """
    lines = ["| rows | by hand, µs a row | all count / by hand | the first counts / by hand |", "|---|---|---|---|"]
    triage = load("docs/examples/patch-triage.yaml")
    for label, model in [
        *((f"{n:,}", load_bytes(shapes.rows(n).rules.encode(), "b")) for n in (16, 100, 1000)),
        ("triage", triage),
    ]:
        names = [a.name for a in model.attributes.values() if a.question]
        table = pl.DataFrame(
            {
                name: pl.Series(list(model.attributes[name].choices)).sample(200_000, with_replacement=True, seed=seed)
                for seed, name in enumerate(names)
            }
        )
        ways = []
        for changes in ({"table": "", "first": False}, {"first": False}, {"first": True}):
            rules = tuple(replace(rule, **changes) for rule in model.rules)
            ways.append(KnowledgeBase(replace(model, rules=rules)))
        for way in ways:
            way.decide(table)
        hand, *others = (statistics.median(seconds(lambda: way.decide(table)) for _ in range(5)) for way in ways)  # noqa: B023
        ratios = " | ".join(f"{other / hand:.2f}" for other in others)
        lines.append(f"| {label} | {hand / len(table) * 1e6:.3g} | {ratios} |")
    return "\n".join(lines)


def growth() -> str:
    """Compiling, and deciding two thousand rows, for more and more rules."""
    lines = ["| rules | compile, ms | 2,000 rows, ms | per rule, µs and µs |", "|---|---|---|---|"]
    for rules in (10, 30, 100, 300, 1000, 3000):
        model = load_bytes(knowledge_base(rules).encode(), "workload.yaml")
        table = frame(model, 2_000)
        compiling = min(seconds(lambda: KnowledgeBase(model).decide(table.head(1))) for _ in range(3))  # noqa: B023
        ours = KnowledgeBase(model)
        ours.decide(table)
        deciding = min(seconds(lambda: ours.decide(table)) for _ in range(5))  # noqa: B023
        each = f"{compiling / rules * 1e6:.0f}, {deciding / rules * 1e6:.0f}"
        lines.append(f"| {rules:,} | {compiling * 1000:.0f} | {deciding * 1000:.1f} | {each} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print the tables."""
    print(f"On {machine()}, Polars {pl.__version__}.\n\n{speed()}\n\n{growth()}")


if __name__ == "__main__":
    main()
