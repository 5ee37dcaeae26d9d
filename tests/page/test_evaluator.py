"""The evaluator in JavaScript agrees with the engine to the last bit, on every construct of the language."""

import random

import pytest

from expert import KnowledgeBase
from expert.inference.certainty import rounded
from expert.inference.consultation import Consultation, consult
from expert.knowledge.loading.facts_reading import facts_from_python
from expert.page.compiled import compiled
from tests.examples import examples
from tests.page.node import running
from tests.strategies import CONSTRUCTS, make_case, make_knowledge_base, model_of, random_pick

CASES = 40
RESPOND = """
function respond({ data, cases, numbers }) {
  if (numbers) return numbers.map(rounded);
  const base = prepared(data);
  return cases.map((facts) => {
    const state = consult(base, new Map(facts));
    return {
      known: state.known.map((values) => (values ? [...values] : null)),
      degree: [...state.degree],
      ...answerOf(base, leading(base, scores(base, state))),
    };
  });
}
"""


@pytest.fixture(scope="module")
def ask():
    with running(["evaluator.js"], RESPOND) as ask:
        yield ask


def case_of(model, facts):
    """Write facts as the evaluator takes them."""
    position = {name: index for index, name in enumerate(model.attributes)}
    return [[position[f.attribute], {"value": f.value, "certainty": f.certainty}] for f in facts]


def found_of(consultation):
    """Write what the engine found."""
    model = consultation.knowledge_base
    degree = {firing.rule: firing.degree for firing in consultation.firings}
    return {
        "known": {name: dict(values) for name, values in consultation.certainties.items()},
        "degree": [degree.get(rule.name, 0) for rule in model.all_rules],
        "outcome": consultation.outcome,
        "recommendation": consultation.recommendation,
    }


def agree(ask, model, cases):
    """Compare the two on some cases."""
    given = [facts_from_python(case, model) for case in cases]
    said = ask({"data": compiled(model), "cases": [case_of(model, facts) for facts in given]})
    for facts, found in zip(given, said, strict=True):
        known = dict(zip(model.attributes, found["known"], strict=False))
        found["known"] = {name: {value: cf for value, cf in values} for name, values in known.items() if values}  # noqa: C416
        assert found == found_of(consult(model, facts, Consultation))


@pytest.mark.parametrize("seed", range(examples(240)))
def test_it_agrees_with_the_engine_on_random_knowledge_bases(ask, seed):
    pick = random_pick(seed)
    data = make_knowledge_base(pick, constructs=CONSTRUCTS)
    agree(ask, model_of(data), [make_case(pick, data) for _ in range(CASES)])


def test_it_agrees_on_the_shipped_one(ask):
    model, pick = KnowledgeBase.load().model, random_pick(1)
    values = {a.name: [*a.choices] or [0, 9_999, 10_000, 2.5e6] for a in model.attributes.values() if a.question}
    certainties = (1, 1, 0.9, 0.35, -0.4)
    cases = [
        {
            name: {"value": pick.one(found), "certainty": pick.one(certainties)}
            for name, found in values.items()
            if pick.number(1)
        }
        for _ in range(100)
    ]
    agree(ask, model, cases)


def test_it_rounds_as_python_does(ask):
    generator = random.Random(2)
    numbers = [generator.uniform(-1, 1) for _ in range(5_000)]
    numbers += [generator.randrange(-(10**15), 10**15) / 1e15 + generator.choice([5e-16, -5e-16]) for _ in range(5_000)]
    numbers += [(k + 0.5) / 1e15 for k in range(-50, 50)] + [0.0, -0.0, 1.0, -1.0, 5e-324]
    assert ask({"numbers": numbers}) == [rounded(number) for number in numbers]
