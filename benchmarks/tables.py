"""Tables as people have them: the shipped knowledge bases, on all their questions, as text, a third of it missing.

Run as ``python -m benchmarks.tables``; it takes about five minutes. Figures are processor time, of both cores together;
what is compared takes turns in one process, and the medians count.
"""

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl

from benchmarks.peers.__main__ import machine
from expert import KnowledgeBase
from expert.frames.files import LEVEL, decide, scan, write
from expert.knowledge.model import Attribute, Model

SHIPPED = sorted(path.stem for path in Path("rules").glob("*.yaml"))
ROWS = 300_000
FILE_ROWS = 1_000_000
"""Reading the header, writing the expressions and planning them cost some 9 ms a run, however long the file is."""
ROUNDS = 7
MISSING = 3
"""One in so many answers is missing."""


def asked(model: Model) -> list[Attribute]:
    """List the attributes that a table has columns for."""
    return [attribute for attribute in model.attributes.values() if attribute.question]


def answers(attribute: Attribute, rows: int, seed: int) -> pl.Series:
    """Draw answers, coded where they are choices."""
    if attribute.number:
        low = attribute.number.at_least or 0
        values = pl.int_range(int(low), int(attribute.number.at_most or low + 2_000_000) + 1, eager=True)
    else:
        values = pl.Series(list(attribute.choices), dtype=pl.Enum(list(attribute.choices)))
    drawn = values.sample(rows, with_replacement=True, seed=2 * seed)
    missing = pl.int_range(MISSING, eager=True).sample(rows, with_replacement=True, seed=2 * seed + 1) == 0
    return (
        drawn.set(missing, None) if attribute.number else drawn.zip_with(~missing, pl.Series([None], dtype=drawn.dtype))
    )


def coded(model: Model, rows: int) -> pl.DataFrame:
    """Make a table with a column for each question, its choices coded."""
    return pl.DataFrame([answers(each, rows, seed).alias(each.name) for seed, each in enumerate(asked(model))])


def others(rows: int) -> pl.DataFrame:
    """Make columns that pass through: a number, two texts, a date and an amount."""
    project = pl.int_range(rows, eager=True)
    team, day, cents = (
        pl.int_range(most, eager=True).sample(rows, with_replacement=True, seed=seed)
        for seed, most in enumerate((5_000, 2_000, 100_000_000))
    )
    return pl.select(
        project=project,
        name=pl.format("project {}", project),
        owner=pl.format("team {}", team),
        started=pl.date(2020, 1, 1) + pl.duration(days=day),
        budget=cents / 100,
    )


