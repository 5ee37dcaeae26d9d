"""Suggested cases notice what they promise, once they have been pasted; nothing is promised twice or forgotten."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.inference.consultation import Consultation, consult
from expert.knowledge.loading.case_writing import cases_section
from expert.knowledge.rules import AllOf, AtLeastOf, Compare, Is, IsNot, Unknown
from expert.verification.scenarios import unmet
from expert.verification.witnesses import Witnesses
from tests.examples import examples
from tests.strategies import CONSTRUCTS, knowledge_bases, model_of

COLOUR = {"choices": ["red", "green"]}
NUMBER = {"question": "?", "number": {}}


def kept(rules, **attributes):
    data = {"knowledge_base": "small", "goal": "colour", "attributes": {"colour": COLOUR, **attributes}}
    return model_of(data | {"rules": rules})


def suggested(knowledge_base):
    return KnowledgeBase(knowledge_base).test(suggest=True)


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_suggested_cases_pass_and_notice_what_they_promise_in_consultations_of_the_mutants(data):
    knowledge_base = model_of(data.draw(knowledge_bases(rules=5, constructs=CONSTRUCTS)))
    tests = suggested(knowledge_base)
    noticed = {mutant for each in tests.suggestions.cases for mutant in each.notices}
    assert noticed.isdisjoint(tests.suggestions.unnoticed)
    assert noticed | set(tests.suggestions.unnoticed) == set(tests.mutation.survivors)
    for suggestion in tests.suggestions.cases:
        case = suggestion.case
        goal = knowledge_base.goal
        found = consult(knowledge_base, case.given, Consultation).certainties.get(goal, {})
        assert list(unmet(knowledge_base, case.expect, found)) == []
        for mutant in suggestion.notices:
            found = consult(mutant.of(knowledge_base), case.given, Consultation).certainties.get(goal, {})
            assert list(unmet(knowledge_base, case.expect, found))


@settings(max_examples=examples(20), deadline=None)
@given(st.data())
def test_with_the_suggested_cases_only_changes_survive_for_which_no_case_was_found(data):
    drawn = data.draw(knowledge_bases(rules=5))
    suggestions = suggested(model_of(drawn)).suggestions
    text = "cases:\n" + cases_section(each.case for each in suggestions.cases)
    pasted = model_of(drawn | {"cases": yaml.safe_load(text)["cases"] or []})
    tests = KnowledgeBase(pasted).test(mutate=True)
    assert tests.passed
    assert set(tests.mutation.survivors) == set(suggestions.unnoticed)


@pytest.mark.parametrize(
    ("rules", "attributes", "given"),
    [
        ({"one": {"if": {"cost": {"at_least": 5}}, "then": {"colour": "red"}}}, {"cost": NUMBER}, [{"cost": 5}]),
        (
            {
                "one": {"if": {"a": "yes", "b": "yes"}, "then": {"mood": {"good": 0.8}}},
                "two": {"if": {"mood": "good", "c": "no"}, "then": {"colour": "red"}},
            },
            {name: {"question": "?"} for name in "abc"} | {"mood": {"choices": ["good", "bad"]}},
            [{"a": "yes", "b": "yes", "c": "no"}],
        ),
        (
            {"one": {"if": {"a": "yes"}, "unless": {"b": "yes"}, "then": {"colour": "red"}}},
            {name: {"question": "?"} for name in "ab"},
            [{"a": "yes"}, {"a": "yes", "b": "yes"}],
        ),
    ],
)  # fmt: skip
def test_cases_are_found_behind_several_rules_at_bounds_and_at_exceptions(rules, attributes, given):
    suggestions = suggested(kept(rules, **attributes)).suggestions
    assert suggestions.unnoticed == ()
    found = [{fact.attribute: fact.value for fact in each.case.given} for each in suggestions.cases]
    assert [case for case in given if case not in found] == []


def test_a_change_that_nothing_can_notice_is_told_as_one_for_which_no_case_was_found():
    rules = {
        "one": {"if": {"a": "yes"}, "then": {"mood": "good"}},
        "two": {"if": {"a": "no"}, "then": {"colour": "red"}},
    }
    suggestions = suggested(kept(rules, a={"question": "?"}, mood={"choices": ["good"]})).suggestions
    assert [(mutant.rule, mutant.kind) for mutant in suggestions.unnoticed] == [
        ("one", "dropped"),
        ("one", "sign"),
        ("one", "negated"),
    ]


def test_few_cases_are_suggested_and_the_expectations_say_no_more_than_it_takes():
    rules = {name: {"if": {"a": "yes"}, "then": {"colour": {"red": 0.5}}} for name in ("one", "two", "three")}
    (suggestion,) = suggested(kept(rules, a={"question": "?"})).suggestions.cases
    assert suggestion.case.expect.to_dict() == {"recommendation": "red", "certainty": {"red": 0.875}}
    assert len(suggestion.notices) == 9


def test_cases_are_written_as_the_file_has_them():
    rules = {"one": {"if": {"a": "yes", "cost": {"more_than": 0.5}}, "then": {"colour": {"red": 0.6, "green": 0.6}}}}
    suggestions = suggested(kept(rules, a={"question": "?"}, cost=NUMBER)).suggestions
    assert cases_section(each.case for each in suggestions.cases).startswith(
        '  - name: "a yes, cost 0.6"\n    given: {a: yes, cost: 0.6}\n    expect: {tie: [red, green]}\n'
    )


@pytest.mark.parametrize(
    ("premise", "cases"),
    [
        (Is("a", "yes"), [{"a": "yes"}]),
        (IsNot("a", "yes"), [{"a": "no"}]),
        (Unknown("a"), [{}]),
        (AllOf((Is("a", "yes"), Is("b", "no"))), [{"a": "yes", "b": "no"}]),
        (AllOf((Is("a", "yes"), Is("a", "no"))), []),
        (AtLeastOf(1, (Is("a", "yes"), Is("b", "no"))), [{"a": "yes"}, {"b": "no"}]),
        (AllOf((Compare("cost", "at_least", 5), Compare("cost", "at_most", 5))), [{"cost": 5}]),
        (Is("mood", "good"), [{"a": "yes"}]),
    ],
)
def test_a_witness_is_a_small_case_in_which_a_premise_holds(premise, cases):
    rules = {
        "one": {"if": {"a": {"not": "no"}, "b": ["yes", "no"]}, "then": {"colour": "red"}},
        "two": {"if": {"a": "yes"}, "then": {"mood": "good"}},
        "three": {"if": {"cost": {"at_least": 5}}, "then": {"colour": "red"}},
    }
    attributes = {"a": {"question": "?"}, "b": {"question": "?"}, "cost": NUMBER, "mood": {"choices": ["good"]}}
    assert Witnesses(kept(rules, **attributes)).of(premise) == cases
