"""Where a knowledge base doubles, so does the work: of loading, consulting, ranking and drawing."""

from functools import partial

import pytest

from benchmarks import shapes
from expert import KnowledgeBase
from expert.explanation.graph import trace
from expert.inference.engine import Engine
from expert.knowledge.loading.file_formats import parse
from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.strata import strata
from tests.growth import MOST, calls, peak

SIZES = {
    shapes.choices: 400,
    shapes.numbers: 200,
    shapes.chain: 60,
    shapes.candidates: 120,
    shapes.rows: 250,
    shapes.computed: 60,
}


def jobs(make, size):
    """Name each step from a file to a graph, as something to run."""
    rules, facts = make(size)
    base = KnowledgeBase(load_bytes(rules.encode(), "rules.yaml"))
    tree, _ = parse(facts.encode(), "facts.yaml")
    given = base.read_facts(settings=[f"{name}={node.text}" for name, node in tree.fields.items()])
    engine, consultation = Engine(base.model), base.consult(given)
    yield "load", partial(load_bytes, rules.encode(), "rules.yaml")
    yield "strata", partial(strata, base.model.all_rules, base.model.formulas)
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
    size = SIZES[make] if measure is calls else SIZES[make] // 2
    once, twice = ({name: measure(job) for name, job in jobs(make, each)} for each in (size, 2 * size))
    grown = {name: twice[name] / once[name] for name in once}
    assert {name: ratio for name, ratio in grown.items() if ratio > MOST} == {}
