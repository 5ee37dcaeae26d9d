"""Numbers that are read beside one another agree."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from expert.explanation.shown_certainties import Numbers, in_full, number
from expert.inference.certainty import rounded
from expert.inference.ranking import TIE

CLOSE = st.builds(
    lambda whole, digits, off: rounded(max(-1.0, min(1.0, whole + off * 10.0**-digits))),
    st.sampled_from([-1.0, -0.5, 0.0, 0.2, 0.545, 0.55, 0.99, 1.0]),
    st.integers(2, 14),
    st.integers(-9, 9),
)
"""Certainties of many decimals, many of them near one another and near what they are held against."""

RANKINGS = st.lists(CLOSE | st.floats(-1, 1).map(rounded), min_size=1, max_size=6).map(
    lambda certainties: sorted(certainties, reverse=True)
)
LIMITS = st.sampled_from([0.0, 0.125, 0.2, 0.55])


def read(text):
    return Decimal(text.replace("−", "-"))


@given(RANKINGS, LIMITS)
@example([0.654, 0.546], 0.2)
@example([0.9949, 0.9946], 0.2)
def test_what_is_written_has_the_order_of_the_numbers_and_ties_are_alike(ranking, limit):
    numbers = Numbers(ranking, limit)
    written = [numbers.write(certainty) for certainty in ranking]
    assert [read(text) for text in written] == sorted(map(read, written), reverse=True)
    leaders = [text for text, certainty in zip(written, ranking, strict=True) if ranking[0] - certainty <= TIE]
    assert leaders == written[: len(leaders)] == [written[0]] * len(leaders)
    for (one, first), (other, second) in pairwise(zip(ranking, written, strict=True)):
        assert one - other <= TIE or read(first) > read(second)


@given(RANKINGS, LIMITS)
def test_differences_are_those_of_what_is_written(ranking, limit):
    numbers = Numbers(ranking, limit)
    for one, other in pairwise(ranking):
        margin = read(numbers.difference(one, other))
        assert margin == read(numbers.write(one)) - read(numbers.write(other))
        assert (margin > 0) or one - other <= TIE


@given(CLOSE, LIMITS)
def test_a_number_is_definite_or_nothing_or_beyond_the_limit_exactly_where_it_seems_so(value, limit):
    written = read(Numbers([value], limit).write(value))
    for mark in (-1.0, 0.0, 1.0, limit):
        edge = Decimal(repr(mark))
        assert (written > edge, written == edge) == (value > mark, value == mark)
    assert read(in_full(value)) == Decimal(repr(value))


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ([0.654, 0.546], ["0.65", "0.55"]),
        ([0.9946, 0.9949, 0.62], ["0.9946", "0.9949", "0.62"]),
        ([0.196], ["0.196"]),
        ([0.2], ["0.20"]),
        ([0.2004], ["0.2004"]),
        ([0.99999, 0.999], ["0.99999", "0.999"]),
        ([0.3, 0.3 + 1e-12], ["0.30", "0.30"]),
        ([-0.996, 0.0, 1.0], ["−0.996", "0.00", "1.00"]),
    ],
)
def test_no_more_decimals_are_written_than_it_takes(values, written):
    numbers = Numbers(values, 0.2)
    assert [numbers.write(value) for value in values] == written


def test_a_margin_is_read_off_the_certainties():
    assert Numbers([0.654, 0.546], 0.2).difference(0.654, 0.546) == "0.10"
    assert (number(-0.0), number(1e-5), number(-0.99999, "+")) == ("0.00", "0.00001", "−0.99999")
