"""Proofs of conclusions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import InputError, KnowledgeBase
from expert.explanation.grounds import Ground
from expert.explanation.reasons import Reason
from expert.explanation.why import arithmetic
from tests.colours import COLOURS, consult
from tests.examples import examples
from tests.strategies import cases, knowledge_bases, model_of

HOT = {"warm": "yes", "share": 0.5}


def reasons(step):
    return [(reason.strength, reason.rule) for reason in step.reasons]


def test_steps_are_the_conclusion_and_then_each_derived_fact_once():
    steps = consult(HOT).why("red").steps
    assert [(step.attribute, step.value, step.certainty) for step in steps] == [
        ("colour", "red", 0.426428571428571),
        ("hot", "yes", 0.9),
        ("glow", "yes", 0.45),
    ]
    assert reasons(steps[0]) == [(0.45, "hot-red"), (-0.3, "open"), (0.27, "glow-red")]


def test_a_reason_carries_its_rule_its_source_and_its_grounds():
    red = consult(HOT).why("red").conclusion
    assert red.reasons[2] == Reason(
        0.27, "glow-red", 0.45, 0.6, "What glows is red.", ("guide p. 1", "guide p. 2"),
        grounds=(Ground("glow", "yes", 0.45, "", derived=True),),
    )  # fmt: skip
    assert red.reasons[1].grounds == (Ground("shape", None),)


def test_given_facts_are_grounds_with_their_origin_and_are_proved_by_having_been_given():
    consultation = consult({"glow": {"value": "yes", "certainty": 0.5, "note": "at night"}})
    red, *rest = consultation.why("red").steps
    assert red.reasons[0].grounds == (Ground("glow", "yes", 0.5, "given"),)
    assert rest == []
    assert consultation.why("glow=yes").conclusion.reasons == (
        Reason(0.5, None, certainty=0.5, because="at night", origin="given"),
    )


def test_a_fact_both_given_and_derived_has_both_reasons():
    glow = consult(HOT | {"glow": {"value": "yes", "certainty": 0.5}}).why("yes", "glow").conclusion
    assert reasons(glow) == [(0.5, None), (0.45, "hot-glow")]
    assert glow.arithmetic == ("0.5 ⊕ 0.45 = 0.725",)


def test_being_known_at_all_rests_on_all_that_is_known():
    blue = consult({"shape": {"value": "round", "certainty": -0.5}}).why("blue").conclusion
    assert blue.reasons[0].grounds == (Ground("shape", "round", -0.5, "given"),)


def test_a_conclusion_without_evidence_has_no_reasons():
    step = consult({"shape": "round"}).why("red").conclusion
    assert (step.certainty, step.reasons, step.arithmetic) == (0.0, (), ())


@pytest.mark.parametrize(
    ("strengths", "lines"),
    [
        ([], ()),
        ([0.7], ("0.7",)),
        ([-0.4], ("−0.4",)),
        ([0.7, 0.4], ("0.7 ⊕ 0.4 = 0.82",)),
        ([-0.5, -0.5], ("−(0.5 ⊕ 0.5) = −0.75",)),
        ([0.6, -0.2], ("for: 0.6", "against: 0.2", "(0.6 − 0.2) / (1 − 0.2) = 0.5")),
        ([1, -0.9], ("for: 1", "against: 0.9", "(1 − 0.9) / (1 − 0.9) = 1")),
        ([0.5, -0.5], ("for: 0.5", "against: 0.5", "(0.5 − 0.5) / (1 − 0.5) = 0")),
        (
            [1, -1],
            ("for: 1", "against: 1", "certain, and certainly not so: a contradiction, which counts as 0"),
        ),
        ([0.99, 0.99, 0.99], ("0.99 ⊕ 0.99 ⊕ 0.99 = 0.999999",)),
    ],
)
def test_arithmetic_is_shown_with_numbers(strengths, lines):
    assert arithmetic(strengths) == lines


@pytest.mark.parametrize(
    ("value", "attribute", "message"),
    [
        ("grren", None, "colours: colour has no value 'grren'; did you mean 'green'?"),
        ("glo=yes", None, "colours: there is no attribute 'glo'; did you mean 'glow'?"),
        ("glow=maybe", None, "colours: glow must be yes or no, not 'maybe'"),
        ("small", "sise", "colours: there is no attribute 'sise'; did you mean 'size'?"),
        ("glow", None, "of the attribute 'glow', name a value: glow=VALUE"),
    ],
)
def test_what_does_not_exist_is_refused_with_the_nearest_name(value, attribute, message):
    with pytest.raises(InputError) as caught:
        consult({}).why(value, attribute)
    assert len(caught.value.problems) == 1
    assert message in str(caught.value)


def test_a_candidate_may_contain_an_equals_sign():
    attributes = {"colour": {"question": "Which?", "choices": ["a=b", "c"]}}
    consultation = KnowledgeBase(model_of(COLOURS | {"attributes": attributes, "rules": {}})).consult({"colour": "a=b"})
    assert consultation.why("a=b").conclusion.certainty == 1


@settings(max_examples=examples(60))
@given(st.data())
def test_every_fact_that_a_proof_rests_on_is_given_unknown_or_proved_once(data):
    drawn = data.draw(knowledge_bases())
    consultation = KnowledgeBase(model_of(drawn)).consult(data.draw(cases(drawn)))
    for candidate in consultation.ranking:
        why = consultation.why(candidate.value)
        proved = [(step.attribute, step.value) for step in why.steps]
        assert len(proved) == len(set(proved))
        grounds = {ground for step in why.steps for reason in step.reasons for ground in reason.grounds}
        assert {(g.attribute, g.value) for g in grounds if g.derived} == set(proved[1:])
        assert all(ground.origin or ground.derived or ground.value is None for ground in grounds)
        assert [r.strength for r in why.conclusion.reasons if r.strength > 0] == [
            piece.strength for piece in candidate.supporting
        ]
