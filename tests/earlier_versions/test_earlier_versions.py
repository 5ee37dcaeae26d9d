"""What earlier versions wrote is still read, and what they printed for programs is still all there.

Each folder beside this file holds what a version read and wrote. Nothing in it is ever changed to please a test.
"""

import csv
import json
import shutil
from pathlib import Path

import networkx as nx
import pytest

from expert import Decision, KnowledgeBase
from expert.knowledge.model import Fact
from tests.cli.conftest import run  # noqa: F401

VERSIONS = sorted(path for path in Path(__file__).parent.iterdir() if (path / "garden.yaml").exists())

FACTS = [
    ("soil", "loam", 0.8, "by the look of it", False),
    ("sun", 9.5, 1.0, "", False),
    ("watered", "no", 1.0, "", True),
]


@pytest.fixture(params=VERSIONS, ids=lambda path: path.name)
def folder(request, monkeypatch):
    """Stand in the folder of a version, as its commands did."""
    monkeypatch.chdir(request.param)
    return request.param


@pytest.fixture
def garden(folder):
    return KnowledgeBase.load(folder / "garden.yaml")


def agrees(now, before):
    """Tell whether all that was there before is there, with the same values; keys may have been added."""
    if isinstance(before, dict):
        return set(before) <= set(now) and all(agrees(now[key], value) for key, value in before.items())
    if isinstance(before, list):
        return len(now) == len(before) and all(map(agrees, now, before))
    return now == (pytest.approx(before, abs=1e-6) if isinstance(before, float) else before)


@pytest.mark.parametrize("kind", ["yaml", "json", "toml"])
def test_facts_files_say_what_they_said(garden, folder, kind):
    facts = sorted(garden.read_facts(folder / f"facts.{kind}"))
    assert [(f.attribute, f.value, f.certainty, f.note, f.fixed) for f in facts] == FACTS


def test_a_knowledge_base_has_the_digest_that_was_saved_with_interviews(garden, folder):
    state = json.loads((folder / "interview-garden.json").read_text())
    assert garden.digest == state["knowledge_base"]["digest"]


def test_a_saved_interview_goes_on_at_its_question(garden, folder):
    state = json.loads((folder / "interview-garden.json").read_text())
    interview = garden.interview(state=state)
    question = interview.next_question()
    assert question.name == "sun"
    assert question.answered == Fact("sun", 9.5, 0.9, "answer")
    assert interview.facts == (Fact("soil", "loam", 0.8, "given", "by the look of it"),)
    assert agrees(interview.to_dict(), state)


def test_the_answers_of_a_saved_interview_about_the_article_are_all_kept(folder):
    state = json.loads((folder / "interview-article.json").read_text())
    interview = KnowledgeBase.load().interview(state=state, adopt=True)
    known = {fact.attribute: (fact.value, fact.certainty, fact.note) for fact in interview.facts}
    assert known == {
        "debugging": ("yes", 1.0, ""), "dataset_size": ("small", 1.0, ""), "flexibility": ("yes", 0.5, "perhaps"),
    }  # fmt: skip
    assert interview.ask_all
    assert interview.to_dict()["turns"] == state["turns"]


def test_ask_resumes_what_was_saved(run, folder, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setenv("EXPERT_STATE", str(tmp_path))
    (tmp_path / "interviews").mkdir()
    shutil.copy(folder / "interview-garden.json", tmp_path / "interviews" / "garden-1.json")
    out = tmp_path / "answers.yaml"
    result = run("ask", "--rules", "garden.yaml", "--resume", "--out", out, stdin=b"3\n" + b"d\n" * 9)
    assert result.status == 0
    assert "sun: 3" in out.read_text().splitlines()
    assert result.out.startswith("Carrots is recommended")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("consultation", ["recommend", "facts.yaml", "--json"]),
        (
            "explanation",
            [
                *("explain", "facts.yaml", "--why", "carrot", "--why-not", "bean", "--what-if", "soil=clay"),
                *("--flips", "--robustness", "--json"),
            ],
        ),
        ("rules", ["rules", "list", "--json"]),
    ],
)
def test_json_has_all_that_it_had(run, folder, name, words):  # noqa: F811
    printed = json.loads(run(*words, "--rules", "garden.yaml").out)
    assert agrees(printed, json.loads((folder / f"{name}.json").read_text()))


def test_a_graph_has_all_that_it_had(garden, folder):
    before = nx.node_link_graph(json.loads((folder / "graph.json").read_text()), edges="edges")
    consultation = garden.consult(garden.read_facts("facts.yaml"))
    now = nx.node_link_graph(json.loads(consultation.draw("json", everything=True, not_fired=True)), edges="edges")
    for node, data in before.nodes.items():
        assert now.nodes[node]["kind"] == data["kind"]
    for edge, data in before.edges.items():
        assert now.edges[edge]["kind"] == data["kind"]


def test_a_table_is_decided_as_it_was(run, folder, tmp_path):  # noqa: F811
    out = tmp_path / "decided.csv"
    added = [word for extra in ("certainties", "derived", "rules") for word in ("--add", extra)]
    assert run("decide", "beds.csv", "--rules", "garden.yaml", "--out", out, *added).status == 0
    with out.open() as now, (folder / "decided.csv").open() as before:
        assert agrees(list(csv.DictReader(now)), list(csv.DictReader(before)))


def test_decisions_are_made_again_as_they_were(folder):
    decision = Decision.load(folder / "decision.yaml")
    assert [(f.attribute, f.value, f.certainty, f.note, f.fixed) for f in decision.facts] == [
        (name, str(value), *rest) for name, value, *rest in FACTS
    ]
    found = decision.recheck()
    assert (found.verdict, found.rules) == ("unchanged", ())
    assert decision.adr().startswith("---\nstatus:")
