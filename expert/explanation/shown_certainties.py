"""Certainties in words and tables: numbers that are read beside one another are written so that they agree."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from expert.inference.consultation import Consultation
from expert.inference.ranking import is_tied

MOST = 17
"""Decimals at the most; certainty factors have 15."""


class Numbers:
    """Writes the numbers of one report, each with as many decimals, two at the least, as tell it from the others.

    What is written has the order of the numbers themselves, and ties are written alike; it is certain, 0, or above the
    limit exactly where the number is. Differences are those of what is written.
    """

    def __init__(self, values: Iterable[float], limit: float = 0.0):
        firsts: list[float] = []
        first_of: dict[float, float] = {}
        for value in sorted(set(values), reverse=True):
            if not firsts or not is_tied(firsts[-1], value):
                firsts.append(value)
            first_of[value] = firsts[-1]
        shown = _told_apart(firsts, (-1.0, 0.0, 1.0, limit))
        self._shown = {value: shown[first] for value, first in first_of.items()}

    def write(self, value: float, sign: str = "-") -> str:
        """Write one of the numbers; with the sign ``+`` before positive ones, too."""
        return _written(self._shown[value], sign)

    def difference(self, one: float, other: float) -> str:
        """Write the difference between two of the numbers as they are written."""
        return _written(self._shown[one] - self._shown[other])


def ranking_numbers(consultation: Consultation) -> Numbers:
    """Write the certainties of the candidates beside one another."""
    certainties = (candidate.certainty for candidate in consultation.ranking)
    return Numbers(certainties, consultation.knowledge_base.threshold)


@lru_cache(4096)
def number(value: float, sign: str = "-") -> str:
    """Write a certainty that stands alone: with two decimals, or as many as it takes not to seem certain, or 0."""
    return Numbers([value]).write(value, sign)


def in_full(value: float, sign: str = "-") -> str:
    """Write a certainty as it was given, with all its decimals."""
    return _written(Decimal(repr(float(value))), sign)


def _told_apart(falling: list[float], limits: Iterable[float]) -> dict[float, Decimal]:
    """Round numbers to as few decimals as they go on falling with, each on its own side of the limits."""
    edges = [(limit, Decimal(repr(limit))) for limit in limits]
    digits = dict.fromkeys(falling, 2)
    while True:
        shown = {value: Decimal(f"{value:.{digits[value]}f}") for value in falling}
        unlike = {v for v in falling for limit, edge in edges if _side(shown[v], edge) != _side(v, limit)}
        unlike |= {value for pair in pairwise(falling) if shown[pair[0]] <= shown[pair[1]] for value in pair}
        unlike = {value for value in unlike if digits[value] < MOST}
        if not unlike:
            return shown
        for value in unlike:
            digits[value] += 1


def _side(value: float | Decimal, limit: float | Decimal) -> int:
    """Tell on which side of a limit a number is; 0 if on neither."""
    return (value > limit) - (value < limit)


def _written(value: Decimal, sign: str = "-") -> str:
    """Write a number without zeros at its end, but for the second decimal."""
    whole, _, decimals = f"{value + 0:{sign if value else '-'}f}".partition(".")  # + 0: never a negative 0
    return f"{whole}.{decimals.rstrip('0'):0<2}".replace("-", "−")
