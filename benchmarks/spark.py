"""On Spark: its own expressions against Polars in its Python workers, and one core against two.

Run as ``python -m benchmarks.spark``; it takes about five minutes, and needs two cores and Java. The table has the
columns that 100 rules read, an identifier, two numbers and a text, as tables have; all pass through. Every figure is
the least of several runs in turn, since other work on the machine can only add to it.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pyspark
from pyspark.sql import DataFrame

from benchmarks.columns import frame
from benchmarks.peers.__main__ import machine
from benchmarks.workload import knowledge_base
from expert import KnowledgeBase
from expert.frames.adapters import spark as on_spark
from expert.frames.decider import Decider
from expert.frames.spark_files import session
from expert.knowledge.loading.knowledge_base_file import load_bytes

WAYS = {"expressions": sys.maxsize, "workers": 0}
"""The two ways, and with which bound each is taken."""

PARTS = 8
PART = 125_000
WAYS_PARTS = {10: 8, 15: 8, 20: 8, 30: 4, 100: 2, 300: 1}
"""For each number of rules, how many parts of the table are decided in both ways."""

SCALED = (10, 100)
"""The numbers of rules that run on one core and on two."""


def knowledge_base_of(count: int) -> KnowledgeBase:
    return KnowledgeBase(load_bytes(knowledge_base(count).encode(), "workload.yaml"))


def make(folder: Path, parts: int = PARTS) -> list[str]:
    """Write a table in parts, and name them."""
    cases = frame(knowledge_base_of(100).model, PART).cast(pl.String)
    for part in range(parts):
        pl.select(
            project=pl.int_range(part * PART, (part + 1) * PART),
            budget=pl.int_range(PART).shuffle(seed=part) * 1.25,
            hours=pl.int_range(PART).shuffle(seed=part + 1000),
            owner=pl.format("team {}", pl.int_range(PART).shuffle(seed=part) % 5000),
        ).hstack(cases).write_parquet(folder / f"{part}.parquet")
    return [str(folder / f"{part}.parquet") for part in range(parts)]


def write(table: DataFrame, out: str = "") -> None:
    """Write a table to a folder, or to nowhere."""
    table.write.mode("overwrite").save(out, "parquet" if out else "noop")


def least(jobs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Give the least seconds of each job, over rounds in turn after one to warm up."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds + 1):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            times[name].append(time.perf_counter() - start)
    return {name: min(found[1:]) for name, found in times.items()}


def ways() -> str:
    """Spark's own expressions against Polars in its Python workers, on one core, from Parquet to nowhere."""
    lines = ["| rules | reading, µs a row | Spark's expressions | Python workers | ratio |", "|---|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as name, session("local[1]") as spark:
        parts = make(Path(name))
        for rules, count in WAYS_PARTS.items():
            table = spark.read.parquet(*parts[:count])
            jobs = {"reading": partial(write, table)}
            for way, bound in WAYS.items():
                with patch.object(on_spark, "NATIVE_RULES", bound):
                    jobs[way] = partial(write, knowledge_base_of(rules).decide(table, invalid="mark"))
            figures = [figure / count / PART * 1e6 for figure in least(jobs, rounds=4).values()]
            shown = " | ".join(f"{figure:.1f}" for figure in figures)
            lines.append(f"| {rules} | {shown} | {figures[1] / figures[2]:.2f} |")
    return "\n".join(lines)


def scaling() -> str:
    """One core against two, from Parquet to Parquet; values are checked in a query of its own."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        parts = make(Path(name))
        for cores in ("local[1]", "local[2]") * 2:
            with session(cores) as spark:
                table = spark.read.parquet(*parts)
                jobs = {"copy": partial(write, table, f"{name}/out")}
                jobs["check values"] = partial(Decider(knowledge_base_of(100).model).check, table)
                for rules in SCALED:
                    decided = knowledge_base_of(rules).decide(table, invalid="mark")
                    jobs[f"decide, {rules} rules"] = partial(write, decided, f"{name}/out")
                for job, figure in least(jobs, rounds=3).items():
                    best = found.setdefault(job, {})
                    best[cores] = min(best.get(cores, figure), figure)
    lines = ["| job | local[1], µs a row | local[2] | efficiency |", "|---|---|---|---|"]
    for job, best in found.items():
        one, two = (best[cores] / PARTS / PART * 1e6 for cores in ("local[1]", "local[2]"))
        lines.append(f"| {job} | {one:.2f} | {two:.2f} | {one / two / 2:.0%} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print the tables."""
    print(f"On {machine()}, PySpark {pyspark.__version__}, Polars {pl.__version__}.\n\n{ways()}\n\n{scaling()}")


if __name__ == "__main__":
    main()
