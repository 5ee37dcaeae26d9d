"""Formulas as people write them, and what is said about those that are none."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert.knowledge.formulas import Operation
from expert.knowledge.loading.formula_grammar import DEEPEST, FormulaError, as_subtraction, read_formula
from tests.formulas import texts

PLUS, MINUS, TIMES, OVER, SIGN = (*(Operation(sign, 2) for sign in "+-*/"), Operation("-", 1))


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("a", ("a",)),
        ("a - b - c", ("a", "b", MINUS, "c", MINUS)),
        ("a - (b - c)", ("a", "b", "c", MINUS, MINUS)),
        ("a + b * c", ("a", "b", "c", TIMES, PLUS)),
        ("a / b * c", ("a", "b", OVER, "c", TIMES)),
        ("-a * b", ("a", SIGN, "b", TIMES)),
        ("a * - b", ("a", "b", SIGN, TIMES)),
        ("- -a", ("a", SIGN, SIGN)),
        ("a \u2212 b", ("a", "b", MINUS)),
        ("min(a)", ("a", Operation("min", 1))),
        ("max (a, 1 , b)", ("a", 1.0, "b", Operation("max", 3))),
        ("min * max", ("min", "max", TIMES)),
        ("max(12, 000)", (12.0, 0.0, Operation("max", 2))),
        ("a-b", ("a-b",)),
        ("a -b", ("a", "b", MINUS)),
        ("a- b", ("a", "b", MINUS)),
        ("(a)-b", ("a", "b", MINUS)),
        ("1-2", ("1-2",)),
        ("3d_scans", ("3d_scans",)),
        ("1e", ("1e",)),
        ("1e-5", (1e-5,)),
        ("12000", (12000.0,)),
        ("12_000", (12000.0,)),
        ("0.5", (0.5,)),
        (".5", (0.5,)),
        ("1e4", (10000.0,)),
        ("u\u0308ber / 2", ("\u00fcber", 2.0, OVER)),
    ],
)
def test_formula_is_read(text, steps):
    assert read_formula(text).steps == steps


def test_names_are_given_with_their_places_and_do_not_tell_formulas_apart():
    formula = read_formula("weight / (height * height)")
    assert formula.names == (("weight", 0), ("height", 10), ("height", 19))
    assert formula.inputs == ("weight", "height")
    assert formula == read_formula(" weight/(height*height) ")
    assert hash(formula) == hash(read_formula(" weight/(height*height) "))
    assert formula != read_formula("weight / height * height")


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 0, "the formula is empty"),
        (" \n", 0, "the formula is empty"),
        ("a +", 3, "a number or a name is missing at the end"),
        ("* a", 0, "a number or a name is missing before '*'"),
        ("+ a", 0, "a number or a name is missing before '+'"),
        ("a * / b", 4, "a number or a name is missing before '/'"),
        ("()", 1, "a number or a name is missing before ')'"),
        ("min()", 4, "a number or a name is missing before ')'"),
        ("max(a,)", 6, "a number or a name is missing before ')'"),
        ("2 * (a + b", 4, "this '(' is not closed: a ')' is missing"),
        ("min(a, b", 3, "this '(' is not closed: a ')' is missing"),
        ("a) + 1", 1, "this ')' closes nothing"),
        ("a, b", 1, "a comma stands only between the arguments of min and max"),
        ("(a, b)", 2, "a comma stands only between the arguments of min and max"),
        ("a b", 2, "an operation is missing before 'b'"),
        ("2 (a)", 2, "an operation is missing before '('"),
        ("1.5x", 3, "an operation is missing before 'x'"),
        ("1 + sqrt(a)", 4, "there is no function 'sqrt'; expected min or max"),
        ("12,000 / a", 0, "commas separate arguments: write 12000, or a space after the comma"),
        ("max(12,000)", 4, "commas separate arguments: write 12000, or a space after the comma"),
        ("1e999", 0, "'1e999' is not a number"),
        ("a ^ 2", 2, "there are no powers: write height * height"),
        ("a ** 2", 2, "there are no powers: write height * height"),
        ("a // b", 2, "there is no division without a rest: write /"),
        ("5 %", 2, "there is no '%': write 5 % as 0.05"),
        ("a \u00d7 b", 2, "there is no '\u00d7': write *"),
        ("a > b", 2, "a formula is a number: comparisons belong in rules"),
        ("a ? b", 2, "unexpected '?'; a formula has + - * /, min, max and parentheses"),
        ("a \x1b b", 2, "unexpected '\\x1b'; a formula has + - * /, min, max and parentheses"),
        ("(" * 65 + "a" + ")" * 65, 64, "the formula is nested more than 64 levels deep"),
        ("-" * 65 + "a", 64, "the formula is nested more than 64 levels deep"),
        ("min(" * 65, 259, "the formula is nested more than 64 levels deep"),
    ],
)
def test_what_is_no_formula_is_refused_with_its_place(text, position, message):
    with pytest.raises(FormulaError) as refused:
        read_formula(text)
    assert (refused.value.position, str(refused.value)) == (position, message)
    copy = pickle.loads(pickle.dumps(refused.value))
    assert (copy.position, str(copy)) == (position, message)


@given(st.text(st.sampled_from("ab1.,e-+*/() \u2212^min"), max_size=30) | st.text(max_size=30))
def test_any_text_is_a_formula_or_refused_within_it(text):
    try:
        formula = read_formula(text)
    except FormulaError as refused:
        assert 0 <= refused.position <= len(text)  # noqa: PT017
    else:
        assert read_formula(str(formula)) == formula


@given(texts())
def test_written_formula_reads_back(text):
    formula = read_formula(text)
    assert read_formula(str(formula)) == formula
    assert str(read_formula(str(formula))) == str(formula)
    assert [text[place : place + len(name)] for name, place in formula.names] == [name for name, _ in formula.names]


@pytest.mark.parametrize("nested", ["(" * DEEPEST + "a" + ")" * DEEPEST, "-" * DEEPEST + "a", "a" + " + 1" * 20_000])
def test_long_and_deep_formulas_are_read_written_valued_bounded_and_copied(nested):
    formula = read_formula(nested)
    assert read_formula(str(formula)) == formula
    assert pickle.loads(pickle.dumps(formula)) == formula
    assert formula.value({"a": 1}) == formula.bounds({"a": (1, 1)}).low


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("size-used", "size - used"),
        ("x-ray-used", "x-ray - used"),
        ("size-1", "size - 1"),
        ("1-size", "1 - size"),
        ("size-usd", ""),
        ("size", ""),
        ("size-used-used", ""),
    ],
)
def test_name_that_may_have_been_a_subtraction_is_written_as_one(name, meant):
    assert as_subtraction(name, {"size", "used", "x-ray"}) == meant
