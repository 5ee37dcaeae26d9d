"""Names of columns: which are admitted, how messages write them, and which are the compiled rules' own."""

from collections.abc import Collection, Iterable

from expert.knowledge.foreign_text import shown
from expert.knowledge.problems import InputError, Place, Problem

INTERNAL = "__expert_"
"""What the names of intermediate columns start with."""


class ColumnNameWarning(UserWarning):
    """A column is almost named as an attribute, so it passes through without effect."""


def column_place(name: object) -> Place:
    """Name a column in a message."""
    return Place(f"column '{shown(name)}'")


def base_name(name: str) -> str:
    """Take the ending ``.certainty`` off the name of a column."""
    return name.removesuffix(".certainty")


def check_names(names: Iterable[object]) -> None:
    """Raise if a name is not text, or is used twice."""
    problems = []
    seen = set()
    for name in names:
        if not isinstance(name, str):
            problems.append(Problem(column_place(name), "the name of a column must be text"))
        elif any("\ud800" <= character <= "\udfff" for character in name):
            problems.append(Problem(column_place(name), "the name of a column must be text; this has half a character"))
        elif name in seen:
            problems.append(Problem(column_place(name), "duplicate name of a column"))
        seen.add(name)
    if problems:
        raise InputError(problems)


def refuse(names: Iterable[str], reason: str) -> None:
    """Raise if there are any such columns."""
    problems = [Problem(column_place(name), reason) for name in names]
    if problems:
        raise InputError(problems)


def near_names(names: Iterable[str], askable: Collection[str]) -> list[str]:
    """Say which of these names, none of them an attribute's, nearly match one that can be given."""
    from difflib import get_close_matches

    found = []
    for name in names:
        plain = base_name(name).strip().lower().replace(" ", "_").replace("-", "_")
        for near in get_close_matches(plain, askable, n=1, cutoff=0.85):
            problem = f"column '{shown(name)}' matches no attribute and has no effect; did you mean '{near}'?"
            found.append(problem)
    return found
