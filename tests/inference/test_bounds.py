"""Bounds hold whatever is answered, and no question that could change the leaders is missing from the open ones."""

from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.inference.bounds import Bounds
from expert.inference.intervals import Interval
from expert.knowledge.distinctions import distinguishing_values
from expert.knowledge.model import Fact
from expert.knowledge.rules import AllOf, AnyOf, Compare, Is, IsNot, Known, Unknown
from expert.open_questions.gates import Gates
from tests.examples import examples
from tests.strategies import CONSTRUCTS, cases, completions, is_askable, knowledge_bases, model_of

MOST_COMPLETIONS = 48
SLACK = 1e-12

ATTRIBUTES = {
    "colour": {"choices": ["red", "green"]},
    "size": {"question": "How large?", "choices": ["small", "large"]},
    "count": {"question": "How many?", "number": {}},
    "warm": {"question": "Warm?"},
    "shape": {"choices": ["round", "square"]},
}


def build(*rules, **changes):
    """Make a knowledge base; each rule is a premise and conclusions."""
    named = {f"rule{i}": {"if": premise, "then": then} for i, (premise, then) in enumerate(rules)}
    attributes = {name: about | changes.get(name, {}) for name, about in ATTRIBUTES.items()}
    data = {"knowledge_base": "test", "goal": "colour", "attributes": attributes, "rules": named}
    return KnowledgeBase(model_of(data))


def open_questions(knowledge_base, **given):
    return list(knowledge_base.consult(given).open_questions)


def leaders(consultation):
    return {candidate.value for candidate in consultation.leaders}


def draw_open_case(data, constructs):
    """Draw a knowledge base, given facts, and the values that some of the questions may still be answered with.

    Choices are answered in every way, numbers in every way that tells; not more attributes than can be tried in full.
    """
    drawn = data.draw(knowledge_bases(rules=8, asked=4, derived=2, constructs=constructs))
    facts = {name: fact for name, fact in data.draw(cases(drawn)).items() if data.draw(st.booleans())}
    knowledge_base = KnowledgeBase(model_of(drawn))
    open_values = {}
    for name, attribute in knowledge_base.attributes.items():
        unsaid = name not in facts or facts[name]["certainty"] == 0
        values = tuple(attribute.choices) or distinguishing_values(knowledge_base.model, attribute)
        if name in knowledge_base.model.inputs:
            values = tuple(value for value in {*values, 0, 1, 3} if is_admitted(attribute, value))
        if attribute.question and unsaid and values:
            ways = prod(len(found) + 1 for found in open_values.values()) * (len(values) + 1)
            if ways <= MOST_COMPLETIONS:
                open_values[name] = values
                facts.pop(name, None)
    return knowledge_base, facts, open_values


def is_admitted(attribute, value):
    try:
        return attribute.read(str(value)) == value
    except ValueError:
        return False


ALL = pytest.mark.parametrize("constructs", [(), CONSTRUCTS], ids=["rules", "all constructs"])


@ALL
@settings(max_examples=examples(50), deadline=None)
@given(st.data())
def test_every_completion_stays_within_the_bounds(constructs, data):
    knowledge_base, facts, open_values = draw_open_case(data, constructs)
    bounds = Bounds(knowledge_base.model, knowledge_base.consult(facts).given, open_values)
    contenders = set(bounds.contenders())
    for completed in completions(facts, open_values):
        consultation = knowledge_base.consult(completed)
        for attribute, by_value in bounds.certainties.items():
            # What a number is computed to be lies in a range; a pair of it has no more than its default.
            for value, (low, high) in by_value.items() if attribute not in knowledge_base.model.formulas else ():
                certainty = consultation.certainties.get(attribute, {}).get(value, 0)
                assert low - SLACK <= certainty <= high + SLACK, (attribute, value, completed)
        degrees = {firing.rule: firing.degree for firing in consultation.firings}
        for index, rule in enumerate(knowledge_base.model.all_rules):
            low, high = bounds.evidence[index]
            assert low - SLACK <= degrees.get(rule.name, 0) <= high + SLACK, (rule.name, completed)
        assert not contenders or leaders(consultation) <= contenders, completed


@ALL
@settings(max_examples=examples(50), deadline=None)
@given(st.data())
def test_no_question_that_could_change_the_leaders_is_missing(constructs, data):
    knowledge_base, facts, open_values = draw_open_case(data, constructs)
    now = knowledge_base.consult(facts)
    unknown = {name: values for name, values in open_values.items() if not now.is_known(name)}
    found = {
        frozenset((name, completed.get(name)) for name in unknown): leaders(knowledge_base.consult(completed))
        for completed in completions(facts, unknown)
    }
    assert now.open_questions or len(set(map(frozenset, found.values()))) == 1
    assert not any(map(now.is_known, now.open_questions))
    for answers, one in found.items():
        for name, value in answers:
            other = found[answers - {(name, value)} | {(name, None)}]
            assert one == other or name in now.open_questions, (name, dict(answers))


