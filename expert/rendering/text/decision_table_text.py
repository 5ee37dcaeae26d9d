"""Decision tables on a terminal."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from expert.knowledge.foreign_text import visible
from expert.knowledge.rules import Rule
from expert.rendering.decision_tables.tables import DecisionTable
from expert.rendering.text.text_page import hanging, paragraphs, styled
from expert.rendering.text.text_style import Style, plain

_GAP = "  "


def decision_tables_text(tables: Iterable[DecisionTable], width: int = 80, style: Style = plain) -> str:
    """Write tables one below the other: the rows of each rule, then its reason and its sources, unless just said."""
    return paragraphs(_table(table, width, style) for table in tables)


def _table(table: DecisionTable, width: int, style: Style) -> Iterator[str]:
    """Write one table: cells side by side, or else each row as a text, where the words of its cells are too wide."""
    header, *rows = ([visible(cell) for cell in row] for row in table.shown())
    widths = _widths([header, *rows], width)
    yield from styled(table.heading, "heading", 0, width, style)
    yield from (style(line, "faint") for line in (_wrapped(header, widths) if widths else ()))
    above = ""
    for (row, below), cells in zip(pairwise([*table.rows, None]), rows, strict=True):
        assert row
        yield from _wrapped(cells, widths) if widths else hanging(table.sentence(row), 2, width)
        if not below or below.rule is not row.rule:
            said = _said(row.rule)
            parts = (row.rule.name, "as above" if said and said == above else said)
            yield from styled(": ".join(filter(None, parts)), "faint", 6, width, style)
            above = said


def _said(rule: Rule) -> str:
    """Give the reason of a rule, and its sources."""
    cited = f"[{'; '.join(map(str, rule.citations))}]" if rule.citations else ""
    return " ".join(filter(None, (rule.because, cited)))


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Give each column what it needs, or less, down to its longest word; nothing where that is still too much."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    words = [max(map(len, ["", *" ".join(column).split()])) for column in columns]
    while sum(widths) + len(_GAP) * len(widths) > width:
        slack = [has - needed for has, needed in zip(widths, words, strict=True)]
        if not any(slack):
            return []
        widths[max(range(len(widths)), key=lambda column: (slack[column], widths[column]))] -= 1
    return widths


def _wrapped(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Write cells side by side, each on as many lines as it needs."""
    columns = [
        textwrap.wrap(cell, width, break_long_words=False, break_on_hyphens=False) or [""]
        for cell, width in zip(cells, widths, strict=True)
    ]
    for number in range(max(map(len, columns))):
        parts = (column[number] if number < len(column) else "" for column in columns)
        yield _GAP + _GAP.join(f"{part:<{width}}" for part, width in zip(parts, widths, strict=True)).rstrip()
