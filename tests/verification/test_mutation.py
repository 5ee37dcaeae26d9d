"""Mutants: every kind of change, judged exactly as real consultations of the changed knowledge base would be."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.inference.consultation import Consultation, consult
from expert.knowledge.loading.facts_reading import facts_from_python
from expert.knowledge.model import Case, Expectation
from expert.knowledge.rules import AllOf, AnyOf, Compare, Is, Unknown, negate
from expert.knowledge.strata import RuleCycleError
from expert.verification.mutants import NEVER, mutants
from expert.verification.mutation import Trial, mutation
from expert.verification.scenarios import run
from tests.examples import examples
from tests.strategies import CONSTRUCTS, cases, knowledge_bases, model_of


def model(rules, cases=(), **attributes):
    colour = {"choices": ["red", "green"]}
    return model_of(
        {
            "knowledge_base": "small",
            "goal": "colour",
            "attributes": {"colour": colour, **attributes},
            "rules": rules,
            "cases": [{"name": str(i), "given": given, "expect": expect} for i, (given, expect) in enumerate(cases)],
        }
    )


WARM = {"question": "Warm?"}
DEGREES = {"question": "How many degrees?", "number": {"integer": True}}


def changes(rule, **attributes):
    """List the changes of one rule: what kind they are, and what they say."""
    return [(m.kind, m.change) for m in mutants(model({"rule": rule}, warm=WARM, **attributes))]


def test_a_rule_is_dropped_and_the_sign_of_each_certainty_turned():
    found = changes({"if": {"warm": "yes"}, "then": {"colour": {"red": 0.4, "green": -1}}})
    assert found[:3] == [
        ("dropped", "the rule is dropped"),
        ("sign", "colour = red: certainty -0.4 instead of 0.4"),
        ("sign", "colour = green: certainty 1.0 instead of -1.0"),
    ]


@pytest.mark.parametrize(
    ("premise", "said"),
    [
        ({"warm": "yes"}, ["'warm is not yes' instead of 'warm = yes'"]),
        ({"warm": {"not": "yes"}}, ["'warm = yes' instead of 'warm is not yes'"]),
        ({"warm": "unknown"}, ["'warm is known' instead of 'warm is unknown'"]),
        (
            {"warm": ["yes", "no"]},
            ["'warm is not yes' instead of 'warm = yes'", "'warm is not no' instead of 'warm = no'"],
        ),
        ({"degrees": {"at_least": 5}}, ["'degrees < 5' instead of 'degrees ≥ 5'"]),
    ],
)
def test_each_test_is_negated(premise, said):
    found = changes({"if": premise, "then": {"colour": "red"}}, degrees=DEGREES)
    assert [change for kind, change in found if kind == "negated"] == said


def test_tests_of_exceptions_are_negated_too():
    found = changes({"if": {"warm": "yes"}, "unless": {"warm": "unknown"}, "then": {"colour": "red"}})
    assert found[-1] == ("negated", "'warm is known' instead of 'warm is unknown'")


@pytest.mark.parametrize(
    ("bound", "moved"),
    [(5, [4, 6]), (-1, [-2, 0]), (0.4, [0.3, 0.5]), (18.5, [18.4, 18.6]), (0.25, [0.24, 0.26]), (10**17, None)],
)
def test_each_bound_is_moved_both_ways_by_one_in_its_last_decimal(bound, moved):
    degrees = {"question": "?", "number": {}}
    found = changes({"if": {"degrees": {"more_than": bound}}, "then": {"colour": "red"}}, degrees=degrees)
    moved = moved or [bound - 1, bound + 1]
    assert [change for kind, change in found if kind == "bound"] == [
        f"'degrees > {other}' instead of 'degrees > {bound}'" for other in moved
    ]


def test_one_test_is_changed_at_a_time_and_all_else_stays():
    premise = [{"warm": "yes"}, {"any": [{"degrees": {"at_least": 5}}, {"degrees": "unknown"}]}]
    knowledge_base = model({"rule": {"if": premise, "then": {"colour": "red"}}}, warm=WARM, degrees=DEGREES)
    warm, five = Is("warm", "yes"), Compare("degrees", "at_least", 5)
    unknown = Unknown("degrees")
    assert [m.changed.premise for m in mutants(knowledge_base) if m.kind != "sign"] == [
        NEVER,
        AllOf((negate(warm), AnyOf((five, unknown)))),
        AllOf((warm, AnyOf((negate(five), unknown)))),
        AllOf((warm, AnyOf((five, negate(unknown))))),
        AllOf((warm, AnyOf((replace(five, bound=4), unknown)))),
        AllOf((warm, AnyOf((replace(five, bound=6), unknown)))),
    ]


def test_a_change_that_makes_rules_circular_is_left_out_and_counted():
    rules = {
        "one": {"if": {"mood": "good"}, "then": {"mood": {"bad": 0.5}}},
        "two": {"if": {"mood": "bad"}, "then": {"colour": "red"}},
    }
    knowledge_base = model(rules, mood={"question": "?", "choices": ["good", "bad"]})
    found = mutation(knowledge_base, Trial(knowledge_base, run(knowledge_base, ())))
    assert (found.circular, found.tried) == (1, 5)


RULE = {"if": {"degrees": {"at_least": 5}}, "then": {"colour": {"red": 0.5}}}


@pytest.mark.parametrize(
    ("cases", "surviving"),
    [
        ([], ["dropped", "sign", "negated", "bound", "bound"]),
        ([({"degrees": 9}, "red")], ["bound", "bound"]),
        ([({"degrees": 5}, "red")], ["bound"]),
        ([({"degrees": 5}, "red"), ({"degrees": 4}, {"undecided": "yes"})], []),
        ([({"degrees": 1}, {"undecided": "yes"})], ["dropped", "sign", "bound", "bound"]),
    ],
)
def test_changes_that_no_case_notices_survive(cases, surviving):
    tests = KnowledgeBase(model({"rule": RULE}, cases, degrees=DEGREES)).test(mutate=True)
    assert [mutant.kind for mutant in tests.mutation.survivors] == surviving
    assert tests.mutation.killed == 5 - len(surviving)


def test_a_case_that_fails_anyway_notices_nothing():
    tests = KnowledgeBase(model({"rule": RULE}, [({"degrees": 5}, "green")], degrees=DEGREES)).test(mutate=True)
    assert tests.mutation.killed == 0


@settings(max_examples=examples(80), deadline=None)
@given(st.data())
def test_a_case_under_a_mutant_is_what_a_consultation_of_the_mutant_finds(data):
    drawn = data.draw(knowledge_bases(rules=6, constructs=CONSTRUCTS))
    knowledge_base = model_of(drawn)
    facts = [facts_from_python(data.draw(cases(drawn)), knowledge_base) for _ in range(2)]
    expect = Expectation(recommendation=data.draw(st.sampled_from(knowledge_base.candidates)))
    results = run(knowledge_base, [Case(str(i), given, expect) for i, given in enumerate(facts)])
    trial = Trial(knowledge_base, results)
    goal = knowledge_base.goal
    for mutant in mutants(knowledge_base):
        variant = mutant.of(knowledge_base)
        if variant is None:
            rules = [mutant.changed if rule.name == mutant.rule else rule for rule in knowledge_base.rules]
            with pytest.raises(RuleCycleError):
                _ = replace(knowledge_base, rules=tuple(rules)).strata
            continue
        moved = {result.case.name: certainties for result, certainties in trial.moved(mutant, variant)}
        noticed = False
        for result in results:
            real = consult(variant, result.case.given, Consultation)
            unmoved = result.consultation.certainties.get(goal, {})
            assert moved.get(result.case.name, unmoved) == real.certainties.get(goal, {})
            noticed |= result.passed and real.recommendation != expect.recommendation
        assert trial.is_noticed(mutant, variant) == noticed


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_a_dropped_rule_is_as_if_it_had_never_been_written(data):
    drawn = data.draw(knowledge_bases(rules=6, constructs=("unless", "at_least", "computed", "table")))
    knowledge_base = model_of(drawn)
    given = facts_from_python(data.draw(cases(drawn)), knowledge_base)
    for mutant in mutants(knowledge_base):
        if mutant.kind == "dropped":
            rules = tuple(rule for rule in knowledge_base.rules if rule.name != mutant.rule)
            without = consult(replace(knowledge_base, rules=rules), given, Consultation)
            assert consult(mutant.of(knowledge_base), given, Consultation).certainties == without.certainties


def test_every_test_of_a_premise_is_changed():
    knowledge_base = KnowledgeBase.load().model
    tested = sum(len(list(rule.tests())) for rule in knowledge_base.rules)
    assert sum(mutant.kind == "negated" for mutant in mutants(knowledge_base)) == tested
