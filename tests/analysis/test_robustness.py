"""Robustness: the largest δ by which certainties may be off, with a counterexample just beyond."""

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.analysis.robustness import BEYOND, robustness
from tests.examples import examples
from tests.strategies import CONSTRUCTS, cases, knowledge_bases, model_of

COLOURS = {"choices": ["red", "green", "blue"]}
ASKED = {"question": "?"}


def build(rules, goal=COLOURS, threshold=0.2, **attributes):
    """Build a knowledge base whose attributes, unless given, are all the yes/no questions `a` to `d`."""
    attributes = {"colour": goal} | dict.fromkeys("abcd", ASKED) | attributes
    data = {"knowledge_base": "test", "goal": "colour", "threshold": threshold, "attributes": attributes}
    return KnowledgeBase(model_of(json.loads(json.dumps(data | {"rules": rules}))))


def rule(premise, **then):
    return {"if": premise, "then": then}


def gives(premise, **colours):
    return rule(premise, colour=colours)


A, B, HOT = {"a": "yes"}, {"b": "yes"}, {"hot": "yes"}
GIVEN = {"a": "yes", "b": "yes"}


def moved(knowledge_base, moves):
    """Write a knowledge base with certainties moved, as an author would."""
    data = {
        "knowledge_base": "moved", "goal": knowledge_base.goal, "threshold": knowledge_base.model.threshold,
        "attributes": {name: attribute.to_dict() for name, attribute in knowledge_base.attributes.items()},
        "rules": {each.name: each.to_dict() | {"name": None} for each in knowledge_base.rules},
    }  # fmt: skip
    for each in data["rules"].values():
        del each["name"]
    for rule_name, attribute, value, after in moves:
        data["rules"][rule_name]["then"][attribute][str(value)] = after
    return KnowledgeBase(model_of(data))


@pytest.mark.parametrize(
    ("rules", "delta", "then"),
    [
        # One rule each: 0.7 - δ = 0.4 + δ.
        ({"r": gives(A, red=0.7), "g": gives(B, green=0.4)}, 0.15, "green"),
        # Nothing can grow: 0.7 - δ = 0.2, the threshold.
        ({"r": gives(A, red=0.7)}, 0.5, None),
        # The nearest of several threats counts.
        ({"r": gives(A, red=0.7), "g": gives(B, green=0.4), "b": gives(B, blue=0.5)}, 0.1, "blue"),
        # An opposition grows in size, and its certainty can cross 0: 0.6 - δ = -0.1 + δ.
        ({"r": gives(A, red=0.6), "g": gives(B, green=-0.1)}, 0.35, "green"),
        # Two rules: 1 - (0.5 + δ)² = 0.4 + δ, so (δ + 1)² = 1.35.
        ({"r": gives(A, red=0.5), "r2": gives(B, red=0.5), "g": gives(B, green=0.4)}, 1.35**0.5 - 1, "green"),
        # A certainty goes no farther than 1, nor does a derived fact: 0.9 - δ = min(0.9 + δ, 1) × (0.5 + δ).
        ({"h": rule(A, hot={"yes": 0.9}), "g": gives(HOT, green=0.5), "r": gives(B, red=0.9)}, 0.2, "green"),
        # A derived fact for both sides pulls with the stronger rule: p × 0.8 against p × 0.5 stays so for any p.
        ({"h": rule(A, hot={"yes": 0.9}), "r": gives(HOT, red=0.8), "g": gives(HOT, green=0.5)}, 0.15, "green"),
        # Not to be hot speaks for the other side once the certainty has crossed 0: 0.9 - δ = -(0.1 - δ).
        (
            {"h": rule(A, hot={"yes": 0.1}), "g": gives({"hot": {"not": "yes"}}, green=1), "r": gives(B, red=0.9)},
            0.5,
            "green",
        ),
        # The strongest of `any` counts, the weakest of `all`: 0.9 - δ = min(0.6 + δ, 0.8 + δ), of which b is definite.
        (
            {
                "h": rule(A, hot={"yes": 0.8}),
                "w": rule(B, wet={"yes": 0.6}),
                "g": gives(HOT | {"wet": "yes"}, green=1),
                "r": gives({"any": [B, HOT]}, red=0.9),
            },
            0.15,
            "green",
        ),
    ],
)
def test_delta_is_what_one_finds_by_hand(rules, delta, then):
    robust = robustness(build(rules, hot={}, wet={}).consult(GIVEN))
    assert robust.is_tight
    assert robust.delta == pytest.approx(delta, abs=1e-7)
    assert robust.counterexample.recommendation == then


