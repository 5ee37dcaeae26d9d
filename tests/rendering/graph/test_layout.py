"""The layered layout: nothing overlaps, lines go round boxes, few of them cross."""

import random
from collections import Counter
from itertools import combinations, pairwise, permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert.rendering.graph.columns import columns_of
from expert.rendering.graph.layout import GAP, LABEL, extent
from expert.rendering.graph.layout import layout as laid_out


def layout(graph, sizes, labelled=(), **sides):
    return laid_out(graph, sizes, columns_of(graph, **sides), labelled)


@st.composite
def graphs(draw):
    """Draw a graph free of cycles, with a size for each node's box."""
    count = draw(st.integers(1, 14))
    names = [f"n{index}" for index in range(count)]
    graph = nx.DiGraph()
    graph.add_nodes_from(names)
    pairs = list(combinations(names, 2))
    graph.add_edges_from(draw(st.lists(st.sampled_from(pairs), max_size=24, unique=True)) if pairs else [])
    sizes = {name: (draw(st.integers(20, 200)), draw(st.integers(10, 120))) for name in names}
    return graph, sizes


def random_graph(seed):
    """Make a graph with many long lines, the same for the same seed."""
    generator = random.Random(seed)
    graph = nx.DiGraph()
    graph.add_nodes_from(f"n{index}" for index in range(20))
    graph.add_edges_from(generator.sample(list(combinations(graph, 2)), 28))
    return graph, {name: (generator.randint(20, 200), generator.randint(10, 120)) for name in graph}


def overlap(one, other):
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@given(graphs())
def test_level_columns_are_no_longer_and_lines_still_lead_to_the_right(drawn):
    graph, _ = drawn
    columns, level = columns_of(graph).of, columns_of(graph, level=True).of
    assert all(level[start] < level[end] for start, end in graph.edges)
    assert max(Counter(level.values()).values()) <= max(Counter(columns.values()).values())


def test_what_nothing_leads_to_fills_the_columns_of_a_long_chain():
    graph = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "goal"), *((f"n{index}", "goal") for index in range(9))])
    assert sorted(Counter(columns_of(graph, level=True).of.values()).values()) == [1, 4, 4, 4]


@given(graphs())
def test_boxes_are_large_enough_and_never_overlap(drawn):
    graph, sizes = drawn
    found = layout(graph, sizes)
    assert all(found.boxes[node].width >= width for node, (width, _) in sizes.items())
    assert all(found.boxes[node].height >= height for node, (_, height) in sizes.items())
    assert not any(overlap(one, other) for one, other in combinations(found.boxes.values(), 2))


@given(graphs())
def test_everything_is_on_the_picture(drawn):
    found = layout(*drawn)
    for box in found.boxes.values():
        assert box.x >= 0
        assert box.y >= -1e-9
        assert box.x + box.width <= found.width + 1e-9
        assert box.y + box.height <= found.height + 1e-9
    assert all(-1e-9 <= point.y <= found.height + 1e-9 for line in found.lines.values() for point in line)


@given(graphs())
def test_lines_lead_from_side_to_side_and_go_round_boxes(drawn):
    found = layout(*drawn)
    for (start, end), points in found.lines.items():
        one, other = found.boxes[start], found.boxes[end]
        assert points[0].x == one.x + one.width
        assert one.y <= points[0].y <= one.y + one.height
        assert points[-1].x == other.x
        assert other.y <= points[-1].y <= other.y + other.height
        for passing, leaving in zip(points[1:-1:2], points[2:-1:2], strict=True):
            assert passing.y == leaving.y
            for box in found.boxes.values():
                if box.x < leaving.x and passing.x < box.x + box.width:
                    assert not box.y < passing.y < box.y + box.height


@given(graphs())
def test_lines_bend_between_columns_alone(drawn):
    graph, sizes = drawn
    for points in layout(graph, sizes).lines.values():
        for start, end in pairwise(points):
            assert start.x <= end.x
            assert start.y == end.y or end.x - start.x == pytest.approx(GAP)


@given(graphs())
def test_ends_at_one_side_of_a_box_are_apart(drawn):
    found = layout(*drawn)
    for side, index in ((0, 0), (1, -1)):
        ends = {}
        for edge, points in found.lines.items():
            ends.setdefault(edge[side], []).append(points[index].y)
        for heights in ends.values():
            assert all(below - above > 10 for above, below in pairwise(sorted(heights)))


