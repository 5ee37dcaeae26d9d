"""How texts are wrapped and boxes laid out, so that a picture fills its room and can be read there."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from expert.rendering.graph.boxes import Drawing, Line
from expert.rendering.graph.columns import Columns, Edge, columns_of
from expert.rendering.graph.fonts import text_width, widest_part, wrapped
from expert.rendering.graph.layout import Layout, Sizes, extent, layout
from expert.rendering.graph.look import SIZES

LEADING = 1.32
"""From one line to the next, in letter sizes."""

TEXT_WIDTHS = (300.0, 240.0, 190.0, 150.0, 124.0, 98.0, 400.0, 520.0)
"""Where lines can be wrapped: those of a column at the first with which the picture fills its room best."""


class Room(NamedTuple):
    """How wide and how high a picture should be."""

    width: float
    height: float


ROOM = Room(1000.0, 660.0)
"""What a page has for a picture on a common screen."""

SMALL_ROOMS = (Room(484.0, 710.0), Room(676.0, 450.0))
"""What it has on a telephone, where letters may be a little smaller, and on a tablet."""

SHARES = (1.0, 0.85, 0.7)
"""Of the height of the room, for columns: a picture is higher, for boxes stand level with what they follow from."""

MOST_BOXES = 100
"""How many boxes can be read in the room at the very most."""

LARGEST = 1.0
"""Up to which zoom a picture that is shown larger is better; from there on, longer lines are."""

PADDING, SIDE = 6.0, 10.0
"""Between a text and its box, above and beside it."""


class Text(NamedTuple):
    """A wrapped line of a box, with the distance of its base line from the top of the text."""

    text: str
    role: str
    width: float
    base: float


def laid_out(drawn: Drawing, room: Room = ROOM) -> tuple[dict[str, list[Text]], Layout]:
    """Wrap the texts so that the picture fills its room best, and find a place for everything."""
    found: list[tuple[dict[str, list[Text]], Layout]] = []
    for share in SHARES:
        texts, columns, labelled = _fitted(drawn, room._replace(height=share * room.height))
        if not found or texts != found[-1][0]:
            found.append((texts, layout(drawn.graph, _sizes(texts), columns, labelled)))
    return max(found, key=lambda each: _fit((each[1].width, each[1].height), room))


def can_be_read(drawn: Drawing, room: Room = ROOM) -> bool:
    """Tell whether the smallest letters keep their size where the whole picture is shown in its room."""
    if len(drawn.boxes) > MOST_BOXES:
        return False
    texts, columns, labelled = _fitted(drawn, room)
    if _fit(extent(columns, _sizes(texts), labelled), room) < 1:
        return False
    _, found = laid_out(drawn, room)
    return _fit((found.width, found.height), room) >= 1


def too_small(drawn: Drawing, rooms: Sequence[Room]) -> Sequence[Room]:
    """Choose the rooms in which a picture that is laid out for a common screen cannot be read."""
    if not can_be_read(drawn):
        return rooms
    _, found = laid_out(drawn)
    return [room for room in rooms if _fit((found.width, found.height), room) < 1]


def _fitted(drawn: Drawing, room: Room) -> tuple[dict[str, list[Text]], Columns, list[Edge]]:
    """Wrap the texts for a room; give them with the columns of the boxes, and the lines with labels."""
    candidates = [box.node for box in drawn.boxes if box.kind == "candidate"]
    back = [(link.start, link.end) for link in drawn.links if link.kind == "asks" or link.start in candidates]
    labelled = [(link.start, link.end) for link in drawn.links if link.label]
    columns = columns_of(drawn.graph, left=drawn.first, right=candidates, backwards=back, level=drawn.level)
    wrapped_to = {width: {box.node: _texts(box.lines, width) for box in drawn.boxes} for width in TEXT_WIDTHS}
    sizes_at = {width: _sizes(texts) for width, texts in wrapped_to.items()}

    def fit(widths: Mapping[int, float]) -> float:
        sizes = {node: sizes_at[widths[column]][node] for node, column in columns.of.items()}
        return _fit(extent(columns, sizes, labelled), room)

    widths = _widths(sorted(set(columns.of.values())), fit)
    return {node: wrapped_to[widths[column]][node] for node, column in columns.of.items()}, columns, labelled


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


def _fit(size: tuple[float, float], room: Room) -> float:
    """Tell how large a picture can be shown in the room for it, no larger than is good to read."""
    return min(room.width / max(size[0], 1.0), room.height / max(size[1], 1.0), LARGEST)


@lru_cache(10_000)
def _texts(lines: tuple[Line, ...], width: float) -> list[Text]:
    """Wrap the lines of a box, no narrower than its longest word; the boxes of a page stand on several tabs."""
    longest = max(widest_part(line.text, SIZES[line.role], line.role == "title") for line in lines)
    room = max(width, min(longest, TEXT_WIDTHS[0]))
    texts: list[Text] = []
    base = 0.0
    for line in lines:
        size = SIZES[line.role]
        bold = line.role == "title"
        for text in wrapped(line.text, room, size, bold):
            base += size * LEADING if texts else size * 0.92
            texts.append(Text(text, line.role, text_width(text, size, bold), base))
    return texts
