"""Frames opened: which library's expressions to use for each kind, and by what names its columns go."""

from typing import Any

from expert.inference.columns import INTERNAL, Expr

DOTTED = ("pyspark", "duckdb", "_duckdb")
"""The packages of frames to which a dot in a column's name leads into something: their columns go by other names."""


def opened(frame: Any) -> tuple[Any, Any, dict[str, Any]]:
    """Prepare a frame for a `Decider`.

    Parameters
    ----------
    frame : dataframe
        Any that Narwhals knows.

    Returns
    -------
    library : module
        Whose expressions to use: Polars, or Narwhals.
    table : dataframe
        The frame as that library has it.
    schema : dict
        The frame's columns, each under its own name, and their types.
    """
    package = type(frame).__module__.partition(".")[0]
    if package == "polars":
        import polars

        return polars, frame, dict(frame.collect_schema())
    import narwhals

    if package in DOTTED:
        table = narwhals.from_native(renamed(frame))
        return _RENAMED, table, dict(zip(frame.columns, table.collect_schema().values(), strict=True))
    table = narwhals.from_native(frame)
    return narwhals, table, dict(table.collect_schema())


def renamed(frame: Any) -> Any:
    """Give the columns of a PySpark frame, or a DuckDB relation, names without dots."""
    names = {name: _other_name(name) for name in frame.columns}
    if hasattr(frame, "toDF"):
        return frame.toDF(*names.values())
    quoted = [(name.replace('"', '""'), other) for name, other in names.items()]
    return frame.project(", ".join(f'"{name}" AS "{other}"' for name, other in quoted))


class _Renamed:
    """Narwhals, for frames whose columns go by other names."""

    __name__ = "narwhals, renamed"

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


_RENAMED = _Renamed()


def _other_name(name: str) -> str:
    """Write a column's name without what is no part of a name to such a frame."""
    for letter, word in ((".", "dot"), ("`", "tick"), ('"', "quote")):
        name = name.replace(letter, f"{INTERNAL}{word}_")
    return name
