"""What an interview shows of itself: the question that is put, and how far it has come."""

from typing import NamedTuple

from expert.knowledge.model import Attribute, Fact
from expert.knowledge.rules import Value


class Question(NamedTuple):
    """A question that is put.

    Parameters
    ----------
    attribute : Attribute
        What is asked: its question, its help, and the values that it admits.
    position : int
        Which of the answered questions it is, or will be, from 1.
    answered : Fact or None
        The answer that was given to it before, where it is put again; None for the first time, and for "don't know".
    """

    attribute: Attribute
    position: int
    answered: Fact | None = None

    @property
    def name(self) -> str:
        """The attribute's name."""
        return self.attribute.name


class Progress(NamedTuple):
    """How far an interview has come.

    Parameters
    ----------
    answered : int
        How many questions have been answered, "don't know" included.
    left : int
        How many are put at most before it ends, if answers are definite or not known; with the one that is put now.
    questions : int
        How many there are in all, as the answers stand: those that have been answered, and those that may still be
        asked.
    leaders : tuple of Value
        The candidates that lead at present; none where no candidate exceeds the threshold.
    """

    answered: int
    left: int
    questions: int
    leaders: tuple[Value, ...]
