"""The order of the places within each column of a layout: one that lets few lines cross.

Barycentres and swaps take turns, from several starts; the starts are shuffled by fixed seeds, so nothing depends on
chance.
"""

import random
from bisect import bisect, insort
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

Node: TypeAlias = str | tuple[str, str, int]
"""A box, or the place where a line passes a column: where the line starts and ends, and the column's number."""

Joined: TypeAlias = Sequence[Sequence[int]]

ROUNDS = 6
"""How often barycentres and swaps take turns."""

SMALL, LARGE = 200, 1500
"""How many places make a graph that gets fewer starts, and one that gets a single one."""


def neighbours(chains: Sequence[Sequence[Node]]) -> tuple[dict[Node, list[Node]], dict[Node, list[Node]]]:
    """List what is joined to each place, in the column before and in the one after."""
    before: dict[Node, list[Node]] = {}
    after: dict[Node, list[Node]] = {}
    for chain in chains:
        for start, end in pairwise(chain):
            before.setdefault(end, []).append(start)
            after.setdefault(start, []).append(end)
    return before, after


def ordered(first: list[list[Node]], chains: Sequence[Sequence[Node]]) -> list[list[Node]]:
    """Find an order with few crossings, from several starts."""
    nodes = [node for column in first for node in column]
    number = {node: index for index, node in enumerate(nodes)}
    before, after = ([[number[other] for other in side.get(node, ())] for node in nodes] for side in neighbours(chains))
    start = [[number[node] for node in column] for column in first]
    best, least = start, _crossings(start, after, _positions(start, len(nodes)))
    starts = 1 if len(nodes) > LARGE else 3 if len(nodes) > SMALL else 8
    for seed in range(starts):
        order = [list(column) for column in start]
        if seed:
            shuffle = random.Random(seed).shuffle
            for column in order:
                shuffle(column)
        position = _positions(order, len(nodes))
        for _ in range(ROUNDS):
            previous = [list(column) for column in order]
            for column in order[1:]:
                _by_barycentre(column, before, position)
            for column in reversed(order[:-1]):
                _by_barycentre(column, after, position)
            for column in order:
                _swap_neighbours(column, (before, after), position)
            crossings = _crossings(order, after, position)
            if crossings < least:
                best, least = [list(column) for column in order], crossings
            if order == previous:  # further rounds would change nothing
                break
        if least == 0:
            break
    return [[nodes[each] for each in column] for column in best]


# From here on, places are numbers: `Joined` lists, for each, the places that it is joined to on one side.


def _positions(order: Sequence[Sequence[int]], count: int) -> list[int]:
    """Tell where each place is in its column."""
    position = [0] * count
    for column in order:
        _place(column, position)
    return position


def _place(column: Sequence[int], position: list[int]) -> None:
    """Note where the places of a column are."""
    for index, node in enumerate(column):
        position[node] = index


def _by_barycentre(column: list[int], joined: Joined, position: list[int]) -> None:
    """Order a column by the mean position of what is joined to each place; what has nothing stays where it is."""
    mean = {
        node: sum([position[other] for other in others]) / len(others) for node in column if (others := joined[node])
    }
    moved = iter(sorted(mean, key=mean.__getitem__))
    column[:] = [next(moved) if node in mean else node for node in column]
    _place(column, position)


def _swap_neighbours(column: list[int], sides: Sequence[Joined], position: list[int]) -> None:
    """Swap places that are one above the other, as long as that saves crossings."""
    ends = [{node: sorted([position[other] for other in joined[node]]) for node in column} for joined in sides]
    swapped = list(range(len(column)))
    for _ in range(len(column)):
        # Only two places of which one has moved can have become better the other way round.
        waiting, swapped = {place for i in swapped for place in (i - 1, i, i + 1)}, []
        for i in range(len(column) - 1):
            if i not in waiting:
                continue
            above, below = column[i], column[i + 1]
            saved = 0
            for side in ends:
                saved += _inversions(side[above], side[below]) - _inversions(side[below], side[above])
            if saved > 0:
                column[i], column[i + 1] = below, above
                waiting.add(i + 1)
                swapped.append(i)
        if not swapped:
            break
    _place(column, position)


def _inversions(above: Sequence[int], below: Sequence[int]) -> int:
    """Count the crossings of the lines of two places, one above the other, by the sorted ends of their lines."""
    if not above or not below or above[-1] <= below[0]:
        return 0
    return sum([len(above) - bisect(above, end) for end in below])


def _crossings(order: Sequence[Sequence[int]], after: Joined, position: list[int]) -> int:
    """Count all crossings."""
    count = 0
    for column in order[:-1]:
        seen: list[int] = []
        for node in column:
            ends = sorted([position[other] for other in after[node]])
            count += sum([len(seen) - bisect(seen, end) for end in ends])
            for end in ends:
                insort(seen, end)
    return count
