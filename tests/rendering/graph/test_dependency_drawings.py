"""The dependencies of attributes as pictures, as a page, and for other programs."""

import io
import json
import re
import subprocess
import xml.etree.ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given, settings

from expert import InputError, KnowledgeBase
from expert.explanation.dependencies import dependencies
from expert.rendering.graph.drawings import drawing
from expert.rendering.graph.fitting import ROOM, laid_out
from expert.rendering.graph.formats import FORMATS
from expert.rendering.graph.look import SIZES
from tests import nasty
from tests.examples import examples
from tests.needs import needs
from tests.strategies import knowledge_bases, model_of
from tests.tangle import tangle


@pytest.fixture(scope="module")
def drawn():
    return drawing(dependencies(tangle().model))


def test_a_box_says_what_an_attribute_is(drawn):
    said = {box.node: (box.kind, [line.text for line in box.lines]) for box in drawn.boxes}
    assert said == {
        "way": ("candidate", ["way", "To the left | To the right", "by default To the left"]),
        "mood": ("derived", ["mood", "good | bad | unsure", "depends on itself, too"]),
        "weight": ("given", ["weight", "a number of kg, at least 0"]),
        "height": ("given", ["height", "a number"]),
        "ratio": ("derived", ["ratio", "= weight / height"]),
        "old": ("derived", ["old", "yes/no, also asked", "by default no"]),
        "signed": ("given", ["signed", "yes/no"]),
        "colour": ("given", ["colour", "a | b | c | d | 3 more"]),
        "spare": ("absent", ["spare", "yes/no"]),
    }


def test_a_box_names_what_one_types_where_words_stand_for_it():
    drawn = drawing(dependencies(KnowledgeBase.load().model))
    (box,) = (box for box in drawn.boxes if box.node == "functionality")
    assert [line.text for line in box.lines] == ["breadth of features", "functionality: yes/no"]


@pytest.mark.parametrize(("rules", "letters"), [("article", 12), ("current", 8)])
def test_a_shipped_picture_can_be_read_where_it_is_shown_whole(rules, letters):
    _, placed = laid_out(drawing(dependencies(KnowledgeBase.load(rules).model)))
    assert min(ROOM[0] / placed.width, ROOM[1] / placed.height) * SIZES["plain"] >= letters


def test_a_link_says_how_many_rules_there_are_and_which(drawn):
    said = {(link.start, link.end): (link.kind, link.label, link.note) for link in drawn.links}
    assert said["old", "mood"] == ("premise", "2", "heavy, old-unsure")
    assert said["mood", "signed"] == ("asks", "", "signed is asked only as mood allows")
    assert said["height", "ratio"] == ("premise", "", "ratio is computed from height")
    assert ("mood", "mood") not in said


def lines_of(picture):
    """Find where each link of an SVG picture begins and ends, by its note."""
    for link in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}g"):
        title = link.find("{http://www.w3.org/2000/svg}title")
        if title is not None and link.get("class").startswith("link"):
            path = link[1].get("d")
            numbers = [float(number) for number in re.findall(r"[\d.]+", path)]
            yield title.text, numbers[0], numbers[-1] if re.search(r"H[\d.]+$", path) else numbers[-2]


def test_where_attributes_depend_on_one_another_some_lines_lead_back():
    lines = {note: end - start for note, start, end in lines_of(tangle().draw("svg").decode())}
    assert lines["signed is asked only as mood allows"] < 0
    assert lines["good-left, bad-right"] > 0
    assert lines["ratio is computed from weight"] > 0


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_written_alike_each_time(kind):
    assert tangle().draw(kind) == tangle().draw(kind)


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_holds_texts_of_all_kinds(kind):
    assert len(KnowledgeBase(model_of(nasty.NASTY)).draw(kind)) > 500


def test_a_format_that_is_none_is_refused():
    with pytest.raises(InputError, match="there is no format 'jpg'"):
        tangle().draw("jpg")


@settings(max_examples=examples(25))
@given(knowledge_bases())
def test_graphml_and_json_lose_nothing_and_any_knowledge_base_can_be_drawn(data):
    knowledge_base = KnowledgeBase(model_of(data))
    expected = knowledge_base.graph()
    by_xml = nx.read_graphml(io.BytesIO(knowledge_base.draw("graphml")))
    by_json = nx.node_link_graph(json.loads(knowledge_base.draw("json")), edges="edges")
    for found in (by_xml, by_json):
        assert dict(found.nodes(data=True)) == dict(expected.nodes(data=True))
        assert list(found.edges(data=True)) == list(expected.edges(data=True))
    ET.fromstring(knowledge_base.draw("svg"))


def test_graphviz_reads_it():
    needs("dot")
    done = subprocess.run(["dot", "-Tjson"], input=tangle().draw("dot"), capture_output=True, check=True)
    assert done.stderr == b""
    found = {(each["tail"], each["head"]): each for each in json.loads(done.stdout)["edges"]}
    assert len(found) == 10
    assert "heavy, old-unsure" in {each.get("edgetooltip") for each in found.values()}


def test_mermaid_dashes_what_asks():
    written = tangle().draw("mmd").decode()
    assert "  n1 -.-> n6\n" in written
    assert '  n1 -->|"2"| n0\n' in written


def test_the_page_says_all_about_each_attribute():
    page = tangle().draw("html").decode()
    assert "default-src 'none'" in page
    assert '<nav aria-label="Graphs" hidden>' in page
    about = page.partition('data-node="old">')[2].partition("</section>")[0]
    for words in ("Is it old?", "asked and derived: yes/no, by default no", "bad-right", "heavy, old-unsure"):
        assert words in about
    assert "way</a> <span class='faint'>(derived, the goal)" in page
