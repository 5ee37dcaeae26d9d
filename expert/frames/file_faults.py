"""What is wrong with the files of tables, with the line: Polars tells neither the file nor the line."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from expert.knowledge.foreign_text import shown, visible
from expert.knowledge.loading.file_formats import TABLES
from expert.knowledge.problems import InputError, Place, Problem, one_of

LONGEST = 300
"""How many characters of what Polars or Spark says are shown."""

SEARCHED = 1_000_000_000
"""In how many bytes of a file a fault is looked for."""


def kind_of(paths: Sequence[str | Path]) -> str:
    """Tell the kind of tables by their endings: Parquet, CSV or NDJSON."""
    for path in paths:
        if Path(path).suffix.lower() not in TABLES:
            raise InputError.at(visible(path), f"is not a table: its name must end in {one_of(TABLES)}")
    kinds = list(dict.fromkeys(TABLES[Path(path).suffix.lower()] for path in paths))
    if len(kinds) > 1:
        raise InputError.at(visible(paths[-1]), f"all tables must be of one kind, not {' and '.join(kinds)}")
    return kinds[0]


def refuse_same_names(header: Sequence[str | None], file: str) -> None:
    """Raise if two columns of a CSV file have one name."""
    twice = [name for name, times in Counter(header).items() if times > 1]
    if twice:
        raise InputError([Problem(Place(visible(file), 1, 1), f"has two columns '{shown(name)}'") for name in twice])


def first_fault(files: Sequence[str], kind: str) -> Problem | None:
    """Find the first line in files of a kind that is not a row of a table; None if none is found."""
    if kind == "Parquet":
        return None
    find = _in_csv if kind == "CSV" else _in_ndjson
    for file in filter(Path.is_file, map(Path, files)):
        lines = _Lines(file)
        try:
            message = find(lines)
        except UnicodeDecodeError:
            message = "is not text in UTF-8"
        except OSError as error:
            message = f"cannot be read: {error.strerror}"
        if message:
            return Problem(Place(visible(file), lines.number, 1), message)
    return None


class _Lines:
    """The lines of a file, from the first, as text; ``number`` is that of the record they belong to."""

    def __init__(self, file: Path):
        self._file = file
        self.number = 1

    def __iter__(self) -> Iterator[str]:
        with self._file.open("rb") as lines:
            read = 0
            for line in lines:
                read += len(line)
                if read > SEARCHED:
                    return
                yield line.decode("utf-8-sig")


def _in_csv(lines: _Lines) -> str:
    """Say what is wrong with the first malformed row of a CSV file; empty where all is well."""
    reader = csv.reader(iter(lines), strict=True)
    expected = 0
    try:
        for row in reader:
            expected = expected or len(row)
            if len(row) > expected:
                return f"has {len(row)} fields; expected {expected}, as in the first line"
            lines.number = reader.line_num + 1
    except csv.Error as error:
        return f"is not a row of a CSV file: {error}"
    return ""


def _in_ndjson(lines: _Lines) -> str:
    """Say what is wrong with the first line of an NDJSON file that is not an object; empty where all is well."""
    for line in lines:
        try:
            found = json.loads(line) if line.strip() else {}
        except (ValueError, RecursionError) as error:
            return f"is not a JSON object: {getattr(error, 'msg', 'it cannot be read')}"
        if not isinstance(found, dict):
            return "is not a JSON object"
        lines.number += 1
    return ""
