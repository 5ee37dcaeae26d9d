"""A defect of each kind is planted in random clean knowledge bases, and found; without it, nothing is."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert.verification.checks import check
from tests.examples import examples
from tests.strategies import Pick, model_of

CANDIDATES = {"red": "Red", "green": "Green", "blue": "Blue"}
DECLARED = (
    {"choices": ["low", "middle", "high"]},
    {},
    {"number": {"at_least": 0, "at_most": 9, "integer": True}},
)
VALUES = (["low", "middle", "high"], ["yes", "no"], [{"at_most": 3}, {"at_least": 4, "less_than": 7}, 8])


@st.composite
def clean_bases(draw):
    """Draw a base in which every answer is read, once, and every text is there, once."""
    pick = Pick(lambda highest: draw(st.integers(0, highest)))
    attributes = {"colour": {"choices": CANDIDATES}, "warm": {"about": "being warm"}}
    rules = {}
    for i in range(2 + pick.number(2)):
        kind = pick.number(2)
        attributes[f"asked{i}"] = {"question": f"How is {i}?", **DECLARED[kind]}
        for j, value in enumerate(VALUES[kind]):
            concluded = pick.one([{"colour": pick.one(list(CANDIDATES))}, {"warm": "yes"}])
            rules[f"rule{i}-{j}"] = {"if": {f"asked{i}": value}, "then": concluded, "certainty": pick.one([0.9, -0.4])}
    rules["rule0-0"] |= {"then": {"warm": "yes"}, "certainty": 0.9}  # what reads it can hold
    rules["warm"] = {"if": {"warm": "yes"}, "then": {"colour": "red"}, "certainty": "strong"}
    rules["first"] = {"if": {"asked0": {"not": "unknown"}}, "then": {"warm": {"no": 0.5}}}
    rules["cold"] = {"if": {"warm": "no"}, "then": {"colour": {"blue": -0.3}}}
    for name, rule in rules.items():
        rule |= {"because": f"Of {name}.", "source": "book"}
    return {
        "knowledge_base": "clean",
        "goal": "colour",
        "certainties": {"strong": 0.7},
        "sources": {"book": {"title": "The book"}},
        "attributes": attributes,
        "rules": rules,
    }


def planted(kind, data):
    """Plant a defect; give the name of what it is about."""
    attributes, rules = data["attributes"], data["rules"]
    name, rule = next((name, rule) for name, rule in rules.items() if name.startswith("rule"))
    new = {**rule, "because": "Of the new one."}
    match kind:
        case "duplicate":
            rules["new"] = {**new, "if": [{"all": [rule["if"]]}]}
        case "subsumed":
            rules["new"] = {
                **new,
                "if": {"warm": "yes", "asked0": {"not": "unknown"}},
                "then": {"colour": {"blue": 0.1}},
            }
            rules["wide"] = {"if": {"warm": "yes"}, "then": {"colour": {"blue": 0.2}}, "because": "?", "source": "book"}
        case "opposed":
            rules["new"] = {**new, "certainty": -rule["certainty"]}
        case "unread":
            attributes["new"] = {"question": "How is the new one?"}
        case "unused":
            attributes["new"] = {"about": "what nothing reads"}
        case "unreachable":
            attributes["new"] = {"about": "what nobody asks"}
            rules["reading"] = {**new, "if": {"new": "yes"}}
        case "unmentioned-value":
            attributes["new"] = {"question": "How is the new one?", "choices": ["a", "b"]}
            rules["reading"] = {**new, "if": {"new": "a"}}
            return "new=b"
        case "no-because" | "no-source":
            del rule["because" if kind == "no-because" else "source"]
            return name
        case "uncited-source":
            data["sources"]["new"] = {"title": "Another book"}
        case "unused-level":
            data["certainties"]["new"] = 0.1
        case "empty-text":
            rule["because"] = "\u200b \u2060"
            return name
        case "same-text":
            rules["new"] = {**new, "if": {"warm": "yes"}, "then": {"colour": {"blue": 0.1}}, "because": rule["because"]}
        case "names-another":
            rules["new"] = {**new, "if": {"warm": "yes"}, "then": {"colour": {"blue": 0.1}}, "because": "It is Green."}
        case "case-fails":
            data["cases"] = [{"name": "new", "given": {}, "expect": "red"}]
        case "not-needed":
            data["accept"] = {"unread asked0": "It was once."}
            return "unread asked0"
    return "new"


KINDS = (
    "duplicate", "subsumed", "opposed", "unread", "unused", "unreachable", "unmentioned-value", "no-because",
    "no-source", "uncited-source", "unused-level", "empty-text", "same-text", "names-another", "case-fails",
    "not-needed",
)  # fmt: skip

OVER_CASES = {
    "never-fires", "never-matters", "contradiction", "undecided", "tie", "never-wins", "always-wins", "never-asked",
}  # fmt: skip
"""What is planted in `test_planted_defects`."""


def findings(data):
    unshared = json.loads(json.dumps(data))  # so that YAML needs no aliases
    found = check(model_of(unshared)).findings
    return [(each.kind, each.name) for each in found if each.kind not in OVER_CASES]


@pytest.mark.parametrize("kind", KINDS)
@given(data=clean_bases())
@settings(max_examples=examples(25))
def test_a_planted_defect_is_found_and_nothing_else(kind, data):
    assert findings(data) == []
    name = planted(kind, data)
    assert findings(data) == [(kind, name)]
    if kind != "not-needed":
        data["accept"] = {f"{kind} {name}": "It is meant."}
        assert findings(data) == []
