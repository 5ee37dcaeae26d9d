"""Mermaid's own parser reads what is written for it."""

import json
import subprocess

import pytest

from tests import colours, nasty
from tests.needs import needs

READ = """\
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";
const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import("mermaid");
const text = readFileSync(0, "utf8");
const { diagramType: type } = await mermaid.parse(text);
const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
const nodes = [...db.getVertices().values()].map(({ id, text, classes }) => ({ id, text, classes }));
const edges = db.getEdges().map(({ start, end, text, type, stroke }) => ({ start, end, text, type, stroke }));
console.log(JSON.stringify({ type, nodes, edges }));
"""


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Read a text with Mermaid; give its nodes and edges."""
    npm, node = needs("npm"), needs("node")
    folder = tmp_path_factory.mktemp("mermaid")
    words = [npm, "install", "--no-audit", "--no-fund", "--silent", "mermaid@11", "jsdom@24"]
    if subprocess.run(words, cwd=folder, capture_output=True, check=False).returncode:
        pytest.skip("npm cannot install mermaid here")
    (folder / "read.mjs").write_text(READ)

    def read(text):
        done = subprocess.run([node, "read.mjs"], cwd=folder, input=text, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return read


def test_nodes_and_edges_are_those_of_the_graph(read):
    consultation = colours.consult({"size": "large", "shape": "round"})
    found = read(consultation.draw("mmd", everything=True))
    assert found["type"] == "flowchart-v2"
    names = {node["id"]: node["text"].split("<br>")[0] for node in found["nodes"]}
    assert sorted(names.values()) == ["Blue", "Red", "hot-red", "shape = round", "shaped", "size = large"]
    edges = {(names[edge["start"]], edge["text"], edge["type"], names[edge["end"]]) for edge in found["edges"]}
    assert ("shaped", "+0.40", "arrow_point", "Blue") in edges
    assert ("size = large", "", "arrow_point", "hot-red") in edges


def test_opposition_ends_in_a_cross_and_what_did_not_hold_is_dotted(read):
    found = read(colours.consult({"size": "small"}).draw("mmd", everything=True, not_fired=True))
    assert {edge["type"] for edge in found["edges"] if edge["text"].startswith("−")} == {"arrow_cross"}
    missed = {node["id"] for node in found["nodes"] if "missed" in node["classes"]}
    assert missed
    assert {edge["stroke"] for edge in found["edges"] if edge["start"] in missed} == {"dotted"}


@nasty.every_text
def test_texts_of_all_kinds_are_read(read, text):
    found = read(nasty.consult(text).draw("mmd", everything=True, not_fired=True))
    assert len(found["nodes"]) >= 11
    if text != nasty.QUOTES:  # which Mermaid keeps in a form of its own until it draws
        assert f"asked = {' '.join(text.split())}" in [node["text"].split("<br>")[0] for node in found["nodes"]]
