"""The section ``cases`` of a knowledge base, and files of cases alone."""

from pathlib import Path

from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.facts_reading import read_facts
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.file_formats import KNOWLEDGE_BASES, file_label, parse, read_bytes
from expert.knowledge.loading.tree import MappingNode, Node, ScalarNode, SequenceNode, describe
from expert.knowledge.model import Attribute, Case, Expectation, Model
from expert.knowledge.problems import InputError, one_of
from expert.knowledge.rules import Value

_CASE_KEYS = ("name", "given", "expect")
_EXPECT_KEYS = ("recommendation", "ranking", "certainty", "tie", "undecided")


def cases_from_file(path: str | Path, model: Model) -> tuple[Case, ...]:
    """Read a file of cases: a list, or a mapping whose ``cases`` is one."""
    tree, problems = parse(read_bytes(path), file_label(path), KNOWLEDGE_BASES)
    fields = Fields(problems, dict(model.attributes), derived=model.derived)
    node: Node | None = tree
    if isinstance(tree, MappingNode):
        section = fields.mapping(tree, "a file of cases", ("cases",))
        node = section.get("cases") if section else None
        if node is None:
            fields.problem(tree, "a file of cases needs 'cases', which is missing")
    cases = read_cases(node, model.attributes[model.goal], fields)
    if fields.problems:
        raise InputError(fields.problems)
    return cases


def read_cases(node: Node | None, goal: Attribute | None, fields: Fields) -> tuple[Case, ...]:
    """Read the scenario tests."""
    if node is None or goal is None:
        return ()
    if not isinstance(node, SequenceNode):
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
    if isinstance(node, ScalarNode):
        return Expectation(recommendation=fields.value(goal, node))
    section = fields.mapping(node, "'expect'", _EXPECT_KEYS) or MappingNode({}, {}, node.place)
    if isinstance(node, MappingNode) and not section.fields:
        fields.problem(node, f"'expect' is empty; it needs at least one of {one_of(_EXPECT_KEYS)}")
    return Expectation(
        recommendation=fields.value(goal, section.get("recommendation")),
        ranking=_values(section.get("ranking"), goal, fields),
        certainty=_certainties(section.get("certainty"), goal, fields),
        tie=_values(section.get("tie"), goal, fields),
        undecided=fields.yes_or_no(section.get("undecided"), "undecided"),
    )


def _values(node: Node | None, goal: Attribute, fields: Fields) -> tuple[Value, ...] | None:
    """Read a list of candidates."""
    if node is None:
        return None
    if not isinstance(node, SequenceNode):
        fields.problem(node, f"expected a list of values of {shown(goal.name)}, not {describe(node)}")
        return ()
    return tuple(value for item in node.items if (value := fields.value(goal, item)) is not None)


def _certainties(node: Node | None, goal: Attribute, fields: Fields) -> dict[Value, float] | None:
    """Read candidates with the certainty that each must have."""
    section = fields.mapping(node, "'certainty'")
    if section is None:
        return None
    found = {}
    for text, child in section.fields.items():
        value = fields.value(goal, section.keys[text])
        number = fields.decimal(child, "a certainty")
        if value is not None and number is not None:
            found[value] = number
    return found
