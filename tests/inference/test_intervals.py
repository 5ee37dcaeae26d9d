"""Intervals hold whatever can become of numbers within them."""

from math import inf

import pytest

from expert.inference.intervals import NOTHING, Interval, around, combined


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Interval(0.25, 0.5).plus(Interval(-1, 1)), (-0.75, 1.5)),
        (Interval(0.25, 0.5).negative(), (-0.5, -0.25)),
        (Interval(0.25, 0.5).scaled(-2), (-1, -0.5)),
        (Interval(-1, 0.5).times(Interval(-1, 2)), (-2, 1)),
        (Interval(0, 1).times(Interval(0, inf)), (0, inf)),
        (NOTHING.times(Interval(-inf, inf)), (0, 0)),
        (Interval(0.2, 0.3).above(0.2), (0, 0.3)),
        (Interval(0.1, 0.2).above(0.2), (0, 0)),
        (around([Interval(0, 1), Interval(-1, 0.5)]), (-1, 1)),
        (combined([Interval(0.4, 0.4), Interval(0, 0.6)]), (0.4, 0.76)),
        (combined([]), (0, 0)),
    ],
)
def test_ends_follow_from_ends(found, expected):
    assert found == expected
