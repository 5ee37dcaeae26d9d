"""One gate for facts: whatever way they come in, the same is admitted, and the same refused."""

import enum
import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert.knowledge.loading.facts_reading import facts_from_file, facts_from_python, facts_from_row, with_settings
from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.model import Fact
from expert.knowledge.problems import InputError
from tests.knowledge.marks import problems_of

MODEL = load_bytes(
    """
knowledge_base: b
goal: g
attributes:
  g: {choices: [x, y]}
  size: {question: How large?, choices: [small, large, "1", "b'small'", rather not, "2026-01-01", m\u00fcde]}
  rows: {question: How many?, number: {unit: rows, at_least: 1, integer: true}}
  share: {question: What share?, number: {at_most: 1}}
  fast: {question: Fast?}
  derived: {about: concluded alone}
  both: {question: Both?}
rules:
  r1: {if: {size: small}, then: {g: x, derived: yes, both: yes}}
""".encode(),
    "b.yaml",
)


class Size(str, enum.Enum):  # noqa: UP042
    """Choices of a program's own."""

    SMALL = "small"


def from_facts(attribute, value, certainty):
    return facts_from_python([Fact(attribute, value, certainty)], MODEL)


def from_mapping(attribute, value, certainty):
    return facts_from_python({attribute: {"value": value, "certainty": certainty}}, MODEL)


def from_row(attribute, value, certainty):
    return facts_from_row({attribute: value, f"{attribute}.certainty": certainty}, "row", MODEL)


def from_setting(attribute, value, certainty):
    return with_settings((), [f"{attribute}={value} ({certainty})"], MODEL)


def from_json(attribute, value, certainty, folder):
    path = folder / "f.json"
    path.write_text(json.dumps({attribute: {"value": value, "certainty": certainty}}))
    return facts_from_file(path, MODEL)


IN_PYTHON = [from_facts, from_mapping, from_row]
ADMITTED = [
    ("size", "small", "small"),
    ("size", Size.SMALL, "small"),
    ("size", np.str_("small"), "small"),
    ("size", 1, "1"),
    ("size", date(2026, 1, 1), "2026-01-01"),
    ("size", "mu\u0308de", "m\u00fcde"),
    ("fast", True, "yes"),
    ("fast", np.bool_(False), "no"),
    ("rows", "12,000 rows", 12000),
    ("rows", 12.0, 12),
    ("rows", np.int8(12), 12),
    ("share", np.float16(0.1), 0.1),
    ("share", np.float32(0.74), 0.74),
    ("share", np.float64(0.74), 0.74),
    ("share", Decimal("0.5"), 0.5),
    ("share", 1e-9, 1e-9),
    ("share", "\u22121_000.5", -1000.5),
]
REFUSED = [
    ("nothing", "x", "unknown attribute 'nothing'"),
    ("derived", "yes", "'derived' is concluded by rules and cannot be given"),
    ("size", "smal", "size has no value 'smal'"),
    ("size", b"small", "size: expected a text, a number, yes or no, not bytes"),
    ("size", object(), "size: expected a text, a number, yes or no, not object"),
    ("size", ["small"], "expected a value of size, not a list"),
    ("size", 1.0, "size has no value '1.0'"),
    ("fast", 1, "fast must be yes or no, not '1'"),
    ("rows", True, "rows must be a whole number of rows, at least 1, not 'true'"),
    ("rows", date(2026, 1, 1), "not '2026-01-01'"),
    ("rows", timedelta(1), "rows: expected a text, a number, yes or no, not timedelta"),
    ("rows", Fraction(3, 2), "rows must be a whole number of rows, at least 1, not '3/2'"),
    ("rows", 3j, "rows must be a whole number of rows, at least 1, not '3j'"),
    ("rows", float("nan"), "not 'nan'"),
    ("rows", "\u0661\u0662", "not '\u0661\u0662'; digits are 0 to 9"),
    ("size", "small\ud800", "size: contains the character U+D800, which is not text"),
]
NO_CERTAINTIES = [
    3.0,
    -1.5,
    float("nan"),
    float("inf"),
    True,
    date(2026, 1, 1),
    datetime(2026, 1, 1),
    "much",
    b"1",
    [1],
]


@pytest.mark.parametrize("way", IN_PYTHON)
@pytest.mark.parametrize(("attribute", "value", "read"), ADMITTED)
def test_values_are_admitted_by_every_way_in(way, attribute, value, read):
    (fact,) = way(attribute, value, np.float32(0.8))
    assert (fact.attribute, fact.value, fact.certainty) == (attribute, read, 0.8)
    assert type(fact.value) is type(read)


@pytest.mark.parametrize("way", IN_PYTHON)
@pytest.mark.parametrize(("attribute", "value", "message"), REFUSED)
def test_values_are_refused_by_every_way_in(way, attribute, value, message):
    if way is from_row and attribute == "nothing":
        pytest.skip("a table may have columns of other names")
    (problem,) = problems_of(way, attribute, value, 1.0)
    assert message in problem.message


