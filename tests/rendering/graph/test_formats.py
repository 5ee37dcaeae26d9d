"""The formats for other programs, and the choice among all."""

import io
import json
import subprocess

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert import InputError, KnowledgeBase
from expert.explanation.graph_views import foremost, view
from expert.rendering.graph.formats import FORMATS, drawn, format_of
from tests import nasty
from tests.colours import consult
from tests.needs import needs
from tests.strategies import cases, knowledge_bases, model_of


@pytest.mark.parametrize(
    ("path", "kind"), [("a.svg", "svg"), ("b/c.PNG", "png"), ("d.e.html", "html"), ("x.mmd", "mmd")]
)
def test_the_ending_tells_the_format(path, kind):
    assert format_of(path) == kind


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("a.htm", "a.htm: its ending must name the format; did you mean 'html'?"),
        ("graph", "graph: its ending must name the format; expected svg, png, html, dot, mmd, graphml or json"),
    ],
)
def test_an_ending_that_is_none_is_refused(path, message):
    with pytest.raises(InputError, match=message.replace("?", r"\?")):
        format_of(path)


def test_a_format_that_is_none_is_refused():
    with pytest.raises(InputError, match="there is no format 'jpg'; did you mean 'png'"):
        consult({"size": "small"}).draw("jpg")


@pytest.mark.parametrize("kind", FORMATS)
@nasty.every_text
def test_every_format_holds_texts_of_all_kinds(kind, text):
    consultation = nasty.consult(text)
    assert len(consultation.draw(kind, everything=True, not_fired=True)) > 1000


@pytest.mark.parametrize("kind", FORMATS)
def test_a_proof_can_be_chosen(kind):
    consultation = consult({"size": "small", "shape": "round"})
    blue = consultation.draw(kind, ["blue"])
    assert blue == consultation.draw(kind, ["colour=blue"])
    assert blue != consultation.draw(kind) == consultation.draw(kind, ["green"])
    assert consultation.draw(kind, everything=True) not in (blue, consultation.draw(kind))


def test_conclusions_that_are_none_are_refused():
    with pytest.raises(InputError, match="colour has no value 'gren'; did you mean 'green'"):
        consult({"size": "small"}).draw("svg", ["gren"])


# Graphviz.


def plain(consultation, **options):
    """Let Graphviz lay a graph out; give its nodes and edges as Graphviz names them."""
    needs("dot")
    done = subprocess.run(["dot", "-Tjson"], input=consultation.draw("dot", **options), capture_output=True, check=True)
    assert done.stderr == b""
    found = json.loads(done.stdout)
    names = {each["_gvid"]: each["name"] for each in found["objects"]}
    return found, [(names[edge["tail"]], names[edge["head"]]) for edge in found.get("edges", [])]


def test_graphviz_reads_dot():
    consultation = consult({"warm": "yes", "share": 0.5, "size": "small"})
    found, edges = plain(consultation, everything=True, not_fired=True)
    graph = view(consultation, None, not_fired=True).graph
    kinds = nx.get_node_attributes(graph, "kind")
    assert {each["name"] for each in found["objects"]} == {node for node in graph if kinds[node] != "source"}
    assert set(edges) == {(start, end) for start, end in graph.edges if kinds[end] != "source"}
    against = [edge for edge in found["edges"] if edge.get("label", "").startswith("−")]
    assert against
    assert all(edge["arrowhead"] == "tee" for edge in against)


@nasty.every_text
def test_graphviz_reads_texts_of_all_kinds(text):
    consultation = nasty.consult(text)
    found, _ = plain(consultation, everything=True, not_fired=True)
    labels = "".join("".join(each["label"].split()) for each in found["objects"])
    rule = next(firing.rule for firing in consultation.firings if firing.rule != "unbroken")
    because = "".join(consultation.rules[rule].because.split())
    assert because.replace("\\", "\\\\") in labels


# GraphML and JSON.


@given(st.data(), st.booleans())
def test_graphml_and_json_lose_nothing(data, not_fired):
    base = data.draw(knowledge_bases())
    consultation = KnowledgeBase(model_of(base)).consult(data.draw(cases(base)))
    expected = view(consultation, None, not_fired).graph
    pairs = None
    by_xml = nx.read_graphml(io.BytesIO(drawn(consultation, "graphml", pairs, not_fired)))
    by_json = nx.node_link_graph(json.loads(drawn(consultation, "json", pairs, not_fired)), edges="edges")
    for found in (by_xml, by_json):
        assert dict(found.nodes(data=True)) == dict(expected.nodes(data=True))
        assert list(found.edges(data=True)) == list(expected.edges(data=True))
        assert {key: found.graph[key] for key in expected.graph} == expected.graph


@nasty.every_text
def test_graphml_holds_texts_of_all_kinds(text):
    consultation = nasty.consult(text)
    found = nx.read_graphml(io.BytesIO(consultation.draw("graphml", everything=True)))
    expected = consultation.graph()
    assert [name.replace("\t", " ") for name in found] == [
        name.replace("\x07", "\ufffd").replace("\t", " ") for name in expected
    ]
    assert list(found.nodes(data="note")) == list(expected.nodes(data="note"))


def test_json_tells_of_which_knowledge_base_it_is():
    consultation = consult({"size": "small"})
    data = json.loads(consultation.draw("json"))
    assert data["graph"] == {
        "knowledge_base": "colours", "version": "0", "digest": consultation.knowledge_base.digest, "goal": "colour",
        "outcome": "recommended", "recommendation": "green",
    }  # fmt: skip
    assert {node["id"] for node in data["nodes"]} == set(view(consultation, foremost(consultation)).graph)
