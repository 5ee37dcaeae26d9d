"""A layered layout: boxes in columns from left to right, and lines that go round them.

The steps are Sugiyama's (Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of Hierarchical System
Structures", 1981): columns by longest path; an order within each column that crosses few lines, by barycentres and
swaps from several starts; and heights by isotonic regression with least distances. A line that passes a column gets a
place of its own there.
"""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple, TypeAlias

import networkx as nx

from expert.rendering.graph.columns import Columns, Edge
from expert.rendering.graph.ordering import LARGE, Node, neighbours, ordered

Sizes: TypeAlias = Mapping[str, tuple[float, float]]

GAP, LABEL = 36.0, 54.0
"""Between columns, and how much more before one where lines end with a label: that much of them is straight."""

BOX_GAP, LINE_GAP = 13.0, 7.0
"""Between a box and what is above it, and between two lines."""

BAND = 26.0
"""How high a band without anything in it may be."""

PORT = 16.0
"""Between the ends of lines at one side of a box, where it is high enough."""


class Point(NamedTuple):
    """A place on the picture; y grows downwards."""

    x: float
    y: float


class Frame(NamedTuple):
    """The left upper corner of a box, and its size."""

    x: float
    y: float
    width: float
    height: float


class Layout(NamedTuple):
    """Where everything is: boxes, and lines with two points, level with one another, for each column that they pass."""

    width: float
    height: float
    boxes: Mapping[Node, Frame]
    lines: Mapping[Edge, tuple[Point, ...]]


def extent(columns: Columns, sizes: Sizes, labelled: Collection[Edge] = ()) -> tuple[float, float]:
    """Estimate the width and the height of a layout."""
    widths: defaultdict[int, float] = defaultdict(float)
    heights: defaultdict[int, float] = defaultdict(float)
    for node, column in columns.of.items():
        widths[column] = max(widths[column], sizes[node][0])
        heights[column] += sizes[node][1] + BOX_GAP
    gaps = GAP * max(len(widths) - 1, 0) + LABEL * len({columns.of[end] for _, end in labelled})
    return sum(widths.values()) + gaps, max(heights.values(), default=0.0)


def layout(graph: nx.DiGraph, sizes: Sizes, columns: Columns, labelled: Collection[Edge] = ()) -> Layout:
    """Lay out a graph whose nodes have their columns; the lines in `labelled` end with a label."""
    if not graph:
        return Layout(0.0, 0.0, {}, {})
    turned = columns.turned
    chains = {edge: _chain(edge, edge[::-1] if edge in turned else edge, columns.of) for edge in graph.edges}
    spacious = {columns.of[end] for _, end in labelled}
    order = ordered(_first_order(columns.of, chains), list(chains.values()))
    leaving, entering = (Counter(chain[end] for chain in chains.values()) for end in (0, -1))
    ports = {node: max(leaving[node], entering[node]) for node in graph}
    heights: dict[Node, float] = {node: max(sizes[node][1], PORT * ports[node]) for node in graph}
    centres = _centres(order, list(chains.values()), heights)
    spans = _spans(order, sizes, spacious)
    frames: dict[Node, Frame] = {
        node: Frame(x, centres[node] - heights[node] / 2, width, heights[node])
        for column, (x, width) in zip(order, spans, strict=True)
        for node in column
        if isinstance(node, str)
    }
    lines = _lines(chains, frames, centres, spans)
    lines |= {edge: lines[edge][::-1] for edge in turned}
    width = max(frame.x + frame.width for frame in frames.values())
    height = max(
        *(frame.y + frame.height for frame in frames.values()), *(p.y for line in lines.values() for p in line), 0
    )
    return Layout(width, height, frames, lines)


def _chain(edge: Edge, joined: Edge, columns: Mapping[str, int]) -> list[Node]:
    """List the nodes that a line joins, from left to right, with its places in the columns that it passes."""
    left, right = joined
    return [left, *((*edge, column) for column in range(columns[left] + 1, columns[right])), right]


