"""Every step from a file to an answer takes at most 2.3 times the calls and the memory for an input twice as large."""

import json
import random
from functools import partial

import networkx as nx
import pytest

from benchmarks import shapes
from expert import InputError, KnowledgeBase
from expert.explanation.rendering.explanations import explanation_text
from expert.explanation.rendering.layout import layout
from expert.explanation.rendering.text import Page, recommendation_text
from expert.explanation.story import Explanation
from expert.explanation.trace import trace
from expert.inference.engine import Engine
from expert.knowledge.loading.facts import facts_from_file, with_settings
from expert.knowledge.loading.knowledge_base import load_bytes
from expert.knowledge.loading.reading import parse
from expert.knowledge.strata import strata
from tests.growth import MOST, calls, growth, peak
from tests.strategies import model_of

SIZE = 60


def written(size):
    """Write a knowledge base of as many rules, each about a question of its own."""
    return {
        "knowledge_base": "many",
        "goal": "colour",
        "attributes": {
            "colour": {"choices": ["red", "green"]},
            **{f"asked{i}": {"question": "Is it so?"} for i in range(size)},
        },
        "rules": {
            f"rule{i}": {"if": {f"asked{i}": "yes"}, "then": {"colour": {"red": 0.1}}, "because": "It is so."}
            for i in range(size)
        },
    }


def facts(size):
    return {f"asked{i}": "yes" for i in range(size)}


def consultation(size):
    return KnowledgeBase(model_of(written(size))).consult(facts(size))


def toml(given):
    return "".join(f'{name} = "{value}"\n' for name, value in given.items())


def file_of(write, name, tmp_path):
    """Make facts files of a size, with the knowledge base that they are for."""

    def make(size):
        path = tmp_path / f"{size}-{name}"
        path.write_text(write(facts(size)), encoding="utf-8")
        return path, model_of(written(size))

    return make


def refused(read, *arguments):
    with pytest.raises(InputError):
        read(*arguments)


def tangled(size):
    """Make a graph of as many rules, with lines that cross in whatever order: the layout goes on to its last try."""
    pick = random.Random(size).randrange
    graph = nx.DiGraph((f"fact{pick(size)}", f"rule{i}") for i in range(size) for _ in range(2))
    graph.add_edges_from((f"rule{i}", f"conclusion{pick(5)}") for i in range(size))
    return graph


both = pytest.mark.parametrize("measure", [calls, peak])


@both
@pytest.mark.parametrize(("write", "name"), [(json.dumps, "f.yaml"), (json.dumps, "f.json"), (toml, "f.toml")])
def test_of_reading_facts(measure, write, name, tmp_path):
    assert growth(measure, file_of(write, name, tmp_path), lambda made: facts_from_file(*made), SIZE) <= MOST


@both
def test_of_reading_a_knowledge_base(measure):
    def make(size):
        return json.dumps(written(size)).encode()

    assert growth(measure, make, lambda data: load_bytes(data, "b.yaml"), SIZE) <= MOST


@both
def test_of_refusing_a_knowledge_base_in_which_every_rule_is_wrong(measure):
    def make(size):
        return json.dumps(written(3) | {"rules": {f"rule{i}": {"fi": 1} for i in range(size)}}).encode()

    assert growth(measure, make, lambda data: refused(load_bytes, data, "b.yaml"), SIZE) <= MOST


@both
def test_of_settings(measure):
    def make(size):
        return [f"{name}={value}" for name, value in facts(size).items()], model_of(written(size))

    assert growth(measure, make, lambda made: with_settings((), *made), SIZE) <= MOST


@both
def test_of_a_recommendation_as_text(measure):
    assert growth(measure, consultation, recommendation_text, SIZE) <= MOST


@both
def test_of_explanations_as_text(measure):
    def make(size):
        made = consultation(size)
        return Page(made, 80), Explanation(made, (made.why("red"),), (made.why_not("green"),))

    assert growth(measure, make, lambda made: explanation_text(*made), SIZE) <= MOST


def test_of_laying_a_graph_out():
    assert growth(calls, tangled, lambda graph: layout(graph, dict.fromkeys(graph, (90, 40))), 150) <= MOST


@both
@pytest.mark.parametrize("kind", ["html", "dot", "graphml"])
def test_of_drawing(measure, kind):
    assert growth(measure, consultation, lambda made: made.draw(kind), SIZE) <= MOST


SIZES = {shapes.choices: 400, shapes.numbers: 200, shapes.chain: 60, shapes.candidates: 60}


def jobs(make, size):
    """Name each step from a file to a graph, as something to run."""
    rules, facts = make(size)
    base = KnowledgeBase(load_bytes(rules.encode(), "rules.yaml"))
    tree, _ = parse(facts.encode(), "facts.yaml")
    given = base.read_facts(settings=[f"{name}={node.text}" for name, node in tree.fields.items()])
    engine, consultation = Engine(base.model), base.consult(given)
    yield "load", partial(load_bytes, rules.encode(), "rules.yaml")
    yield "strata", partial(strata, base.model)
    yield "engine", partial(Engine, base.model)
    yield "find", partial(engine.find, given)
    yield "to_dict", consultation.to_dict
    yield "trace", partial(trace, consultation)
    yield "why", partial(base.consult(given).why, consultation.ranking[0].value)


@pytest.mark.parametrize(
    ("make", "measure"), [*((make, calls) for make in SIZES), (shapes.chain, peak), (shapes.candidates, peak)]
)
def test_twice_the_rules_are_twice_the_work(make, measure):
    for _, job in jobs(make, 20):
        job()  # what is done once in a process is not counted
    once, twice = ({name: measure(job) for name, job in jobs(make, size)} for size in (SIZES[make], 2 * SIZES[make]))
    grown = {name: twice[name] / once[name] for name in once}
    assert {name: ratio for name, ratio in grown.items() if ratio > MOST} == {}
