"""What an interview shows: its present question and its progress."""

from typing import NamedTuple

from expert.knowledge.model import Attribute, Fact
from expert.knowledge.rules import Value

DONT_KNOW = "don't know"
"""The answer that is always possible, as people write it."""


class Question(NamedTuple):
    """A question of an interview.

    Parameters
    ----------
    attribute : Attribute
        What is asked: its question, its help and the values that it admits.
    position : int
        Its number among the answered questions, from 1.
    answered : Fact or None
        The earlier answer if the question is asked again; None the first time and after "don't know".
    """

    attribute: Attribute
    position: int
    answered: Fact | None = None

    @property
    def name(self) -> str:
        """The name of the attribute."""
        return self.attribute.name


class Progress(NamedTuple):
    """How far an interview has come.

    Parameters
    ----------
    answered : int
        The number of questions answered, including with "don't know".
    left : int
        The number of questions, at most, until it ends, including the present one; if answers are certain or not known.
    questions : int
        The number of questions in all, given the answers so far: those answered and those that may still be asked.
    leaders : tuple of Value
        The candidates that lead at present; none if no candidate exceeds the threshold.
    """

    answered: int
    left: int
    questions: int
    leaders: tuple[Value, ...]
