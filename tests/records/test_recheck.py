"""Decisions made again under other rules: what became of them, and by which rules."""

from datetime import date

import pytest

from expert import Decision, InputError, KnowledgeBase
from tests.strategies import model_of

BASE = {
    "knowledge_base": "paint",
    "version": "1",
    "goal": "colour",
    "sources": {"guide": {"title": "The guide"}},
    "attributes": {
        "colour": {"choices": {"red": "Red", "green": "Green"}},
        "warm": {"question": "Warm?"},
        "share": {"question": "Which share?", "number": {"at_least": 0}},
        "hot": {},
    },
    "rules": {
        "warm-hot": {"if": {"warm": "yes"}, "then": {"hot": "yes"}},
        "hot-red": {"if": {"hot": "yes"}, "then": {"colour": "red"}, "certainty": 0.6, "because": "Hot is red."},
        "half-green": {"if": {"share": {"at_least": 0.5}}, "then": {"colour": "green"}, "certainty": 0.4},
    },
}  # fmt: skip
GIVEN = {"warm": "yes", "share": 0.75}


def base(**rules):
    """The knowledge base with some rules changed; None takes one away."""
    changed = {name: rule for name, rule in (BASE["rules"] | rules).items() if rule}
    return KnowledgeBase(model_of(BASE | {"rules": changed}))


@pytest.fixture
def decision():
    return Decision.of(base().consult(GIVEN), as_of=date(2026, 5, 31))


RED = BASE["rules"]["hot-red"]


@pytest.mark.parametrize(
    ("rules", "verdict", "fates"),
    [
        ({}, "unchanged", {}),
        ({"never": {"if": {"warm": "no"}, "then": {"colour": "red"}}}, "unchanged", {}),
        ({"hot-red": RED | {"because": "Other words."}}, "unchanged", {}),
        ({"hot-red": RED | {"certainty": 0.5}}, "certainty changed", {"hot-red": "changed"}),
        ({"hot-red": RED | {"certainty": 0.3}}, "recommendation changed", {"hot-red": "changed"}),
        ({"hot-red": RED | {"certainty": 0.4}}, "recommendation changed", {"hot-red": "changed"}),
        ({"hot-red": None}, "recommendation changed", {"hot-red": "absent"}),
        ({"hot-red": RED | {"if": {"hot": "no"}}}, "recommendation changed", {"hot-red": "changed"}),
        ({"warm-hot": None}, "recommendation changed", {"warm-hot": "absent", "hot-red": "not held"}),
        ({"more": {"if": {"warm": "yes"}, "then": {"colour": {"green": 0.1}}}}, "certainty changed", {"more": "new"}),
        ({"more": {"if": {"warm": "yes"}, "then": {"colour": "green"}}}, "recommendation changed", {"more": "new"}),
        ({"half-green": None}, "certainty changed", {"half-green": "absent"}),
    ],
)  # fmt: skip
def test_verdicts_and_the_rules_that_made_the_difference(decision, rules, verdict, fates):
    found = decision.recheck(base(**rules))
    assert found.verdict == verdict
    assert {change.rule: change.change for change in found.rules} == fates
    for change in found.rules:
        assert bool(change.before) == (change.change != "new")
    assert found.to_dict()["verdict"] == verdict


def test_a_retired_rule_says_why(decision, tmp_path):
    import yaml

    (tmp_path / "old.yaml").write_text(yaml.dump(BASE, sort_keys=False))
    (tmp_path / "new.yaml").write_text(
        "knowledge_base: new\nextends: old.yaml\nretire: {hot-red: Paints have changed.}\nrules: {}\n"
    )
    (change,) = decision.recheck(KnowledgeBase.load(tmp_path / "new.yaml")).rules
    assert (change.rule, change.change, change.reason) == ("hot-red", "retired", "Paints have changed.")
    assert change.to_dict()["reason"] == "Paints have changed."


