"""Mermaid's own parser reads what is written for it."""

import json
import subprocess

import pytest

from tests import colours, nasty
from tests.needs import needs

READ = """\
import { createInterface } from "node:readline";
import { JSDOM } from "jsdom";
const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import("mermaid");
for await (const line of createInterface({ input: process.stdin })) {
  const text = JSON.parse(line);
  const { diagramType: type } = await mermaid.parse(text);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const nodes = [...db.getVertices().values()].map(({ id, text, classes }) => ({ id, text, classes }));
  const edges = db.getEdges().map(({ start, end, text, type, stroke }) => ({ start, end, text, type, stroke }));
  console.log(JSON.stringify({ type, nodes, edges }));
}
"""


RULE = "Rule {} concludes"


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Start a process that reads texts with Mermaid and gives their nodes and edges."""
    npm, node = needs("npm"), needs("node")
    folder = tmp_path_factory.mktemp("mermaid")
    words = [npm, "install", "--no-audit", "--no-fund", "--silent", "mermaid@11", "jsdom@24"]
    if subprocess.run(words, cwd=folder, capture_output=True, check=False).returncode:
        pytest.skip("npm cannot install mermaid here")
    (folder / "read.mjs").write_text(READ)

    with subprocess.Popen(
        [node, "read.mjs"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:

        def read(text):
            process.stdin.write(json.dumps(text.decode()).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
            assert line, process.stderr.read().decode()
            return json.loads(line)

        yield read
        process.stdin.close()


def test_nodes_and_edges_are_those_of_the_graph(read):
    consultation = colours.consult({"size": "large", "shape": "round"})
    found = read(consultation.draw("mmd", everything=True))
    assert found["type"] == "flowchart-v2"
    names = {node["id"]: node["text"].split("<br>")[0] for node in found["nodes"]}
    assert sorted(names.values()) == [
        "Blue", "Red", f"{RULE.format('hot-red')} colour: Red.", f"{RULE.format('shaped')} colour: Blue.",
        "shape: round", "size: large",
    ]  # fmt: skip
    edges = {(names[edge["start"]], edge["text"], edge["type"], names[edge["end"]]) for edge in found["edges"]}
    assert (f"{RULE.format('shaped')} colour: Blue.", "+0.40", "arrow_point", "Blue") in edges
    assert ("size: large", "", "arrow_point", f"{RULE.format('hot-red')} colour: Red.") in edges


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
        assert f"asked: {' '.join(text.split())}" in [node["text"].split("<br>")[0] for node in found["nodes"]]
