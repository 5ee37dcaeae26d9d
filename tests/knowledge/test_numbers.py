"""One grammar for numbers, tried text by text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert.knowledge.numbers import NUMBER, number_pattern, read_number

NUMBERS = [
    ("0", 0),
    ("12", 12),
    ("+3", 3),
    ("-3", -3),
    ("\u22123", -3),
    (" 7\t", 7),
    ("\u00a07\r\n", 7),
    ("0.5", 0.5),
    (".5", 0.5),
    ("5.", 5),
    ("1e4", 10000),
    ("1E+4", 10000),
    ("2.5e-1", 0.25),
    ("1e\u22121", 0.1),
    ("12,000", 12000),
    ("1,234,567.5", 1234567.5),
    ("1_000_000", 1000000),
    ("12_34", 1234),
]
NO_NUMBERS = [
    "", " ", "-", ".", "e4", "1e", "--1", "+ 1", "inf", "-Infinity", "nan", "0x10", "1e999", "1,5", "12,00", "1,0000",
    ",100", "1,000,", "1__0", "_1", "1_", "1,000_000", "1 000", "1'000", "1.2.3", "5 apples", "1e1_0", "1/2",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_number_is_read(text, value):
    found = read_number(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match=re.escape(f"'{text}' is not a number") + "$"):
        read_number(text)


@pytest.mark.parametrize("text", ["\u0661\u0662", "\uff11", "1\u0660", "\u00b2"])
def test_digits_of_other_scripts_are_refused_with_what_digits_are(text):
    with pytest.raises(ValueError, match="is not a number; digits are 0 to 9"):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("12 examples", "examples"), ("12examples", "examples"), ("12 Examples ", "examples"), ("12", "examples"),
     ("12 %", "%"), ("12 sq. km", "sq. km"), ("12e0 e", "e")],
)  # fmt: skip
def test_number_may_be_followed_by_its_own_unit(text, unit):
    assert read_number(text, unit) == 12


def test_another_unit_is_refused():
    with pytest.raises(ValueError, match="'12 miles' is not a number"):
        read_number("12 miles", "km")


@given(st.text(alphabet="0123456789+-\u2212,._eE \u0661x", max_size=12))
def test_pattern_alone_tells_what_is_read_as_far_as_it_is_finite(text):
    found = re.fullmatch(number_pattern(), text)
    try:
        read_number(text)
    except ValueError:
        assert found is None or "e" in text.lower()
    else:
        assert found is not None


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**15), 10**15))
def test_numbers_as_python_writes_them_are_read_as_they_are(value):
    assert read_number(str(value)) == value
    assert read_number(f"{value:,}") == value


def test_pattern_looks_neither_around_nor_back():
    assert not re.search(r"\(\?[=!<]|\\[1-9]", NUMBER)


def test_pattern_means_the_same_to_an_engine_without_looking_around():
    polars = pytest.importorskip("polars")
    texts = [text for text, _ in NUMBERS] + NO_NUMBERS
    found = polars.Series(texts).str.extract(number_pattern(), 1).is_not_null().to_list()
    assert found == [re.fullmatch(number_pattern(), text) is not None for text in texts]
