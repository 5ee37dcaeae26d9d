"""All benchmarks in one run, written to ``docs/benchmarks.md``: ``make bench``, about thirty minutes."""

import gc
from datetime import date
from inspect import cleandoc
from pathlib import Path

import polars as pl

from benchmarks import (
    columns,
    commands,
    consultation,
    decisions,
    explanations,
    interview,
    parquet,
    spark,
    start_up,
    tables,
)
from benchmarks.peers.__main__ import machine

SECTIONS = (
    ("A command from a cold start", start_up, start_up.table),
    ("Every command, as the rules grow", commands, commands.table),
    ("A folder of decisions, rechecked", decisions, decisions.table),
    ("One consultation, its trace included", consultation, consultation.table),
    ("Explanations of one consultation", explanations, explanations.table),
    ("Analyses of many numbers", explanations, explanations.numbers),
    ("Rows decided as columns", columns, columns.speed),
    ("Growth with the rules", columns, columns.growth),
    ("Decision tables", columns, columns.tables),
    ("Tables as people have them", tables, tables.frames),
    ("Files as people have them", tables, tables.files),
    ("From file to file", parquet, parquet.table),
    ("On Spark, two ways", spark, spark.ways),
    ("On Spark, one core and two", spark, spark.scaling),
    ("Questions until certain", interview, interview.questions),
    ("Against the optimal order of questions", interview, interview.optimum),
    ("Time to the next question", interview, interview.speed),
)


def main() -> None:
    """Measure everything, and write the page whole."""
    parts = [
        "# Benchmarks",
        f"Written by `make bench` on {date.today():%Y-%m-%d}: {machine()}, Polars {pl.__version__}. Every ratio is of "
        "two figures from the same run; the figures themselves differ from machine to machine.",
    ]
    for heading, module, measure in SECTIONS:
        print(heading, flush=True)
        gc.collect()
        gc.freeze()  # what one section leaves behind is not looked at again in the time of the next
        own = module in (columns, interview, spark, tables) or measure is explanations.numbers
        about = cleandoc(measure.__doc__ if own else module.__doc__).split("Run as ")[0].strip()
        parts += [f"## {heading}", about.replace("``", "`"), measure()]
    Path("docs/benchmarks.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
