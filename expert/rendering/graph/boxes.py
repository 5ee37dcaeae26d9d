"""What is drawn of a graph: boxes with lines of text, links between them, and what their looks mean."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, TypeAlias

import networkx as nx

from expert.knowledge.foreign_text import visible
from expert.knowledge.model import Model

BoxKind: TypeAlias = Literal["given", "derived", "candidate", "absent", "rule", "missed", "default", "more"]
LinkKind: TypeAlias = Literal["premise", "for", "against", "missed", "excepts", "asks"]


class Line(NamedTuple):
    """A line of text, which may have to be wrapped: its role is ``title``, ``plain`` or ``faint``."""

    text: str
    role: Literal["title", "plain", "faint"] = "plain"


class Box(NamedTuple):
    """A node with what it says, at least a line; a fact both given and derived counts as derived."""

    node: str
    kind: BoxKind
    lines: tuple[Line, ...]
    leads: bool = False


class Link(NamedTuple):
    """An edge: its strength in [0, 1] and, unless it is a premise, its evidence as a label.

    One that excepts the rule at its end is no evidence, and ends in a bar. At a rule that did not hold a link is
    ``missed``, and the evidence is what the rule would have given. One that ``asks`` decides whether the attribute at
    its end is asked. What else there is to say of it, such as the names of rules, is its note.
    """

    start: str
    end: str
    kind: LinkKind
    strength: float
    label: str = ""
    opposes: bool = False
    note: str = ""


class Drawing(NamedTuple):
    """What is drawn of a knowledge base, and said above it: boxes and links, in the order of the graph.

    The graph has their nodes alone. The legend explains the kinds of boxes and links that have meanings. Boxes that
    come first stand on the left, whatever they lead to. Columns are level where boxes may stand far from what they lead
    to.
    """

    knowledge_base: Model
    said: str
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    graph: nx.DiGraph
    box_meanings: Mapping[BoxKind, str]
    link_meanings: Mapping[LinkKind, str]
    first: tuple[str, ...] = ()
    level: bool = False

    @property
    def title(self) -> str:
        """What the knowledge base is called."""
        return self.knowledge_base.title or self.knowledge_base.name


def clean(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Write out what would act instead of being read, before lines are measured and wrapped."""
    return tuple(line._replace(text=visible(" ".join(line.text.split()))) for line in lines)
