"""The order of the places within each column of a layout: one that lets few lines cross.

Barycentres and swaps take turns, from several starts; the starts are shuffled by fixed seeds, so nothing depends on
chance.
"""

import random
from bisect import bisect, insort
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

Node: TypeAlias = str | tuple[str, str, int]
"""A box, or the place where a line passes a column: where the line starts and ends, and the column's number."""

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
    before, after = neighbours(chains)
    places = sum(map(len, first))
    starts = 1 if places > LARGE else 3 if places > SMALL else 8
    best, least = first, _crossings(first, after)
    for seed in range(starts):
        order = [list(column) for column in first]
        if seed:
            shuffle = random.Random(seed).shuffle
            for column in order:
                shuffle(column)
        for _ in range(6):
            for index in range(1, len(order)):
                _by_barycentre(order[index], order[index - 1], before)
            for index in reversed(range(len(order) - 1)):
                _by_barycentre(order[index], order[index + 1], after)
            _swap_neighbours(order, before, after)
            crossings = _crossings(order, after)
            if crossings < least:
                best, least = [list(column) for column in order], crossings
        if least == 0:
            break
    return best


def _by_barycentre(column: list[Node], beside: Sequence[Node], joined: Mapping[Node, Sequence[Node]]) -> None:
    """Order a column by the mean position of what is joined to each place; what has nothing stays where it is."""
    position = {node: index for index, node in enumerate(beside)}
    mean = {
        node: sum(position[other] for other in others) / len(others) for node in column if (others := joined.get(node))
    }
    moved = iter(sorted(mean, key=mean.__getitem__))
    column[:] = [next(moved) if node in mean else node for node in column]


def _swap_neighbours(
    order: Sequence[list[Node]], before: Mapping[Node, Sequence[Node]], after: Mapping[Node, Sequence[Node]]
) -> None:
    """Swap places that are one above the other, as long as that saves crossings."""
    for index, column in enumerate(order):
        sides = [
            ({node: i for i, node in enumerate(order[beside])}, joined)
            for beside, joined in ((index - 1, before), (index + 1, after))
            if 0 <= beside < len(order)
        ]
        ends = [{node: sorted(at[other] for other in joined.get(node, ())) for node in column} for at, joined in sides]
        swapped = list(range(len(column)))
        for _ in range(len(column)):
            # Only two places of which one has moved can have become better the other way round.
            waiting, swapped = {place for i in swapped for place in (i - 1, i, i + 1)}, []
            for i in range(len(column) - 1):
                if i not in waiting:
                    continue
                above, below = column[i], column[i + 1]
                saved = sum(
                    _inversions(side[above], side[below]) - _inversions(side[below], side[above]) for side in ends
                )
                if saved > 0:
                    column[i], column[i + 1] = below, above
                    waiting.add(i + 1)
                    swapped.append(i)
            if not swapped:
                break


def _inversions(above: Sequence[int], below: Sequence[int]) -> int:
    """Count the crossings of the lines of two places, one above the other, by the sorted ends of their lines."""
    if not above or not below or above[-1] <= below[0]:
        return 0
    return sum(len(above) - bisect(above, end) for end in below)


def _crossings(order: Sequence[Sequence[Node]], after: Mapping[Node, Sequence[Node]]) -> int:
    """Count all crossings."""
    count = 0
    for column, beside in pairwise(order):
        position = {node: index for index, node in enumerate(beside)}
        seen: list[int] = []
        for node in column:
            ends = sorted(position[other] for other in after.get(node, ()))
            count += sum(len(seen) - bisect(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return count
