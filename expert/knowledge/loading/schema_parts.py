"""What the JSON Schema of knowledge bases is made of: its words, and the premise language."""

from typing import Any, TypeAlias

from expert.knowledge.attributes import RESERVED
from expert.knowledge.numbers import NUMBER, SPACE, number_pattern
from expert.knowledge.rules import COMPLEMENT

Schema: TypeAlias = dict[str, Any]

LETTER = r"[^\x00-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f]"
"""What names consist of besides hyphens: ASCII letters, digits and '_', and whatever is not ASCII."""

SCALAR = ["string", "number", "boolean"]
_YES_NO = r"^(?:[Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"


def basic() -> dict[str, Schema]:
    """Define names, values and certainties."""
    words = [cased for word in RESERVED for cased in (word, word.title(), word.upper())]
    return {
        "name": {"pattern": f"^{LETTER}+(?:-{LETTER}+)*$"},
        "word": {"type": SCALAR, "pattern": r"\S"},
        "value": {"type": SCALAR, "pattern": r"\S", "not": {"enum": words}},
        "values": {"type": "array", "items": ref("value"), "minItems": 1},
        "names": {"type": "array", "items": ref("word"), "minItems": 1, **distinct()},
        "certainty": {
            "description": "A named level, or a number from -1 to 1 other than 0; negative is evidence against.",
            "anyOf": [
                {"type": "number", "minimum": -1, "maximum": 1, "not": {"const": 0}},
                {"type": "string", "pattern": number_pattern()},
                {"type": ["string", "boolean"], **ref("name")},
            ],
        },
        "yes-no": {"type": ["boolean", "string"], "pattern": _YES_NO, "examples": [True, False]},
        "amount": {"type": ["number", "string"], "pattern": f"^{SPACE}{NUMBER}"},
        "citations": {
            "description": "The name of a source, then the place in it; a list for several.",
            "anyOf": [ref("word"), {"type": "array", "items": ref("word")}],
        },
    }  # fmt: skip


def premises() -> dict[str, Schema]:
    """Define the premise language."""
    several = {"type": "array", "items": ref("premise"), "minItems": 1}
    bound = {word: ref("amount", f"The number is {word.replace('_', ' ')} this.") for word in COMPLEMENT}
    groups = {
        "all": {"description": "All of these premises hold.", **several},
        "any": {"description": "At least one of these premises holds.", **several},
        "not": ref("premise", "The opposite of this premise holds."),
        "unknown": False,
    }
    count = {
        "at_least": number({"minimum": 1, "multipleOf": 1}),
        "of": {"description": "At least so many of these premises hold.", **several},
    }
    return {
        "premise": {
            "anyOf": [
                {
                    "type": "object",
                    "properties": groups,
                    "propertyNames": ref("name"),
                    "additionalProperties": ref("test"),
                    "minProperties": 1,
                },
                closed(count, required=["at_least", "of"]),
                several,
            ],
        },
        "test": {
            "description": "A value, a list of values of which any will do, unknown, {not: …}, or bounds of a number.",
            "anyOf": [
                ref("value"),
                {"const": "unknown"},
                ref("values"),
                {**closed({"not": ref("test"), **bound}), "minProperties": 1},
            ],
        },
    }


def text(description: str) -> Schema:
    """Any text, or none."""
    return {"description": description, "type": [*SCALAR, "null"]}


def ref(name: str, description: str = "") -> Schema:
    """What is defined under this name."""
    return ({"description": description} if description else {}) | {"$ref": f"#/$defs/{name}"}


def number(bounds: Schema) -> Schema:
    """A number within bounds; in quotes, any number."""
    return {"anyOf": [{"type": "number", **bounds}, {"type": "string", "pattern": number_pattern()}]}


def distinct() -> Schema:
    """Texts that differ; numbers that are the same for YAML, as 1 and 1.0, may differ as texts."""
    return {"if": {"items": {"type": "string"}}, "then": {"uniqueItems": True}}


def closed(properties: dict[str, Schema], required: list[str] | None = None) -> Schema:
    """A mapping with these keys only."""
    needed = {"required": required} if required else {}
    return {"type": "object", "properties": properties, "additionalProperties": False, **needed}


def mapping(values: Schema, description: str = "", names: Schema | None = None) -> Schema:
    """A mapping with names of the author's own."""
    told = {"description": description} if description else {}
    return told | {"type": "object", "propertyNames": names or ref("name"), "additionalProperties": values}
