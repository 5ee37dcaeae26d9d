"""The graph in the language of Mermaid, which code hosts draw in Markdown."""

from expert.knowledge.foreign_text import visible
from expert.rendering.graph.boxes import Box, BoxKind, Link
from expert.rendering.graph.drawings import Subject, drawing
from expert.rendering.graph.look import COLOURS

_SHAPES: dict[BoxKind, tuple[str, str]] = {
    "given": ("([", "])"),
    "rule": ("[", "]"),
    "default": ("[", "]"),
    "derived": ("{{", "}}"),
    "candidate": ("[[", "]]"),
    "missed": ("[", "]"),
    "absent": ("([", "])"),
}
_ESCAPES = {'"': "#quot;", "#": "#35;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "\\": "#92;", "`": "#96;"}
"""Mermaid's own, which are unlike those of HTML."""


def mermaid(subject: Subject) -> str:
    """Write a graph for Mermaid."""
    drawn = drawing(subject)
    base = drawn.knowledge_base
    numbers = {box.node: index for index, box in enumerate(drawn.boxes)}
    lines = [visible(f"%% {base.name} {base.version} {base.digest}"), "flowchart LR"]
    lines += [_node(box, numbers[box.node]) for box in drawn.boxes]
    for index, link in enumerate(drawn.links):
        lines.append(f"  n{numbers[link.start]} {_arrow(link)} n{numbers[link.end]}")
        if link.kind in ("for", "against"):
            colour, width = COLOURS[link.kind], 1 + 2 * link.strength
            lines.append(f"  linkStyle {index} stroke:{colour},stroke-width:{width:.1f}px")
    for kind in dict.fromkeys(box.kind for box in drawn.boxes):
        lines.append(f"  classDef {kind} {_look(kind)}")
    return "".join(f"{line}\n" for line in lines)


def mermaid_text(text: str) -> str:
    """Write a text so that Mermaid takes it as it is."""
    return "".join(_ESCAPES.get(character, character) for character in " ".join(text.split()))


def _node(box: Box, number: int) -> str:
    opening, closing = _SHAPES[box.kind]
    label = "<br>".join(mermaid_text(line.text) for line in box.lines)
    return f'  n{number}{opening}"{label}"{closing}:::{box.kind}'


def _arrow(link: Link) -> str:
    """Write an arrow; a cross at its end speaks against."""
    label = f'|"{link.label}"|' if link.label else ""
    line = "-.-" if link.kind in ("missed", "asks") else "--"
    return f"{line}{'x' if link.opposes else '>'}{label}"


def _look(kind: BoxKind) -> str:
    line = COLOURS[f"{kind if kind != 'absent' else 'missed'}-line"]
    if kind in ("missed", "absent"):
        return f"fill:none,stroke:{line},stroke-dasharray:5 4"
    dashes = ",stroke-dasharray:2 3" if kind == "default" else ""
    return f"fill:{COLOURS[kind]},stroke:{line},color:{COLOURS['text']}{dashes}"
