"""The graph as a picture in SVG: kinds are told apart by shape, strength by width, opposition by a bar at the end."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from expert.knowledge.foreign_text import visible, visible_lines
from expert.rendering.graph.boxes import Box, BoxKind, Drawing, Link
from expert.rendering.graph.columns import columns_of
from expert.rendering.graph.drawings import Subject, drawing
from expert.rendering.graph.fonts import text_width, wrapped
from expert.rendering.graph.layout import LABEL, Frame, Layout, Point, Sizes, extent, layout
from expert.rendering.graph.look import SIZES, style_alone

LEADING = 1.32
"""From one line to the next, in letter sizes."""

TEXT_WIDTHS = (300.0, 240.0, 190.0, 150.0, 124.0, 98.0)
"""Where lines can be wrapped: those of a column at the one with which the picture fills its room best."""

ROOM = (1000.0, 660.0)
"""How wide and how high a picture should be: what a page has for it on a common screen."""

LARGEST = 1.1
"""Up to which zoom a picture that is shown larger is better; from there on, longer lines are."""

PADDING, SIDE = 6.0, 10.0
"""Between a text and its box, above and beside it."""

MARGIN = 24.0


class Text(NamedTuple):
    """A wrapped line of a box, with the distance of its base line from the top of the text."""

    text: str
    role: str
    width: float
    base: float


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
    drawn: Drawing, prefix: str = "", address: Callable[[str], str] | None = None
) -> tuple[list[str], float, float]:
    """Draw boxes and links alone: boxes that can be focused if they get a prefix, that are links if addresses."""
    texts, found = _laid_out(drawn)
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


def _laid_out(drawn: Drawing) -> tuple[dict[str, list[Text]], Layout]:
    """Wrap the texts so that the picture fills its room best, and find a place for everything."""
    candidates = [box.node for box in drawn.boxes if box.kind == "candidate"]
    back = [(link.start, link.end) for link in drawn.links if link.kind == "asks" or link.start in candidates]
    labelled = [(link.start, link.end) for link in drawn.links if link.label]
    columns = columns_of(drawn.graph, left=drawn.first, right=candidates, backwards=back)
    wrapped_to = {width: {box.node: _texts(box, width) for box in drawn.boxes} for width in TEXT_WIDTHS}
    sizes_at = {width: _sizes(texts) for width, texts in wrapped_to.items()}

    def fit(widths: Mapping[int, float]) -> float:
        sizes = {node: sizes_at[widths[column]][node] for node, column in columns.of.items()}
        return _fit(extent(columns, sizes, labelled))

    widths = _widths(sorted(set(columns.of.values())), fit)
    texts = {node: wrapped_to[widths[column]][node] for node, column in columns.of.items()}
    return texts, layout(drawn.graph, _sizes(texts), columns, labelled)


def _widths(columns: Sequence[int], fit: Callable[[Mapping[int, float]], float]) -> dict[int, float]:
    """Choose the width of texts, the same for all columns, then another for each where that fits better."""
    best = max((dict.fromkeys(columns, width) for width in TEXT_WIDTHS), key=fit)
    for column in (*columns, *columns):
        best = max([best, *({**best, column: width} for width in TEXT_WIDTHS)], key=fit)
    return best


def _sizes(texts: Mapping[str, Sequence[Text]]) -> Sizes:
    """Tell how large boxes have to be."""
    return {
        node: (max(line.width for line in lines) + 2 * SIDE, lines[-1].base + 4 + 2 * PADDING)
        for node, lines in texts.items()
    }


def _fit(size: tuple[float, float]) -> float:
    """Tell how large a picture can be shown in the room for it, no larger than is good to read."""
    return min(ROOM[0] / max(size[0], 1.0), ROOM[1] / max(size[1], 1.0), LARGEST)


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


def _texts(box: Box, width: float) -> list[Text]:
    """Wrap the lines of a box."""
    texts: list[Text] = []
    base = 0.0
    for line in box.lines:
        size = SIZES[line.role]
        bold = line.role == "title"
        for text in wrapped(line.text, width, size, bold):
            base += size * LEADING if texts else size * 0.92
            texts.append(Text(text, line.role, text_width(text, size, bold), base))
    return texts


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
    """Draw the outline that tells a kind: round for given, pointed for derived, double for candidates."""
    x, y, width, height = frame
    if kind == "derived":
        tip, right, bottom = 9.0, x + width, y + height
        corners = [(x, y + height / 2), (x + tip, y), (right - tip, y), (right, y + height / 2)]
        corners += [(right - tip, bottom), (x + tip, bottom)]
        yield f'<polygon class="shape" points="{" ".join(f"{_n(a)},{_n(b)}" for a, b in corners)}"/>'
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
    """Explain the shapes and lines that there are, in a row."""
    kinds = {box.kind for box in drawn.boxes}
    links = {link.kind for link in drawn.links}
    parts: list[str] = []
    x = 0.0
    for kind in (kind for kind in drawn.box_meanings if kind in kinds):
        parts += [f'<g class="{kind}">', *_shape(kind, Frame(x, 0, 26, 16)), "</g>"]
        x = _legend_text(parts, drawn.box_meanings[kind], x + 32)
    for link_kind in (kind for kind in drawn.link_meanings if kind in links):
        line = Link("", "", link_kind, 0.7, opposes=link_kind in ("against", "excepts"))
        parts += _link_parts(line, [Point(x, 8), Point(x + 40, 8)])
        x = _legend_text(parts, drawn.link_meanings[link_kind], x + 46)
    if links & {"for", "against"}:
        x = _legend_text(parts, "the wider, the stronger", x)
    return parts, x


def _legend_text(parts: list[str], text: str, x: float) -> float:
    """Add a text to the legend; give where it goes on."""
    parts.append(f'<text class="faint" x="{_n(x)}" y="12" {_length(text, SIZES["faint"])}>{text}</text>')
    return x + text_width(text, SIZES["faint"]) + 22


def _n(number: float) -> str:
    """Write a coordinate with a decimal at the most."""
    return f"{round(number, 1) + 0.0:.1f}".removesuffix(".0")  # never -0
