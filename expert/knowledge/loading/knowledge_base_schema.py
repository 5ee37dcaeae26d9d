"""The JSON Schema of knowledge bases, by which editors complete, explain and check them.

Whatever the loader takes, the schema admits, however YAML types it: a text may be written as a number, or as yes or no.
The loader refuses more, because a schema cannot look names up.
"""

from expert.knowledge.attributes import RESERVED
from expert.knowledge.finding_kinds import KINDS
from expert.knowledge.loading.schema_parts import (
    LETTER,
    SCALAR,
    Schema,
    basic,
    closed,
    distinct,
    mapping,
    number,
    premises,
    ref,
    text,
)
from expert.knowledge.loading.table_grammar import OWN_COLUMNS
from expert.knowledge.numbers import number_pattern

MODELINE = "# yaml-language-server: $schema=knowledge-base.schema.json"
"""The line by which a knowledge base tells editors where its schema is: in a file beside it."""


def knowledge_base_schema() -> Schema:
    """Write the JSON Schema (draft 2020-12) of knowledge bases.

    Examples
    --------
    >>> knowledge_base_schema()["required"]
    ['knowledge_base']
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Knowledge base",
        "description": "Attributes, rules, sources and cases about one decision.",
        **closed(_top(), required=["knowledge_base"]),
        "if": {"required": ["extends"]},
        "then": {"properties": {"goal": False, "threshold": False}},
        "else": {
            "required": ["goal", "attributes"],
            "properties": {"attributes": {"minProperties": 1}},
            "anyOf": [{"required": ["rules"]}, {"required": ["tables"]}],
        },
        "$defs": basic() | premises() | {
            "declaration": _declaration(),
            "rule": _rule(),
            "table": _table(),
            "case": _case(),
            "fact": _fact(),
        },
    }  # fmt: skip


def _top() -> dict[str, Schema]:
    source = {key: text(about) for key, about in _SOURCE.items()}
    source["title"] |= {"type": SCALAR, "pattern": r"\S"}
    level_names = {"allOf": [ref("name"), {"not": {"pattern": number_pattern()}}]}
    return {
        "knowledge_base": {
            "description": "Its name: lower-case letters, digits and hyphens.",
            "type": SCALAR,
            "pattern": r"^\s*[a-z0-9-]+\s*$",
        },
        "title": text("What it decides, as a title; its name if left out."),
        "about": text("A paragraph about it."),
        "version": text("Any text; 0 if left out."),
        "review_by": {
            "description": "The date by which it should be looked over again, such as 2027-05-31.",
            "type": ["string", "integer"],
            "pattern": "^[0-9]{4}",
        },
        "extends": ref("word", "Another knowledge base, shipped or beside this one, to which this one adds."),
        "retire": {
            "description": "Rules of the extended knowledge base that no longer count, each with the reason.",
            **_reasons(),
        },
        "goal": ref("word", "The attribute to conclude: one with choices, or yes/no. Its values are the candidates."),
        "threshold": {
            "description": "What the degree of a premise must exceed for its rule to hold, and a candidate's "
            "certainty for the candidate to be recommended: from 0 to below 1; 0.2 if left out.",
            **number({"minimum": 0, "exclusiveMaximum": 1}),
        },
        "certainties": mapping(
            ref("certainty"), "Named levels of certainty, so that no rule has a number without a reason.", level_names
        ),
        "sources": mapping(closed(source, required=["title"]), "What the rules cite, by names."),
        "attributes": mapping(
            ref("declaration"),
            "What can be known about a case: yes/no, one of listed choices, or a number.",
            {"allOf": [ref("name"), {"not": {"enum": list(RESERVED)}}]},
        ),
        "rules": mapping(ref("rule"), "What follows from what, by the names of the rules."),
        "tables": mapping(ref("table"), "Decision tables, by names: each row is a rule."),
        "cases": {"description": "Example cases with the answers expected.", "type": "array", "items": ref("case")},
        "accept": {
            "description": "Findings of `expert rules check` that are meant: the kind and the name, then the reason.",
            "type": "object",
            "patternProperties": {
                rf"^\s*{kind}\s+\S": ref("word", f"{meaning[:1].upper()}{meaning[1:]}.")
                for kind, (_, meaning) in KINDS.items()
            },
            "additionalProperties": False,
        },
    }


def _reasons() -> Schema:
    return {"type": "object", "propertyNames": {"pattern": r"\S"}, "additionalProperties": ref("word")}


_SOURCE = {
    "title": "Its title.",
    "by": "Who wrote or published it.",
    "year": "When it appeared.",
    "url": "Where it is on the web.",
    "accessed": "When it was read there.",
    "kind": "What it is, such as book, directive or judgement.",
    "note": "Whatever else is to be known about it.",
}


def _declaration() -> Schema:
    start = closed(
        {"install": text("The command that installs it."), "read": text("The first document to read, as an address.")}
    )
    choice = {
        "label": text("Its label, for people: a few words, as in results."),
        "long": text("A longer label, for where one chooses."),
        "start": {"description": "How to begin with it."} | start,
    }
    formula = rf"^(?:{LETTER}|[-\s+*/(),.])*$"
    limits = {
        "unit": text("What is counted or measured, such as km."),
        "at_least": ref("amount", "The least that is admitted."),
        "at_most": ref("amount", "The most that is admitted."),
        "integer": ref("yes-no", "Whether only whole numbers are admitted."),
    }
    return {
        **closed(
            {
                "label": text("Two or three words for it, as in results; its name with spaces if left out."),
                "about": text("What the attribute is."),
                "question": text("The question that asks for it; without one, it is not asked."),
                "help": text("A longer explanation of the question."),
                "choices": {
                    "description": "Its values: a mapping from values to labels, or a list. Without choices or a "
                    "number, it is yes/no.",
                    "anyOf": [
                        ref("values") | distinct(),
                        {
                            "type": "object",
                            "propertyNames": ref("value"),
                            "additionalProperties": {"anyOf": [text("Its label, for people."), closed(choice)]},
                            "minProperties": 1,
                        },
                    ],
                },
                "number": {"description": "It is a number, of these.", **closed(limits), "type": ["object", "null"]},
                "ask_if": ref("premise", "The question is asked only if this premise holds."),
                "otherwise": ref(
                    "value",
                    "Its value where nothing says what it is. Of the goal: the answer where no candidate exceeds the "
                    "threshold.",
                ),
                "is": {
                    "description": "The formula of a computed number: names of numbers, numerals, + - * /, min, max "
                    "and parentheses.",
                    "type": SCALAR,
                    "allOf": [{"pattern": formula}, {"pattern": r"\S"}],
                },
            }
        ),
        "type": ["object", "null"],
        "dependentSchemas": {
            "number": {"properties": {"choices": False}},
            "is": {"properties": {"choices": False, "question": False, "ask_if": False}},
        },
    }


def _rule() -> Schema:
    conclusion = {
        "anyOf": [
            ref("value"),
            ref("values") | distinct(),
            mapping(ref("certainty"), names=ref("value")) | {"minProperties": 1},
        ]
    }
    return closed(
        {
            "if": ref("premise", "What must hold: tests by attributes; all of them, unless they stand below `any`."),
            "unless": ref("premise", "An exception: where this premise holds, the rule does not."),
            "then": {
                "description": "What follows: attributes with their values; each value may have its own certainty.",
                **mapping(conclusion),
                "minProperties": 1,
            },
            **_own(),
        },
        required=["if", "then"],
    )


def _own() -> dict[str, Schema]:
    """What rules and tables have alike."""
    about = "How strongly each conclusion without a certainty of its own follows; 1 if left out."
    return {
        "certainty": ref("certainty", about),
        "because": text("One plain sentence that says why."),
        "source": ref("citations"),
    }


def _table() -> Schema:
    cells = {"type": "array", "items": {"type": [*SCALAR, "null"]}, "minItems": 1}
    fields = {
        "then": {
            "description": "The columns that are conclusions; all others are tests.",
            **ref("names"),
            "items": {"not": {"enum": list(OWN_COLUMNS)}},
        },
        "hit": text("first: a row counts unless one above it does. all, the default: every row that holds counts.")
        | {"type": ["string", "null"], "pattern": r"^\s*(?:first|all)\s*$", "examples": ["first", "all"]},
        "file": {
            "description": "A CSV file in the folder of the knowledge base; its header names the columns.",
            "type": "string",
            "pattern": r"\.[cC][sS][vV]",
        },
        "columns": ref("names", "The columns: attributes, or what a row has of its own: certainty, because, source."),
        "rows": {"description": "The rows, each with a cell for every column.", "type": "array", "minItems": 1}
        | {"items": cells},
        **_own(),
    }
    return {
        **closed(fields, required=["then"]),
        "anyOf": [{"required": ["file"]}, {"required": ["columns", "rows"]}],
        "dependentSchemas": {"file": {"properties": {"columns": False, "rows": False}}},
    }


def _case() -> Schema:
    candidates = {"type": "array", "items": ref("value")}
    outcome = closed(
        {
            "recommendation": ref("value", "The candidate that is recommended."),
            "ranking": {"description": "The candidates in this order.", **candidates},
            "certainty": mapping(number({}), "The certainties of candidates.", ref("value")),
            "tie": {"description": "The candidates of a tie.", **candidates},
            "undecided": ref("yes-no", "Whether no candidate exceeds the threshold."),
        }
    )
    return closed(
        {
            "name": text("What the case is called."),
            "given": mapping(ref("fact"), "What is known of it, as in a facts file."),
            "expect": {
                "description": "The candidate expected, or what else is expected of the answer.",
                "anyOf": [ref("value"), {**outcome, "minProperties": 1}],
            },
        },
        required=["name", "given", "expect"],
    )


def _fact() -> Schema:
    value = {"anyOf": [ref("value"), {"type": "string", "pattern": "^[Uu][Nn][Kk][Nn][Oo][Ww][Nn]$"}, {"type": "null"}]}
    details = {
        "value": value,
        "certainty": number({"minimum": -1, "maximum": 1}),
        "note": text("A remark."),
        "fixed": ref("yes-no", "Whether it cannot be otherwise."),
    }
    return {"anyOf": [*value["anyOf"], closed(details, required=["value"])]}
