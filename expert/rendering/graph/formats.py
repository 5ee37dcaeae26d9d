"""The formats that a graph can be written in: add one here, and the command line and Python offer it.

Each writer is imported when it is called, so that listing the formats loads none of them.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from expert.knowledge.foreign_text import shown, visible_lines
from expert.knowledge.problems import InputError, suggestion
from expert.knowledge.rules import Pair

if TYPE_CHECKING:
    from expert.explanation.graph_views import View
    from expert.inference.consultation import Consultation


def _svg(view: "View") -> str:
    from expert.rendering.graph.svg import svg

    return svg(view)


def _png(view: "View") -> bytes:
    from expert.rendering.graph.png import png

    return png(view)


def _html(view: "View") -> str:
    from expert.rendering.graph.html_page import html_page

    return html_page(view)


def _dot(view: "View") -> str:
    from expert.rendering.graph.dot import dot

    return dot(view)


def _mermaid(view: "View") -> str:
    from expert.rendering.graph.mermaid import mermaid

    return mermaid(view)


def _graphml(view: "View") -> str:
    from expert.rendering.graph.exchange import graphml

    return graphml(view)


def _node_link(view: "View") -> str:
    from expert.rendering.graph.exchange import node_link

    return node_link(view)


FORMATS: Mapping[str, Callable[["View"], str | bytes]] = {
    "svg": _svg,
    "png": _png,
    "html": _html,
    "dot": _dot,
    "mmd": _mermaid,
    "graphml": _graphml,
    "json": _node_link,
}
"""Each format, as the ending of a file names it, with its writer."""


def format_of(path: str | Path) -> str:
    """Tell the format of a file by its ending."""
    ending = Path(path).suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        message = f"its ending must name the format{suggestion(ending, FORMATS)}"
        raise InputError.at(str(path), message)
    return ending


def drawn(consultation: "Consultation", kind: str, pairs: Sequence[Pair] | None, not_fired: bool = False) -> bytes:
    """Write the graph of a consultation, or the part that proves some conclusions."""
    from expert.explanation.graph_views import view

    if kind not in FORMATS:
        raise InputError.at("graph", f"there is no format '{shown(kind)}'{suggestion(kind, FORMATS)}")
    written = FORMATS[kind](view(consultation, pairs, not_fired))
    return written if isinstance(written, bytes) else visible_lines(written).encode()
