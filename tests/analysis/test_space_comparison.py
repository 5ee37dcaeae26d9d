"""Two knowledge bases over all cases: how often their answers differ, and the smallest cases that show it."""

import json
from collections import Counter
from itertools import product
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.analysis import space_comparison
from expert.analysis.comparison import takes
from expert.analysis.space_comparison import Pattern, compare_spaces
from expert.knowledge.model import Fact
from tests.examples import examples
from tests.rule_strategies import values_of
from tests.strategies import CONSTRUCTS, is_askable, knowledge_bases, model_of, random_pick

BASE = {
    "knowledge_base": "one",
    "goal": "g",
    "attributes": {
        "g": {"choices": {"x": "Ex", "y": "Why"}},
        "s": {"question": "How large?", "choices": ["a", "b", "c"]},
        "n": {"question": "How many?", "number": {"at_least": 0}},
    },
    "rules": {
        "a": {"if": {"s": "a"}, "then": {"g": "x"}},
        "b": {"if": {"s": "b"}, "then": {"g": "y"}},
        "many": {"if": {"n": {"more_than": 4}}, "then": {"g": {"y": 0.5}}},
    },
}


def base(data=BASE, **changes):
    """Change parts of it: in each section, entries; None takes one away."""
    data = dict(data)
    for section, entries in changes.items():
        changed = {**data[section], **entries}
        data[section] = {name: entry for name, entry in changed.items() if entry is not None}
    return KnowledgeBase(model_of(data))


def answers(bases, facts):
    """Consult about facts, each base about those that it takes: a recommendation, or else what the outcome is."""
    found = []
    for each in bases:
        consultation = each.consult([fact for fact in facts if takes(each.model, fact)])
        found.append(consultation.recommendation or consultation.outcome)
    return tuple(found)


def as_facts(case):
    return [Fact(name, value) for name, value in case.items()]


def test_the_same_rules_give_the_same_answers():
    compared = base().compare(base())
    # Unknown, a or b; unknown, less than 4, 4 or more: nothing else tells cases apart.
    assert (compared.cases, compared.exact, compared.patterns) == (12, True, ())
    assert (compared.only_other, compared.changed, compared.only_one) == ((), (), ())


def test_each_kind_of_difference_is_counted_and_has_a_smallest_case():
    other = base(rules={"b": {"if": {"s": "b"}, "then": {"g": "x"}}})
    compared = base().compare(other)
    assert (compared.cases, compared.exact, compared.differing) == (12, True, 4)
    assert compared.patterns == (Pattern("y", "x", 4, {"s": "b"}),)
    compared = base().compare(base(rules={"b": None, "a": {"if": {"s": "a"}, "then": {"g": {"x": 0.5}}}}))
    assert compared.patterns == (Pattern("y", "undecided", 3, {"s": "b"}), Pattern("x", "tie", 1, {"s": "a", "n": 5}))


def test_rules_of_one_alone_of_the_other_alone_and_of_two_kinds_are_named():
    new = {"if": {"s": "c"}, "then": {"g": "x"}}
    compared = base().compare(base(rules={"a": None, "new": new, "many": BASE["rules"]["many"] | {"certainty": 0.3}}))
    assert (compared.only_other, compared.changed, compared.only_one) == (("new",), (), ("a",))
    compared = base().compare(base(rules={"many": {"if": {"n": {"more_than": 5}}, "then": {"g": {"y": 0.5}}}}))
    assert (compared.only_other, compared.changed, compared.only_one) == ((), ("many",), ())


def test_numbers_between_the_bounds_of_both_are_among_the_cases():
    rule = {"then": {"g": {"y": 0.5}}}
    one = base(rules={"many": {"if": {"n": {"more_than": 4}}, **rule}})
    other = base(rules={"many": {"if": {"n": {"at_least": 5}}, **rule}})
    (difference,) = (each for each in one.compare(other).patterns if "s" not in each.example)
    assert (difference.one, difference.other) == ("y", "undecided")
    assert 4 < difference.example["n"] < 5


@pytest.mark.parametrize(
    ("changes", "exact"),
    [
        ({"attributes": {"m": {"question": "More?"}}}, True),
        ({"attributes": {"s": {"question": "How large?", "choices": ["a", "d"]}}, "rules": {"b": None}}, True),
        ({"attributes": {"n": {"question": "How many?", "number": {"at_least": 0, "unit": "km"}}}}, True),
        ({"attributes": {"n": {"question": "How many?", "number": {}}}}, False),
        ({"attributes": {"n": {"question": "How many?", "number": {"at_least": 0, "integer": True}}}}, False),
        ({"attributes": {"n": {"question": "Many?"}}, "rules": {"many": None}}, False),
        ({"attributes": {"d": {"is": "2 * n"}}}, False),
    ],
)
def test_all_cases_are_those_of_attributes_that_both_declare_alike(monkeypatch, changes, exact):
    monkeypatch.setattr(space_comparison, "SAMPLE", 100)
    for compared in (base().compare(base(**changes)), base(**changes).compare(base())):
        assert compared.exact is exact
        assert exact or compared.cases == 100


