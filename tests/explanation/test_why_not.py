"""Why a candidate is not the answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import InputError, KnowledgeBase
from expert.explanation.grounds import Ground
from expert.explanation.unfired_rules import unfired_rules
from expert.inference.degrees import degree_of
from tests.colours import COLOURS, consult
from tests.examples import examples
from tests.strategies import cases, knowledge_bases, model_of


def missed(lost):
    return {str(aim.test): [each.rule for each in aim.missed] for aim in lost.aims}


def failures(lost, rule):
    return next(each.failures for aim in lost.aims for each in aim.missed if each.rule == rule)


def test_says_how_far_behind_and_what_spoke_for_and_against():
    lost = consult({"size": "small"}).why_not("red")
    assert (lost.value, lost.certainty, lost.leaders, lost.behind) == ("red", -0.3, ("green",), 1.09)
    assert [reason.rule for reason in lost.supporting] == []
    assert [(reason.rule, reason.strength) for reason in lost.opposing] == [("open", -0.3)]
    assert lost.arithmetic == ("−0.3",)


def test_rules_that_would_have_supported_it_come_strongest_first_and_recursively():
    assert missed(consult({"size": "small"}).why_not("red")) == {
        "colour = red": ["glow-red", "hot-red"],
        "glow = yes": ["hot-glow"],
        "hot = yes": ["warm-hot"],
    }


@pytest.mark.parametrize(
    ("given", "rule", "expected"),
    [
        ({"size": "small"}, "glow-red", [("glow = yes", "unknown", (), "Does it glow?", True)]),
        ({"glow": "no"}, "glow-red", [("glow = yes", "contrary", (Ground("glow", "no", 1, "given"),), "", True)]),
        (
            {"glow": {"value": "yes", "certainty": -0.5}},
            "glow-red",
            [("glow = yes", "contrary", (Ground("glow", "yes", -0.5, "given"),), "", True)],
        ),
        (
            {"glow": {"value": "yes", "certainty": 0.15}},
            "glow-red",
            [("glow = yes", "weak", (Ground("glow", "yes", 0.15, "given"),), "", True)],
        ),
        (
            {"glow": {"value": "no", "certainty": -0.5}},
            "glow-red",
            [("glow = yes", "unknown", (Ground("glow", "no", -0.5, "given"),), "", True)],
        ),
        (
            {"size": "small"},
            "hot-red",
            [
                ("hot = yes", "contrary", (Ground("hot", "yes", -0.5, derived=True),), "", True),
                ("size is not small", "contrary", (Ground("size", "small", 1, "given"),), "", False),
            ],
        ),
        (
            {"share": 0.2, "warm": {"value": "yes", "certainty": 0}},
            "warm-hot",
            [
                ("warm = yes", "unknown", (), "Warm?", False),
                ("share ≥ 0.5", "contrary", (Ground("share", 0.2, 1, "given"),), "", False),
            ],
        ),
        ({"warm": "yes"}, "warm-hot", [("share ≥ 0.5", "unknown", (), "Which share?", False)]),
    ],
)
def test_failed_tests_are_told_apart(given, rule, expected):
    found = failures(consult(given).why_not("red"), rule)
    assert [(str(f.test), f.kind, f.grounds, f.question, f.derivable) for f in found] == expected


def test_a_weak_test_says_by_how_much():
    (failure,) = failures(consult({"glow": {"value": "yes", "certainty": 0.15}}).why_not("red"), "glow-red")
    assert (failure.degree, failure.short) == (0.15, 0.05)


@pytest.mark.parametrize(
    ("given", "test", "kind"),
    [({"shape": "round"}, "shape is unknown", "contrary"), ({}, "shape is known", "unknown")],
)
def test_being_known_or_unknown_can_fail(given, test, kind):
    consultation = consult(given)
    lost = consultation.why_not("green" if given else "blue")
    assert [(str(f.test), f.kind) for f in failures(lost, "open" if given else "shaped")] == [(test, kind)]


@pytest.mark.parametrize(
    ("premise", "given", "needed"),
    [
        ({"warm": "yes", "glow": "yes"}, {"warm": "yes"}, "glow = yes"),
        ({"any": [{"warm": "yes"}, {"glow": "yes"}]}, {}, "warm = yes or glow = yes"),
        (
            [{"any": [{"warm": "yes", "share": 1}, {"glow": "yes"}]}, {"size": "small"}],
            {"warm": "yes", "size": "small"},
            "share = 1 or glow = yes",
        ),
    ],
)
def test_what_is_needed_leaves_out_what_holds(premise, given, needed):
    rules = {"one": {"if": premise, "then": {"colour": "red"}}}
    lost = consult(given, rules=rules).why_not("red")
    assert lost.aims[0].missed[0].to_dict()["needed"] == needed


@pytest.mark.parametrize(
    ("test", "helpful"),
    [
        ({"tone": "dark"}, ["dark"]),
        ({"tone": {"not": "dark"}}, ["light", "not-dark"]),
        ({"tone": {"not": "unknown"}}, ["dark", "light", "not-dark"]),
        ({"grade": {"more_than": 2}}, ["three"]),
    ],
)
def test_the_rules_behind_a_test_are_those_that_can_make_it_hold(test, helpful):
    attributes = COLOURS["attributes"] | {
        "tone": {"question": "Which tone?", "choices": ["dark", "light"]},
        "grade": {"question": "Which grade?", "number": {}},
    }
    rules = {
        "red": {"if": test, "then": {"colour": "red"}},
        "dark": {"if": {"warm": "yes"}, "then": {"tone": "dark"}},
        "light": {"if": {"warm": "yes"}, "then": {"tone": "light"}},
        "not-dark": {"if": {"warm": "yes"}, "then": {"tone": {"dark": -0.9}}},
        "two": {"if": {"warm": "yes"}, "then": {"grade": 2}},
        "three": {"if": {"warm": "yes"}, "then": {"grade": 3}},
    }
    _, behind = consult({}, attributes=attributes, rules=rules).why_not("red").aims
    assert sorted(each.rule for each in behind.missed) == helpful


def test_a_tied_candidate_is_not_behind():
    rules = {"both": {"if": {"warm": "yes"}, "then": {"colour": ["red", "green"]}}}
    lost = consult({"warm": "yes"}, rules=rules).why_not("green")
    assert (lost.leaders, lost.behind, lost.aims[0].missed) == (("red", "green"), 0, ())


def test_where_nothing_leads_it_is_measured_against_the_threshold():
    rules = {"weak": {"if": {"warm": "yes"}, "then": {"colour": {"red": 0.15}}}}
    lost = consult({"warm": "yes"}, rules=rules).why_not("red")
    assert (lost.leaders, lost.behind) == ((), 0.05)


def test_the_only_candidate_is_measured_against_the_threshold():
    attributes = COLOURS["attributes"] | {"colour": {"choices": ["red"]}}
    rules = {"warm": {"if": {"warm": "yes"}, "then": {"colour": {"red": 0.5}}}}
    lost = consult({"warm": "no"}, attributes=attributes, rules=rules).why_not("red")
    assert (lost.leaders, lost.behind, missed(lost)) == ((), 0.2, {"colour = red": ["warm"]})


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("green", "colour = green is the recommendation; ask why it is, or why not another"),
        ("bleu", "colour has no value 'bleu'; did you mean 'blue'?"),
        ("glow=maybe", "glow must be yes or no, not 'maybe'"),
        ("speed=yes", "there is no attribute 'speed'"),
        ("hot=no", "hot = no holds; ask why it does, or why not another"),
    ],
)
def test_the_recommendation_and_what_is_no_candidate_are_refused(value, message):
    rules = COLOURS["rules"] | {"cold": {"if": {"size": "small"}, "then": {"hot": "no"}}}
    with pytest.raises(InputError, match=message):
        consult({"size": "small"}, rules=rules).why_not(value)


@pytest.mark.parametrize(("value", "attribute"), [("glow=yes", None), ("yes", "glow")])
def test_another_conclusion_is_asked_for_as_why_is(value, attribute):
    lost = consult({"size": "small"}).why_not(value, attribute)
    assert (lost.attribute, lost.value, lost.certainty, lost.leaders, lost.behind) == ("glow", "yes", 0.0, (), 0.2)
    assert missed(lost) == {"glow = yes": ["hot-glow"], "hot = yes": ["warm-hot"]}
    assert consult({"size": "small"}).why_not("colour=red") == consult({"size": "small"}).why_not("red")


@pytest.mark.parametrize(("test", "attainable"), [("no", False), ("yes", True), ({"not": "yes"}, False)])
def test_what_nothing_can_make_hold_is_told_from_what_is_not_known_yet(test, attainable):
    rules = {
        "warm-hot": {"if": {"warm": "yes"}, "then": {"hot": "yes"}},
        "red": {"if": {"hot": test}, "then": {"colour": "red"}},
    }
    (failure,) = failures(consult({}, rules=rules).why_not("red"), "red")
    assert (failure.kind, failure.attainable) == ("unknown", attainable)


def test_the_default_answer_counts_as_the_recommendation():
    attributes = COLOURS["attributes"] | {"colour": {"choices": ["red", "green"], "otherwise": "green"}}
    with pytest.raises(InputError, match="is the recommendation"):
        consult({}, attributes=attributes, rules={}).why_not("green")


@settings(max_examples=examples(60))
@given(st.data())
def test_every_rule_for_a_candidate_either_gave_evidence_or_was_missed(data):
    drawn = data.draw(knowledge_bases())
    consultation = KnowledgeBase(model_of(drawn)).consult(data.draw(cases(drawn)))
    rules = consultation.knowledge_base.rules
    threshold = consultation.knowledge_base.threshold
    for value in consultation.knowledge_base.candidates:
        if value == consultation.recommendation:
            continue
        lost = consultation.why_not(value)
        wanted = {r.name for r in rules for c in r.conclusions if c[:2] == ("colour", value) and c.certainty > 0}
        gave = {reason.rule for reason in lost.supporting if reason.rule}
        assert gave | {each.rule for each in lost.aims[0].missed} == wanted
        for each in (each for aim in lost.aims for each in aim.missed):
            assert degree_of(consultation.rules[each.rule].premise)(consultation.certainties) <= threshold
            assert each.failures
            assert all(failure.degree <= threshold for failure in each.failures)
            assert all((failure.kind == "weak") == (failure.degree > 0) for failure in each.failures)
        tests = [aim.test for aim in lost.aims]
        assert {f.test for aim in lost.aims for each in aim.missed for f in each.failures if f.derivable} <= set(tests)


def test_a_rule_that_would_have_helped_in_two_ways_is_listed_once_with_what_it_gives_the_first():
    rules = COLOURS["rules"] | {"both": {"if": {"warm": "yes"}, "then": {"colour": {"red": 0.5}, "glow": {"yes": 0.3}}}}
    missed = {each.rule: each for each in unfired_rules(consult({"size": "large"}, rules=rules), [("colour", "red")])}
    assert missed["both"].certainty == 0.5
