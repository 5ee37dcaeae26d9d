"""Problems with input: what is wrong, where, and what was expected."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from expert.knowledge.foreign_text import LIMIT, shown, visible

MOST_TOLD = 20
"""How many problems of one file are listed; the others are counted."""

MOST_NAMES = 12
"""How many names are listed; the others are counted."""

MOST_COMPARED = 10_000
"""Among how many names the nearest is sought: comparing two takes up to a tenth of a millisecond."""


class Place(NamedTuple):
    """Where something was read: a file with line and column, or a label such as ``--set``.

    Parameters
    ----------
    file : str
        The file as the user named it, or a label when there is no file.
    line, column : int
        Both count from 1; 0 when there is none.

    Examples
    --------
    >>> str(Place("facts.yaml", 3, 7))
    'facts.yaml:3:7'
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    @property
    def origin(self) -> str:
        """The place without its column, which facts have as their origin."""
        return f"{self.file}:{self.line}" if self.line else self.file


class Problem(NamedTuple):
    """One thing that is wrong, with its place; always a single line.

    Examples
    --------
    >>> str(Problem(Place("facts.yaml", 1, 1), "the file is empty"))
    'facts.yaml:1:1: the file is empty'
    """

    place: Place
    message: str

    def __str__(self) -> str:
        return visible(f"{self.place}: {self.message}")


class InputError(Exception):
    """Input that cannot be used; has every problem that was found, and lists the first twenty of each file.

    Parameters
    ----------
    problems : iterable of Problem
        At least one.

    Attributes
    ----------
    problems : tuple of Problem
        In the order of their places.

    Examples
    --------
    >>> print(InputError([Problem(Place("b.yaml", 9, 1), "two"), Problem(Place("b.yaml", 2, 1), "one")]))
    b.yaml:2:1: one
    b.yaml:9:1: two
    """

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(_listed(self.problems)))

    @classmethod
    def at(cls, place: Place | str, message: str) -> "InputError":
        """Make an error of one problem, at a place or a file.

        Examples
        --------
        >>> print(InputError.at("facts.yaml", "cannot be read"))
        facts.yaml: cannot be read
        """
        return cls([Problem(Place(place) if isinstance(place, str) else place, message)])

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions are copied with their message; this one, with its problems.
        return type(self), (self.problems,)


def _listed(problems: Iterable[Problem]) -> list[str]:
    """Write the first problems of each file, and how many more it has; they are in the order of their places."""
    lines: list[str] = []
    for file, grouped in groupby(problems, key=lambda problem: problem.place.file):
        found = list(grouped)
        lines += map(str, found[:MOST_TOLD])
        if len(found) > MOST_TOLD:
            lines.append(visible(f"{file}: and {len(found) - MOST_TOLD:,} more"))
    return lines


def one_of(names: Iterable[object]) -> str:
    """List names as prose, only the first where there are many."""
    named = list(names)
    listed = [shown(name) for name in (named if len(named) <= MOST_NAMES else named[: MOST_NAMES - 1])]
    if len(named) > len(listed):
        listed.append(f"{len(named) - len(listed)} others")
    *others, last = listed or ["nothing"]
    return f"{', '.join(others)} or {last}" if others else last


def suggestion(found: str, names: Iterable[object]) -> str:
    """Say what was expected: the nearest name, and all names where they are few."""
    known = [str(name) for name in names]
    if not known:
        return ""
    near = _nearest(found, known)
    if not near:
        return f"; expected {one_of(known)}"
    expected = f" (expected {one_of(known)})" if len(known) <= MOST_NAMES // 2 else ""
    return f"; did you mean '{shown(near)}'?{expected}"


def _nearest(found: str, names: list[str]) -> str:
    """Find the name most like another; empty where there is none, or finding it would take too long."""
    from difflib import get_close_matches

    if len(found) > LIMIT or len(names) > MOST_COMPARED:
        return ""
    by_lower_case = {name.lower(): name for name in names if len(name) <= LIMIT}
    near = get_close_matches(found.lower(), by_lower_case, n=1)
    return by_lower_case[near[0]] if near else ""


NOWHERE = Place("")
