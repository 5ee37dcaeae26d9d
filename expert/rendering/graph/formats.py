"""The formats that a graph can be written in."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from expert.explanation.graph_views import view
from expert.inference.consultation import Consultation
from expert.knowledge.foreign_text import visible_lines
from expert.knowledge.problems import InputError, suggestion
from expert.knowledge.rules import Pair

FORMATS = {
    "svg": "svg.svg",
    "png": "png.png",
    "html": "page.page",
    "dot": "dot.dot",
    "mmd": "mermaid.mermaid",
    "graphml": "exchange.graphml",
    "json": "exchange.node_link",
}
"""Each format, as the ending of a file names it, with the function that writes it."""


def format_of(path: str | Path) -> str:
    """Tell the format of a file by its ending."""
    ending = Path(path).suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        message = f"its ending must name the format{suggestion(ending, FORMATS)}"
        raise InputError.at(str(path), message)
    return ending


def drawn(consultation: Consultation, kind: str, pairs: Sequence[Pair] | None, not_fired: bool = False) -> bytes:
    """Write the graph of a consultation, or the part that proves some conclusions."""
    if kind not in FORMATS:
        raise InputError.at("graph", f"there is no format '{kind}'{suggestion(kind, FORMATS)}")
    module, function = FORMATS[kind].split(".")
    write = getattr(import_module(f"expert.rendering.graph.{module}"), function)
    if kind == "html":  # which makes a view for each of its tabs
        written = write(consultation, pairs, not_fired)
    else:
        written = write(consultation, view(consultation, pairs, not_fired))
    return written if kind == "png" else visible_lines(written).encode()
