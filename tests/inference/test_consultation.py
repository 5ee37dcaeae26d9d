"""What a consultation says: ranking, outcome, and the plain data that it is written as."""

import json
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from tests.examples import examples
from tests.strategies import cases, knowledge_bases, model_of

ATTRIBUTES = {
    "colour": {"choices": ["red", "green", "blue"]},
    "size": {"question": "How large?", "choices": ["small", "large"]},
    "count": {"question": "How many?", "number": {}},
    "warm": {"question": "Warm?"},
    "shape": {"choices": ["round", "square"]},
}


def build(rules, **top):
    """Make a knowledge base from rules by name, in the file's format."""
    data = {"knowledge_base": "test", "version": "1.2", "goal": "colour", "attributes": ATTRIBUTES, "rules": rules}
    return KnowledgeBase(model_of(data | top))


def concluding(*certainties, **top):
    """Make a knowledge base whose candidates get this evidence where the size is small."""
    colours = dict(zip(("red", "green", "blue"), certainties, strict=False))
    then = {colour: certainty for colour, certainty in colours.items() if certainty}
    return build({"rule": {"if": {"size": "small"}, "then": {"colour": then}}}, **top)


def with_default(value):
    return ATTRIBUTES | {"colour": ATTRIBUTES["colour"] | {"otherwise": value}}


@pytest.mark.parametrize(
    ("certainties", "outcome", "recommendation", "leaders"),
    [
        ((0.5, 0.7, 0.6), "recommended", "green", ["green"]),
        ((0.5, 0.5, 0.4), "tie", None, ["red", "green"]),
        ((0.4, 0.5, 0.5), "tie", None, ["green", "blue"]),
        ((0.5, 0.5, 0.5), "tie", None, ["red", "green", "blue"]),
        ((0.5, 0.5 + 9e-10), "tie", None, ["green", "red"]),
        ((0.5 + 9e-10, 0.5), "tie", None, ["red", "green"]),
        ((0.5, 0.5 + 1.1e-9), "recommended", "green", ["green"]),
        ((0.2, 0.2), "undecided", None, []),
        ((0.2, 0.2000001), "recommended", "green", ["green"]),
        ((0.2,), "undecided", None, []),
        ((-0.5, -0.6), "undecided", None, []),
        ((0.21,), "recommended", "red", ["red"]),
    ],
)
def test_outcome(certainties, outcome, recommendation, leaders):
    consultation = concluding(*certainties).consult({"size": "small"})
    assert (consultation.outcome, consultation.recommendation) == (outcome, recommendation)
    assert [candidate.value for candidate in consultation.leaders] == leaders


@pytest.mark.parametrize(
    ("certainties", "outcome", "recommendation"),
    [
        ((), "default", "blue"),
        ((0.2, 0.1, -0.3), "default", "blue"),
        ((0.3,), "recommended", "red"),
        ((0.3, 0.3), "tie", None),
    ],
)
def test_otherwise_answers_where_no_candidate_exceeds_the_threshold(certainties, outcome, recommendation):
    knowledge_base = concluding(*certainties or (0.1,), attributes=with_default("blue"))
    consultation = knowledge_base.consult({"size": "small"} if certainties else {})
    assert (consultation.outcome, consultation.recommendation, len(consultation.leaders) > 1) == (
        outcome,
        recommendation,
        outcome == "tie",
    )


@pytest.mark.parametrize(("threshold", "outcome"), [(0, "recommended"), (0.49, "recommended"), (0.5, "undecided")])
def test_the_threshold_of_the_knowledge_base_decides(threshold, outcome):
    assert concluding(0.5, threshold=threshold).consult({"size": "small"}).outcome == outcome


def test_ranking_has_every_candidate_by_certainty_then_in_the_order_of_the_file():
    ranking = concluding(-0.5, 0, 0).consult({"size": "small"}).ranking
    assert [(candidate.value, candidate.certainty) for candidate in ranking] == [
        ("green", 0.0), ("blue", 0.0), ("red", -0.5),
    ]  # fmt: skip


