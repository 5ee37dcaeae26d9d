"""What is wrong with an input, where, and what was expected."""

from collections.abc import Iterable
from typing import Any, NamedTuple


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
        """The place without its column, as facts carry it for their origin."""
        return f"{self.file}:{self.line}" if self.line else self.file


class Problem(NamedTuple):
    """One thing that is wrong, with its place.

    Examples
    --------
    >>> str(Problem(Place("facts.yaml", 1, 1), "the file is empty"))
    'facts.yaml:1:1: the file is empty'
    """

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class InputError(Exception):
    """Input that cannot be used; carries every problem that was found in it.

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
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions are copied by what they say; this one, by what it was made of.
        return type(self), (self.problems,)


def one_of(names: Iterable[object]) -> str:
    """Say a list of names as prose.

    Examples
    --------
    >>> one_of(["small", "large", "huge"])
    'small, large or huge'
    """
    *others, last = [str(name) for name in names] or ["nothing"]
    return f"{', '.join(others)} or {last}" if others else last


def suggestion(found: str, names: Iterable[object]) -> str:
    """Say what was expected: the nearest right name, and all of them where they are few.

    Parameters
    ----------
    found : str
        The name that was not understood.
    names : iterable
        The names that would have been.

    Returns
    -------
    str
        The end of a message; starts with ``; ``, and is empty where there are no names at all.

    Examples
    --------
    >>> suggestion("datset", ["dataset", "speed"])
    "; did you mean 'dataset'? (expected dataset or speed)"
    >>> suggestion("colour", ["dataset", "speed"])
    '; expected dataset or speed'
    """
    from difflib import get_close_matches

    known = [str(name) for name in names]
    if not known:
        return ""
    by_lower_case = {name.lower(): name for name in known}
    near = get_close_matches(found.lower(), by_lower_case, n=1)
    shown = known if len(known) <= 12 else [*known[:11], f"{len(known) - 11} others"]
    if not near:
        return f"; expected {one_of(shown)}"
    expected = f" (expected {one_of(known)})" if len(known) <= 6 else ""
    return f"; did you mean '{by_lower_case[near[0]]}'?{expected}"
