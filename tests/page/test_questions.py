"""Which questions are open, which matter and when to stop: as the interview has it, and never too early."""

from itertools import islice

import pytest

from expert import KnowledgeBase
from expert.inference.bounds import Bounds
from expert.interview.question_choice import Choice
from expert.knowledge.distinctions import distinguishing_values
from expert.knowledge.loading.facts_reading import facts_from_python
from expert.open_questions.gates import Gates
from expert.page.compiled import compiled
from tests.examples import examples
from tests.interview.reference import Reference, conclusion, draw_knowledge_base
from tests.page.node import running
from tests.page.test_evaluator import case_of
from tests.strategies import CONSTRUCTS, make_case, make_knowledge_base, model_of, random_pick

MOST_WAYS = 60
"""How many ways to answer are all tried."""

RESPOND = """
function looked(base, facts, settled, answerable) {
  const { open, matter, best, certain, settled: only, possible } = outlook(base, facts, settled, PROOF);
  const bounds = new Bounds(base, facts, answerable);
  return {
    ready: open.ready, waiting: open.waiting, matter, best, certain, only, possible,
    bounds: bounds.certainties.map((values) => [...values]), evidence: bounds.evidence,
    contenders: bounds.contenders(), behind: [...bounds.behind(bounds.contenders())].sort((a, b) => a - b),
  };
}
function interviewed(base, given, answers, all) {
  const facts = new Map(given);
  const settled = new Set(facts.keys());
  const put = [];
  for (;;) {
    let found = outlook(base, facts, settled);
    if (found.promising) found = outlook(base, facts, settled, PROOF);
    const next = found.best[0] ?? (all ? found.open.ready[0] : undefined);
    if (next === undefined) return { put, facts: [...facts], certain: found.certain, only: found.settled };
    put.push(next);
    settled.add(next);
    if (answers.has(next)) facts.set(next, answers.get(next));
  }
}
function respond({ data, facts, settled, answerable, ways, all, answers }) {
  const base = prepared(data);
  const given = new Map(facts);
  if (answers) return [...fitting(base, given, new Map(answers))];
  if (ways) return ways.map((answers) => interviewed(base, given, new Map(answers), all));
  return looked(base, given, new Set(settled), answerable);
}
"""


@pytest.fixture(scope="module")
def ask():
    with running(["evaluator.js", "intervals.js", "bounds.js", "questions.js", "outlook.js"], RESPOND) as ask:
        yield ask


def draw(seed, rules=12, asked=5):
    """Draw a knowledge base whose questions have conditions, and some given facts."""
    pick = random_pick(seed)
    constructs = CONSTRUCTS if seed % 3 else ()
    data = draw_knowledge_base(pick, make_knowledge_base(pick, rules, asked=asked, derived=3, constructs=constructs))
    given = {name: fact for name, fact in make_case(pick, data).items() if fact["certainty"] and pick.number(2) == 0}
    return pick, data, given


@pytest.mark.parametrize("seed", range(examples(160)))
def test_it_says_of_questions_what_the_interview_says(ask, seed):
    pick, data, given = draw(seed)
    model = model_of(data)
    names, facts = list(model.attributes), facts_from_python(given, model)
    unsure = {name for name, each in model.attributes.items() if each.question and name not in given and pick.rarely()}
    settled = {*given, *unsure}
    answerable = [n for n, each in model.attributes.items() if each.question and n not in settled and pick.number(3)]
    asked = {
        "settled": [names.index(name) for name in settled], "answerable": [names.index(name) for name in answerable]
    }  # fmt: skip
    found = ask({"data": compiled(model), "facts": case_of(model, facts), **asked})

    bounds = Bounds(model, facts, answerable)
    contenders = bounds.contenders()
    assert [{v: tuple(ends) for v, ends in each} for each in found["bounds"]] == [*bounds.certainties.values()]
    assert [tuple(ends) for ends in found["evidence"]] == [bounds.evidence[i] for i in range(len(model.all_rules))]
    assert [model.candidates[i] for i in found["contenders"]] == contenders
    assert {names[i] for i in found["behind"]} == bounds.behind(contenders)

    outlook = Choice(model).outlook(facts, settled)
    assert tuple(names[i] for i in found["ready"]) == outlook.open_questions.ready
    assert tuple(names[i] for i in found["waiting"]) == outlook.open_questions.waiting
    assert tuple(names[i] for i in found["matter"]) == outlook.matter
    assert found["certain"] == (not outlook.matter)
    assert found["only"] == outlook.one_left
    assert {names[i] for i in found["best"]} == {*outlook.best}


@pytest.mark.parametrize("seed", range(4_000, 4_000 + examples(120)))
def test_the_same_answers_stay(ask, seed):
    pick, data, given = draw(seed)
    model = model_of(data)
    names, facts = list(model.attributes), facts_from_python(given, model)
    said = {name: fact for name, fact in make_case(pick, data).items() if name not in given and fact["certainty"]}
    answers = {f.attribute: f for f in facts_from_python(said, model) if model.attributes[f.attribute].question}
    answers |= {name: None for name in answers if pick.rarely()}
    written = [
        [names.index(name), fact and {"value": fact.value, "certainty": fact.certainty}]
        for name, fact in answers.items()
    ]
    found = ask({"data": compiled(model), "facts": case_of(model, facts), "answers": written})
    assert {names[i] for i in found} == Gates(model).fitting(facts, answers)


@pytest.mark.parametrize("seed", range(1_000, 1_000 + examples(120)))
def test_no_way_to_answer_ends_otherwise_than_where_it_stops(ask, seed):
    _, data, given = draw(seed, rules=10, asked=4)
    base = KnowledgeBase(model_of(data))
    model, reference = base.model, Reference(base)
    if reference.has_circles or not model.inputs.isdisjoint(reference.questions):
        return  # the order of the questions counts, or there is no list of all ways to answer
    asked = {name: model.attributes[name] for name in reference.questions}
    values = {name: each.choices or distinguishing_values(model, each) for name, each in asked.items()}
    ways = [*islice(reference.answer_functions(values, given), MOST_WAYS)]
    facts = case_of(model, facts_from_python(given, model))
    written = [case_of(model, facts_from_python(way, model)) for way in ways]
    names = list(model.attributes)
    for answers, found in zip(ways, ask({"data": compiled(model), "facts": facts, "ways": written}), strict=True):
        stopped = base.consult({names[i]: said for i, said in found["facts"]})
        final = reference.final_facts(given, answers)
        ended = base.consult(final)
        if found["only"] is None:
            assert conclusion(stopped) == conclusion(ended), (answers, found)
        elif {*reference.questions} <= {*given, *answers}:
            assert ended.recommendation == found["only"]
