"""The picture: well-formed, complete, and nothing on it overlaps."""

import re
import xml.etree.ElementTree as ET
from itertools import combinations, pairwise

import pytest

from expert import KnowledgeBase
from expert.explanation.graph_views import foremost, view
from expert.rendering.graph.consultation_boxes import consultation_drawing
from expert.rendering.graph.svg import graph_content, svg
from tests import nasty
from tests.colours import consult

NS = "{http://www.w3.org/2000/svg}"


def picture(consultation, everything=False, not_fired=False):
    return ET.fromstring(svg(view(consultation, None if everything else foremost(consultation), not_fired)))


def boxes(root):
    return [each for each in root.iter(f"{NS}g") if each.get("class", "").startswith("box ")]


def kind(element):
    return element.get("class").split()[1]


def words(element):
    return "".join("".join(text.itertext()) for text in element.iter(f"{NS}text")).replace(" ", "")


def links(root):
    """List the links of the graph, without those of the legend below it."""
    return [each for each in root.find(f"{NS}g") if each.get("class", "").startswith("link ")]


def extent(box):
    shape = next(each for each in box if each.get("class") == "shape")
    if shape.tag == f"{NS}rect":
        x, y, width, height = (float(shape.get(name)) for name in ("x", "y", "width", "height"))
        return x, y, x + width, y + height
    points = [tuple(map(float, point.split(","))) for point in shape.get("points").split()]
    return (*map(min, zip(*points, strict=True)), *map(max, zip(*points, strict=True)))


def test_kinds_are_told_apart_by_shape():
    root = picture(consult({"warm": "yes", "share": 0.5}), everything=True, not_fired=True)
    shapes = {}
    for box in boxes(root):
        shape = next(each for each in box if each.get("class") == "shape")
        inner = any(each.get("class") == "inner" for each in box)
        shapes.setdefault(kind(box), set()).add((shape.tag.removeprefix(NS), shape.get("rx", "0") != "0", inner))
    assert shapes == {
        "given": {("rect", True, False)},
        "rule": {("rect", False, False)},
        "missed": {("rect", False, False)},
        "derived": {("polygon", False, False)},
        "candidate": {("rect", True, True)},
    }


def test_support_and_opposition_are_told_apart_by_ends_and_signs():
    root = picture(consult({"size": "large", "shape": {"value": "round", "certainty": 0}}), everything=True)
    found = {}
    for link in links(root):
        tag = next(each.tag for each in link if each.get("class") == "end").removeprefix(NS)
        label = next((each.text for each in link if each.get("class") == "label"), "")
        found.setdefault(link.get("class").split()[1], set()).add((tag, label[:1]))
    assert found == {"premise": {("polygon", "")}, "for": {("polygon", "+")}, "against": {("rect", "−")}}


def test_what_a_rule_that_did_not_hold_would_have_given_stands_in_brackets():
    root = picture(consult({"size": "large"}), everything=True, not_fired=True)
    found = set()
    for link in (each for each in links(root) if each.get("class") == "link missed"):
        label = next((each.text for each in link if each.get("class") == "label"), "")
        tag = next(each.tag for each in link if each.get("class") == "end").removeprefix(NS)
        found.add((label, tag))
    assert {("", "polygon"), ("(+0.60)", "polygon"), ("(−0.50)", "rect")} <= found


def test_lines_are_the_wider_the_stronger():
    widths = {}
    for link in links(picture(consult({"size": "small"}), everything=True)):
        label = next((each.text for each in link if each.get("class") == "label"), None)
        widths[label] = float(link.find(f"{NS}path").get("stroke-width"))
    assert widths["+0.70"] > widths["−0.50"] > widths["−0.30"] == widths["+0.30"]