def test_of_more_cases_a_sample_is_looked_at_that_is_always_the_same(monkeypatch):
    monkeypatch.setattr(space_comparison, "EXACT", 11)
    monkeypatch.setattr(space_comparison, "SAMPLE", 500)
    other = base(rules={"b": {"if": {"s": "b"}, "then": {"g": "x"}}})
    compared = base().compare(other)
    assert (compared.cases, compared.exact) == (500, False)
    assert 100 < compared.differing < 240
    assert compared == base().compare(other)
    assert compared.patterns[0].example == {"s": "b"}
    assert repr(compared).endswith("differences in 500 cases drawn at random>")


def test_a_difference_too_rare_for_a_sample_is_found_among_small_cases(monkeypatch):
    monkeypatch.setattr(space_comparison, "EXACT", 0)
    monkeypatch.setattr(space_comparison, "SAMPLE", 1)
    other = base(rules={"rare": {"if": {"s": "c", "n": {"at_most": 3}}, "then": {"g": "x"}}})
    assert base().compare(other).patterns == (Pattern("undecided", "x", 0, {"s": "c", "n": 2}),)


@pytest.mark.parametrize("attributes", [{}, {"q": {"question": "Is it so?"}}])
def test_bases_that_share_the_name_of_their_goal_alone_are_compared(attributes):
    always = {"then": ["g"], "columns": ["g"], "rows": [["no"]]}
    data = {"knowledge_base": "no", "goal": "g", "attributes": {"g": {}, **attributes}, "rules": {}}
    empty = KnowledgeBase(model_of(data | {"tables": {"always": always}}))
    compared = base().compare(empty)
    assert (compared.cases, {each.other for each in compared.patterns}) == (12, {"no"})
    assert all(len(each.example) <= 1 for each in compared.patterns)
    alone = empty.compare(empty)
    assert (alone.cases, alone.patterns) == (1, ())


def test_is_plain_data():
    data = base().compare(base(rules={"b": None})).to_dict()
    assert json.loads(json.dumps(data)) == data
    assert list(data) == [
        "format", "one", "other", "cases", "exact", "differing", "patterns", "only_one", "only_other", "changed",
    ]  # fmt: skip
    assert (data["format"], data["only_one"]) == ("expert.space_comparison/1", ["b"])
    assert data["patterns"][0] == {"one": "y", "other": "undecided", "cases": 3, "example": {"s": "b"}}


@st.composite
def pairs(draw):
    """Draw two knowledge bases: of their own, or one with other rules; as data."""
    constructs = draw(st.sampled_from([(), CONSTRUCTS]))
    one, more = (draw(knowledge_bases(rules=6, asked=2, derived=2, constructs=constructs)) for _ in range(2))
    if draw(st.booleans()):
        return one, more
    names = list(one["rules"])
    kept = draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    return one, one | {"rules": {name: rule for name, rule in one["rules"].items() if name in kept}}


def random_case(pair, seed):
    """Make facts about what either knows, of any of its values."""
    pick, case = random_pick(seed), {}
    for data in pair:
        for name, declared in data["attributes"].items():
            if is_askable(data, name) and pick.number(2):
                case[name] = pick.one(values_of(declared))
    return case


@given(pairs(), st.integers(0, 1000))
@settings(max_examples=examples(40))
def test_patterns_are_what_consultations_say_and_all_that_they_say(pair, seed):
    bases = [KnowledgeBase(model_of(data)) for data in pair]
    with patch.multiple(space_comparison, EXACT=1000, SAMPLE=200, SMALL=500):
        compared = compare_spaces(bases[0].model, bases[1].model)
    for pattern in compared.patterns:
        both, case = (pattern.one, pattern.other), pattern.example
        assert answers(bases, as_facts(case)) == both
        for name in case:
            assert answers(bases, as_facts({other: case[other] for other in case if other != name})) != both
    if compared.exact:
        known = {(pattern.one, pattern.other) for pattern in compared.patterns}
        for number in range(10):
            one, other = answers(bases, as_facts(random_case(pair, 1000 * seed + number)))
            assert one == other or (one, other) in known


TESTS = ("yes", "no", "unknown", "not yes", "not unknown")


@given(st.lists(st.tuples(st.sampled_from("qrs"), st.sampled_from(TESTS), st.sampled_from("xy")), min_size=6))
@settings(max_examples=examples(40))
def test_the_counts_are_those_of_consulting_about_every_case(tests):
    attributes = {"g": {"choices": ["x", "y"]}, **{name: {"question": "Is it so?"} for name in "qrs"}}
    known = {f"known-{name}": {"if": {name: {"not": "unknown"}}, "then": {"g": {"x": 0.01}}} for name in "qrs"}
    written = [(name, {"not": test[4:]} if test[:3] == "not" else test, value) for name, test, value in tests]
    rules = [{"if": {name: test}, "then": {"g": {value: 0.4}}} for name, test, value in written]
    numbered = [known | {f"r{number}": rule for number, rule in enumerate(some)} for some in (rules[:4], rules[1:])]
    bases = [KnowledgeBase(model_of(BASE | {"attributes": attributes, "rules": each})) for each in numbered]
    counts = Counter()
    for values in product([None, "yes", "no"], repeat=3):
        case = {name: value for name, value in zip("qrs", values, strict=True) if value}
        counts[answers(bases, as_facts(case))] += 1
    compared = bases[0].compare(bases[1])
    assert (compared.cases, compared.exact) == (27, True)
    found = {(each.one, each.other): each.cases for each in compared.patterns}
    assert found == {both: count for both, count in counts.items() if both[0] != both[1]}
