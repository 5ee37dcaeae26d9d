"""``expert decide``: every row of a table."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import rules_option
from expert.cli.terminal import hide_panics, print_line
from expert.frames.files import kind_of
from expert.knowledge.atomic_files import check_target
from expert.knowledge.foreign_text import shown, visible


@click.command()
@click.argument("tables", nargs=-1, required=True, metavar="TABLE...")
@click.option("--out", required=True, type=click.Path(), help="The table to write; by Spark, a folder.")
@click.option(
    "--add",
    "extras",
    type=click.Choice(["certainties", "derived", "rules"]),
    multiple=True,
    help="Add the certainty of every candidate, of every derived fact, or the names of the rules that held.",
)
@click.option("--prefix", default="", help="What the names of the added columns start with.")
@click.option(
    "--invalid",
    type=click.Choice(["raise", "mark"]),
    default="raise",
    show_default=True,
    help="Stop at values that do not fit, or leave those rows undecided, with the reason in the column `problem`.",
)
@click.option(
    "--engine",
    type=click.Choice(["polars", "spark"]),
    default="polars",
    show_default=True,
    help="What decides: Polars, here, or Spark, here or on a cluster.",
)
@click.option("--master", metavar="URL", help="Where Spark runs, such as spark://HOST:7077.  [default: local[*]]")
@rules_option
def decide(
    tables: tuple[str, ...],
    out: str,
    extras: tuple[str, ...],
    prefix: str,
    invalid: Literal["raise", "mark"],
    engine: str,
    master: str | None,
    knowledge_base: KnowledgeBase,
) -> None:
    """Decide every row of each TABLE, and write them with the answers to one table.

    Tables are Parquet, CSV or NDJSON files, or patterns in quotes. A column named as an attribute is that attribute;
    no value is unknown; a column NAME.certainty beside it is its certainty. All other columns pass through. Polars
    keeps the rows in order; any of them can be looked at alone with `expert recommend TABLE --row N`.

    \b
    Examples:
      expert decide projects.csv --out decided.csv
      expert decide 'projects/*.parquet' --out decided.parquet --add rules
    """
    if master and engine != "spark":
        raise click.UsageError("--master goes with --engine spark")

    kind_of([out])
    if any(Path(table).exists() and Path(out).exists() and Path(table).samefile(out) for table in tables):
        raise click.UsageError(f"--out {visible(out)} is the table that is read: name another")

    options: dict[str, Any] = {**dict.fromkeys(extras, True), "prefix": prefix, "invalid": invalid}
    if engine == "spark":
        _by_spark(tables, out, options, master or "local[*]", knowledge_base)
    else:
        _by_polars(tables, out, options, knowledge_base)


def _warn(columns: Iterable[str], knowledge_base: KnowledgeBase) -> None:
    """Warn of columns whose names are almost those of attributes: they pass through, and decide nothing."""
    from difflib import get_close_matches

    askable = [attribute.name for attribute in knowledge_base.askable]
    for column in columns:
        name = column.removesuffix(".certainty")
        if name in knowledge_base.attributes:
            continue
        near = get_close_matches(name.strip().lower().replace(" ", "_").replace("-", "_"), askable, n=1, cutoff=0.85)
        if near:
            message = (
                f"warning: column '{shown(column)}' is not an attribute, and decides nothing; did you mean '{near[0]}'?"
            )
            print_line(message, err=True)


def _by_polars(tables: tuple[str, ...], out: str, options: dict[str, Any], knowledge_base: KnowledgeBase) -> None:
    from expert.frames.files import count, decide, reporting, scan

    check_target(out)
    hide_panics()
    frame = scan(tables)
    _warn(frame.collect_schema(), knowledge_base)
    if not sys.stderr.isatty():
        decide(knowledge_base.model, frame, out, **options, tables=tables)
        return
    with reporting(tables):
        length = count(frame)
    with click.progressbar(length=length, label="Deciding", file=sys.stderr) as bar:
        decide(knowledge_base.model, frame, out, **options, tables=tables, on_rows=bar.update)


def _by_spark(
    tables: tuple[str, ...], out: str, options: dict[str, Any], master: str, knowledge_base: KnowledgeBase
) -> None:
    from expert.frames.spark_files import scan, session, watching, write

    with session(master) as spark:
        frame = scan(spark, tables)
        if not sys.stderr.isatty():
            write(knowledge_base.decide(frame, **options), out)
        else:
            with click.progressbar(length=1, label="Deciding", file=sys.stderr) as bar:

                def on_tasks(done: int, of: int) -> None:
                    bar.length = of
                    bar.update(done - bar.pos)

                with watching(spark, on_tasks):
                    write(knowledge_base.decide(frame, **options), out)
        _warn(frame.columns, knowledge_base)