def test_a_derived_fact_that_falls_to_the_threshold_takes_all_its_rules_along():
    # hot × red falls to the threshold sooner than hot itself: (0.7 - δ)(1 - δ) = 0.2.
    rules = {"h": rule(A, hot={"yes": 0.7}), "r": gives(HOT, red=1)}
    delta = (1.7 - (1.7**2 - 4 * 0.5) ** 0.5) / 2
    assert robustness(build(rules, hot={}).consult(GIVEN)).delta == pytest.approx(delta, abs=1e-7)


def test_rules_that_read_one_derived_fact_start_and_stop_together():
    rules = {
        "h": rule(A, hot={"yes": 0.25}),
        "r": gives(HOT, red=1), "g": gives(HOT, green=0.9), "r2": gives(B, red=0.6), "g2": gives(B, green=0.2),
    }  # fmt: skip
    robust = robustness(build(rules, hot={}).consult(GIVEN))
    assert robust.is_tight
    # If one of them could hold without the other, no δ beyond 0.05 would be safe. The worst is hot at its most.
    delta = robust.delta
    red = 1 - (1 - (0.25 + delta) * (1 - delta)) * (1 - (0.6 - delta))
    green = 1 - (1 - (0.25 + delta) * min(0.9 + delta, 1)) * (1 - (0.2 + delta))
    assert red == pytest.approx(green, abs=1e-7)
    assert delta > 0.15


def test_without_a_recommendation_there_is_no_delta():
    tie = {"r": gives(A, red=0.5), "g": gives(A, green=0.5)}
    robust = robustness(build(tie).consult(GIVEN))
    assert (robust.delta, robust.counterexample, robust.is_tight) == (None, None, True)
    # Withdrawing a, or denying it, leaves it undecided; no other fact matters: nothing changes.
    assert (robust.kept, robust.changes) == (8, 8)


def test_what_no_certainty_can_change_withstands_any_delta():
    knowledge_base = build({"g": gives(A, green=-0.5)}, COLOURS | {"question": "?"})
    robust = robustness(knowledge_base.consult({"colour": {"value": "red"}, "b": "yes"}))
    assert (robust.delta, robust.counterexample, robust.is_tight) == (2.0, None, True)


def test_the_default_stays_until_another_candidate_exceeds_the_threshold():
    rules = {"g": gives(A, green=0.1), "r": gives(B, red=0.15)}
    robust = robustness(build(rules, COLOURS | {"otherwise": "red"}).consult(GIVEN))
    # Green has to exceed 0.2 and red at the same time: 0.1 + δ > 0.2, while red may fall.
    assert robust.delta == pytest.approx(0.1, abs=1e-7)
    assert (robust.counterexample.recommendation, robust.counterexample.outcome) == ("green", "recommended")


def test_a_recommendation_that_is_the_default_too_is_not_lost_at_the_threshold():
    rules = {"r": gives(A, red=0.7), "g": gives(B, green=0.2)}
    robust = robustness(build(rules, COLOURS | {"otherwise": "red"}).consult(GIVEN))
    assert robust.delta == pytest.approx(0.25, abs=1e-7)


def test_single_changes_are_counted_without_fixed_facts_and_questions_that_would_not_be_asked():
    rules = {"r": gives(A, red=0.7), "g": gives(B, green=0.8)}
    knowledge_base = build(rules, d=ASKED | {"ask_if": {"c": "yes"}})
    robust = robustness(knowledge_base.consult({"a": "yes"}))
    # a: no, or withdrawn; b and c: yes or no. All but b = yes, a = no and a withdrawn keep red.
    assert (robust.kept, robust.changes) == (3, 6)
    assert (robustness(knowledge_base.consult({"a": "yes"}), ["a", "b"]).changes) == 2
    fixed = knowledge_base.consult({"a": {"value": "yes", "fixed": True}})
    assert (robustness(fixed).kept, robustness(fixed).changes) == (3, 4)


