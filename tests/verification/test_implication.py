import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert.inference.degrees import degree_of
from expert.knowledge import rules
from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.rules import AllOf, AnyOf, AtLeastOf, Compare, Is, IsNot, Known, Unknown
from expert.verification.implication import implies, needed_attributes
from tests.examples import examples

BASE = """
knowledge_base: b
goal: g
attributes:
  g: {choices: [x]}
  s: {question: How large?, choices: [a, b, c]}
  y: {question: Is it?}
  n: {question: How many?, number: {integer: true, at_least: 0, at_most: 6}}
  m: {question: How much?, number: {at_most: 4}}
  k: {is: 2 * m}
rules:
"""
ATTRIBUTES = load_bytes((BASE + "  r: {if: {y: yes}, then: {g: x}}").encode(), "b.yaml").attributes
VALUES = {"s": "abc", "y": ("yes", "no"), "n": (0, 2, 3, 4, 6), "m": (-1, 2, 2.5, 3, 4)}


def premises(*texts):
    written = "".join(f"  r{i}: {{if: {text}, then: {{g: x}}}}\n" for i, text in enumerate(texts))
    return [rule.premise for rule in load_bytes((BASE + written).encode(), "b.yaml").rules]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("{s: a}", "{s: a}", True),
        ("{s: a}", "{s: b}", False),
        ("{s: a}", "{s: {not: b}}", True),
        ("{s: {not: b}}", "{s: a}", False),
        ("{y: {not: no}}", "{y: yes}", False),  # known not to be one is not known to be the other
        ("{s: a}", "{s: {not: unknown}}", True),
        ("{s: {not: unknown}}", "{s: [a, b, c]}", False),
        ("{s: unknown}", "{s: {not: a}}", False),
        ("{s: unknown}", "{s: unknown}", True),
        ("{s: a, y: yes}", "{s: a}", True),
        ("{s: a}", "{s: a, y: yes}", False),
        ("{s: a, y: yes}", "[{y: yes}, {s: a}]", True),
        ("{s: a}", "{s: [a, b]}", True),
        ("{s: [a, b]}", "{s: [b, c, a]}", True),
        ("{s: [a, b]}", "{s: a}", False),
        ("{s: [a, b], y: yes}", "{s: {not: c}}", True),
        ("{n: 3}", "{n: {at_least: 3}}", True),
        ("{n: 3}", "{n: {more_than: 3}}", False),
        ("{n: {at_least: 4}}", "{n: {more_than: 3}}", True),
        ("{n: {more_than: 3}}", "{n: {at_least: 4}}", True),  # whole numbers
        ("{m: {more_than: 3}}", "{m: {at_least: 4}}", False),
        ("{m: {more_than: 3}}", "{m: {at_least: 3}}", True),
        ("{m: {at_least: 3}}", "{m: {more_than: 3}}", False),
        ("{m: {at_least: 3}}", "{m: {not: 2}}", True),
        ("{m: {at_least: 3}}", "{m: {not: 3}}", False),
        ("{m: {at_least: 3}}", "{m: {at_most: 4}}", True),  # the attribute's own bound
        ("{k: {at_least: 3}}", "{k: {at_most: 8}}", False),  # a computed number has none
        ("{m: {at_least: 5}}", "{m: {at_least: 4}}", False),  # no number is so large
        ("{n: {at_least: 2, at_most: 3}}", "{n: {at_least: 1, at_most: 4}}", True),
        ("{at_least: 2, of: [{s: a}, {y: yes}, {n: 1}]}", "{any: [{s: a}, {y: yes}]}", True),
        ("{at_least: 2, of: [{s: a}, {y: yes}, {n: 1}]}", "{s: a}", False),
        ("{s: a, y: yes, n: 1}", "{at_least: 2, of: [{n: 1}, {y: yes}, {s: b}]}", True),
        ("{s: a, y: yes}", "{at_least: 2, of: [{n: 1}, {y: yes}, {s: b}]}", False),
        ("{at_least: 3, of: [{s: a}, {y: yes}, {n: 1}, {m: 1}]}", "{at_least: 2, of: [{m: 1}, {n: 1}, {s: a}]}", True),
        ("{at_least: 2, of: [{s: a}, {y: yes}, {n: 1}, {m: 1}]}", "{at_least: 2, of: [{m: 1}, {n: 1}, {s: a}]}", False),
        ("{at_least: 2, of: [{s: a}, {s: a}, {s: b}]}", "{s: [a, b]}", True),
    ],
)
def test_what_premises_imply(one, other, expected):
    assert implies(*premises(one, other), ATTRIBUTES) is expected


def single_tests(name):
    known = [st.just(Known(name)), st.just(Unknown(name))]
    values = st.sampled_from(VALUES[name])
    plain = [values.map(lambda value: Is(name, value)), values.map(lambda value: IsNot(name, value))]
    operators = st.sampled_from(("at_least", "at_most", "more_than", "less_than"))
    compared = [st.builds(Compare, st.just(name), operators, values)] if name in "nm" else []
    return st.one_of(*plain, *compared, *known)


TESTS = st.sampled_from(list(VALUES)).flatmap(single_tests)


def groups(parts):
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    counts = several.map(lambda each: AtLeastOf(len(each) - 1, each))
    return st.one_of(several.map(AllOf), several.map(AnyOf), counts)


PREMISES = st.recursive(TESTS, groups, max_leaves=4)
CERTAINTIES = st.fixed_dictionaries(
    {},
    optional={
        name: st.dictionaries(st.sampled_from(values), st.sampled_from((1, 0.6, 0.3, -0.4, -1)), min_size=1, max_size=2)
        for name, values in VALUES.items()
    },
)


@given(PREMISES, PREMISES, st.lists(CERTAINTIES, min_size=10, max_size=10))
@settings(max_examples=examples(400))
def test_what_is_implied_holds_to_no_smaller_degree_in_any_case(one, other, cases):
    for narrow, wide in ((one, other), (one, AnyOf((other, one))), (AllOf((one, other)), other)):
        if implies(narrow, wide, ATTRIBUTES):
            degree, implied = degree_of(narrow), degree_of(wide)
            assert all(degree(known) <= implied(known) for known in cases)


@given(PREMISES, PREMISES)
@settings(max_examples=examples(100))
def test_a_premise_is_within_what_it_is_a_part_of(one, other):
    assert implies(one, one, ATTRIBUTES)
    assert implies(AllOf((other, one)), one, ATTRIBUTES)
    assert implies(one, AnyOf((other, one)), ATTRIBUTES)
    assert needed_attributes(one) <= needed_attributes(AllOf((other, one)))


@given(PREMISES, PREMISES)
@settings(max_examples=examples(200))
def test_what_implies_a_premise_tests_what_that_needs(one, other):
    if implies(one, other, ATTRIBUTES):
        assert needed_attributes(other) <= {test.attribute for test in rules.tests(one)}


def test_deep_premises_take_no_longer_than_their_parts_multiplied():
    one = other = Is("s", "a")
    for _ in range(30):
        one, other = AllOf((AnyOf((one, Is("y", "no"))), Is("n", 0))), AnyOf((AllOf((other, Is("n", 0))), Is("n", 2)))
    assert not implies(one, AllOf((other, Is("m", 4))), ATTRIBUTES)
    implies(one, other, ATTRIBUTES)
