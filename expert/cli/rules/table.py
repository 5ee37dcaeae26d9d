"""``expert rules table``: the rules as decision tables."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import rules_option
from expert.cli.terminal import print_line, print_text, style, terminal_width
from expert.knowledge.foreign_text import shown
from expert.knowledge.problems import InputError, one_of, suggestion

if TYPE_CHECKING:
    from expert.rendering.decision_tables.tables import DecisionTable

_ENDINGS = {".txt": "text", ".md": "md", ".csv": "csv", ".html": "html"}


@click.command()
@click.argument("name", required=False)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["text", "md", "csv", "html"]),
    help="The format: text for people, Markdown, CSV or HTML; text if neither this nor --out says another.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write, instead of standard output; its extension determines the format.",
)
@rules_option
def table(name: str | None, kind: str | None, out: Path | None, knowledge_base: KnowledgeBase) -> None:
    """Print the rules as decision tables, grouped by what they conclude.

    NAME is an attribute that rules conclude, or a table of the file where the first row counts; without it, all are
    printed. CSV has one table, which a knowledge base can read.
    """
    from expert.rendering.decision_tables.formats import FORMATS, as_csv
    from expert.rendering.decision_tables.tables import decision_tables
    from expert.rendering.text.decision_table_text import decision_tables_text

    kind = kind or (_kind_of(out) if out else "text")
    tables = decision_tables(knowledge_base.model, name)
    if kind == "text" and not out:
        written = decision_tables_text(tables, terminal_width(), style)
    elif kind == "text":
        written = decision_tables_text(tables)
    elif kind == "csv":
        written = as_csv(_only(tables))
    else:
        written = FORMATS[kind](tables)
    if not out:
        print_text(written)
        return
    from expert.knowledge.atomic_files import whole_file

    with whole_file(out) as temporary:
        temporary.write_text(written, encoding="utf-8", newline="")


def _kind_of(out: Path) -> str:
    """Tell the format of a file by its ending."""
    ending = out.suffix.lower()
    if ending not in _ENDINGS:
        raise InputError.at(str(out), f"its ending must name the format{suggestion(ending, _ENDINGS)}")
    return _ENDINGS[ending]


def _only(tables: "list[DecisionTable]") -> "DecisionTable":
    """Take the one table that CSV has, and say what is left out of it."""
    from expert.rendering.decision_tables.formats import not_in_cells

    table, *others = tables
    if others:
        names = one_of([shown(each.name) for each in tables])
        raise click.UsageError(f"CSV has one table: name {names}.")
    left = dict.fromkeys(row.rule.name for row in table.rows if not_in_cells(row))
    if left:
        names = ", ".join(left)
        print_line(f"Left out, because they cannot be written in cells: {names}", err=True)
    return table