def test_candidates_carry_their_evidence_strongest_first():
    rules = {
        f"rule{i}": {"if": {"size": "small"}, "then": {"colour": {"red": certainty}}}
        for i, certainty in enumerate((0.3, -0.2, 0.5, -0.4, 0.5))
    }
    red = build(rules).consult({"size": "small"}).ranking[0]
    assert [(piece.rule, piece.strength) for piece in red.supporting] == [
        ("rule2", 0.5), ("rule4", 0.5), ("rule0", 0.3),
    ]  # fmt: skip
    assert [(piece.rule, piece.strength) for piece in red.opposing] == [("rule3", -0.4), ("rule1", -0.2)]


@pytest.mark.parametrize(
    ("certainties", "margin"), [((0.5, 0.7, 0.6), 0.1), ((0.5, 0.5), 0), ((0.5, -0.5, -0.6), 1), ((0.6, 0.1), 0.5)]
)
def test_margin_is_the_lead_over_the_next_candidate(certainties, margin):
    assert concluding(*certainties).consult({"size": "small"}).margin == pytest.approx(margin)


@pytest.mark.parametrize(("certainty", "outcome"), [(0.6, "recommended"), (0.2, "undecided"), (-0.6, "undecided")])
def test_margin_of_the_only_candidate_is_its_certainty(certainty, outcome):
    attributes = ATTRIBUTES | {"colour": {"choices": ["red"]}}
    consultation = concluding(certainty, attributes=attributes).consult({"size": "small"})
    assert (consultation.outcome, consultation.margin) == (outcome, certainty)


def test_derived_lists_what_rules_concluded_on_the_way():
    rules = {
        "small": {"if": {"size": "small"}, "then": {"shape": {"square": 0.5, "round": -0.4}, "warm": {"yes": 0.5}}},
        "square": {"if": {"shape": "square"}, "then": {"colour": "red"}},
    }
    consultation = build(rules).consult({"size": "small", "warm": {"value": "yes", "certainty": 0.5}, "count": 3})
    assert consultation.derived == (("warm", "yes", 0.75), ("shape", "round", -0.4), ("shape", "square", 0.5))


def test_given_facts_stand_in_the_order_of_the_attributes():
    facts = {"warm": "no", "count": {"value": 3, "certainty": 0}, "size": {"value": "large", "certainty": 0.4}}
    consultation = concluding(0.5).consult(facts)
    assert [(fact.attribute, fact.value, fact.certainty) for fact in consultation.given] == [
        ("size", "large", 0.4), ("count", 3, 0), ("warm", "no", 1),
    ]  # fmt: skip


def test_a_goal_that_has_a_question_may_be_given_itself():
    attributes = ATTRIBUTES | {"colour": ATTRIBUTES["colour"] | {"question": "Which?"}}
    knowledge_base = concluding(0.5, 0.7, attributes=attributes)
    assert knowledge_base.consult({"colour": "red", "size": "small"}).recommendation == "red"
    assert (
        knowledge_base.consult({"colour": {"value": "green", "certainty": -1}, "size": "small"}).leaders[0].value
        == "red"
    )
    given_alone = knowledge_base.consult({"colour": "red"})
    assert given_alone.ranking[0].to_dict() == {
        "value": "red", "certainty": 1.0, "for": [{"rule": None, "evidence": 1.0}], "against": [],
    }  # fmt: skip