@ALL
@settings(max_examples=examples(50), deadline=None)
@given(st.data())
def test_with_every_question_answered_nothing_is_left_open(constructs, data):
    drawn = data.draw(knowledge_bases(constructs=constructs))
    facts = data.draw(cases(drawn, certainties=(1, 0.7, 0.3, -0.6)))
    knowledge_base = KnowledgeBase(model_of(drawn))
    facts |= {
        name: next(iter(attribute.choices), 2)
        for name, attribute in knowledge_base.attributes.items()
        if is_askable(drawn, name) and name not in facts
    }
    consultation = knowledge_base.consult(facts)
    bounds = Bounds(knowledge_base.model, consultation.given, ())
    assert consultation.open_questions == ()
    for attribute, by_value in consultation.certainties.items():
        for value, certainty in by_value.items() if attribute not in knowledge_base.model.formulas else ():
            assert bounds.certainties[attribute][value] == Interval(certainty, certainty)


@pytest.mark.parametrize(
    ("premise", "low", "high"),
    [
        (Is("size", "small"), 0.6, 0.6),
        (Is("size", "large"), 0, 0),
        (IsNot("size", "large"), 0.6, 0.6),
        (IsNot("size", "small"), 0, 0),
        (Is("warm", "yes"), 0, 1),
        (IsNot("warm", "yes"), 0, 1),
        (Is("count", 3), 0, 1),
        (IsNot("count", 3), 0, 1),
        (Compare("count", "at_least", 3), 0, 1),
        (Unknown("size"), 0, 0),
        (Known("size"), 1, 1),
        (Unknown("warm"), 0, 1),
        (Known("warm"), 0, 1),
        (Is("shape", "round"), 0.3, 0.65),
        (IsNot("shape", "round"), 0, 0),
        (IsNot("shape", "square"), 0.3, 0.65),
        (Known("shape"), 1, 1),
        (Unknown("shape"), 0, 0),
        (AllOf((Is("size", "small"), Is("warm", "yes"))), 0, 0.6),
        (AnyOf((Is("size", "small"), Is("warm", "yes"))), 0.6, 1),
        (AllOf((AnyOf((Is("size", "small"), Is("warm", "yes"))), Is("shape", "round"))), 0.3, 0.65),
    ],
    ids=str,
)
def test_degrees_are_bounded_by_what_may_still_be_answered(premise, low, high):
    knowledge_base = build(
        ({"size": "small"}, {"shape": {"round": 0.5}}),
        ({"warm": "yes"}, {"shape": {"round": 0.5}}),
    )
    bounds = Bounds(knowledge_base.model, [Fact("size", "small", 0.6)], ("count", "warm"))
    assert bounds.degree(premise) == Interval(pytest.approx(low), pytest.approx(high))


def test_an_attribute_that_only_impossible_rules_conclude_stays_unknown():
    knowledge_base = build(
        ({"size": "large"}, {"shape": "round"}),
        ({"shape": {"not": "round"}}, {"colour": "red"}),
    )
    bounds = Bounds(knowledge_base.model, [Fact("size", "small")], ("count", "warm"))
    assert bounds.degree(Unknown("shape")) == Interval(1, 1)
    assert bounds.evidence == {0: Interval(0, 0), 1: Interval(0, 0)}
    assert bounds.contenders() == []
    assert bounds.behind(knowledge_base.model.candidates) == {"colour"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["size", "count", "warm"]),
        ({"size": "small"}, ["count", "warm"]),
        ({"size": {"value": "small", "certainty": 0}}, ["size", "count", "warm"]),
        ({"size": {"value": "small", "certainty": -0.5}}, ["count", "warm"]),
        ({"size": "small", "count": 1}, []),
        ({"size": "small", "count": 7}, ["warm"]),
        ({"size": "large", "count": 1}, ["warm"]),
        ({"warm": "no", "count": 1}, ["size"]),
        ({"warm": "no", "size": "large"}, ["count"]),
        ({"warm": "no", "count": 1, "size": "large"}, []),
    ],
)
def test_open_questions_are_those_that_may_change_the_leaders(given, expected):
    knowledge_base = build(
        ({"size": "small"}, {"colour": {"red": 0.5}}),
        ({"warm": "yes"}, {"colour": {"red": 1}}),
        ({"count": {"more_than": 5}}, {"colour": {"green": 1}}),
    )
    assert open_questions(knowledge_base, **given) == expected


