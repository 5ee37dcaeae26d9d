"""The reference comes to what was worked out on paper, and random knowledge bases have what they are drawn for."""

from collections import Counter
from itertools import product

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.semantics import reference
from tests.semantics.reference_formulas import value_of
from tests.semantics.reference_outcomes import possible, settled
from tests.semantics.reference_rules import exact, key
from tests.semantics.worked_bases import BASES, data_of
from tests.semantics.worked_cases import WORKED
from tests.strategies import (
    CONSTRUCTS,
    cases,
    concluded_by,
    knowledge_bases,
    make_case,
    make_knowledge_base,
    model_of,
    random_pick,
    values_of,
)


@pytest.mark.parametrize("name", WORKED)
def test_worked_cases(name):
    case = WORKED[name]
    found = reference.consult(data_of(case.base), case.given, case.goal)
    known = {name: {} for name in case.certainties}
    for (attribute, value), certainty in found["certainties"].items():
        known.setdefault(attribute, {})[value] = certainty
    for attribute, by_value in case.certainties.items():
        assert known[attribute] == {key(value): exact(certainty) for value, certainty in by_value.items()}
    assert case.outcome in (None, found["outcome"])
    assert case.recommendation in (None, found["recommendation"])
    assert found["contradictions"] == {(attribute, key(value)) for attribute, value in case.contradictions}
    if case.possible is not None:
        assert possible(data_of(case.base), case.given).recommendations == case.possible
        assert settled(data_of(case.base), case.given) == case.settled


def test_every_base_is_worked_out():
    assert {case.base for case in WORKED.values()} == BASES.keys()


@pytest.mark.parametrize(
    ("formula", "numbers", "expected"),
    [
        ("a / b", {"a": 1, "b": 4}, (0.25, True)),
        ("a / b", {"a": 1, "b": 0}, (None, True)),
        ("0.1 + 0.2 - 0.3", {}, (0, True)),
        ("a / (0.1 + 0.2 - 0.3)", {"a": 1}, (None, False)),  # in doubles, this divides by 5.6e-17
        ("a / (a - 0.9999999999)", {"a": 1}, (10**10, False)),
        ("a / 1024 / 1024", {"a": 1}, (0.000000954, True)),
        ("a / 1024", {"a": 1}, (0.000976562, False)),  # half a unit of the ninth decimal
        ("1000 * a", {"a": 5000}, (5_000_000, False)),
        ("max(a, b) - min(a, b)", {"a": 0.1, "b": 0.3}, (0.2, True)),
    ],
)
def test_formulas_tell_where_doubles_may_differ(formula, numbers, expected):
    value, is_sure = value_of(formula, {name: exact(number) for name, number in numbers.items()})
    assert (value, is_sure) == (None if expected[0] is None else exact(expected[0]), expected[1])


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_random_knowledge_bases_are_free_of_cycles(data):
    drawn = data.draw(knowledge_bases(constructs=CONSTRUCTS))
    found = reference.consult(drawn, data.draw(cases(drawn)))  # in a circle, this would not come to an end
    assert all(-1 <= certainty <= 1 for certainty in found["certainties"].values())


def test_random_knowledge_bases_have_every_construct_and_each_makes_a_difference():
    met = Counter()
    for seed in range(60):
        drawn = make_knowledge_base(random_pick(seed), constructs=CONSTRUCTS)
        given_facts = make_case(random_pick(1), drawn)
        found = colours(reference.consult(drawn, given_facts))
        for construct, without in WITHOUT.items():
            met[construct] += colours(reference.consult(without(drawn), given_facts)) != found
    assert {construct: met[construct] >= 3 for construct in CONSTRUCTS} == dict.fromkeys(CONSTRUCTS, True), met


def colours(found):
    return {pair: certainty for pair, certainty in found["certainties"].items() if pair[0] == "colour"}


def without_key(section, key, keep=()):
    """Take a key out of all that a section declares."""

    def without(data):
        declared = data[section].items()
        return data | {
            section: {name: {k: v for k, v in d.items() if k != key or name in keep} for name, d in declared}
        }

    return without


def with_any_instead(premise):
    """Let one of the parts do where more are needed."""
    if isinstance(premise, list):
        return [with_any_instead(part) for part in premise]
    if "of" in premise:
        return {"any": with_any_instead(premise["of"])}
    return {name: with_any_instead(b) if name in ("all", "any", "not") else b for name, b in premise.items()}


def without_counting(data):
    return data | {"rules": {n: rule | {"if": with_any_instead(rule["if"])} for n, rule in data["rules"].items()}}


WITHOUT = {
    "default": without_key("attributes", "otherwise", keep=("colour",)),
    "unless": without_key("rules", "unless"),
    "at_least": without_counting,
    "computed": without_key("attributes", "is"),
    "table": lambda data: data | {"tables": {}},
}


@pytest.mark.parametrize("seed", range(15))
def test_possible_outcomes_are_those_of_all_answers_where_questions_have_no_conditions(seed):
    drawn = make_knowledge_base(random_pick(seed), rules=6, asked=3, derived=2, constructs=CONSTRUCTS)
    attributes = drawn["attributes"]
    for name in {*attributes} & concluded_by(drawn):
        attributes[name].pop("question", None)  # the rules would close these
    values = {name: values_of(declared)[:3] for name, declared in attributes.items() if "question" in declared}
    pick = random_pick(seed)
    facts = {name: pick.one(values[name]) for name in values if pick.number(2) == 0}
    expected = set()
    for answers in product(*([facts[name]] if name in facts else values[name] for name in values)):
        found = reference.consult(drawn, dict(zip(values, answers, strict=True)))
        expected.add((found["outcome"], found["recommendation"], frozenset(found["leaders"])))
    assert possible(drawn, facts, values).outcomes == expected


@pytest.mark.parametrize("seed", range(20))
def test_without_constructs_the_same_bases_are_drawn_that_load(seed):
    drawn = make_knowledge_base(random_pick(seed))
    assert model_of(drawn).rules is not None
    assert not any(word in yaml.dump(drawn) for word in ("unless", "tables", "of:", "is:"))
