"""The columns of a layout: each box stands to the right of what leads to it, by the longest path."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, TypeAlias

import networkx as nx

Edge: TypeAlias = tuple[str, str]


class Columns(NamedTuple):
    """The number of each node's column, and the lines that lead back to the left."""

    of: Mapping[str, int]
    turned: Collection[Edge]


def columns_of(
    graph: nx.DiGraph,
    left: Collection[str] = (),
    right: Collection[str] = (),
    backwards: Collection[Edge] = (),
    level: bool = False,
) -> Columns:
    """Put nodes into columns, in their order; where there are cycles, lines in `backwards` lead back first.

    Where columns are to be ``level``, what nothing leads to also stands farther left, so that none is much the longest.
    """
    turned = _turned(graph, set(backwards))
    joined = _without_cycles(graph, turned)
    columns = _columns(joined, set(left), set(right)) if graph else {}
    if level:
        _level(columns, [node for node in graph if not joined.in_degree(node)])
    return Columns({node: columns[node] for node in graph}, turned)


def _turned(graph: nx.DiGraph, first: set[Edge]) -> set[Edge]:
    """Choose lines to be led backwards, so that the others have no cycle: `first` of all, then late ones."""
    part = {node: number for number, nodes in enumerate(nx.strongly_connected_components(graph)) for node in nodes}
    kept, turned = nx.DiGraph(), set()
    for edge in sorted(graph.edges, key=first.__contains__):
        if part[edge[0]] == part[edge[1]]:
            if all(end in kept for end in edge) and nx.has_path(kept, edge[1], edge[0]):
                turned.add(edge)
            else:
                kept.add_edge(*edge)
    return turned


def _without_cycles(graph: nx.DiGraph, turned: Collection[Edge]) -> nx.DiGraph:
    """Turn lines round."""
    found = nx.DiGraph(graph)
    found.remove_edges_from(turned)
    found.add_edges_from(edge[::-1] for edge in turned)
    return found


def _columns(graph: nx.DiGraph, left: set[str], right: set[str]) -> dict[str, int]:
    """Number the column of each node: the longest way to it; then as far right as what it leads to allows."""
    columns = {node: depth for depth, nodes in enumerate(nx.topological_generations(graph)) for node in nodes}
    last = max(columns.values())
    for node in reversed(list(nx.topological_sort(graph))):
        following = [columns[after] for after in graph.successors(node)]
        if following and node not in left:
            columns[node] = min(following) - 1
        elif not following and node in right:
            columns[node] = last
    return columns


def _level(columns: dict[str, int], movable: Iterable[str]) -> None:
    """Move nodes from long columns to shorter ones on their left."""
    lengths = Counter(columns.values())
    for node in movable:
        here = columns[node]
        shortest = min(range(here, -1, -1), key=lengths.__getitem__)
        if lengths[shortest] + 1 < lengths[here]:
            columns[node] = shortest
            lengths.update({here: -1, shortest: 1})
