"""Sets of changes that change the recommendation."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from expert.analysis.hypothetical import Option
from expert.inference.ranking import Outcome
from expert.knowledge.foreign_text import shown
from expert.knowledge.ranges import Range
from expert.knowledge.rules import Value


class Flip(NamedTuple):
    """Changes that, together, give another recommendation; none of them can be left out.

    Parameters
    ----------
    changes : tuple of Option
        Each an attribute with its new value, in the order of the file; None withdraws the fact.
    recommendation : Value or None
        What is recommended then; None for a tie or undecided.
    outcome : str
        The outcome then.
    ranges : tuple of Range or None
        For each change to a number, the numbers around it that have the same effect.
    """

    changes: tuple[Option, ...]
    recommendation: Value | None
    outcome: Outcome
    ranges: tuple[Range | None, ...] = ()

    def __repr__(self) -> str:
        changes = ", ".join(f"{change.attribute} = {change.value}" for change in self.changes)
        return f"<Flip {shown(changes)} → {shown(self.recommendation or self.outcome)}>"

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data; with the ranges of numbers that are more than one number."""
        ranges = {
            change.attribute: within.to_dict()
            for change, within in zip(self.changes, self.ranges, strict=False)
            if within and not within.is_single
        }
        return {
            "changes": {change.attribute: change.value for change in self.changes},
            **({"ranges": ranges} if ranges else {}),
            "recommendation": self.recommendation,
            "outcome": self.outcome,
        }


class Flips(tuple[Flip, ...]):
    """A tuple of all smallest sets of changes that give another recommendation, and how far they were searched for.

    Parameters
    ----------
    flips : iterable of Flip
        Smallest sets first.
    searched : int
        All sets of up to so many changes were tried.
    is_complete : bool
        Whether that is all that was wanted; otherwise the larger sets were too many, so that not all were tried.
    """

    searched: int
    is_complete: bool

    def __new__(cls, flips: Iterable[Flip], searched: int, is_complete: bool = True) -> "Flips":
        """Make a tuple that knows how far the search went."""
        made = super().__new__(cls, flips)
        made.searched, made.is_complete = searched, is_complete
        return made

    def __getnewargs__(self) -> tuple[tuple[Flip, ...], int, bool]:
        """Say how to copy it."""
        return tuple(self), self.searched, self.is_complete
