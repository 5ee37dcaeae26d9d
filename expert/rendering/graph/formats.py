"""The formats that a graph can be written in: add one here, and the command line and Python offer it.

Each writer is imported when it is called, so that listing the formats loads none of them.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from expert.knowledge.foreign_text import shown, visible_lines
from expert.knowledge.problems import InputError, suggestion
from expert.knowledge.rules import Pair

if TYPE_CHECKING:
    from expert.inference.consultation import Consultation
    from expert.knowledge.model import Model
    from expert.rendering.graph.drawings import Subject
    from expert.rendering.graph.tabbed_page import Part


FORMATS = {
    "svg": "svg:svg",
    "png": "png:png",
    "html": "html_page:html_page",
    "dot": "dot:dot",
    "mmd": "mermaid:mermaid",
    "graphml": "exchange:graphml",
    "json": "exchange:node_link",
}
"""Each format, as the ending of a file names it, with the module here and the function that write it."""


def format_of(path: str | Path) -> str:
    """Tell the format of a file by its ending."""
    ending = Path(path).suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise InputError.at(str(path), f"its ending must name the format{suggestion(ending, FORMATS)}")
    return ending


def drawn(
    consultation: "Consultation",
    kind: str,
    pairs: Sequence[Pair] | None,
    not_fired: bool = False,
    part: "Part | None" = None,
) -> bytes:
    """Write the graph of a consultation, or what proves some conclusions; a page also has a part from outside."""
    from expert.explanation.graph_views import view

    return _written(kind, lambda: view(consultation, pairs, not_fired), *([part] if part else []))


def drawn_dependencies(knowledge_base: "Model", kind: str) -> bytes:
    """Write how the attributes of a knowledge base depend on one another."""
    from expert.explanation.dependencies import dependencies

    return _written(kind, lambda: dependencies(knowledge_base))


def _written(kind: str, subject: "Callable[[], Subject]", *part: "Part") -> bytes:
    if kind not in FORMATS:
        raise InputError.at("graph", f"there is no format '{shown(kind)}'{suggestion(kind, FORMATS)}")
    write: Callable[..., str | bytes] = resolve_name(f"expert.rendering.graph.{FORMATS[kind]}")
    written = write(subject(), *part)
    return written if isinstance(written, bytes) else visible_lines(written).encode()
