"""Which attributes rules, formulas and conditions read, and what they decide by that."""

import pytest

from tests.tangle import tangle


@pytest.fixture(scope="module")
def graph():
    return tangle().graph()


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("ratio", "mood", ("rules", "heavy", False)),
        ("old", "mood", ("rules", "heavy old-unsure", False)),
        ("mood", "mood", ("rules", "old-unsure", False)),
        ("mood", "old", ("rules", "bad-right", False)),
        ("mood", "way", ("rules", "good-left bad-right", False)),
        ("weight", "ratio", ("formula", "", False)),
        ("mood", "signed", ("ask_if", "", True)),
    ],
)
def test_what_is_read_leads_to_what_that_decides(graph, start, end, expected):
    found = graph.edges[start, end]
    assert (found["kind"], found["names"], found["ask_if"]) == expected
    assert found["rules"] == len(expected[1].split())


def test_a_row_reads_what_the_rows_above_it_do_where_the_first_counts(graph):
    assert graph.edges["signed", "way"]["names"] == "last/1 last/2 last/3"
    assert graph.edges["colour", "way"]["names"] == "last/2 last/3"


def test_nothing_else_depends_on_anything(graph):
    assert sorted(graph.edges) == sorted(
        [
            ("ratio", "mood"), ("old", "mood"), ("mood", "mood"), ("signed", "mood"), ("mood", "old"), ("mood", "way"),
            ("weight", "ratio"), ("height", "ratio"), ("mood", "signed"), ("signed", "way"), ("colour", "way"),
        ]
    )  # fmt: skip


def test_every_attribute_says_how_it_comes_to_be_known(graph):
    assert dict(graph.nodes(data="role")) == {
        "way": "derived", "mood": "derived", "weight": "asked", "height": "asked", "ratio": "computed",
        "old": "asked and derived", "signed": "asked", "colour": "asked", "spare": "given",
    }  # fmt: skip
    assert (graph.nodes["way"]["default"], graph.nodes["old"]["default"]) == ("left", "no")
    assert graph.nodes["ratio"]["formula"] == "weight / height"
    assert graph.nodes["signed"]["ask_if"] == "mood = good"
    assert [name for name, is_goal in graph.nodes(data="goal") if is_goal] == ["way"]
    assert dict(graph.nodes(data="rules"))["mood"] == 3
