"""``expert decide``: every row of a table."""

import sys
from typing import Literal

import click

from expert.api import KnowledgeBase
from expert.cli.options import rules_option


@click.command()
@click.argument("tables", nargs=-1, required=True, metavar="TABLE...")
@click.option("--out", required=True, type=click.Path(dir_okay=False), help="The table to write.")
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
@rules_option
def decide(
    tables: tuple[str, ...],
    out: str,
    extras: tuple[str, ...],
    prefix: str,
    invalid: Literal["raise", "mark"],
    knowledge_base: KnowledgeBase,
) -> None:
    """Decide every row of each TABLE, and write them with the answers to one table.

    Tables are Parquet, CSV or NDJSON files, or patterns in quotes. A column named as an attribute is that attribute;
    no value is unknown; a column NAME.certainty beside it is its certainty. All other columns pass through. The rows
    stay in order, and any of them can be looked at alone with `expert recommend TABLE --row N`.

    \b
    Examples:
      expert decide projects.csv --out decided.csv
      expert decide 'projects/*.parquet' --out decided.parquet --add rules
    """
    from expert.inference.tables import count, scan, write

    frame = scan(tables)
    decided = knowledge_base.decide(frame, **dict.fromkeys(extras, True), prefix=prefix, invalid=invalid)
    if not sys.stderr.isatty():
        write(decided, out)
        return
    with click.progressbar(length=count(frame), label="Deciding", file=sys.stderr) as bar:
        write(decided, out, bar.update)
