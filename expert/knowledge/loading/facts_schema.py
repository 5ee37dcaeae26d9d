"""The JSON Schema of facts files."""

from collections.abc import Iterable
from typing import Any

from expert.knowledge.model import Attribute, Model


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
