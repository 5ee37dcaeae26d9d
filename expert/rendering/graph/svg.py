"""The graph as a picture in SVG: kinds are told apart by shape, strength by width, opposition by a bar at the end."""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from expert.knowledge.foreign_text import visible, visible_lines
from expert.rendering.graph.boxes import Box, BoxKind, Drawing, Link
from expert.rendering.graph.drawings import Subject, drawing
from expert.rendering.graph.fitting import LEADING, ROOM, SIDE, Room, Text, laid_out
from expert.rendering.graph.fonts import text_width, wrapped
from expert.rendering.graph.layout import LABEL, Frame, Point
from expert.rendering.graph.look import SIZES, style_alone

MARGIN = 24.0


class Picture(NamedTuple):
    """A picture with its size in pixels."""

    text: str
    width: float
    height: float


def svg(subject: Subject) -> str:
    """Draw a graph as a picture that stands alone."""
    return picture(subject).text


def picture(subject: Subject) -> Picture:
    """Draw a graph, and tell how large the picture is."""
    drawn = drawing(subject)
    base = drawn.knowledge_base
    content, width, height = graph_content(drawn)
    heading = [(drawn.title, "heading", SIZES["heading"]), (drawn.said, "answer", SIZES["answer"])]
    legend_parts, legend_width = legend(drawn)
    footer = f"{base.name} {base.version} · {base.digest}"
    width = max(width, legend_width, text_width(footer, SIZES["faint"]))
    heading_texts, top = _stacked(heading, max(width, 420.0))
    total_width, total_height = width + 2 * MARGIN, top + height + 74 + 2 * MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(total_width)}" height="{_n(total_height)}" '
        f'viewBox="0 0 {_n(total_width)} {_n(total_height)}" role="img" class="expert">',
        f"<title>{escape(heading[-1][0])}</title>",
        f"<style>{style_alone()}</style>",
        '<rect class="paper" width="100%" height="100%"/>',
        *_placed(heading_texts, MARGIN, MARGIN),
        f'<g transform="translate({_n(MARGIN)} {_n(MARGIN + top)})">',
        *content,
        "</g>",
        f'<g transform="translate({_n(MARGIN)} {_n(MARGIN + top + height + 28)})">',
        *legend_parts,
        f'<text class="faint" x="0" y="46" {_length(footer, SIZES["faint"])}>{escape(footer)}</text>',
        "</g>",
        "</svg>",
    ]
    return Picture(visible_lines("\n".join(parts) + "\n"), total_width, total_height)


def graph_content(
    drawn: Drawing, prefix: str = "", address: Callable[[str], str] | None = None, room: Room = ROOM
) -> tuple[list[str], float, float]:
    """Draw boxes and links alone: boxes that can be focused if they get a prefix, that are links if addresses."""
    texts, found = laid_out(drawn, room)
    number = {box.node: index for index, box in enumerate(drawn.boxes)}
    rules = {box.node for box in drawn.boxes if box.kind in ("rule", "missed", "default")}
    parts: list[str] = []
    for link in drawn.links:
        joined = f' data-from="{prefix}{number[link.start]}" data-to="{prefix}{number[link.end]}"' if prefix else ""
        parts += _link_parts(link, found.lines[link.start, link.end], joined, 0 if link.end in rules else LABEL)
    for box in drawn.boxes:
        name = _focusable(f"{prefix}{number[box.node]}", box.node) if prefix else ""
        box_parts = _box_parts(box, texts[box.node], found.boxes[box.node], name)
        parts += [f'<a href="{escape(address(box.node))}">', *box_parts, "</a>"] if address else box_parts
    return parts, found.width, found.height


def _stacked(texts: Sequence[tuple[str, str, float]], width: float) -> tuple[list[Text], float]:
    """Wrap texts and put them one below the other; give the height, with the space below them."""
    stacked: list[Text] = []
    base = 0.0
    for text, role, size in texts:
        for line in wrapped(text, width, size, bold=role == "heading"):
            base += size * LEADING
            stacked.append(Text(line, role, text_width(line, size, bold=role == "heading"), base))
        base += 3
    return stacked, base + 18


def _placed(texts: Sequence[Text], x: float, y: float) -> Iterator[str]:
    """Write lines of text; they are squeezed where another font would be wider."""
    for text in texts:
        yield (
            f'<text class="{text.role}" x="{_n(x)}" y="{_n(y + text.base)}" textLength="{_n(text.width)}" '
            f'lengthAdjust="spacingAndGlyphs">{escape(text.text)}</text>'
        )


def _focusable(identifier: str, node: str) -> str:
    return f' id="{identifier}" data-node="{escape(node)}" tabindex="0" role="button"'


def _length(text: str, size: float, bold: bool = False) -> str:
    return f'textLength="{_n(text_width(text, size, bold))}" lengthAdjust="spacingAndGlyphs"'


def _box_parts(box: Box, texts: Sequence[Text], frame: Frame, name: str) -> Iterator[str]:
    """Draw a box with its text in the middle."""
    yield f'<g class="box {box.kind}{" best" if box.leads else ""}"{name}>'
    yield from _shape(box.kind, frame)
    height = texts[-1].base + 4
    yield from _placed(texts, frame.x + SIDE, frame.y + (frame.height - height) / 2)
    yield "</g>"