def _first_order(columns: Mapping[str, int], chains: Mapping[Edge, Sequence[Node]]) -> list[list[Node]]:
    """Put everything into its column, in the order of the graph."""
    order: list[list[Node]] = [[] for _ in range(max(columns.values()) + 1)]
    for node, column in columns.items():
        order[column].append(node)
    for chain in chains.values():
        for place in chain[1:-1]:
            order[place[2]].append(place)  # type: ignore[index]
    return order


# Heights.


def _centres(
    order: Sequence[Sequence[Node]], chains: Sequence[Sequence[Node]], heights: Mapping[Node, float]
) -> dict[Node, float]:
    """Find the height of each place's centre: near what it is joined to, long lines straight, nothing overlapping."""
    sides = [_pulls(joined, heights) for joined in neighbours(chains)]
    centres: dict[Node, float] = {}
    columns = [(column, _offsets(column, heights)) for column in order]
    for column, offsets in columns:
        centres |= {node: offset - offsets[-1] / 2 for node, offset in zip(column, offsets, strict=True)}
    sweeps = 10 if len(centres) > LARGE else 30
    for sweep in range(sweeps):
        settled = sweep >= sweeps - 4
        pulling = sides if settled or sweep < 2 else [sides[sweep % 2]]
        for column, offsets in columns if sweep % 2 == 0 else reversed(columns):
            _settle(column, offsets, centres, pulling)
    _straighten(order, chains, centres, heights)
    _squeeze(chains, centres, heights)
    top = min(centres[node] - heights.get(node, 0.0) / 2 for column in order for node in column)
    return {node: centre - top for node, centre in centres.items()}


def _offsets(column: Sequence[Node], heights: Mapping[Node, float]) -> list[float]:
    """Measure the least distance of each place's centre from that of the first."""
    offsets = [0.0]
    for above, below in pairwise(column):
        gap = BOX_GAP if above in heights or below in heights else LINE_GAP
        offsets.append(offsets[-1] + (heights.get(above, 0.0) + heights.get(below, 0.0)) / 2 + gap)
    return offsets


def _pulls(
    joined: Mapping[Node, Sequence[Node]], heights: Mapping[Node, float]
) -> dict[Node, list[tuple[float, Node]]]:
    """Weigh what each place is joined to: the parts of a long line hold together most."""
    return {
        node: [(1.0 if node in heights or other in heights else 8.0, other) for other in others]
        for node, others in joined.items()
    }


def _settle(
    column: Sequence[Node],
    offsets: Sequence[float],
    centres: dict[Node, float],
    sides: Sequence[Mapping[Node, Sequence[tuple[float, Node]]]],
) -> None:
    """Move the places of a column towards what they are joined to, keeping their order and distances."""
    apart, weights = [], []
    for node, offset in zip(column, offsets, strict=True):
        weight = moment = 0.0
        for side in sides:
            for pull, other in side.get(node, ()):
                weight += pull
                moment += pull * centres[other]
        apart.append((moment / weight if weight else centres[node]) - offset)
        weights.append(weight or 0.1)
    for node, level, offset in zip(column, _isotonic(apart, weights), offsets, strict=True):
        centres[node] = level + offset


def _straighten(
    order: Sequence[Sequence[Node]],
    chains: Sequence[Sequence[Node]],
    centres: dict[Node, float],
    heights: Mapping[Node, float],
) -> None:
    """Move the places of each long line to one height, that of an end where there is room."""
    limits: dict[Node, tuple[Node | None, Node | None]] = {}
    for column in order:
        limits |= {node: pair for node, *pair in zip(column, [None, *column[:-1]], [*column[1:], None], strict=True)}  # type: ignore[misc]
    for chain in chains:
        places = chain[1:-1]
        low, high = -inf, inf
        for place in places:
            above, below = limits[place]
            if above is not None:
                low = max(low, centres[above] + _offsets([above, place], heights)[1])
            if below is not None:
                high = min(high, centres[below] - _offsets([place, below], heights)[1])
        if places and low <= high:
            near = [centres[end] for end in (chain[0], chain[-1]) if low <= centres[end] <= high]
            mean = sum(centres[place] for place in places) / len(places)
            level = min(near, key=lambda end: abs(end - mean), default=min(max(mean, low), high))
            centres.update(dict.fromkeys(places, level))


