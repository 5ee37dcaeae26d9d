"""Formulas: what they give, within what bounds, and how they are shown."""

import math
import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert.knowledge.formulas import LARGEST, rounded_to_ninth
from expert.knowledge.loading.formula_grammar import read_formula
from tests.formulas import INPUTS, NUMBERS, texts

HUGE = 1e308


@pytest.mark.parametrize(
    ("text", "values", "result"),
    [
        ("weight / (height * height)", {"weight": 70, "height": 2}, 17.5),
        ("a / b", {"a": 12_000, "b": 40_000}, 0.3),
        ("a - b - c", {"a": 10, "b": 3, "c": 2}, 5),
        ("a + b - c", {"a": 0.1, "b": 0.2, "c": 0.3}, 0),
        ("-a * b + 1", {"a": 2, "b": 3}, -5),
        ("max(0, min(a, 1), -a)", {"a": -4}, 4),
        ("a / 3", {"a": 1}, 0.333333333),
        ("a", {"a": 10**20}, 1e20),
        ("a / b", {"a": 1, "b": 0}, None),
        ("a / b", {"a": 0, "b": -0.0}, None),
        ("a * b", {"a": HUGE, "b": 10}, None),
        ("1 / (a * 10)", {"a": HUGE}, None),
        ("min(a * 10, 1)", {"a": HUGE}, None),
        ("max(1 / a, 3)", {"a": 0}, None),
        ("a + b", {"a": 1}, None),
        ("a", {"a": 10**400}, None),
        ("a * 2", {"a": math.inf}, None),
    ],
)
def test_value(text, values, result):
    assert read_formula(text).value(values) == result


@given(texts(), st.fixed_dictionaries({name: st.integers(-50, 50) for name in INPUTS}))
def test_value_is_what_the_same_operations_give_in_python(text, values):
    places = {name: f"_{number}" for number, name in enumerate(INPUTS)}
    formula = read_formula(text)
    written = str(formula).replace("min(", "least(").replace("max(", "greatest(")
    for name, place in places.items():
        written = written.replace(name, place)
    functions = {"least": lambda *numbers: min(numbers), "greatest": lambda *numbers: max(numbers)}
    scope = functions | {places[name]: float(value) for name, value in values.items()}
    value = formula.value(values)
    if value is not None:
        assert value == rounded_to_ninth(eval(written, scope))


@given(texts(), st.data())
def test_values_lie_within_bounds(text, data):
    formula = read_formula(text)
    numbers = NUMBERS | st.sampled_from([math.inf, -math.inf])
    ranges = {name: tuple(sorted(data.draw(st.tuples(numbers, numbers)))) for name in INPUTS}
    values = {}
    for name, ends in ranges.items():
        low, high = (min(max(float(end), -LARGEST), LARGEST) for end in ends)
        between = st.floats(low, high) if low < high else st.just(low)
        values[name] = data.draw(st.sampled_from([low, high]) | between)
    bounds = formula.bounds(ranges)
    value = formula.value(values)
    assert bounds.low <= bounds.high
    if value is None:
        assert bounds.may_fail
    else:
        assert bounds.low <= value <= bounds.high


@pytest.mark.parametrize(
    ("text", "ranges", "bounds"),
    [
        ("a + b", {"a": (1, 2), "b": (10, 20)}, (11, 22, False)),
        ("a - b", {"a": (1, 2), "b": (10, 20)}, (-19, -8, False)),
        ("-a", {"a": (1, 2)}, (-2, -1, False)),
        ("a * b", {"a": (-1, 2), "b": (-10, 20)}, (-20, 40, False)),
        ("a / b", {"a": (1, 2), "b": (4, 8)}, (0.125, 0.5, False)),
        ("a / b", {"a": (1, 2), "b": (0, 8)}, (-math.inf, math.inf, True)),
        ("a / b", {"a": (1, 2), "b": (1, math.inf)}, (0, 2, False)),
        ("a * b", {"a": (0, 0), "b": (-math.inf, math.inf)}, (0, 0, False)),
        ("a * 2", {"a": (1, math.inf)}, (2, math.inf, True)),
        ("a * a", {"a": (1e200, 1e300)}, (LARGEST, math.inf, True)),
        ("a + 1", {"a": (1, math.inf)}, (2, math.inf, False)),
        ("min(a, 5)", {"a": (1, math.inf)}, (1, 5, False)),
        ("max(a, b)", {"a": (1, 7), "b": (2, 3)}, (2, 7, False)),
        ("a / 3", {"a": (1, 1)}, (0.333333333, 0.333333333, False)),
        ("3", {}, (3, 3, False)),
    ],
)
def test_bounds(text, ranges, bounds):
    assert read_formula(text).bounds(ranges) == bounds


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("weight/(height*height)", "weight / (height * height)"),
        ("((a))-(b+c)-(d*2)", "a - (b + c) - d * 2"),
        ("(a+b)*c", "(a + b) * c"),
        ("a - ( -b )", "a - -b"),
        ("- (a*b)", "-(a * b)"),
        ("-(-a)", "--a"),
        ("max ( (a) ,(b - 1) )", "max(a, b - 1)"),
        ("12_000 * 1e4 * .5 * 1e30", "12000 * 10000 * 0.5 * 1e+30"),
    ],
)
def test_formula_is_written_with_the_parentheses_that_it_needs(text, written):
    assert str(read_formula(text)) == written


@pytest.mark.parametrize(
    ("text", "values", "shown"),
    [
        ("a / b", {"a": 12_000, "b": 40_000.0}, "12,000 / 40,000"),
        ("a - b * 1000", {"a": -1, "b": -2.5}, "-1 - (-2.5) * 1,000"),
        ("-a", {"a": -3}, "-(-3)"),
        ("max(a, -b)", {"a": -3, "b": 4}, "max(-3, -4)"),
    ],
)
def test_formula_is_shown_with_numbers(text, values, shown):
    assert read_formula(text).with_numbers(values) == shown


@given(texts())
def test_copies_are_equal(text):
    formula = read_formula(text)
    copy = pickle.loads(pickle.dumps(formula))
    assert copy == formula
    assert copy.names == formula.names
    assert hash(copy) == hash(formula)


@pytest.mark.parametrize(
    ("number", "rounded"),
    [
        (0.1 + 0.2, 0.3),
        (1 / 1024, 0.000976563),
        (-1 / 1024, -0.000976562),
        (5e-10, 1e-9),
        (-5e-10, 0),
        (9_007_198.5, 9_007_198.5),
        (9_007_199.1234567891, 9_007_199.1234567891),
        (-1e300, -1e300),
    ],
)
def test_numbers_are_rounded_to_the_ninth_decimal(number, rounded):
    assert rounded_to_ninth(number) == rounded


@given(NUMBERS, NUMBERS)
def test_rounding_keeps_order_and_whole_numbers_and_gives_no_negative_zero(one, other):
    low, high = sorted([float(one), float(other)])
    assert rounded_to_ninth(low) <= rounded_to_ninth(high)
    assert rounded_to_ninth(float(math.floor(low))) == math.floor(low)
    assert math.copysign(1, rounded_to_ninth(-0.0)) == 1
    assert rounded_to_ninth(low) or math.copysign(1, rounded_to_ninth(low)) == 1
    if abs(low) < 1e6:
        assert abs(Fraction(rounded_to_ninth(low)) - Fraction(low)) < Fraction(51, 10**11)
