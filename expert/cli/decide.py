"""``expert decide``: a recommendation for every row of a table."""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.api.row_files import OnProgress, row_files
from expert.cli.options import goal_option, rules_option
from expert.cli.terminal import hide_panics, is_quiet, print_line
from expert.knowledge.foreign_text import visible


@click.command()
@click.argument("tables", nargs=-1, required=True, metavar="TABLE...")
@click.option("--out", required=True, type=click.Path(), help="The table to write; with Spark, a folder.")
@click.option(
    "--add",
    "extras",
    type=click.Choice(["certainties", "derived", "rules"]),
    multiple=True,
    help="Add the certainty of every candidate, of every derived fact, or the names of the rules that held.",
)
@click.option(
    "--stamp", is_flag=True, help="Add the name, version, digest and goal of the knowledge base, for `expert recheck`."
)
@click.option("--prefix", default="", help="The prefix of the names of the added columns.")
@click.option(
    "--invalid",
    type=click.Choice(["raise", "mark"]),
    default="raise",
    show_default=True,
    help="Stop at invalid values, or leave their rows undecided, with the reason in the column `problem`.",
)
@click.option(
    "--engine",
    type=click.Choice(["polars", "spark"]),
    default="polars",
    show_default=True,
    help="Decide with Polars on this machine, or with Spark on this machine or a cluster.",
)
@click.option("--master", metavar="URL", help="The URL of the master that runs Spark.  [default: local[*]]")
@goal_option
@rules_option
def decide(
    tables: tuple[str, ...],
    out: str,
    extras: tuple[str, ...],
    stamp: bool,
    prefix: str,
    invalid: Literal["raise", "mark"],
    engine: str,
    master: str | None,
    goal: str | None,
    knowledge_base: KnowledgeBase,
) -> None:
    """Decide every row of each TABLE, and write all rows with their answers to one table.

    Tables are Parquet, CSV or NDJSON files, or quoted patterns. A column with the name of an attribute holds its
    values, where an empty cell means unknown; a column NAME.certainty holds their certainties. All other columns pass
    through. Polars keeps the order of the rows. To look at a single row, use `expert recommend TABLE --row N`.

    \b
    Examples:
      expert decide projects.csv --out decided.csv
      expert decide 'projects/*.parquet' --out decided.parquet --add rules
    """
    if master and engine != "spark":
        raise click.UsageError("--master needs --engine spark")
    if any(Path(table).exists() and Path(out).exists() and Path(table).samefile(out) for table in tables):
        raise click.UsageError(f"--out {visible(out)} would replace a table that is read; choose another file")
    if engine == "polars":
        hide_panics()
    master = (master or "local[*]") if engine == "spark" else None
    with _warnings(), row_files(tables, out, master) as files, _progress() as on_progress:
        options = dict.fromkeys(extras, True) | {"stamp": stamp}
        files.decide(knowledge_base, out, on_progress, **options, prefix=prefix, invalid=invalid, goal=goal)


@contextmanager
def _warnings() -> Iterator[None]:
    """Print in the end what is warned of: columns whose names nearly match attributes."""
    from expert.frames.column_names import ColumnNameWarning

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ColumnNameWarning)
        try:
            yield
        finally:
            for each in caught:
                if issubclass(each.category, ColumnNameWarning):
                    print_line(f"warning: {each.message}", err=True)


@contextmanager
def _progress() -> Iterator[OnProgress | None]:
    """Show a progress bar where standard error is a terminal, unless all should be quiet."""
    if is_quiet() or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label="Deciding", file=sys.stderr) as bar:

        def on_progress(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        yield on_progress
