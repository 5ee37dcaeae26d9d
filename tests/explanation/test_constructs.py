"""Explanations of defaults, exceptions, counting, computed numbers and decision tables."""

import pytest

from expert.explanation.computations import Computation
from expert.explanation.exceptions import Excepting
from expert.explanation.grounds import Ground
from expert.explanation.missing import Count
from expert.explanation.reasons import Reason
from expert.knowledge.rules import AnyOf, Compare, Is
from tests.applications import CASE, consult


def missed(lost, rule):
    return next(each for aim in lost.aims for each in aim.missed if each.rule == rule)


@pytest.mark.parametrize(
    ("given", "pair", "because"),
    [
        ({}, "risk=low", "No rule concluded it: low, by default."),
        ({}, "watched=no", "It was not given: no, by default."),
        ({"watched": {"value": "yes", "certainty": 0.1}}, "watched=no",
         "Nothing that is known of it exceeds 0.20: no, by default."),
    ],
)  # fmt: skip
def test_a_default_is_a_step_of_its_own_that_says_why_it_applies(given, pair, because):
    why = consult(given).why(pair)
    (reason,) = why.conclusion.reasons
    assert (reason.rule, reason.made, reason.because, reason.strength) == (None, "default", because, 1)
    assert reason.to_dict()["origin"] == "default"


def test_a_default_rests_on_what_is_too_weak_and_not_on_itself():
    (reason,) = consult({"watched": {"value": "yes", "certainty": 0.1}}).why("watched=no").conclusion.reasons
    assert reason.grounds == (Ground("watched", "yes", 0.1, "given"),)


def test_a_proof_goes_through_defaults_and_sums_to_what_was_given():
    why = consult({"debt": 11_900, "income": 40_000}).why("refer")
    assert [(step.attribute, step.value) for step in why.steps] == [
        ("decision", "refer"), ("step", "call"), ("ratio", 0.3), ("fees", 100),
    ]  # fmt: skip
    (reason,) = why.steps[2].reasons
    assert (reason.made, reason.because) == ("computed", "(debt + fees) / income = (11,900 + 100) / 40,000 = 0.3")
    assert reason.grounds == (
        Ground("debt", 11_900, 1, "given"),
        Ground("fees", 100, 1, "default", derived=True),
        Ground("income", 40_000, 1, "given"),
    )


def test_why_not_says_what_prevented_a_default():
    lost = consult(CASE).why_not("risk=low")
    default = lost.aims[0].missed[0]
    assert (default.is_default, default.failures[0].grounds) == (True, (Ground("risk", "high", 1, derived=True),))
    assert (default.to_dict()["rule"], default.to_dict()["origin"]) == (None, "default")


def test_why_not_says_which_rules_would_have_prevented_a_default():
    lost = consult({}).why_not("risk=middle")
    assert lost.failure.grounds == (Ground("risk", "low", 1, "default", derived=True),)
    assert {aim.to_dict()["test"]: [each.rule for each in aim.missed] for aim in lost.aims} == {
        "risk = middle": ["fair-debts"],
        "risk is not left to its default": ["signs", "debts"],
    }


def test_a_question_with_a_default_can_still_be_answered():
    lost = consult({}).why_not("watched=yes")
    assert (lost.failure.kind, lost.failure.question) == ("contrary", "Is the account watched?")
    assert consult({"watched": "no"}).why_not("watched=yes").failure.question == ""


def test_an_exception_that_lowers_a_degree_is_told_with_what_the_degree_would_be():
    (reason,) = consult(CASE | {"guarantor": {"value": "yes", "certainty": 0.4}}).why("risk=high").conclusion.reasons
    assert (reason.degree, reason.own) == (0.6, 1)
    assert reason.exceptions == (Excepting(Is("guarantor", "yes"), 0.4, (Ground("guarantor", "yes", 0.4, "given"),)),)
    assert "exceptions" in reason.to_dict()


def test_an_exception_that_lowers_nothing_is_not_told():
    given = {"young": {"value": "yes", "certainty": 0.5}, "guarantor": {"value": "yes", "certainty": 0.4}}
    (reason,) = consult(CASE | given).why("risk=high").conclusion.reasons
    assert (reason.degree, reason.exceptions) == (0.5, ())
    assert "exceptions" not in reason.to_dict()


def test_why_not_says_what_excepted_a_rule_that_lacks_nothing():
    lost = missed(consult(CASE | {"guarantor": "yes"}).why_not("decline"), "signs")
    assert (lost.needed, lost.failures) == (None, ())
    assert lost.exceptions == (Excepting(Is("guarantor", "yes"), 1, (Ground("guarantor", "yes", 1, "given"),)),)