@pytest.mark.parametrize("way", IN_PYTHON)
@pytest.mark.parametrize("certainty", NO_CERTAINTIES, ids=str)
def test_certainties_are_refused_by_every_way_in(way, certainty):
    (problem,) = problems_of(way, "fast", "yes", certainty)
    assert "certainty" in problem.message or "expected a text, a number, yes or no, not bytes" in problem.message


certainties = st.floats(-1, 1) | st.sampled_from([1.5, -2.5])
values = st.sampled_from(
    [("size", "small"), ("size", "smal"), ("rows", 3), ("rows", "0"), ("rows", "1,000 rows"), ("share", 0.1 + 0.2),
     ("fast", "TRUE"), ("derived", "yes"), ("both", "no"), ("nothing", "x"), ("size", "mu\u0308de"),
     ("fast", "unknown")]
)  # fmt: skip


@given(values, certainties)
def test_all_ways_in_agree(tmp_path_factory, pair, certainty):
    def outcome(way, *more):
        try:
            return [fact._replace(origin="") for fact in way(*pair, certainty, *more)]
        except InputError as error:
            return sorted(problem.message for problem in error.problems)

    expected = outcome(from_mapping)
    assert outcome(from_facts) == expected
    assert outcome(from_json, tmp_path_factory.getbasetemp()) == expected
    assert outcome(from_setting) == expected
    if pair[0] in MODEL.attributes:
        assert outcome(from_row) == expected


def test_facts_come_through_as_they_are():
    facts = (Fact("size", "small", 0.1 + 0.2, "f.yaml:3", "a remark", True), Fact("rows", 7, -1.0, "--set"))
    assert facts_from_python(facts, MODEL) == facts
    assert facts_from_python(iter(facts), MODEL) == facts
    assert facts_from_python((), MODEL) == ()


def test_two_facts_about_one_attribute_are_refused():
    facts = [Fact("size", "small", 0.6, "a.yaml:1"), Fact("rows", 3), Fact("size", "large", 1.0, "b.yaml:2")]
    assert list(map(str, problems_of(facts_from_python, facts, MODEL))) == [
        "b.yaml:2: there are two facts about 'size'; give one"
    ]
    both = {"size": "small", "si\u200bze": "small", "m\u00fcde": 1, "mu\u0308de": 1}
    assert sum("two facts" in problem.message for problem in problems_of(facts_from_python, both, MODEL)) == 1


def test_all_problems_of_facts_are_told_at_once():
    facts = [Fact("nothing", 1), Fact("size", b"small"), 7, Fact("rows", 3, 2.0), Fact("derived", "yes")]
    assert len(problems_of(facts_from_python, facts, MODEL)) == 5


@pytest.mark.parametrize("given", ["f.yaml", Path("f.yaml"), b"f.yaml", 5])
def test_what_is_no_facts_is_refused_with_what_reads_a_file(given):
    (problem,) = problems_of(facts_from_python, given, MODEL)
    assert problem.message.startswith("expected a mapping of attributes to values, not '")
    assert problem.message.endswith("; read_facts reads a file")


def test_a_single_fact_is_no_list_of_facts():
    message = "expected facts, as read_facts gives them, not 'size'"
    assert message in [problem.message for problem in problems_of(facts_from_python, Fact("size", "small"), MODEL)]


@pytest.mark.parametrize(
    ("setting", "value", "certainty"),
    [
        ("fast=yes (0.8)", "yes", 0.8),
        ("fast = TRUE(.5)", "yes", 0.5),
        ("fast=no (-1)", "no", -1.0),
        ("fast=rather yes", "yes", 0.7),
        ("fast=Perhaps no", "no", 0.4),
        ("rows=12,000 rows (1e-1)", 12000, 0.1),
        ("size=rather not", "rather not", 1.0),
        ("size=rather not (0.5)", "rather not", 0.5),
        ("size=rather rather not", "rather not", 0.7),
        ("fast=yes (0)", "yes", 0.0),
    ],
)
def test_settings_take_doubt_as_interviews_do(setting, value, certainty):
    (fact,) = with_settings((), [setting], MODEL)
    assert (fact.value, fact.certainty) == (value, certainty)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("fast=yes (1.5)", "certainty must be in [-1, 1], not '1.5'"),
        ("fast=yes (often)", "fast must be yes or no, not 'yes (often)'"),
        ("fast=rather", "fast must be yes or no, not 'rather'"),
        ("fast=rather maybe", "fast must be yes or no, not 'maybe'"),
        ("nothing=yes (0.8)", "unknown attribute 'nothing'"),
    ],
)
def test_wrong_doubt_is_refused(setting, message):
    (problem,) = problems_of(with_settings, (), [setting], MODEL)
    assert problem.message.startswith(message)


def test_doubt_about_what_is_unknown_says_nothing():
    assert with_settings((), ["fast=unknown (0.5)"], MODEL) == ()
