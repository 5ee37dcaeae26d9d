"""Certainties in words and tables: numbers that are read beside one another are written so that they agree."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from expert.inference.bounds import TIE

MOST = 17
"""Decimals at the most; certainty factors have 15."""


class Numbers:
    """Writes the numbers of one report with as many decimals, two at the least, as tell them apart.

    What is written has the order of the numbers themselves, and ties are written alike; it is definite, 0, or above the
    limit exactly where the number is. Differences are those of what is written.

    Parameters
    ----------
    values : iterable of float
        In [-1, 1].
    limit : float
        The threshold that they are held against.

    Examples
    --------
    >>> numbers = Numbers([0.9946, 0.9949, 0.62], limit=0.2)
    >>> numbers.write(0.9949), numbers.write(0.9946), numbers.write(0.62, "+"), numbers.difference(0.9949, 0.9946)
    ('0.9949', '0.9946', '+0.62', '0.0003')
    """

    def __init__(self, values: Iterable[float], limit: float = 0.0):
        self._as: dict[float, float] = {}
        firsts: list[float] = []
        for value in sorted(set(values), reverse=True):
            if not firsts or firsts[-1] - value > TIE:
                firsts.append(value)
            self._as[value] = firsts[-1]
        self._digits = next((d for d in range(2, MOST) if _agree(firsts, d, (-1.0, 0.0, 1.0, limit))), MOST)

    def write(self, value: float, sign: str = "-") -> str:
        """Write one of the numbers; with the sign ``+`` before positive ones, too."""
        return _written(self._shown(value), sign)

    def difference(self, one: float, other: float) -> str:
        """Write the difference between two of the numbers as they are written."""
        return _written(self._shown(one) - self._shown(other))

    def _shown(self, value: float) -> Decimal:
        return _rounded(self._as.get(value, value), self._digits)


def number(value: float, sign: str = "-") -> str:
    """Write a certainty that stands alone: with two decimals, or as many as it takes not to seem definite, or 0.

    Parameters
    ----------
    value : float
        In [-1, 1].
    sign : str
        ``+`` to write a sign before positive numbers too.

    Returns
    -------
    str
        With a true minus sign.

    Examples
    --------
    >>> number(0.7), number(-0.4), number(0.9969), number(1), number(0.004)
    ('0.70', '−0.40', '0.997', '1.00', '0.004')
    >>> number(0.7, sign="+"), number(0, sign="+")
    ('+0.70', '0.00')
    """
    return Numbers([value]).write(value, sign)


def in_full(value: float, sign: str = "-") -> str:
    """Write a certainty as it was given, with all its decimals.

    Examples
    --------
    >>> in_full(0.2), in_full(0.125, sign="+")
    ('0.20', '+0.125')
    """
    return _written(Decimal(repr(float(value))), sign)


def _agree(values: list[float], digits: int, limits: Iterable[float]) -> bool:
    """Tell whether falling numbers still fall when they are rounded, and each stands to the limits as it did."""
    shown = [_rounded(value, digits) for value in values]
    falling = all(one > other for one, other in pairwise(shown))
    return falling and all(
        _side(written, Decimal(repr(limit))) == _side(value, limit)
        for value, written in zip(values, shown, strict=True)
        for limit in limits
    )


def _side(value: float | Decimal, limit: float | Decimal) -> int:
    """Tell on which side of a limit a number is; 0 if on neither."""
    return (value > limit) - (value < limit)


def _rounded(value: float, digits: int) -> Decimal:
    return Decimal(f"{value:.{digits}f}")


def _written(value: Decimal, sign: str = "-") -> str:
    """Write a number without zeros at its end, but for the second decimal."""
    whole, _, decimals = f"{value + 0:{sign if value else '-'}f}".partition(".")  # + 0: never a negative 0
    return f"{whole}.{decimals.rstrip('0'):0<2}".replace("-", "−")