def test_it_says_what_was_asked_and_answered_and_by_which_knowledge_base():
    consultation = KnowledgeBase.load().consult({"dataset_size": "small"})
    text = svg(view(consultation, None))
    assert "Which deep learning framework fits this project?" in text
    assert text.count("Keras is recommended with certainty 0.82") == 2
    assert f"article 1.0 · {consultation.knowledge_base.digest}" in text


def test_a_rule_says_its_sentence_its_degree_and_its_source():
    root = picture(consult({"glow": {"value": "yes", "certainty": 0.5}, "shape": "round"}), everything=True)
    rule = next(box for box in boxes(root) if kind(box) == "rule" and "glow-red" in words(box))
    assert words(rule) == "Whatglowsisred.glow-redguidep.1;guidep.2heldtodegree0.50"


@nasty.every_text
def test_texts_of_all_kinds_are_whole_and_stay_in_their_boxes(text):
    consultation = nasty.consult(text)
    root = picture(consultation, everything=True, not_fired=True)
    because = next(firing.rule for firing in consultation.firings if firing.rule != "unbroken")
    shown = [words(box) for box in boxes(root) if kind(box) == "rule"]
    wanted = "".join(consultation.rules[because].because.split())
    assert any(wanted in text for text in shown)
    for box in boxes(root):
        left, top, right, bottom = extent(box)
        bases = [float(text.get("y")) for text in box.iter(f"{NS}text")]
        assert all(lower - upper >= 10 for upper, lower in pairwise(bases))
        for text in box.iter(f"{NS}text"):
            x, y, width = (float(text.get(name)) for name in ("x", "y", "textLength"))
            assert left <= x
            assert x + width <= right
            assert top + 8 <= y <= bottom - 2
    for one, other in combinations(map(extent, boxes(root)), 2):
        assert not (one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


def test_no_text_becomes_markup():
    consultation = nasty.consult(nasty.QUOTES)
    text = svg(view(consultation, None))
    assert "<b>" not in text
    assert nasty.QUOTES not in text


def test_it_asks_nothing_of_any_other_place():
    consultation = consult({"size": "small"})
    text = svg(view(consultation, None))
    assert re.findall(r"\w+://[^\"]+", text) == ["http://www.w3.org/2000/svg"]


def test_a_case_of_which_nothing_is_known_has_its_picture():
    root = picture(KnowledgeBase.load().consult({}))
    assert [kind(box) for box in boxes(root)] == ["candidate"] * 3
    assert "Undecided" in root.find(f"{NS}title").text


@pytest.mark.parametrize(
    ("case", "strong", "weak"),
    [
        ("windows-workstation", "OnWindowsitself", "AmodelinPyTorch"),
        ("microcontroller", "Byourjudgement,usualmodels", "Byourjudgement,withlittledata"),
    ],
    ids=["though the weak follows from what is held to degree 0.80", "stronger evidence among what counts as much"],
)
def test_what_counts_most_for_the_answer_stands_on_top(case, strong, weak):
    base = KnowledgeBase.load("current")
    root = picture(base.consult(base.read_facts(f"docs/examples/profiles/{case}.yaml")))
    tops = {words(box): extent(box)[1] for box in boxes(root)}
    above, below = (next(top for said, top in tops.items() if said.startswith(rule)) for rule in (strong, weak))
    assert above < below


def test_no_word_is_cut_in_a_narrow_box():
    base = KnowledgeBase.load("current")
    root = picture(base.consult(base.read_facts("docs/examples/profiles/microcontroller.yaml")))
    lines = [each.text for box in boxes(root) for each in box.iter(f"{NS}text")]
    assert any(line.endswith("microcontrollers") for line in lines)


def test_lines_are_longer_where_boxes_that_stand_level_with_their_causes_make_a_picture_too_high():
    base = KnowledgeBase.load("current")
    consultation = base.consult(base.read_facts("docs/examples/profiles/language-model.yaml"))
    _, width, height = graph_content(consultation_drawing(view(consultation, None)))
    assert max(width / 1000, height / 660) < 1.5
