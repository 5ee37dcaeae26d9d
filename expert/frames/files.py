"""Tables in files: read, decided and written as a stream, so that memory does not grow with the table."""

import errno
import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from glob import glob
from pathlib import Path
from typing import Any, Literal

import polars as pl

from expert.frames.csv_quotes import quote_style
from expert.frames.decider import Decider
from expert.frames.file_faults import LONGEST, first_fault, kind_of, refuse_same_names
from expert.frames.invalid_values import Invalid, InvalidValuesError
from expert.frames.output_columns import Extras
from expert.knowledge.atomic_files import whole_file
from expert.knowledge.foreign_text import shown, visible
from expert.knowledge.model import Model
from expert.knowledge.problems import InputError, Place, Problem

LEVEL = 2
"""The level of Zstandard for Parquet: files are 1 to 2 % larger than at Polars' own 3, and written 5 % sooner."""

OF_WRITING = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
"""Errors of the system that only what is written can have."""

LAST_ROW = 2**62
"""More rows than any table has, and still within what Polars can count."""


def scan(paths: Sequence[str | Path]) -> pl.LazyFrame:
    """Open tables of one kind, to be read as a stream, one after the other."""
    kind = kind_of(paths)
    readers: dict[str, Callable[[list[str]], pl.LazyFrame]] = {
        "Parquet": partial(pl.scan_parquet, glob=False),
        "CSV": partial(pl.scan_csv, infer_schema=False, glob=False),
        "NDJSON": partial(pl.scan_ndjson, infer_schema_length=None),
    }
    sources = _files(paths)
    with reporting(paths):
        frame = readers[kind](sources)
        frame.collect_schema()
        if kind == "CSV":
            header = pl.scan_csv(sources[0], has_header=False, infer_schema=False, n_rows=1).collect()
            refuse_same_names(header.row(0), sources[0])
    return frame


@contextmanager
def reporting(tables: Sequence[str | Path], out: str | Path | None = None) -> Iterator[None]:
    """Turn what goes wrong while tables are read, or one is written, into one problem with its place."""
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError([_problem(error, tables, out)]) from None


def _problem(error: Exception, tables: Sequence[str | Path], out: str | Path | None) -> Problem:
    """Blame the output where that is certain, else the tables, with the first fault in them."""
    said = str(error).strip() or type(error).__name__
    reason = shown(said.partition("\n")[0], LONGEST)
    code = re.search(r"\(os error (\d+)\)", said)
    number = error.errno if isinstance(error, OSError) and error.errno else int(code[1]) if code else 0
    if out is not None and (number in OF_WRITING or not tables):
        return Problem(Place(visible(out)), f"cannot be written: {os.strerror(number) if number else reason}")
    fault = first_fault(_files(tables), kind_of(tables))
    return fault or Problem(Place(visible(tables[0])), f"cannot be read as a table: {reason}")


def _files(tables: Sequence[str | Path]) -> list[str]:
    """List the files of tables: those in a folder, and those that a pattern stands for, among them."""
    return [file for path in tables for file in (_in_folder(path) if Path(path).is_dir() else _matching(str(path)))]


def _matching(path: str) -> list[str]:
    """List the files that a pattern stands for; a path that is no pattern stands for itself."""
    return [path] if Path(path).exists() else sorted(glob(path, recursive=True)) or [path]  # noqa: PTH207 (absolute ones)


def _in_folder(path: str | Path) -> list[str]:
    """List the files of a folder that have rows."""
    files = [file for file in sorted(Path(path).iterdir()) if file.name[0] not in "._" and file.stat().st_size]
    if not files:
        raise InputError.at(visible(path), "is a folder without tables")
    return list(map(str, files))


def row(path: str | Path, number: int) -> dict[str, Any]:
    """Take one row out of a table."""
    frame = scan([path]).with_columns(pl.col(pl.Float32).cast(pl.String))
    is_possible = 0 <= number < LAST_ROW
    with reporting([path]):
        found = frame.slice(number, 1).collect(engine="streaming").to_dicts() if is_possible else []
    if not found:
        raise InputError.at(visible(path), f"has no row {shown(number)}; rows count from 0")
    return found[0]


def count(frame: pl.LazyFrame) -> int:
    """Count the rows of tables, without reading what their columns hold where the kind of table allows that."""
    return int(frame.select(pl.len()).collect(engine="streaming").item())


def decide(
    knowledge_base: Model,
    frame: pl.LazyFrame,
    out: str | Path,
    *,
    certainties: bool = False,
    derived: bool = False,
    rules: bool = False,
    stamp: bool = False,
    prefix: str = "",
    invalid: Literal["raise", "mark"] = "raise",
    on_rows: Callable[[int], None] | None = None,
    tables: Sequence[str | Path] = (),
) -> None:
    """Decide every row of tables, and write them to one: whole, or not at all; only invalid values are read twice."""
    decider = knowledge_base.once(Decider)
    extras = Extras(certainties, derived, rules, stamp=stamp)
    try:
        # To look for invalid values first would be to read all of it twice.
        decided = decider.decide(frame, extras, prefix, Invalid(invalid))
        write(decided, out, on_rows, tables, passed=frame.collect_schema())
    except InvalidValuesError:
        with reporting(tables, out):
            for file in _files(tables):
                _check(decider, file)
            decider.check(frame)
        raise InputError.at(visible(out), "is not written: what is read has changed meanwhile") from None


def _check(decider: Decider, file: str) -> None:
    """Raise if a file has invalid values, and name it with each problem."""
    try:
        decider.check(scan([file]))
    except InputError as error:
        raise InputError(
            Problem(Place(f"{visible(file)}: {problem.place}"), problem.message) for problem in error.problems
        ) from None


def write(
    frame: pl.LazyFrame,
    out: str | Path,
    on_rows: Callable[[int], None] | None = None,
    tables: Sequence[str | Path] = (),
    passed: Collection[str] = (),
) -> None:
    """Run a lazy frame, and write it to a table as a stream: whole, or not at all.

    Its columns that are passed on are those of the tables.
    """
    kind = kind_of([out])
    if on_rows is not None:
        frame = frame.pipe(_counted, on_rows)
    sinks: dict[str, Callable[..., Any]] = {
        "Parquet": partial(frame.sink_parquet, compression_level=LEVEL),
        "CSV": lambda file: frame.sink_csv(file, quote_style=quote_style(frame, passed, _files(tables))),
        "NDJSON": frame.sink_ndjson,
    }
    with whole_file(out) as temporary, reporting(tables, out):
        sinks[kind](temporary)


def _counted(frame: pl.LazyFrame, on_rows: Callable[[int], None]) -> pl.LazyFrame:
    """Tell how many rows go by, by way of the first column."""
    name, dtype = next(iter(frame.collect_schema().items()))

    def count(column: pl.Series) -> pl.Series:
        on_rows(len(column))
        return column

    return frame.with_columns(pl.col(name).map_batches(count, return_dtype=dtype, is_elementwise=True))
