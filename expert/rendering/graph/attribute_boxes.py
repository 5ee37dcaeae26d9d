"""What the attributes of a knowledge base say when their dependencies are drawn.

They look as the facts about them do: those that are asked as given facts, the goal as a candidate.
"""

from collections.abc import Iterator
from typing import Any

import networkx as nx

from expert.explanation.dependencies import Dependencies
from expert.knowledge.attributes import Attribute
from expert.knowledge.model import Model
from expert.rendering.graph.boxes import Box, BoxKind, Drawing, Line, Link, LinkKind, clean
from expert.rendering.words import formula_words, value_words

BOX_MEANINGS: dict[BoxKind, str] = {
    "given": "asked",
    "absent": "neither asked nor derived",
    "derived": "derived by rules, or computed",
    "candidate": "goal",
}
LINK_MEANINGS: dict[LinkKind, str] = {
    "premise": "read by this many rules, or by a formula",
    "asks": "decides whether it is asked",
}

MOST_CHOICES, MOST_NAMES = 5, 12
"""How many choices a box lists, and how many rules the note of a link."""


def dependency_drawing(dependencies: Dependencies) -> Drawing:
    """Say what to draw of the dependencies; what an attribute reads of itself is said in its box."""
    base = dependencies.knowledge_base
    graph = nx.DiGraph(dependencies.graph)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    whole = dependencies.graph
    boxes = [
        Box(node, _kind(details), clean(_lines(base, base.attributes[node], details, whole)), details["goal"])
        for node, details in graph.nodes(data=True)
    ]
    most = max((rules for _, _, rules in graph.edges(data="rules")), default=0)
    links = [_link(base, start, end, details, most) for start, end, details in graph.edges(data=True)]
    said = f"What its {_counted(len(graph), 'attribute')} depend on, by {_counted(len(base.rules), 'rule')}."
    return Drawing(base, said, tuple(boxes), tuple(links), graph, BOX_MEANINGS, LINK_MEANINGS, level=True)


def declaration(attribute: Attribute) -> str:
    """Say in brief what an attribute can be."""
    if attribute.number:
        return attribute.number.describe()
    if attribute.yes_no:
        return "yes/no"
    choices = [attribute.value_label(value) for value in attribute.choices]
    rest = [f"{len(choices) - MOST_CHOICES + 1} more"] if len(choices) > MOST_CHOICES else []
    return " | ".join([*choices[: MOST_CHOICES - len(rest)], *rest])


def default_words(attribute: Attribute) -> str:
    """Say what an attribute is by default; nothing where it has none."""
    default = attribute.default if attribute.otherwise is None else attribute.otherwise
    return "" if default is None else f"by default {value_words(attribute, default)}"


def _kind(details: dict[str, Any]) -> BoxKind:
    """Choose the look of an attribute."""
    if details["goal"]:
        return "candidate"
    return {"asked": "given", "given": "absent"}.get(details["role"], "derived")  # type: ignore[return-value]


def _lines(model: Model, attribute: Attribute, details: dict[str, Any], graph: nx.DiGraph) -> Iterator[Line]:
    """Write an attribute: its words, its name in small print, what it can be, and what else gives it a value."""
    yield Line(attribute.words, "title")
    named = f"{attribute.name}: " * (attribute.words != attribute.name)
    declared = f"= {formula_words(model, attribute.formula)}" if attribute.formula else declaration(attribute)
    asked = ", also asked" * (details["role"] == "asked and derived")
    yield Line(f"{named}{declared}{asked}")
    if "default" in details:
        yield Line(default_words(attribute), "faint")
    if graph.has_edge(attribute.name, attribute.name):
        yield Line("depends on itself, too", "faint")


def _link(model: Model, start: str, end: str, details: dict[str, Any], most: int) -> Link:
    """Say how many rules read the one and conclude the other, or that one decides whether the other is asked."""
    before, after = (model.attributes[each].words for each in (start, end))
    if details["kind"] == "ask_if":
        return Link(start, end, "asks", 0.0, note=f"{after} is asked only as {before} allows")
    if details["kind"] == "formula":
        return Link(start, end, "premise", 0.0, note=f"{after} is computed from {before}")
    label = f"{details['rules']}" + (", asks" if details["ask_if"] else "")
    names = details["names"].split(" ")
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return Link(start, end, "premise", details["rules"] / most, label, note=", ".join(names[:MOST_NAMES]) + more)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"