def _squeeze(chains: Sequence[Sequence[Node]], centres: dict[Node, float], heights: Mapping[Node, float]) -> None:
    """Narrow the bands in which there is nothing at all."""
    halves = {node: heights.get(node, 0.0) / 2 for node in centres}
    spans = [(centre - halves[node], centre + halves[node]) for node, centre in centres.items()]
    spans += [(min(ends), max(ends)) for chain in chains for ends in pairwise([centres[node] for node in chain])]
    bottom, starts, shifts = -inf, [-inf], [0.0]
    for top, lower in sorted(spans):
        if bottom + BAND < top and bottom > -inf:
            starts.append(top)
            shifts.append(shifts[-1] + top - bottom - BAND)
        bottom = max(bottom, lower)
    for node, centre in centres.items():
        centres[node] = centre - shifts[bisect(starts, centre) - 1]


def _isotonic(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Fit the nearest sequence that never falls, by pooling adjacent violators."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(values, weights, strict=True):
        mean, total, count = value, weight, 1
        while pools and pools[-1][0] >= mean:
            other, other_total, other_count = pools.pop()
            mean = (mean * total + other * other_total) / (total + other_total)
            total, count = total + other_total, count + other_count
        pools.append((mean, total, count))
    return [mean for mean, _, count in pools for _ in range(count)]


# Coordinates.


def _spans(order: Sequence[Sequence[Node]], sizes: Sizes, spacious: Collection[int]) -> list[tuple[float, float]]:
    """Tell where each column starts, and how wide it and all its boxes are."""
    spans = []
    x = 0.0
    for number, column in enumerate(order):
        width = max((sizes[node][0] for node in column if isinstance(node, str)), default=0.0)
        spans.append((x, width))
        x += width + GAP + (LABEL if number + 1 in spacious else 0.0)
    return spans


def _lines(
    chains: Mapping[Edge, Sequence[Node]],
    frames: Mapping[Node, Frame],
    centres: Mapping[Node, float],
    spans: Sequence[tuple[float, float]],
) -> dict[Edge, tuple[Point, ...]]:
    """Lead each line from its port on one box to its port on the other."""
    leaving = _ports({edge: (chain[0], centres[chain[1]]) for edge, chain in chains.items()}, frames)
    entering = _ports({edge: (chain[-1], centres[chain[-2]]) for edge, chain in chains.items()}, frames)
    lines = {}
    for edge, chain in chains.items():
        first, last = frames[chain[0]], frames[chain[-1]]
        points = [Point(first.x + first.width, leaving[edge])]
        for place in chain[1:-1]:
            x, width = spans[place[2]]  # type: ignore[index]
            points += [Point(x, centres[place]), Point(x + width, centres[place])]
        lines[edge] = (*points, Point(last.x, entering[edge]))
    return lines


def _ports(ends: Mapping[Edge, tuple[Node, float]], frames: Mapping[Node, Frame]) -> dict[Edge, float]:
    """Spread the ends of lines over the side of each box, in the order of where they come from."""
    at: dict[Node, list[tuple[float, Edge]]] = {}
    for edge, (node, height) in ends.items():
        at.setdefault(node, []).append((height, edge))
    ports = {}
    for node, found in at.items():
        frame = frames[node]
        for index, (_, edge) in enumerate(sorted(found)):
            ports[edge] = frame.y + frame.height / 2 + (index - (len(found) - 1) / 2) * PORT
    return ports
