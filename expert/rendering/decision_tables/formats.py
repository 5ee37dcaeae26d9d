"""The formats of decision tables: add one here, and the command line offers it."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape

from expert.knowledge.foreign_text import visible
from expert.knowledge.loading.table_grammar import OWN_COLUMNS
from expert.rendering.decision_tables.tables import DecisionTable, Row

_STYLE = (
    "body{font:15px/1.5 sans-serif;margin:2rem}table{border-collapse:collapse}th,td{border:1px solid #999;"
    "padding:.2rem .6rem;text-align:left;vertical-align:top}h2{margin-top:2rem}"
)


def markdown(tables: Iterable[DecisionTable]) -> str:
    """Write tables for a page in Markdown."""
    return "\n".join("".join(f"{line}\n" for line in _markdown(table)) for table in tables)


def html(tables: Iterable[DecisionTable]) -> str:
    """Write tables as a page that loads nothing."""
    body = "".join(f"<h2>{_escaped(table.heading)}</h2>\n{_html(table)}" for table in tables)
    head = f'<meta charset="utf-8"><title>Decision tables</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="en">\n<head>{head}</head>\n<body>\n{body}</body>\n</html>\n'


def as_csv(table: DecisionTable) -> str:
    """Write a table as ``tables`` of a knowledge base read it, without the rows that cannot be written in cells."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    kept = [row for row in table.rows if not not_in_cells(row)]
    columns = [column for column in table.columns if any(column in (row.cells or {}) for row in kept)]
    writer.writerow([*columns, table.attribute, *OWN_COLUMNS])
    for row in kept:
        tests = [(row.cells or {}).get(column, "-") for column in columns]
        source = " | ".join(map(str, row.rule.citations))
        writer.writerow([*tests, row.value or "", row.certainty, row.rule.because, source])
    return out.getvalue()


def not_in_cells(row: Row) -> bool:
    """Tell whether a row of a CSV file would be read as something else."""
    return row.cells is None or row.rule.because == "-" or any("|" in str(each) for each in row.rule.citations)


FORMATS: Mapping[str, Callable[[Iterable[DecisionTable]], str]] = {"md": markdown, "html": html}
"""The formats of several tables, besides the text on a terminal; CSV has only one."""


def _with_reasons(table: DecisionTable) -> Iterator[tuple[str, ...]]:
    """Write the header and the rows, each with the reason, the sources, and the name of the rule."""
    header, *rows = table.shown()
    yield (*header, "because", "source", "rule")
    for row, shown in zip(table.rows, rows, strict=True):
        yield (*shown, row.rule.because, "; ".join(map(str, row.rule.citations)), row.rule.name)


def _markdown(table: DecisionTable) -> Iterator[str]:
    header, *rows = ([_in_markdown(cell) for cell in row] for row in _with_reasons(table))
    yield f"## {_in_markdown(table.heading)}"
    yield ""
    for row in (header, ["---"] * len(header), *rows):
        yield f"| {' | '.join(row)} |"


def _in_markdown(text: str) -> str:
    """Write a text so that Markdown takes nothing in it for its own."""
    return re.sub(r"([\\`*_\[\]<>|#&~])", r"\\\1", visible(text))


def _html(table: DecisionTable) -> str:
    header, *rows = ("".join(f"<{tag}>{_escaped(cell)}</{tag}>" for cell in row) for tag, row in _tagged(table))
    lines = "".join(f"<tr>{row}</tr>\n" for row in rows)
    return f"<table>\n<thead><tr>{header}</tr></thead>\n<tbody>\n{lines}</tbody>\n</table>\n"


def _tagged(table: DecisionTable) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Tell header cells from others."""
    for number, row in enumerate(_with_reasons(table)):
        yield ("td" if number else "th"), row


def _escaped(text: str) -> str:
    return escape(visible(text))
