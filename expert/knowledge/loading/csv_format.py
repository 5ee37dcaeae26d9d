"""CSV, read into a tree: a list of rows, each a list of cells, the header first."""

import csv
from collections.abc import Iterator
from io import StringIO

from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.tree import Node, ScalarNode, SequenceNode
from expert.knowledge.problems import InputError, Place, Problem


def parse_csv(text: str, file: str) -> tuple[Node, list[Problem]]:
    """Read CSV as RFC 4180 has it, separated as its header is; rows in which no cell has anything are left out."""
    lines = StringIO(text, newline=None)
    header = next((line for line in lines if line.strip()), "")
    lines.seek(0)
    separator = next((each for each in (",", ";", "\t") if each in header), ",")
    rows = [row for row in _rows(lines, separator, file) if any(cell.text for cell in row)]
    places = [Place(file, row[0].place.line, 1) for row in rows]
    return SequenceNode(tuple(map(SequenceNode, map(tuple, rows), places)), Place(file, 1, 1)), []


def _rows(lines: StringIO, separator: str, file: str) -> Iterator[list[ScalarNode]]:
    """Walk over the rows; cells, without white space around them, have the places where they start."""
    taken: list[str] = []
    first = 1

    def noted() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    try:
        for texts in csv.reader(noted(), delimiter=separator, strict=True):
            yield _cells(texts, "".join(taken), Place(file, first, 1))
            first += len(taken)
            taken.clear()
    except csv.Error as error:
        raise InputError.at(Place(file, first, 1), f"not valid CSV: {shown(error, 200)}") from None


def _cells(texts: list[str], row: str, place: Place) -> list[ScalarNode]:
    """Find where each cell starts in the text of its row, which goes over several lines where quotes enclose breaks."""
    cells = []
    start = 0
    for text in texts:
        cells.append(ScalarNode(text.strip(), place))
        quotes = text.count('"') + 2 if row.startswith('"', start) else 0
        end = start + len(text) + quotes + 1
        if breaks := text.count("\n"):
            place = Place(place.file, place.line + breaks, end - row.rfind("\n", start, end - 1))
        else:
            place = place._replace(column=place.column + end - start)
        start = end
    return cells