def test_columns_follow_the_longest_way_and_stand_as_far_right_as_they_can():
    graph = nx.DiGraph([("a", "b"), ("b", "c"), ("d", "c"), ("e", "c")])
    sizes = dict.fromkeys("abcde", (50, 20))
    found = layout(graph, sizes, left=["e"])
    x = {node: box.x for node, box in found.boxes.items()}
    assert x["a"] < x["b"] < x["c"]
    assert x["d"] == x["b"]
    assert x["e"] == x["a"]


def test_what_leads_nowhere_can_be_kept_right():
    graph = nx.DiGraph([("a", "b"), ("b", "c"), ("a", "d")])
    found = layout(graph, dict.fromkeys("abcd", (50, 20)), right=["c", "d"])
    assert found.boxes["d"].x == found.boxes["c"].x


def test_a_tree_is_drawn_without_crossings():
    graph = nx.DiGraph([("r", "b"), ("r", "a"), ("b", "x"), ("a", "y"), ("b", "z"), ("a", "w")])
    found = layout(graph, dict.fromkeys(graph, (50, 20)))
    below = {node for node in "xz" if found.boxes[node].y > found.boxes["w"].y}
    assert len(below) in (0, 2)
    assert (found.boxes["b"].y > found.boxes["a"].y) == bool(below)


def test_a_long_line_with_room_is_straight():
    graph = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "d"), ("e", "d")])
    found = layout(graph, dict.fromkeys(graph, (50, 20)), left=["e"])
    assert len({point.y for point in found.lines["e", "d"][1:-1]}) == 1


def test_long_lines_hardly_sway():
    bends, sway = 0, 0
    for seed in range(10):
        found = layout(*random_graph(seed))
        steps = [abs(one.y - other.y) for line in found.lines.values() for one, other in pairwise(line[1:-1])]
        bends += sum(step > 0 for step in steps)
        sway += sum(steps)
    assert bends <= 31
    assert sway < 900


def test_a_graph_without_nodes_takes_no_room():
    found = layout(nx.DiGraph(), {})
    assert (found.width, found.height, found.boxes, found.lines) == (0, 0, {}, {})


def test_many_nodes_are_laid_out_too():
    graph = nx.DiGraph((f"f{i % 90}", f"r{i}") for i in range(300))
    graph.add_edges_from((f"r{i}", f"d{i % 40}") for i in range(300))
    graph.add_edges_from((f"d{i}", f"c{i % 3}") for i in range(40))
    found = layout(graph, dict.fromkeys(graph, (150, 60)))
    assert len(found.boxes) == len(graph)
    assert not any(overlap(one, other) for one, other in combinations(found.boxes.values(), 2))


@st.composite
def graphs_with_cycles(draw):
    """Draw a graph with any lines but those from a node to itself, and which of them may lead back first."""
    names = [f"n{index}" for index in range(draw(st.integers(2, 8)))]
    graph = nx.DiGraph()
    graph.add_nodes_from(names)
    graph.add_edges_from(draw(st.lists(st.sampled_from(list(permutations(names, 2))), max_size=20, unique=True)))
    return (
        graph,
        dict.fromkeys(names, (90, 40)),
        draw(st.sets(st.sampled_from(list(graph.edges)))) if graph.edges else (),
    )


@given(graphs_with_cycles())
def test_lines_lead_back_only_where_there_are_cycles(drawn):
    graph, sizes, first = drawn
    found = layout(graph, sizes, backwards=first)
    assert not any(overlap(one, other) for one, other in combinations(found.boxes.values(), 2))
    back = {edge for edge, points in found.lines.items() if points[-1].x < points[0].x}
    for start, end in back:
        assert nx.has_path(graph, end, start)
    assert set(found.lines) == set(graph.edges)
    if not nx.is_directed_acyclic_graph(graph) and nx.is_directed_acyclic_graph(
        graph.edge_subgraph(set(graph.edges) - set(first))
    ):
        assert back <= set(first)
    for (start, end), points in found.lines.items():
        ends = (found.boxes[start], found.boxes[end])
        sides = [(box.x, box.x + box.width) for box in ends]
        assert (points[0].x, points[-1].x) in ((sides[0][1], sides[1][0]), (sides[0][0], sides[1][1]))


@given(graphs(), st.data())
def test_its_width_is_known_before(drawn, data):
    graph, sizes = drawn
    labelled = data.draw(st.sets(st.sampled_from(sorted(graph.edges)))) if graph.edges else ()
    found = layout(graph, sizes, labelled)
    assert extent(columns_of(graph), sizes, labelled)[0] == pytest.approx(found.width)
    assert all(found.lines[line][-1].x - found.lines[line][-2].x >= GAP + LABEL - 1e-6 for line in labelled)
