"""The order within columns: few lines cross, on small graphs as few as can be."""

import random
from itertools import combinations, pairwise, permutations

import pytest

from expert.rendering.graph.ordering import ordered


def drawn(seed, heights, share):
    """Draw columns, and a share of all lines between neighbouring ones; the same for the same seed."""
    generator = random.Random(seed)
    columns = [[f"{letter}{i}" for i in range(height)] for letter, height in zip("abc", heights, strict=True)]
    chains = [
        [start, end] for one, other in pairwise(columns) for start in one for end in other if generator.random() < share
    ]
    return columns, chains


def crossings(columns, chains):
    """Count the crossings of the lines between these columns, pair by pair."""
    position = {node: (number, index) for number, column in enumerate(columns) for index, node in enumerate(column)}
    lines = [(*position[start], position[end][1]) for start, end in chains if {start, end} <= position.keys()]
    return sum(
        column == other_column and (start - other_start) * (end - other_end) < 0
        for (column, start, end), (other_column, other_start, other_end) in combinations(lines, 2)
    )


def least_crossings(columns, chains):
    """Try all orders of three columns: those of the outer ones do not depend on each other."""
    left, middle, right = columns
    return min(
        sum(min(crossings([one, order], chains) for one in permutations(outer)) for outer in (left, right))
        for order in permutations(middle)
    )


def test_crossings_are_taken_out():
    columns = [["a", "b", "c"], ["x", "y", "z"]]
    chains = [["a", "z"], ["b", "y"], ["c", "x"]]
    found = ordered(columns, chains)
    joined = dict(chains)
    assert [joined[node] for node in found[0]] == found[1]


@pytest.mark.parametrize("seed", [0, 4, 8, 11, 13])
def test_no_order_of_a_small_graph_has_fewer_crossings(seed):
    columns, chains = drawn(seed, heights=(4, 4, 4), share=0.5)
    assert crossings(ordered(columns, chains), chains) == least_crossings(columns, chains)


@pytest.mark.parametrize(("seed", "most"), list(enumerate([311, 292, 292, 271, 403])))
def test_lines_of_larger_graphs_cross_no_more_than_they_did(seed, most):
    columns, chains = drawn(seed, heights=(15, 15, 15), share=0.2)
    assert crossings(ordered(columns, chains), chains) <= most