def _shape(kind: BoxKind, frame: Frame) -> Iterator[str]:
    """Draw the outline of a kind: round for given, pointed for derived, double for candidates, a pile for more."""
    x, y, width, height = frame
    if kind == "derived":
        tip, right, bottom = 9.0, x + width, y + height
        corners = [(x, y + height / 2), (x + tip, y), (right - tip, y), (right, y + height / 2)]
        corners += [(right - tip, bottom), (x + tip, bottom)]
        yield f'<polygon class="shape" points="{" ".join(f"{_n(a)},{_n(b)}" for a, b in corners)}"/>'
        return
    if kind == "more":
        yield _rectangle("shape", Frame(x + 4, y, width - 4, height - 4), 2.0)
        yield _rectangle("shape", Frame(x, y + 4, width - 4, height - 4), 2.0)
        return
    radius = {"given": min(height / 2, 16.0), "absent": min(height / 2, 16.0), "candidate": 4.0}.get(kind, 0.0)
    yield _rectangle("shape", frame, radius)
    if kind == "candidate":
        yield _rectangle("inner", Frame(x + 3, y + 3, width - 6, height - 6), 2.0)


def _rectangle(role: str, frame: Frame, radius: float) -> str:
    x, y, width, height = map(_n, frame)
    return f'<rect class="{role}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{_n(radius)}"/>'


def _link_parts(link: Link, points: Sequence[Point], joined: str = "", straight: float = 0) -> Iterator[str]:
    """Draw a link: a line as wide as it is strong, an arrow's head or a bar at its end, and its label before that."""
    width = 1.0 + (1.2 if link.kind in ("premise", "excepts") else 2.2) * link.strength
    end = points[-1]
    ahead = 1 if points[0].x <= end.x else -1
    short = Point(end.x - ahead * (3.0 if link.opposes else 8.0), end.y)
    room = [Point(end.x - ahead * straight, end.y)] if straight else []
    yield f'<g class="link {link.kind}"{joined}>'
    if link.note:
        yield f"<title>{escape(visible(link.note))}</title>"
    yield f'<path class="line" stroke-width="{_n(width)}" d="{_curve([*points[:-1], *room, short])}"/>'
    if link.opposes:
        yield f'<rect class="end" x="{_n(end.x - 4.5)}" y="{_n(end.y - 6)}" width="3" height="12"/>'
    else:
        tip, back = f"{_n(end.x - ahead)},{_n(end.y)}", end.x - ahead * (9 + width / 2)
        half = 3.2 + width / 2
        yield f'<polygon class="end" points="{_n(back)},{_n(end.y - half)} {tip} {_n(back)},{_n(end.y + half)}"/>'
    if link.label:
        anchor = "end" if ahead > 0 else "start"
        x = _n(end.x - ahead * 14)
        yield f'<text class="label" x="{x}" y="{_n(end.y - 3.5)}" text-anchor="{anchor}">{link.label}</text>'
    yield "</g>"


def _curve(points: Sequence[Point]) -> str:
    """Join points by curves that are horizontal at each; two of the same height by a straight line."""
    path = f"M{_n(points[0].x)} {_n(points[0].y)}"
    for start, end in pairwise(points):
        if start.y == end.y:
            path += f"H{_n(end.x)}"
        else:
            middle = _n((start.x + end.x) / 2)
            path += f"C{middle} {_n(start.y)} {middle} {_n(end.y)} {_n(end.x)} {_n(end.y)}"
    return path


def legend(drawn: Drawing) -> tuple[list[str], float]:
    """Explain the shapes and lines that there are, in a row; tell how wide it is."""
    parts: list[str] = []
    x = 0.0
    for symbol, width, said in legend_entries(drawn):
        parts += [f'<g transform="translate({_n(x)} 0)">', *symbol, "</g>"] if symbol else []
        x += width + 6 if symbol else 0
        parts.append(f'<text class="faint" x="{_n(x)}" y="12" {_length(said, SIZES["faint"])}>{said}</text>')
        x += text_width(said, SIZES["faint"]) + 22
    return parts, x


def legend_entries(drawn: Drawing) -> Iterator[tuple[list[str], int, str]]:
    """Draw each kind of shape and line that there is, with its width and what it means."""
    kinds = {box.kind for box in drawn.boxes}
    links = {link.kind for link in drawn.links}
    for kind in (kind for kind in drawn.box_meanings if kind in kinds):
        yield [f'<g class="{kind}">', *_shape(kind, Frame(0, 0, 26, 16)), "</g>"], 26, drawn.box_meanings[kind]
    for link_kind in (kind for kind in drawn.link_meanings if kind in links):
        line = Link("", "", link_kind, 0.7, opposes=link_kind in ("against", "excepts"))
        yield [*_link_parts(line, [Point(0, 8), Point(40, 8)])], 40, drawn.link_meanings[link_kind]
    if links & {"for", "against"}:
        yield [], 0, "the wider, the stronger"


def _n(number: float) -> str:
    """Write a coordinate with a decimal at the most."""
    return f"{round(number, 1) + 0.0:.1f}".removesuffix(".0")  # never -0
