"""What can be asserted, as a list, as a facts file to fill in, and as JSON Schema."""

import re
import textwrap
from collections.abc import Iterable
from typing import Any

from expert.knowledge.foreign_text import as_json, visible
from expert.knowledge.model import Attribute, Fact, Model
from expert.knowledge.rules import Value

_PLAIN = re.compile(r"-?\w[\w.+-]*(?: \w[\w.+-]*)*")
"""Texts that YAML takes as they stand."""


def attribute_data(attribute: Attribute) -> dict[str, Any]:
    """Describe an attribute as plain data: its name, its kind, and its declaration as in the file."""
    return {"name": attribute.name, "kind": attribute.kind, **attribute.to_dict()}


def attribute_list(attributes: Iterable[Attribute]) -> str:
    """List attributes, each with its question and its values."""
    lines = []
    for attribute in attributes:
        lines.append(f"{attribute.name}: {_values(attribute)}")
        if description := attribute.question or attribute.about:
            lines.append(f"    {description}")
    return "".join(f"{visible(line)}\n" for line in lines)


def facts_template(knowledge_base: Model, attributes: Iterable[Attribute]) -> str:
    """Write a facts file in which every fact is a comment, under its question and help."""
    lines = _heading(knowledge_base)
    lines += _comment(
        "Remove the '#' before each fact that you know and keep one of its values; what stays a comment is unknown. "
        "Where you are not sure, write {value: yes, certainty: 0.8}; a certainty is between -1 and 1."
    )
    for attribute in attributes:
        lines += [*_question(attribute), f"#{attribute.name}: {_values(attribute)}"]
    return "".join(f"{visible(line)}\n" for line in lines)


def facts_file(knowledge_base: Model, attributes: Iterable[Attribute], facts: Iterable[Fact]) -> str:
    """Write facts as a facts file, each under its question; what is not known stays a comment."""
    given = {fact.attribute: fact for fact in facts}
    lines = _heading(knowledge_base)[:1]
    for attribute in attributes:
        fact = given.get(attribute.name)
        lines += [*_question(attribute), _fact(fact) if fact else f"#{attribute.name}: {_values(attribute)}"]
    if not given:
        lines += ["", "{}"]
    return "".join(f"{visible(line)}\n" for line in lines)


def facts_schema(knowledge_base: Model, attributes: Iterable[Attribute]) -> dict[str, Any]:
    """Write a JSON Schema (draft 2020-12) of facts files."""
    properties = {}
    for attribute in attributes:
        value = _value_schema(attribute)
        detail = {
            "type": "object",
            "properties": {
                "value": value,
                "certainty": {"type": "number", "minimum": -1, "maximum": 1},
                "note": {"type": "string"},
                "fixed": {"enum": [True, False, "yes", "no", "true", "false"]},
            },
            "required": ["value"],
            "additionalProperties": False,
        }
        properties[attribute.name] = {
            "title": attribute.question or attribute.about,
            "description": attribute.help,
            "anyOf": [value, {"const": "unknown"}, {"type": "null"}, detail],
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Facts for {knowledge_base.name} {knowledge_base.version}",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _value_schema(attribute: Attribute) -> dict[str, Any]:
    """Say which values an attribute admits."""
    if attribute.yes_no:
        return {"enum": [True, False, "yes", "no", "true", "false"]}
    if not attribute.number:
        return {"enum": list(attribute.choices)}
    number = attribute.number
    bounds = {"minimum": number.at_least, "maximum": number.at_most}
    kind = "integer" if number.integer else "number"
    return {"type": kind} | {key: bound for key, bound in bounds.items() if bound is not None}


def _heading(knowledge_base: Model) -> list[str]:
    """Name the knowledge base."""
    return [f"# Facts for {knowledge_base.name} {knowledge_base.version}: {knowledge_base.title}".rstrip(": "), "#"]


def _question(attribute: Attribute) -> list[str]:
    """Write an attribute's question, its help and its labels as comments."""
    lines = ["", *_comment(attribute.question or attribute.about), *_comment(attribute.help)]
    for value, label in attribute.choices.items():
        if label != value:
            lines += _comment(f"{value}: {label}", indent="  ")
    return lines


def _fact(fact: Fact) -> str:
    """Write a fact as a line of YAML; with its certainty only where that is not 1."""
    if fact.certainty == 1 and not fact.note and not fact.fixed:
        return f"{fact.attribute}: {_scalar(fact.value)}"
    details = {"value": _scalar(fact.value)}
    if fact.certainty != 1:
        details["certainty"] = _scalar(fact.certainty)
    if fact.note:
        details["note"] = _scalar(fact.note)
    if fact.fixed:
        details["fixed"] = "yes"
    return f"{fact.attribute}: {{{', '.join(f'{key}: {value}' for key, value in details.items())}}}"


def _scalar(value: Value) -> str:
    """Write a value in YAML, in quotes where it is more than words."""
    text = str(value)
    return text if _PLAIN.fullmatch(text) and text.lower() != "null" else as_json(text)


def _values(attribute: Attribute) -> str:
    """Write the values as a facts file would have them."""
    return attribute.number.describe() if attribute.number else " | ".join(attribute.choices)


def _comment(text: str, indent: str = "") -> list[str]:
    """Break a text into comment lines."""
    return textwrap.wrap(text, 100, initial_indent=f"# {indent}", subsequent_indent=f"# {indent}")