def test_a_certain_winner_leaves_nothing_open():
    knowledge_base = build(
        ({"warm": "yes"}, {"colour": {"red": 0.9}}),
        ({"size": "small"}, {"colour": {"green": 0.5}}),
        ({"size": "large"}, {"colour": {"red": -0.4}}),
    )
    assert open_questions(knowledge_base) == ["size", "warm"]
    assert open_questions(knowledge_base, warm="yes") == []


@pytest.mark.parametrize(("certainty", "expected"), [(0.2, []), (0.21, ["warm"]), (-1, [])])
def test_a_question_is_open_only_if_a_candidate_may_exceed_the_threshold(certainty, expected):
    assert open_questions(build(({"warm": "yes"}, {"colour": {"red": certainty}}))) == expected


def test_a_question_that_only_strengthens_what_holds_already_is_open():
    knowledge_base = build(
        ({"size": "small"}, {"shape": {"round": 0.4}, "colour": {"green": 0.5}}),
        ({"warm": "yes"}, {"shape": {"round": 0.5}}),
        ({"shape": "round"}, {"colour": {"red": 1}}),
    )
    assert open_questions(knowledge_base, size="small") == ["warm"]


def test_questions_behind_derived_attributes_are_open():
    knowledge_base = build(
        ({"size": "small", "warm": "yes"}, {"shape": "round"}),
        ({"shape": "round"}, {"colour": "red"}),
        ({"count": {"at_least": 1}}, {"shape": "square"}),
    )
    assert open_questions(knowledge_base) == ["size", "warm"]
    assert open_questions(knowledge_base, warm="no") == []
    assert open_questions(knowledge_base, warm="yes") == ["size"]


def test_a_test_for_unknown_makes_every_question_behind_it_open():
    knowledge_base = build(
        ({"shape": "round"}, {"warm": {"yes": 0.5}}),
        ({"size": "small"}, {"shape": "round"}),
        ({"warm": "unknown"}, {"colour": "red"}),
    )
    assert open_questions(knowledge_base) == ["size", "warm"]
    assert open_questions(knowledge_base, size="small") == []


def test_what_rules_have_concluded_is_not_open_though_other_answers_might_undo_it():
    knowledge_base = build(
        ({"any": [{"size": "small"}, {"warm": "unknown"}]}, {"shape": "round"}),
        ({"shape": "round"}, {"count": {3: 1}}),
        ({"count": 3}, {"colour": "red"}),
    )
    assert open_questions(knowledge_base) == ["size", "warm"]
    assert open_questions(knowledge_base, warm="yes") == ["size", "count"]


def test_a_goal_with_a_question_of_its_own_is_open():
    assert open_questions(build(({"warm": "yes"}, {"colour": "red"}), colour={"question": "Which?"})) == [
        "colour", "warm",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ask_if", "given", "expected"),
    [
        ({"size": "small"}, {}, ["size", "count", "warm"]),
        ({"size": "small"}, {"size": "small"}, ["count", "warm"]),
        ({"size": "small"}, {"size": "large"}, ["count"]),
        ({"size": "small"}, {"size": {"value": "small", "certainty": 0.2}}, ["count"]),
        ({"size": "unknown"}, {"size": "large"}, ["count"]),
        ({"size": "unknown"}, {}, ["size", "count", "warm"]),
        ({"shape": "round"}, {"count": 0}, ["size"]),
        ({"shape": "round"}, {"count": 6}, ["size", "warm"]),
        ({"shape": "round"}, {}, ["size", "count", "warm"]),
    ],
)
def test_a_question_is_open_only_where_its_condition_may_hold(ask_if, given, expected):
    knowledge_base = build(
        ({"warm": "yes"}, {"colour": {"red": 0.5}}),
        ({"size": "small"}, {"colour": {"green": 0.5}}),
        ({"count": {"more_than": 5}}, {"shape": "round"}),
        ({"shape": "round"}, {"colour": {"green": 0.3}}),
        warm={"ask_if": ask_if},
    )
    assert open_questions(knowledge_base, **given) == expected


def test_a_question_that_only_opens_another_is_open_too():
    knowledge_base = build(({"warm": "yes"}, {"colour": {"red": 1}}), warm={"ask_if": {"size": "small"}})
    assert open_questions(knowledge_base) == ["size", "warm"]


@pytest.mark.parametrize(("certainty", "contenders"), [(0.4999999995, ["red", "green"]), (0.499999998, [])])
def test_a_candidate_that_can_come_as_close_as_a_tie_is_a_contender(certainty, contenders):
    knowledge_base = build(
        ({"size": "small"}, {"colour": {"red": 0.5}}), ({"warm": "yes"}, {"colour": {"green": certainty}})
    )
    bounds = Gates(knowledge_base.model).open_questions([Fact("size", "small")], {"size"}).bounds
    assert bounds.contenders() == contenders
    then = knowledge_base.consult({"size": "small", "warm": "yes"})
    assert then.outcome == ("tie" if contenders else "recommended")