def medians(ways: Mapping[str, Callable[[], object]], rows: int) -> dict[str, float]:
    """Measure ways to do something, in turns, once each before; in µs of processor time a row."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(ROUNDS + 1):
        for name, way in ways.items():
            gc.collect()
            start = time.process_time()
            way()
            if number:
                found[name].append((time.process_time() - start) / rows * 1e6)
    return {name: statistics.median(each) for name, each in found.items()}


def libraries(table: pl.DataFrame) -> dict[str, object]:
    """Give a table of coded texts as each library has it."""
    choices = pl.col(pl.Enum)
    text = table.cast({pl.Enum: pl.String})
    arrow = text.to_arrow()
    return {
        "Polars, coded": table,
        "Polars, text": text,
        "Polars, categories": table.with_columns(choices.cast(pl.Categorical)),
        "PyArrow": arrow,
        "pandas, text": arrow.to_pandas(),
        "pandas, objects": pd.DataFrame({n: pd.Series(text[n].to_list(), dtype=object) for n in text.columns}),
        "DuckDB": duckdb.from_arrow(arrow),
    }


def frames() -> str:
    """Every row of a table decided, from each library, as a multiple of the same table coded in Polars.

    A column for each question of a shipped knowledge base, numbers among them, and five others; a third of the answers
    missing. Coded texts are an ``Enum`` of just the choices. DuckDB decides by its own expressions, and is read to the
    end. Processor time of both cores; what is compared takes turns, and medians count.
    """
    lines = []
    for name in SHIPPED:
        knowledge_base = KnowledgeBase.load(name)
        table = coded(knowledge_base.model, ROWS)
        given = libraries(table.hstack(others(ROWS)))

        def way(frame: object, knowledge_base: KnowledgeBase = knowledge_base) -> Callable[[], object]:
            def run() -> object:
                decided = knowledge_base.decide(frame)
                return decided.to_arrow_table() if isinstance(decided, duckdb.DuckDBPyRelation) else decided

            return run

        found = medians({label: way(frame) for label, frame in given.items()}, ROWS)
        lines += ["", f"| {name}, {table.width} questions | µs a row | as a multiple of coded |", "|---|---|---|"]
        lines += [f"| {label} | {each:.3f} | {each / found['Polars, coded']:.2f} |" for label, each in found.items()]
    return "\n".join(lines[1:])


def files() -> str:
    """Every row of a file decided and written, as a multiple of copying the file by the same library.

    A million rows, with a text column for each question of a shipped knowledge base, and with five other columns
    besides. CSV without any quote, such as most of it, is written without looking for what needs quotes; so there is
    one with a text in quotes in each row, too. "Writing the answer" is a copy with five more columns such as an answer
    has, made up without any rule. Processor time, as above.
    """
    lines = [
        "| table | copy, µs a row | with rules | writing the answer / copy | with rules / copy |",
        "|---|" + "---|" * 4,
    ]
    for name in SHIPPED:
        model = KnowledgeBase.load(name).model
        text = coded(model, FILE_ROWS).cast({pl.Enum: pl.String})
        wide = text.hstack(others(FILE_ROWS))
        quoted = wide.with_columns(name=pl.format("{}, new", "name"))
        tables = {"questions": text, "questions and others": wide}
        for kind, of_kind in (("parquet", tables), ("csv", tables | {"with quotes": quoted})):
            for what, table in of_kind.items():
                copy, answered, decided = _file_to_file(model, table, kind)
                ratios = f"{answered / copy:.2f} | {decided / copy:.2f}"
                lines.append(f"| {name}, {what}, {kind} | {copy:.2f} | {decided:.2f} | {ratios} |")
    return "\n".join(lines)


def _file_to_file(model: Model, table: pl.DataFrame, kind: str) -> list[float]:
    """Measure a copy of a table in a file, one with columns like those of an answer, and deciding it."""
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder, f"given.{kind}"), Path(folder, f"out.{kind}")
        write(table.lazy(), given)

        def copy() -> None:
            frame = scan([given])
            frame.sink_parquet(out) if kind == "parquet" else frame.sink_csv(out)

        def answered() -> None:
            frame = scan([given]).with_columns(_like_answers(model, table.columns[0]))
            frame.sink_parquet(out, compression_level=LEVEL) if kind == "parquet" else frame.sink_csv(out)

        ways = {
            "copy": copy,
            "answered": answered,
            "decided": lambda: decide(model, scan([given]), out, tables=[given]),
        }
        return [*medians(ways, len(table)).values()]


def _like_answers(model: Model, column: str) -> list[pl.Expr]:
    """Make up columns like those of an answer, from whether a column has a value."""
    candidates = [str(candidate) for candidate in (*model.candidates, *model.candidates)][:2]
    choices = {
        "recommendation": (pl.Enum([*model.candidates]), candidates),
        "outcome": (pl.Enum(["recommended", "tie"]), ["recommended", "tie"]),
        "certainty": (pl.Float64, [0.958384, 0.8041408]),
        "runner_up": (pl.Enum([*model.candidates]), candidates[::-1]),
        "margin": (pl.Float64, [0.420784, 0.18280192]),
    }
    return [
        pl.when(pl.col(column).is_null()).then(pl.lit(one, dtype)).otherwise(pl.lit(other, dtype)).alias(name)
        for name, (dtype, (one, other)) in choices.items()
    ]


def main() -> None:
    """Measure and print the tables."""
    print(f"On {machine()}, Polars {pl.__version__}.\n\n{frames()}\n\n{files()}")


if __name__ == "__main__":
    main()
