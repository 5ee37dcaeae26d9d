"""Facts files, written: to fill in, or with what is known."""

import re
import textwrap
from collections.abc import Iterable

from expert.knowledge.foreign_text import as_json, visible
from expert.knowledge.model import Attribute, Fact, Model
from expert.knowledge.rules import Value

_PLAIN = re.compile(r"-?\w[\w.+-]*(?: \w[\w.+-]*)*")
"""Texts that YAML takes as they stand."""


def facts_template(knowledge_base: Model, attributes: Iterable[Attribute]) -> str:
    """Write a facts file in which every fact is a comment, under its question and help."""
    lines = _heading(knowledge_base)
    lines += _comment(
        "Remove the '#' before each fact that you know and keep one of its values; what stays a comment is unknown. "
        "Where you are not sure, write {value: yes, certainty: 0.8}; a certainty is between -1 and 1."
    )
    for attribute in attributes:
        lines += [*_question(attribute), f"#{attribute.name}: {values_text(attribute)}"]
    return "".join(f"{visible(line)}\n" for line in lines)


def facts_file(knowledge_base: Model, attributes: Iterable[Attribute], facts: Iterable[Fact]) -> str:
    """Write facts as a facts file, each under its question; what is not known stays a comment."""
    given = {fact.attribute: fact for fact in facts}
    lines = _heading(knowledge_base)[:1]
    for attribute in attributes:
        fact = given.get(attribute.name)
        lines += [*_question(attribute), _fact(fact) if fact else f"#{attribute.name}: {values_text(attribute)}"]
    if not given:
        lines += ["", "{}"]
    return "".join(f"{visible(line)}\n" for line in lines)


def _heading(knowledge_base: Model) -> list[str]:
    """Name the knowledge base."""
    return [f"# Facts for {knowledge_base.name} {knowledge_base.version}: {knowledge_base.title}".rstrip(": "), "#"]


def _question(attribute: Attribute) -> list[str]:
    """Write an attribute's question, its help and its labels as comments."""
    lines = ["", *_comment(attribute.question or attribute.about), *_comment(attribute.help)]
    for value in attribute.choices:
        if (label := attribute.long_label(value)) != value:
            lines += _comment(f"{value}: {label}", indent="  ")
    return lines


def _fact(fact: Fact) -> str:
    """Write a fact as a line of YAML; with its certainty only where it is not 1."""
    if fact.certainty == 1 and not fact.note and not fact.fixed:
        return f"{fact.attribute}: {yaml_scalar(fact.value)}"
    details = {"value": yaml_scalar(fact.value)}
    if fact.certainty != 1:
        details["certainty"] = yaml_scalar(fact.certainty)
    if fact.note:
        details["note"] = yaml_scalar(fact.note)
    if fact.fixed:
        details["fixed"] = "yes"
    return f"{fact.attribute}: {{{', '.join(f'{key}: {value}' for key, value in details.items())}}}"


def yaml_scalar(value: Value) -> str:
    """Write a value in YAML, in quotes where it is more than words."""
    text = str(value)
    return text if is_plain(text) else as_json(text)


def is_plain(text: str) -> bool:
    """Tell whether YAML takes a text as it stands."""
    return bool(_PLAIN.fullmatch(text)) and text.lower() != "null"


def values_text(attribute: Attribute) -> str:
    """Write the values as a facts file would have them."""
    return attribute.number.describe() if attribute.number else " | ".join(attribute.choices)


def _comment(text: str, indent: str = "") -> list[str]:
    """Break a text into comment lines."""
    return textwrap.wrap(text, 100, initial_indent=f"# {indent}", subsequent_indent=f"# {indent}")
