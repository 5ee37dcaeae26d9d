"""Given facts: from files, from ``attribute=value`` texts, and from Python."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from expert.knowledge.loading import reading
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.reading import Node, Scalar, describe
from expert.knowledge.model import Attribute, Fact, Model
from expert.knowledge.problems import InputError, Place, Problem

_FACT_KEYS = ("value", "certainty", "note", "fixed")


def facts_from_file(path: str | Path, model: Model) -> tuple[Fact, ...]:
    """Read a facts file.

    Parameters
    ----------
    path : str or Path
        YAML, JSON (``.json``) or TOML (``.toml``); ``-`` is standard input.
    model : Model
        Whose attributes the facts are about.

    Returns
    -------
    tuple of Fact
        In the order of the file; attributes without a value, or with ``unknown``, are left out.

    Raises
    ------
    InputError
        With every problem of the file.
    """
    if Path(path).suffix.lower() in reading.TABLES:
        raise InputError([Problem(Place(str(path)), "is a table; name one of its rows with --row")])
    tree, problems = reading.parse(reading.read_bytes(path), reading.file_label(path))
    return _facts(tree, Fields(problems, dict(model.attributes), derived=model.derived))


def with_settings(
    facts: Iterable[Fact], settings: Iterable[str], model: Model, label: str = "--set"
) -> tuple[Fact, ...]:
    """Change facts by ``attribute=value`` texts, as ``--set`` takes them.

    Parameters
    ----------
    facts : iterable of Fact
        What was given before.
    settings : iterable of str
        Each takes the place of a fact about the same attribute; an empty value withdraws it.
    model : Model
        Whose attributes the facts are about.
    label : str
        What places and origins name.

    Returns
    -------
    tuple of Fact
        The changed facts.

    Raises
    ------
    InputError
        With every problem of the texts.
    """
    place = Place(label)
    given: dict[str, Node] = {}
    problems = []
    for setting in settings:
        name, equals, value = (part.strip() for part in setting.partition("="))
        if not equals:
            problems.append(Problem(place, f"expected ATTRIBUTE=VALUE, not '{setting}'"))
            continue
        given[name] = Scalar(value, place, is_null=not value)
    tree = reading.Mapping(given, {name: Scalar(name, place) for name in given}, place)
    changed = _facts(tree, Fields(problems, dict(model.attributes), derived=model.derived))
    return (*(fact for fact in facts if fact.attribute not in given), *changed)


def facts_from_python(given: Mapping[str, Any], model: Model) -> tuple[Fact, ...]:
    """Read facts from a mapping as a facts file has it: attribute to value, or to a mapping of its details.

    Raises
    ------
    InputError
        With every problem of the mapping.

    Examples
    --------
    >>> from expert.knowledge.loading.knowledge_base import load
    >>> fact, = facts_from_python({"dataset_size": {"value": "small", "certainty": 0.8}}, load("article"))
    >>> fact.value, fact.certainty
    ('small', 0.8)
    """
    tree = reading.from_python(given, Place("given"))
    return _facts(tree, Fields([], dict(model.attributes), derived=model.derived))


def facts_from_row(row: Mapping[str, Any], label: str, model: Model) -> tuple[Fact, ...]:
    """Read facts from a row of a table: its columns that are named as attributes, with their certainties.

    Parameters
    ----------
    row : mapping
        Column to value; None is unknown.
    label : str
        What places and origins name.
    model : Model
        Whose attributes the facts are about.

    Returns
    -------
    tuple of Fact
        In the order of the columns.

    Raises
    ------
    InputError
        With every problem of the row.
    """
    given = {}
    for name, value in row.items():
        if name in model.attributes and value is not None:
            certainty = row.get(f"{name}.certainty")
            given[name] = {"value": value} | ({} if certainty is None else {"certainty": certainty})
    tree = reading.from_python(given, Place(label))
    return _facts(tree, Fields([], dict(model.attributes), derived=model.derived))


def _facts(tree: Node, fields: Fields) -> tuple[Fact, ...]:
    """Read facts; raise if anything has been noted."""
    facts = read_facts(tree, fields)
    if fields.problems:
        raise InputError(fields.problems)
    return facts


def read_facts(tree: Node, fields: Fields, what: str = "a facts file") -> tuple[Fact, ...]:
    """Read a mapping of facts, noting its problems in `fields`; `what` names the mapping in messages."""
    section = fields.mapping(tree, what)
    facts = []
    can_be_given = [name for name, each in fields.attributes.items() if each.question or name not in fields.derived]
    for name, node in section.fields.items() if section else ():
        key = section.keys[name]  # type: ignore[union-attr]
        attribute = fields.attribute(key, can_be_given)
        if attribute is None:
            continue
        if name in fields.derived and not attribute.question:
            fields.problem(key, f"'{name}' is concluded by rules and cannot be given; give the facts that lead to it")
            continue
        if (fact := _fact(attribute, key, node, fields)) is not None:
            facts.append(fact)
    return tuple(facts)


def _fact(attribute: Attribute, key: Scalar, node: Node, fields: Fields) -> Fact | None:
    """Read one fact; None if it says nothing, or something wrong."""
    certainty, note, fixed = 1.0, "", False
    value_node: Node | None = node
    if isinstance(node, reading.Mapping):
        detail = fields.mapping(node, f"the fact '{attribute.name}'", _FACT_KEYS) or node
        value_node = detail.fields.get("value")
        note = fields.text(detail, "note")
        if value_node is None:
            fields.problem(node, f"the fact '{attribute.name}' needs a 'value', which is missing")
            return None
        if "certainty" in detail.fields:
            certainty = _certainty(detail.fields["certainty"], fields)
        if "fixed" in detail.fields:
            fixed = fields.yes_or_no(detail.fields["fixed"], "fixed")
    if isinstance(value_node, Scalar) and (value_node.is_null or value_node.text.lower() == "unknown"):
        if fixed:
            fields.problem(node, f"only a known fact can be fixed, and {attribute.name} is unknown")
        return None
    value = fields.value(attribute, value_node) if value_node else None
    return None if value is None else Fact(attribute.name, value, certainty, key.place.origin, note, fixed)


def _certainty(node: Node, fields: Fields) -> float:
    """A fact's certainty: any number in [-1, 1]."""
    value = fields.decimal(node, "certainty")
    if value is not None and not -1 <= value <= 1:
        fields.problem(node, f"certainty must be in [-1, 1], not {describe(node)}")
    return float(value or 0)
