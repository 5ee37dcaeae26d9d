"""Given facts: from files, from ``attribute=value`` texts, and from Python."""

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from expert.knowledge.foreign_text import comparable, shown
from expert.knowledge.loading.doubt import split_doubt
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.file_formats import FACTS, TABLES, file_label, parse, read_bytes
from expert.knowledge.loading.tree import MappingNode, Node, ScalarNode, describe, from_python, text_of
from expert.knowledge.model import Attribute, Fact, Model
from expert.knowledge.problems import InputError, Place, Problem

_FACT_KEYS = ("value", "certainty", "note", "fixed")


def facts_from_file(path: str | Path, model: Model) -> tuple[Fact, ...]:
    """Read a facts file."""
    if Path(path).suffix.lower() in TABLES:
        raise InputError.at(str(path), "is a table; name one of its rows with --row")
    content, problems = parse(read_bytes(path), file_label(path), FACTS)
    return _facts(content, _fields(model, problems))


def with_settings(
    facts: Iterable[Fact], settings: Iterable[str], model: Model, label: str = "--set"
) -> tuple[Fact, ...]:
    """Change facts by ``attribute=value`` texts, as ``--set`` takes them."""
    place = Place(label)
    fields = _fields(model)
    given: dict[str, Node] = {}
    for setting in settings:
        written, equals, value = (part.strip() for part in setting.partition("="))
        if not equals:
            fields.problems.append(Problem(place, f"expected ATTRIBUTE=VALUE, not '{shown(setting)}'"))
            continue
        name = comparable(written)
        given[name] = _setting(value, model.attributes.get(name), place)
    changed = _facts(MappingNode(given, {name: ScalarNode(name, place) for name in given}, place), fields)
    return (*(fact for fact in facts if fact.attribute not in given), *changed)


def _setting(text: str, attribute: Attribute | None, place: Place) -> Node:
    """Read the value of a setting, with how sure it is; a text that is a value as a whole is certain."""
    value, certainty = split_doubt(text)
    if value != text and attribute is not None:
        try:
            attribute.read(text)
        except ValueError:
            return from_python({"value": value, "certainty": certainty}, place)
    return ScalarNode(text, place, is_null=not text)


def facts_from_python(given: Mapping[str, Any] | Iterable[Fact], model: Model) -> tuple[Fact, ...]:
    """Read facts from Python: a mapping as a facts file has it, of attribute to value or to its details; or facts."""
    place = Place("given")
    fields = _fields(model)
    if isinstance(given, Mapping):
        entries = [(name, value, place) for name, value in given.items()]
    elif isinstance(given, Iterable) and not isinstance(given, str | bytes | PathLike):
        entries = []
        for fact in given:
            if isinstance(fact, Fact):
                details = {"value": fact.value, "certainty": fact.certainty}
                details |= {key: getattr(fact, key) for key in ("note", "fixed") if getattr(fact, key)}
                entries.append((fact.attribute, details, Place(fact.origin)))
            else:
                fields.problems.append(Problem(place, f"expected facts, as read_facts gives them, not '{shown(fact)}'"))
    else:
        message = f"expected a mapping of attributes to values, not '{shown(given)}'; read_facts reads a file"
        raise InputError.at(place, message)
    return _facts(_mapping(entries, place, fields), fields)


def facts_from_row(row: Mapping[str, Any], label: str, model: Model) -> tuple[Fact, ...]:
    """Read facts from a row of a table: the columns that match attributes, with their certainties."""
    place = Place(label)
    fields = _fields(model)
    columns = {comparable(name): value for name, value in row.items()}
    entries = []
    for name, value in columns.items():
        if name in model.attributes and value is not None:
            certainty = columns.get(f"{name}.certainty")
            details = {"value": value} | ({} if certainty is None else {"certainty": certainty})
            entries.append((name, details, place))
    return _facts(_mapping(entries, place, fields), fields)


def _fields(model: Model, problems: Iterable[Problem] = ()) -> Fields:
    """Prepare for reading facts about the attributes of a knowledge base."""
    return Fields(list(problems), dict(model.attributes), derived=model.derived)


def _mapping(entries: Iterable[tuple[Any, Any, Place]], place: Place, fields: Fields) -> MappingNode:
    """Make a tree of names and values, each with its place; note invalid and duplicate names."""
    keys: dict[str, ScalarNode] = {}
    nodes: dict[str, Node] = {}
    for name, value, at in entries:
        try:
            key, node = ScalarNode(text_of(name, at), at), from_python(value, at)
        except InputError as error:
            fields.problems += [each._replace(message=f"{shown(name)}: {each.message}") for each in error.problems]
            continue
        if key.name in keys:
            fields.problem(key, f"there are two facts about '{shown(key.name)}'; give one")
        keys[key.name], nodes[key.name] = key, node
    return MappingNode(nodes, keys, place)


def _facts(content: Node, fields: Fields) -> tuple[Fact, ...]:
    """Read facts; raise if there are problems."""
    facts = read_facts(content, fields)
    if fields.problems:
        raise InputError(fields.problems)
    return facts


def read_facts(content: Node, fields: Fields, what: str = "a facts file") -> tuple[Fact, ...]:
    """Read a mapping of facts, noting its problems in `fields`; `what` names the mapping in messages.

    This is the one gate for facts: from files, settings, rows, Python, and the cases of a knowledge base.
    """
    section = fields.mapping(content, what)
    if section is None:
        return ()
    facts = []
    can_be_given = [
        name
        for name, each in fields.attributes.items()
        if not each.formula and (each.question or name not in fields.derived)
    ]
    for name, node in section.fields.items():
        key = section.keys[name]
        attribute = fields.attribute(key, can_be_given)
        if attribute is None:
            continue
        if name not in can_be_given:
            how = "computed" if attribute.formula else "concluded by rules"
            fields.problem(key, f"'{shown(name)}' is {how} and cannot be given; give the facts that lead to it")
        elif (fact := _fact(attribute, key, node, fields)) is not None:
            facts.append(fact)
    return tuple(facts)


def _fact(attribute: Attribute, key: ScalarNode, node: Node, fields: Fields) -> Fact | None:
    """Read one fact; None if it says nothing, or something wrong."""
    certainty, note, fixed = 1.0, "", False
    value_node: Node | None = node
    if isinstance(node, MappingNode):
        detail = fields.mapping(node, f"the fact '{shown(attribute.name)}'", _FACT_KEYS) or node
        value_node = detail.get("value")
        note = fields.text(detail, "note")
        if value_node is None:
            fields.problem(node, f"the fact '{shown(attribute.name)}' needs a 'value', which is missing")
            return None
        certainty = _certainty(detail.get("certainty"), fields)
        fixed = fields.yes_or_no(detail.get("fixed"), "fixed") or False
    if isinstance(value_node, ScalarNode) and (value_node.is_null or value_node.text.lower() == "unknown"):
        if fixed:
            fields.problem(node, f"only a known fact can be fixed, and {shown(attribute.name)} is unknown")
        return None
    value = fields.value(attribute, value_node)
    return None if value is None else Fact(attribute.name, value, certainty, key.place.origin, note, fixed)


def _certainty(node: Node | None, fields: Fields) -> float:
    """Read a fact's certainty: any number in [-1, 1]; 1 where it is absent."""
    if node is None:
        return 1.0
    value = fields.decimal(node, "certainty")
    if value is not None and not -1 <= value <= 1:
        fields.problem(node, f"certainty must be in [-1, 1], not {describe(node)}")
    return float(value or 0)