def test_where_the_work_does_not_suffice_the_truth_is_in_between():
    rules = {"h": rule(A, hot={"yes": 0.9}), "r": gives(HOT, red=0.8), "g": gives(HOT, green=0.5)}
    consultation = build(rules, hot={}).consult(GIVEN)
    cut_short = robustness(consultation, work=12)
    assert not cut_short.is_tight
    beyond = cut_short.counterexample.delta if cut_short.counterexample else 2.0
    assert cut_short.delta < robustness(consultation).delta < beyond


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_delta_is_tight(data):
    drawn = data.draw(knowledge_bases(rules=10))
    knowledge_base = KnowledgeBase(model_of(drawn))
    case = data.draw(cases(drawn))
    now = knowledge_base.consult(case)
    if now.recommendation is None:
        return
    robust = robustness(now)
    if robust.counterexample is None:
        assert robust.delta == 2.0
    else:
        counterexample = robust.counterexample
        assert robust.delta < counterexample.delta
        moves = [(m.rule, m.attribute, m.value, m.after) for m in counterexample.moves if m.after]
        assert all(abs(m.after - m.before) <= counterexample.delta for m in counterexample.moves)
        if len(moves) == len(counterexample.moves):
            then = moved(knowledge_base, moves).consult(case)
            assert (then.recommendation, then.outcome) == counterexample[2:]
        assert counterexample.recommendation != now.recommendation
        assert counterexample.delta - robust.delta <= 2 * max(BEYOND)
    shuffle = random.Random(data.draw(st.integers(0, 99)))
    for _ in range(12):
        moves = []
        for each in knowledge_base.rules:
            for attribute, value, certainty in each.conclusions:
                step = shuffle.choice((-1, -1, 1, 1, 0, shuffle.uniform(-1, 1))) * robust.delta
                moves.append((each.name, attribute, value, min(max(certainty + step, -1), 1) or certainty))
        assert moved(knowledge_base, moves).consult(case).recommendation == now.recommendation


def with_moves(knowledge_base, moves):
    """Change certainties of any rules, rows of tables among them; a certainty of 0 is one like any other here."""
    after = {(rule, attribute, value): certainty for rule, attribute, value, _, certainty in moves}
    rules = tuple(
        replace(
            rule,
            conclusions=tuple(
                each._replace(certainty=after.get((rule.name, *each[:2]), each.certainty)) for each in rule.conclusions
            ),
        )
        for rule in knowledge_base.model.rules
    )
    return KnowledgeBase(replace(knowledge_base.model, rules=rules))


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_delta_is_safe_and_a_counterexample_true_whatever_rules_are_made_of(data):
    drawn = data.draw(knowledge_bases(rules=8, constructs=CONSTRUCTS))
    knowledge_base = KnowledgeBase(model_of(drawn))
    case = data.draw(cases(drawn))
    now = knowledge_base.consult(case)
    if now.recommendation is None:
        return
    robust = robustness(now, work=3_000)
    if robust.counterexample:
        assert robust.delta < robust.counterexample.delta
        then = with_moves(knowledge_base, robust.counterexample.moves).consult(case)
        assert (then.recommendation, then.outcome) == robust.counterexample[2:]
        assert then.recommendation != now.recommendation
    shuffle = random.Random(data.draw(st.integers(0, 99)))
    for _ in range(12):
        moves = []
        for each in knowledge_base.model.rules:
            for attribute, value, certainty in each.conclusions:
                step = shuffle.choice((-1, -1, 1, 1, 0, shuffle.uniform(-1, 1))) * robust.delta
                moves.append((each.name, attribute, value, certainty, min(max(certainty + step, -1), 1)))
        assert with_moves(knowledge_base, moves).consult(case).recommendation == now.recommendation


@pytest.mark.parametrize(
    ("rules", "attributes", "delta", "then"),
    [
        # An exception grows: min(0.9 - δ, 1 - (0.3 + δ)) meets 0.4 + δ where 0.7 - δ does.
        (
            {
                "h": rule(A, hot={"yes": 0.3}),
                "r": rule(B, colour={"red": 0.9}) | {"unless": HOT},
                "g": gives(B, green=0.2),
            },
            {"hot": {}},
            None,
            "green",
        ),
        # What keeps a default away falls to the threshold: 0.3 - δ = 0.2.
        (
            {"h": rule(A, hot={"no": 0.3}), "r": gives(B, red=0.5), "g": gives(HOT, green=0.9)},
            {"hot": {"otherwise": "yes"}},
            0.1,
            "green",
        ),
    ],
)
def test_exceptions_and_defaults_can_take_the_recommendation_away(rules, attributes, delta, then):
    robust = robustness(build(rules, **attributes).consult(GIVEN))
    assert robust.is_tight
    if delta is None:  # (1 - (0.3 + δ)) × (0.9 - δ) = 0.2 + δ
        delta = (2.6 - (2.6**2 - 4 * 0.43) ** 0.5) / 2
    assert robust.delta == pytest.approx(delta, abs=1e-6)
    assert robust.counterexample.recommendation == then
