"""The graph in the language of Graphviz."""

from expert.knowledge.foreign_text import visible
from expert.rendering.graph.boxes import Box, BoxKind, Link, LinkKind
from expert.rendering.graph.drawings import Subject, drawing
from expert.rendering.graph.look import COLOURS

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

_SHAPES: dict[BoxKind, str] = {
    "given": 'shape=box, style="rounded,filled"',
    "rule": "shape=box, style=filled",
    "derived": "shape=hexagon, margin=0.05, style=filled",
    "candidate": "shape=box, peripheries=2, style=filled",
    "default": 'shape=box, style="filled,dashed"',
    "missed": "shape=box, style=dashed",
    "absent": 'shape=box, style="rounded,dashed"',
}
_ENDS: dict[LinkKind, str] = {
    "premise": "",
    "for": f'color="{COLOURS["for"]}", fontcolor="{COLOURS["for"]}"',
    "against": f'color="{COLOURS["against"]}", fontcolor="{COLOURS["against"]}"',
    "missed": "style=dashed",
    "excepts": "",
    "asks": "style=dashed",
}


def dot(subject: Subject) -> str:
    """Write a graph for Graphviz."""
    drawn = drawing(subject)
    base = drawn.knowledge_base
    heading = quoted(f"{drawn.title}\n{drawn.said}")
    return "".join(
        f"{line}\n"
        for line in (
            visible(f"// {base.name} {base.version} {base.digest}"),
            f"digraph {quoted(base.name)} {{",
            f"  graph [rankdir=LR, label={heading}, labelloc=t]",
            f'  node [fontname="{FONT}", fontsize=11]',
            f'  edge [color="{COLOURS["line"]}", fontname="{FONT}", fontsize=10]',
            *map(_node, drawn.boxes),
            *map(_edge, drawn.links),
            "}",
        )
    )


def quoted(text: str) -> str:
    """Quote a text for Graphviz; lines are centred."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.replace("\r", "").replace("\n", "\\n")


def _node(box: Box) -> str:
    colours = ""
    if box.kind not in ("missed", "absent"):
        fill = COLOURS["best" if box.leads else box.kind]
        colours = f', fillcolor="{fill}", color="{COLOURS[f"{box.kind}-line"]}"'
    label = quoted("\n".join(line.text for line in box.lines))
    return f"  {quoted(box.node)} [{_SHAPES[box.kind]}{colours}, label={label}]"


def _edge(link: Link) -> str:
    details = [f"penwidth={1 + 2 * link.strength:.1f}"]
    details += [f"label={quoted(link.label)}"] if link.label else []
    details += [_ENDS[link.kind]] if _ENDS[link.kind] else []
    details += ["arrowhead=tee"] if link.opposes else []
    details += [f"edgetooltip={quoted(visible(link.note))}"] if link.note else []
    return f"  {quoted(link.start)} -> {quoted(link.end)} [{', '.join(details)}]"
