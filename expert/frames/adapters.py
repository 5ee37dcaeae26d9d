"""Frames opened: which library's expressions to use for each kind, and by what names its columns go."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from expert.frames.compiler import INTERNAL, Expr
from expert.knowledge.foreign_text import shown
from expert.knowledge.problems import InputError, Place, Problem

DOTTED = ("pyspark", "duckdb", "_duckdb")
"""The packages of frames to which a dot in a column's name leads into something: their columns go by other names."""


class Opened(NamedTuple):
    """A frame, prepared for a `Decider`.

    Parameters
    ----------
    library : module
        Whose expressions to use: Polars, or Narwhals.
    table : dataframe
        The frame as that library has it.
    schema : dict
        The frame's columns, each under its own name, and their types.
    is_foreign : bool
        Whether it is an eager frame of another library than Polars.
    """

    library: Any
    table: Any
    schema: dict[str, Any]
    is_foreign: bool = False


def opened(frame: Any) -> Opened:
    """Prepare a frame for a `Decider`."""
    package = _package(frame)
    if package == "polars" and hasattr(frame, "collect_schema"):
        import polars

        return Opened(polars, frame, dict(frame.collect_schema()))
    import narwhals

    names = getattr(frame, "column_names", None) or list(getattr(frame, "columns", ()))
    check_names(names)
    try:
        table = narwhals.from_native(renamed(frame) if package in DOTTED else frame)
    except TypeError:
        message = f"is no dataframe that can be decided, but of the type {type(frame).__name__}"
        raise InputError.at("frame", message) from None
    if isinstance(table, narwhals.DataFrame):
        from expert.frames.eager_frames import types_of

        return Opened(narwhals, table, types_of(table), is_foreign=True)
    types = list(table.collect_schema().values())[: len(names)]
    nothing = _columns_of_nothing(frame)
    schema = {name: narwhals.String() if name in nothing else dtype for name, dtype in zip(names, types, strict=True)}
    library = _LIBRARIES.get(package, narwhals)
    return Opened(library, table, schema)


def check_names(names: Iterable[object]) -> None:
    """Raise if names of columns are no texts, or there are two of a name."""
    problems = []
    seen = set()
    for name in names:
        if not isinstance(name, str):
            problems.append(Problem(column_place(name), "must have a text for its name"))
        elif any("\ud800" <= character <= "\udfff" for character in name):
            problems.append(Problem(column_place(name), "must have a text for its name: this holds half a character"))
        elif name in seen:
            problems.append(Problem(column_place(name), "is there twice"))
        seen.add(name)
    if problems:
        raise InputError(problems)


def column_place(name: object) -> Place:
    """Name a column in a message."""
    return Place(f"column '{shown(name)}'")


def renamed(frame: Any) -> Any:
    """Give the columns of a PySpark frame, or a DuckDB relation, names without dots.

    A relation gets a column more for each of single precision, with the shortest decimal of each of its numbers: as a
    text, DuckDB may write it longer.
    """
    names = {name: _other_name(name) for name in frame.columns}
    if hasattr(frame, "toDF"):
        return frame.toDF(*names.values())
    columns = [f"{_quoted(name)} AS {_quoted(other)}" for name, other in names.items()]
    singles = [name for name, dtype in zip(frame.columns, frame.types, strict=True) if str(dtype) == "FLOAT"]
    columns += [f"{_shortest(_quoted(name))} AS {_quoted(_decimal_name(name))}" for name in singles]
    return frame.project(", ".join(columns))


def _package(frame: Any) -> str:
    return type(frame).__module__.partition(".")[0]


def _columns_of_nothing(frame: Any) -> set[str]:
    """List the columns of a PySpark frame, or a DuckDB relation, whose type holds nothing but nulls."""
    if _package(frame) == "pyspark":
        return {field.name for field in frame.schema.fields if field.dataType.typeName() == "void"}
    types = zip(frame.columns, getattr(frame, "types", ()), strict=False)
    return {name for name, dtype in types if "NULL" in str(dtype)}


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def _shortest(column: str) -> str:
    """Write, in SQL, the number with the fewest digits that single precision makes this one of."""
    tried = [f"CAST(printf('%.{digits}g', {column}) AS DOUBLE)" for digits in range(1, 10)]
    cases = [f"WHEN CAST({number} AS FLOAT) = {column} THEN {number}" for number in tried]
    return f"CASE {' '.join(cases)} ELSE CAST({column} AS DOUBLE) END"


class _Renamed:
    """Narwhals, for frames whose columns go by other names."""

    def __init__(self, package: str):
        self.__name__ = f"narwhals, for {package}"

    def __getattr__(self, name: str) -> Any:
        import narwhals

        return getattr(narwhals, name)

    def col(self, name: str) -> Expr:
        """Find a column by its own name."""
        import narwhals

        other = _other_name(name)
        return narwhals.col(name) if other == name else narwhals.col(other).alias(name)

    def max_horizontal(self, *exprs: Expr) -> Expr:
        """Take the maximum; Spark's takes no single column."""
        import narwhals

        return narwhals.max_horizontal(*exprs) if len(exprs) > 1 else exprs[0]


class _ForDuckDB(_Renamed):
    """The same for DuckDB."""

    def decimal(self, name: str) -> Expr:
        """Find a column of single precision, as `renamed` gives it in double precision."""
        import narwhals

        return narwhals.col(_decimal_name(name))


_ON_DUCKDB = _ForDuckDB("DuckDB")
_LIBRARIES = {"pyspark": _Renamed("PySpark"), "duckdb": _ON_DUCKDB, "_duckdb": _ON_DUCKDB}


def _decimal_name(name: str) -> str:
    return f"{INTERNAL}decimal_{_other_name(name)}"


def _other_name(name: str) -> str:
    """Write a column's name without what is no part of a name to such a frame."""
    for letter, word in ((".", "dot"), ("`", "tick"), ('"', "quote")):
        name = name.replace(letter, f"{INTERNAL}{word}_")
    return name