def test_to_dict_is_the_documented_json():
    rules = {
        "small": {
            "if": {"size": "small", "warm": "unknown"},
            "then": {"shape": {"square": 1}, "colour": {"red": 0.5}},
            "source": ["book page 1", "book"],
        },
        "square": {"if": {"shape": {"not": "round"}}, "then": {"colour": {"red": 1, "green": -0.5}}},
        "veto": {"if": {"count": {"more_than": 2}}, "then": {"colour": {"red": -1}}},
    }
    knowledge_base = build(rules, sources={"book": {"title": "A book"}})
    given = {"count": 2.5, "size": {"value": "small", "certainty": 0.75, "note": "about"}}
    assert knowledge_base.consult(given).to_dict() == {
        "format": "expert.consultation/1",
        "knowledge_base": {"name": "test", "version": "1.2", "digest": knowledge_base.digest},
        "goal": "colour",
        "outcome": "undecided",
        "recommendation": None,
        "ranking": [
            {"value": "blue", "certainty": 0.0, "for": [], "against": []},
            {"value": "green", "certainty": -0.375, "for": [], "against": [{"rule": "square", "evidence": -0.375}]},
            {
                "value": "red",
                "certainty": -1.0,
                "for": [{"rule": "square", "evidence": 0.75}, {"rule": "small", "evidence": 0.375}],
                "against": [{"rule": "veto", "evidence": -1.0}],
            },
        ],
        "given": [
            {"attribute": "size", "value": "small", "certainty": 0.75, "origin": "given", "note": "about"},
            {"attribute": "count", "value": 2.5, "certainty": 1.0, "origin": "given"},
        ],
        "derived": [{"attribute": "shape", "value": "square", "certainty": 0.75}],
        "firings": [
            {
                "rule": "small",
                "degree": 0.75,
                "matched": [
                    {"attribute": "size", "value": "small", "certainty": 0.75},
                    {"attribute": "warm", "value": None, "certainty": 1.0},
                ],
                "gave": [
                    {"attribute": "shape", "value": "square", "evidence": 0.75},
                    {"attribute": "colour", "value": "red", "evidence": 0.375},
                ],
                "source": ["book page 1", "book"],
            },
            {
                "rule": "veto",
                "degree": 1.0,
                "matched": [{"attribute": "count", "value": 2.5, "certainty": 1.0}],
                "gave": [{"attribute": "colour", "value": "red", "evidence": -1.0}],
                "source": [],
            },
            {
                "rule": "square",
                "degree": 0.75,
                "matched": [{"attribute": "shape", "value": "square", "certainty": 0.75}],
                "gave": [
                    {"attribute": "colour", "value": "red", "evidence": 0.75},
                    {"attribute": "colour", "value": "green", "evidence": -0.375},
                ],
                "source": [],
            },
        ],
        "contradictions": [],
        "possible": [],
        "open_questions": [],
    }


def test_contradictions_are_reported():
    rules = {
        "for": {"if": {"size": "small"}, "then": {"colour": "red", "shape": "round"}},
        "against": {"if": {"warm": "yes"}, "then": {"colour": {"red": -1}, "shape": {"round": -1}}},
    }
    consultation = build(rules).consult({"size": "small", "warm": "yes"})
    assert consultation.outcome == "undecided"
    assert consultation.contradictions == (("colour", "red"), ("shape", "round"))
    assert consultation.to_dict()["contradictions"] == [
        {"attribute": "colour", "value": "red"}, {"attribute": "shape", "value": "round"},
    ]  # fmt: skip


@settings(max_examples=examples(30), deadline=None)
@given(st.data())
def test_to_dict_survives_json_and_is_true_to_the_consultation(data):
    drawn = data.draw(knowledge_bases())
    consultation = KnowledgeBase(model_of(drawn)).consult(data.draw(cases(drawn)))
    plain = consultation.to_dict()
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert [candidate["value"] for candidate in plain["ranking"]] == [c.value for c in consultation.ranking]
    assert {candidate["value"] for candidate in plain["ranking"]} == set(drawn["attributes"]["colour"]["choices"])
    certainties = [candidate["certainty"] for candidate in plain["ranking"]]
    assert certainties == sorted(certainties, reverse=True)


def test_what_to_dict_gives_away_does_not_lead_back():
    consultation = concluding(0.5).consult({"size": "small"})
    before = json.dumps(consultation.to_dict())

    def spoil(plain):
        for inner in plain.values() if isinstance(plain, dict) else plain:
            if isinstance(inner, dict | list):
                spoil(inner)
        plain.clear()

    spoil(consultation.to_dict())
    assert json.dumps(consultation.to_dict()) == before


@pytest.mark.parametrize("name", ["given", "certainties", "firings", "contradictions", "outcome", "ranking"])
def test_a_consultation_cannot_be_changed(name):
    consultation = concluding(0.5).consult({"size": "small"})
    with pytest.raises((FrozenInstanceError, AttributeError)):
        setattr(consultation, name, ())


def test_equal_consultations_are_equal():
    path = Path(__file__).with_name("mycin.yaml")
    one, other = (KnowledgeBase.load(path).consult({"gram": "neg", "morphology": "rod"}) for _ in range(2))
    assert one == other != KnowledgeBase.load(path).consult({"gram": "pos"})
