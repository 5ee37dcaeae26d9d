"""The best order of a few questions, exactly: how many are expected until the end, whatever is asked and answered.

A state is a set of open questions, and an answer to each of the others. The states in which the same questions are open
are one list: the position of a state is a number whose digits are the answers. All follow from those with one question
less that is open, so they are worked out from the table of all ways to answer, in which none is.
"""

from collections.abc import Sequence
from itertools import chain
from math import prod
from typing import NamedTuple, TypeVar

from expert.knowledge.rules import Value

Cell = TypeVar("Cell")

WORK = 250_000
"""The most answers to look at in all states together: that takes a tenth of a second."""

DIFFER = -1
"""Stands for leaders, or recommendations, that differ."""


class Leaders(NamedTuple):
    """Who leads after some way to answer, and what that recommends."""

    values: tuple[Value, ...]
    recommendation: Value | None


class _States(NamedTuple):
    """Of each state with the same open questions: what all ways to answer them have in common, and what is left to ask.

    Leaders have numbers: `same` is that of all ways, `definite` that of the recommendation of all definite ways, `now`
    that of no further answer; `left` is the expected number of questions until the end.
    """

    same: list[int]
    definite: list[int]
    now: list[int]
    left: list[float]


def work(counts: Sequence[int]) -> int:
    """Count the answers to look at, for questions with so many answers each."""
    states = prod(count + 1 for count in counts)
    return sum(count * (states // (count + 1)) for count in counts)


class DecisionTree:
    """Finds how many questions are to be expected, from who leads after all ways to answer."""

    def __init__(self, weights: Sequence[Sequence[float]], definite: Sequence[int]):
        self._weights = weights
        self._definite = definite
        self._counts = [len(each) for each in weights]

    def expected(self, ends: Sequence[int], leaders: Sequence[Leaders]) -> list[float]:
        """Expect the number of questions until the end if each is asked first; `ends` are positions among `leaders`.

        An interview ends where the same candidates lead whatever is answered, and where all definite answers lead to
        one recommendation that the rules do not contradict as it is.
        """
        recommendations = {each.recommendation for each in leaders}
        numbers = {value: number for number, value in enumerate(sorted(recommendations - {None}, key=str))}
        recommended = [DIFFER if each.recommendation is None else numbers[each.recommendation] for each in leaders]
        decided = [recommended[i] if len(each.values) == 1 else DIFFER for i, each in enumerate(leaders)]
        last = [*ends]
        found = {0: _States(last, [recommended[end] for end in last], last, [0.0] * len(last))}
        costs: list[list[float]] = []
        for opened in range(1, 1 << len(self._counts)):
            questions = [position for position in range(len(self._counts)) if opened >> position & 1]
            costs = [self._asking(found[opened & ~(1 << each)].left, each, opened) for each in questions]
            before = found[opened & ~(1 << questions[0])]
            found[opened] = self._opened(before, questions[0], opened, costs, decided)
        return [cost[0] for cost in costs]

    def _opened(
        self, before: _States, question: int, opened: int, costs: list[list[float]], decided: list[int]
    ) -> _States:
        """Open a question in all states, given what each of the open ones costs there if it is asked."""
        count, stride = self._counts[question], self._stride(question, opened)
        same = [_common(row) for row in zip(*_columns(before.same, count, stride), strict=True)]
        columns = _columns(before.definite, count, stride)[: self._definite[question]]
        definite = [_common(row) for row in zip(*columns, strict=True)]
        now = _columns(before.now, count, stride)[-1]
        left = [
            0.0 if one != DIFFER or (only != DIFFER and decided[at] in (DIFFER, only)) else min(asked)
            for one, only, at, asked in zip(same, definite, now, zip(*costs, strict=True), strict=True)
        ]
        return _States(same, definite, now, left)

    def _asking(self, left: list[float], question: int, opened: int) -> list[float]:
        """Expect the questions from each state on if a question is asked, from those left once it is answered."""
        weights = self._weights[question]
        columns = _columns(left, len(weights), self._stride(question, opened))
        return [1 + sum(map(float.__mul__, weights, row)) for row in zip(*columns, strict=True)]

    def _stride(self, question: int, opened: int) -> int:
        """Give the distance of answers to a question where these are open, once it is answered."""
        later = range(question + 1, len(self._counts))
        return prod(self._counts[each] for each in later if not opened >> each & 1)


def _columns(cells: list[Cell], count: int, stride: int) -> list[list[Cell]]:
    """Split a list by the answers to one question."""
    starts = range(0, len(cells), stride)
    return [
        list(chain.from_iterable(cells[at : at + stride] for at in starts[answer::count])) for answer in range(count)
    ]


def _common(numbers: tuple[int, ...]) -> int:
    """Give the number that all have in common."""
    return numbers[0] if numbers.count(numbers[0]) == len(numbers) else DIFFER
