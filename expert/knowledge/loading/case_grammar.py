"""The section ``cases`` of a knowledge base."""

from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.facts_reading import read_facts
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.tree import Mapping, Node, Scalar, Sequence, describe
from expert.knowledge.model import Attribute, Case, Expectation
from expert.knowledge.problems import one_of
from expert.knowledge.rules import Value

_CASE_KEYS = ("name", "given", "expect")
_EXPECT_KEYS = ("recommendation", "ranking", "certainty", "tie", "undecided")


def read_cases(node: Node | None, goal: Attribute | None, fields: Fields) -> tuple[Case, ...]:
    """Read the scenario tests."""
    if node is None or goal is None:
        return ()
    if not isinstance(node, Sequence):
        fields.problem(node, f"'cases' must be a list, not {describe(node)}")
        return ()
    cases = []
    for item in node.items:
        section = fields.mapping(item, "a case", _CASE_KEYS)
        if section is None:
            continue
        missing = [key for key in _CASE_KEYS if key not in section.fields]
        for key in missing:
            fields.problem(item, f"a case needs '{key}', which is missing")
        if not missing:
            given = read_facts(section.fields["given"], fields, "'given'")
            expect = _expectation(section.fields["expect"], goal, fields)
            cases.append(Case(fields.text(section, "name"), given, expect, item.place))
    return tuple(cases)


def _expectation(node: Node, goal: Attribute, fields: Fields) -> Expectation:
    """Read what a case expects: a candidate alone, or several things about the outcome."""
    if isinstance(node, Scalar):
        return Expectation(recommendation=fields.value(goal, node))
    section = fields.mapping(node, "'expect'", _EXPECT_KEYS) or Mapping({}, {}, node.place)
    expect = section.fields
    if isinstance(node, Mapping) and not expect:
        fields.problem(node, f"'expect' is empty; it needs at least one of {one_of(_EXPECT_KEYS)}")
    return Expectation(
        recommendation=fields.value(goal, expect["recommendation"]) if "recommendation" in expect else None,
        ranking=_values(expect["ranking"], goal, fields) if "ranking" in expect else None,
        certainty=_certainties(expect["certainty"], goal, fields) if "certainty" in expect else None,
        tie=_values(expect["tie"], goal, fields) if "tie" in expect else None,
        undecided=fields.yes_or_no(expect["undecided"], "undecided") if "undecided" in expect else None,
    )


def _values(node: Node, goal: Attribute, fields: Fields) -> tuple[Value, ...]:
    """Read a list of candidates."""
    if not isinstance(node, Sequence):
        fields.problem(node, f"expected a list of values of {shown(goal.name)}, not {describe(node)}")
        return ()
    return tuple(value for item in node.items if (value := fields.value(goal, item)) is not None)


def _certainties(node: Node, goal: Attribute, fields: Fields) -> dict[Value, float]:
    """Read candidates with the certainty that each must have."""
    section = fields.mapping(node, "'certainty'") or Mapping({}, {}, node.place)
    found = {}
    for text, child in section.fields.items():
        value = fields.value(goal, section.keys[text])
        number = fields.decimal(child, "a certainty")
        if value is not None and number is not None:
            found[value] = number
    return found