def test_a_row_is_excepted_by_the_first_row_above_that_holds_most():
    lost = missed(consult(CASE | {"late": {"value": "yes", "certainty": 0.1}}).why_not("step=none"), "steps/3")
    ratio = Ground("ratio", 0.3, 1, "computed", derived=True)
    assert lost.exceptions == (Excepting(Compare("ratio", "at_least", 0.3), 1, (ratio,), "steps/2"),)
    assert (lost.because, lost.sources) == ("The table says so.", ("handbook 3",))
    both = missed(consult(CASE | {"late": "yes"}).why_not("step=none"), "steps/3")
    assert [each.row for each in both.exceptions] == ["steps/1"]


def test_why_not_counts_what_holds_and_puts_the_nearest_first():
    given = {"young": "yes", "new": "no", "abroad": {"value": "yes", "certainty": 0.15}}
    lost = missed(consult(given).why_not("risk=high"), "signs")
    young, new, abroad = (Is(name, "yes") for name in ("young", "new", "abroad"))
    assert lost.counts == (Count(2, (young,), (abroad, new)),)
    assert lost.needed == AnyOf((abroad, new))
    assert [failure.test for failure in lost.failures] == [abroad, new]
    assert lost.to_dict()["needed"] == "abroad = yes or new = yes"
    assert lost.to_dict()["counts"] == [
        {"needed": 2, "held": ["young = yes"], "missing": ["abroad = yes", "new = yes"]}
    ]


def test_where_nothing_of_a_group_holds_what_is_not_known_yet_is_nearest():
    lost = missed(consult({"abroad": "no", "young": "no"}).why_not("risk=high"), "signs")
    assert lost.counts == (Count(2, (), tuple(Is(name, "yes") for name in ("new", "young", "abroad"))),)
    assert str(lost.needed) == "at least 2 of: new = yes, young = yes, abroad = yes"


@pytest.mark.parametrize(
    ("given", "kind", "lacks", "question"),
    [
        ({"debt": 1, "income": 4, "fees": 0}, "contrary", "", ""),
        ({"income": 4, "fees": 0}, "unknown", "debt is unknown", "What is owed?"),
        ({"fees": 0}, "unknown", "debt and income are unknown", "What is owed? What is earned?"),
        ({"debt": 1, "income": 0, "fees": 0}, "unknown", "a division by zero", ""),
        ({"debt": 1e308, "income": 1e-9, "fees": 0}, "unknown", "not a finite number", ""),
    ],
)
def test_a_test_of_a_computed_number_goes_through_to_its_inputs(given, kind, lacks, question):
    (failure,) = missed(consult(given).why_not("risk=high"), "debts").failures
    (found,) = failure.computed
    assert (failure.kind, found.lacks, failure.question, failure.attainable) == (kind, lacks, question, True)


def test_a_computed_number_can_be_asked_about_as_any_other():
    consultation = consult(CASE)
    assert consultation.why("ratio=0.3").conclusion.certainty == 1
    (found,) = consultation.why_not("ratio=0.5").failure.computed
    inputs = tuple(Ground(name, CASE[name], 1, "given") for name in ("debt", "fees", "income"))
    assert found == Computation(
        "ratio", *["(debt + fees) / income"] * 2, "(12,000 + 0) / 40,000", inputs, result="0.3"
    )  # fmt: skip
    assert "ratio=0.3" in consultation.graph(of=["ratio=0.3"])


def test_a_consultation_as_data_lists_written_rules_alone_and_where_other_facts_are_from():
    data = consult({"debt": 11_900, "income": 40_000}).to_dict()
    assert [firing["rule"] for firing in data["firings"]] == ["steps/2", "outcomes/1", "approve"]
    assert {entry["attribute"]: entry.get("origin") for entry in data["derived"]} == {
        "fees": "default", "ratio": "computed", "risk": "default", "watched": "default", "step": None,
    }  # fmt: skip


def test_what_if_tells_which_sums_and_defaults_differ():
    found = consult(CASE).what_if(income=20_000, new=None, watched="yes").found
    assert found == (("ratio", 0.3, 0.6), ("watched", "no", None))


def test_reasons_of_plain_rules_are_as_short_as_they_were():
    assert set(Reason(0.5, "one").to_dict()) == {
        "strength", "rule", "degree", "certainty", "because", "sources", "origin", "grounds"
    }  # fmt: skip
