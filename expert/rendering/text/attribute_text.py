"""The attributes that facts can be given about, as a list for a terminal, and as plain data."""

from collections.abc import Iterable
from typing import Any

from expert.knowledge.foreign_text import visible
from expert.knowledge.loading.facts_writing import values_text
from expert.knowledge.model import Attribute
from expert.rendering.text.text_page import hanging, wrapped


def attribute_data(attribute: Attribute) -> dict[str, Any]:
    """Describe an attribute as plain data: its name, its kind, and its declaration as in the file."""
    return {"name": attribute.name, "kind": attribute.kind, **attribute.to_dict()}


def attribute_list(attributes: Iterable[Attribute], width: int | None = None) -> str:
    """List attributes, each with its question, its values and its default, or with the formula of a computed number.

    With a width, lines are broken.
    """
    lines: list[str] = []
    for attribute in attributes:
        said = f"computed, {attribute.formula}" if attribute.formula else values_text(attribute)
        default = "" if attribute.default is None else f"; {attribute.default} by default"
        declared = f"{attribute.name}: {said}{default}"
        lines += hanging(declared, 0, width) if width else [declared]
        if description := attribute.question or attribute.about:
            lines += wrapped(description, 4, width) if width else [f"    {description}"]
    return "".join(f"{visible(line)}\n" for line in lines)
