"""Several explanations together."""

import json

import pytest

from expert.analysis import flips
from expert.analysis.robustness import WIDEST
from expert.explanation.report import Explanation, report
from tests.colours import consult

RULES = {"both": {"if": {"warm": "yes"}, "then": {"colour": ["red", "green"]}, "certainty": 0.5}}


@pytest.mark.parametrize(
    ("given", "changes", "whys", "why_nots"),
    [
        ({"size": "small"}, {}, ["green"], ["blue", "red"]),
        ({"warm": "yes"}, {"rules": RULES}, ["red", "green"], ["blue"]),
        ({}, {"rules": RULES}, ["red"], ["green", "blue"]),
        (
            {},
            {"rules": {}, "attributes": {"colour": {"choices": ["red", "blue"], "otherwise": "blue"}}},
            ["red"],
            [],
        ),
    ],
)
def test_a_story_proves_what_leads_and_tells_of_the_others(given, changes, whys, why_nots):
    told = report(consult(given, **changes))
    assert [why.conclusion.value for why in told.whys] == whys
    assert [lost.value for lost in told.why_nots] == why_nots


@pytest.mark.parametrize(
    ("otherwise", "given", "answer", "flips", "delta"),
    [
        ({}, {"warm": "yes"}, ("recommended", 0.5), [("no", "undecided"), (None, "undecided")], 0.3),
        ({}, {"warm": "no"}, ("undecided", 0.0), [("yes", "recommended")], None),
        ({"otherwise": "red"}, {"warm": "yes"}, ("recommended", 0.5), [], WIDEST),
        ({"otherwise": "red"}, {}, ("default", 0.0), [], WIDEST),
    ],
)
def test_the_only_candidate_is_explained_without_others(otherwise, given, answer, flips, delta):
    attributes = {"colour": {"choices": ["red"]} | otherwise, "warm": {"question": "Warm?"}}
    rules = {"warm": {"if": {"warm": "yes"}, "then": {"colour": {"red": 0.5}}}}
    told = report(consult(given, attributes=attributes, rules=rules))
    (why,) = told.whys
    assert (why.conclusion.value, told.consultation.outcome, why.conclusion.certainty) == ("red", *answer)
    assert told.why_nots == ()
    assert [(change.value, flip.outcome) for flip in told.flips for change in flip.changes] == flips
    assert told.robustness.delta == pytest.approx(delta, abs=1e-7)
    json.dumps(told.to_dict(), allow_nan=False)


def test_is_plain_data_of_texts_numbers_and_lists():
    consultation = consult({"size": "small", "share": 0.7})
    data = report(consultation)._replace(what_if=consultation.what_if(size=None)).to_dict()
    assert json.loads(json.dumps(data)) == data
    assert list(data) == [
        "format", "knowledge_base", "goal", "outcome", "recommendation", "given", "why", "why_not", "what_if",
        "flips", "robustness",
    ]  # fmt: skip


def test_what_was_not_asked_is_left_out():
    consultation = consult({"size": "small"})
    data = Explanation(consultation, flips=consultation.flips()).to_dict()
    assert list(data)[6:] == ["flips"]
    assert data["flips"] == [flip.to_dict() for flip in consultation.flips()]


def test_a_story_looks_for_single_changes_once(monkeypatch):
    searched = []
    search = flips._Search.__init__
    monkeypatch.setattr(flips._Search, "__init__", lambda *given: (searched.append(1), search(*given))[1])
    report(consult({"size": "small"}))
    assert searched == [1]


def test_a_story_has_the_flips_of_the_smallest_size_and_what_is_fixed_stays():
    consultation = consult({"size": "small", "warm": "yes", "share": 0.7})
    told = report(consultation)
    assert told.flips == consultation.flips(most=1) != ()
    assert told.robustness == consultation.robustness()
    fixed = [fact.attribute for fact in consultation.given]
    told = report(consultation, fixed)
    assert not {change.attribute for flip in told.flips for change in flip.changes} & set(fixed)
    assert told.robustness.changes < consultation.robustness().changes