def test_another_tie_is_another_answer():
    choices = {"red": "Red", "green": "Green", "blue": "Blue"}
    data = BASE | {"attributes": BASE["attributes"] | {"colour": {"choices": choices}}}
    rule = {"if": {"warm": "yes"}, "then": {"colour": ["red", "green"]}, "certainty": 0.5}
    one, other = (
        KnowledgeBase(model_of(data | {"rules": {"tied": rule | {"then": {"colour": tied}}}}))
        for tied in (["red", "green"], ["red", "blue"])
    )
    decision = Decision.of(one.consult({"warm": "yes"}))
    assert decision.leaders == ("red", "green")
    assert decision.recheck(one).verdict == "unchanged"
    assert decision.recheck(other).verdict == "recommendation changed"


def test_another_goal_is_asked_for_again():
    decision = Decision.of(base().consult(GIVEN, goal="hot"))
    assert (decision.goal, decision.recommendation) == ("hot", "yes")
    assert decision.recheck(base()).verdict == "unchanged"
    assert decision.recheck(base(**{"warm-hot": BASE["rules"]["warm-hot"] | {"certainty": 0.5}})).verdict == (
        "certainty changed"
    )


def without(name):
    attributes = {key: value for key, value in BASE["attributes"].items() if key != name}
    rules = {"plain": {"if": {"warm": "yes"}, "then": {"colour": "red"}}}
    return KnowledgeBase(model_of(BASE | {"attributes": attributes, "rules": rules}))


@pytest.mark.parametrize(
    ("today", "message"),
    [
        (without("share"), "does not fit paint 1: unknown attribute 'share'; expected"),
        (
            KnowledgeBase(model_of(BASE | {"attributes": BASE["attributes"] | {"share": {"choices": ["half", "whole"]}},
                                           "rules": {"plain": {"if": {"warm": "yes"}, "then": {"colour": "red"}}}})),
            "does not fit paint 1: share has no value '0.75'; expected half or whole",
        ),
    ],
)  # fmt: skip
def test_facts_that_todays_rules_do_not_know_are_told_with_their_line(decision, tmp_path, today, message):
    path = tmp_path / "decision.yaml"
    decision.save(path)
    line = path.read_text().splitlines().index("- attribute: share") + 1
    with pytest.raises(InputError) as error:
        Decision.load(path).recheck(today)
    (said,) = str(error.value).splitlines()
    assert message in said
    assert said.startswith(f"{path}:{line}: ")


def test_a_goal_that_is_gone_is_told(decision):
    attributes = {"tone": {"choices": ["dark", "light"]}, "warm": {"question": "Warm?"}}
    rules = {"dark": {"if": {"warm": "yes"}, "then": {"tone": "dark"}}}
    data = BASE | {"goal": "tone", "attributes": attributes, "rules": rules}
    with pytest.raises(InputError, match="does not fit paint 1: there is no attribute 'colour' that rules conclude"):
        decision.recheck(KnowledgeBase(model_of(data)))


@pytest.mark.parametrize(
    ("review", "review_by", "today", "expected"),
    [
        (None, None, "2030-01-01", None),
        ("2027-06-01", None, "2027-06-01", None),
        ("2027-06-01", None, "2027-06-02", ("2027-06-01", None)),
        (None, "2027-06-01", "2027-06-02", (None, "2027-06-01")),
        ("2027-06-03", "2027-06-01", "2027-06-02", (None, "2027-06-01")),
        ("2027-05-01", "2027-06-01", "2027-06-02", ("2027-05-01", "2027-06-01")),
    ],
)
def test_what_is_due(review, review_by, today, expected):
    knowledge_base = KnowledgeBase(model_of(BASE | ({"review_by": review_by} if review_by else {})))
    day = review and date.fromisoformat(review)
    decision = Decision.of(knowledge_base.consult(GIVEN), review=day)
    found = decision.due(date.fromisoformat(today), knowledge_base)
    told = found and tuple(each and each.isoformat() for each in (found.review, found.review_by))
    assert told == expected
