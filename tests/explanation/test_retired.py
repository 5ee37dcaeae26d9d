"""What retired rules would have said, and why they no longer count."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.explanation.report import report
from expert.explanation.retired import retired_reasons
from tests.colours import COLOURS, retiring
from tests.examples import examples
from tests.strategies import CONSTRUCTS, cases, knowledge_bases, model_of

WHY = "Nobody says so any more."


def told(given, reasons, **changes):
    """Tell what the retired rules would have said: each with its conclusion and its strength."""
    consultation = KnowledgeBase(retiring(model_of(COLOURS | changes), reasons)).consult(given)
    return [
        (each.retired.rule.name, each.attribute, each.value, pytest.approx(each.strength))
        for each in retired_reasons(consultation)
    ]


@pytest.mark.parametrize(
    ("given", "retired", "expected"),
    [
        ({"size": "small"}, {}, []),
        ({"size": "small"}, {"green": WHY}, [("green", "colour", "green", 0.7)]),
        ({"size": "large"}, {"green": WHY}, []),
        ({}, {"green": WHY}, []),
        ({"size": {"value": "small", "certainty": 0.5}}, {"green": WHY}, [("green", "colour", "green", 0.35)]),
        ({"size": {"value": "small", "certainty": 0.2}}, {"green": WHY}, []),
        ({}, {"open": WHY}, [("open", "colour", "red", -0.3), ("open", "colour", "green", 0.3)]),
        ({"size": "small"}, {"small-cold": WHY}, [("small-cold", "hot", "yes", -0.5)]),
        # What is known is what the other rules say: where the rule that it rests on is retired, too, it says nothing.
        ({"warm": "yes", "share": 1}, {"hot-glow": WHY}, [("hot-glow", "glow", "yes", 0.45)]),
        ({"warm": "yes", "share": 1}, {"warm-hot": WHY, "hot-glow": WHY}, [("warm-hot", "hot", "yes", 0.9)]),
        (
            {"size": "small", "shape": "round"},
            {"shaped": WHY, "green": WHY},
            [("shaped", "colour", "blue", 0.4), ("green", "colour", "green", 0.7)],
        ),
    ],
)
def test_tells_what_a_retired_rule_would_have_said_of_what_is_known(given, retired, expected):
    assert told(given, retired) == expected


def test_an_exception_keeps_it_from_holding():
    rules = {"red": {"if": {"size": "small"}, "unless": {"warm": "yes"}, "then": {"colour": "red"}}}
    assert told({"size": "small"}, {"red": WHY}, rules=rules) == [("red", "colour", "red", 1)]
    assert told({"size": "small", "warm": "yes"}, {"red": WHY}, rules=rules) == []


@pytest.mark.parametrize(
    ("given", "retired", "expected"),
    [
        ({"size": "small", "warm": "yes"}, "1", [("t/1", 1)]),
        ({"size": "small", "warm": "yes"}, "2", []),
        ({"size": "small", "warm": {"value": "yes", "certainty": 0.4}}, "2", [("t/2", 0.6)]),
        ({"size": "small", "warm": "yes"}, "12", [("t/1", 1)]),
        ({"size": "small", "warm": "no"}, "12", [("t/2", 1)]),
        ({"size": "small", "warm": "no"}, "3", []),
        ({"size": "large", "warm": "no"}, "3", [("t/3", 1)]),
        ({"size": "large", "warm": "no"}, "321", [("t/3", 1)]),
    ],
)
def test_a_row_below_one_that_holds_would_not_have_held(given, retired, expected):
    rows = [["-", "yes", "red"], ["small", "-", "green"], ["-", "-", "blue"]]
    table = {"then": ["colour"], "hit": "first", "columns": ["size", "warm", "colour"], "rows": rows}
    found = told(given, {f"t/{number}": WHY for number in retired}, rules={}, tables={"t": table})
    assert [(name, strength) for name, _, _, strength in found] == expected


@given(st.data())
@settings(max_examples=examples(60))
def test_rules_whose_conclusions_nothing_reads_would_have_said_what_they_said_before_they_were_retired(draw):
    data = draw.draw(knowledge_bases(constructs=CONSTRUCTS))
    model, case = model_of(data), draw.draw(cases(data))
    last = max(model.strata.values(), default=0)
    before = KnowledgeBase(model).consult(case)
    retired = {rule.name: WHY for rule in model.rules if model.strata[rule.name] == last}
    after = KnowledgeBase(retiring(model, retired)).consult(case)
    gave = [tuple(evidence) for name in retired if name in before.held for evidence in before.held[name].gave]
    assert [(e.retired.rule.name, e.attribute, e.value, e.strength) for e in retired_reasons(after)] == gave


def test_the_report_has_them_and_their_reason_as_plain_data():
    consultation = KnowledgeBase(retiring(model_of(COLOURS), {"hot-glow": WHY})).consult({"warm": "yes", "share": 1})
    data = report(consultation).to_dict()
    assert json.loads(json.dumps(data)) == data
    (entry,) = data["retired"]
    assert entry == {
        "rule": "hot-glow", "attribute": "glow", "value": "yes", "strength": pytest.approx(0.45), "because": "",
        "sources": ["guide p. 2"], "reason": WHY,
    }  # fmt: skip


def test_a_report_without_them_does_not_speak_of_them():
    assert "retired" not in report(KnowledgeBase(model_of(COLOURS)).consult({"size": "small"})).to_dict()
