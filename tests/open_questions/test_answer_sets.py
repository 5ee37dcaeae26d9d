"""Tables of ways to answer say of each what the engine would."""

import subprocess
import sys
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.interview.question_choice import Choice
from expert.knowledge.model import Fact
from expert.open_questions.answer_frames import KEY
from expert.open_questions.answer_sets import SAMPLE, WEIGHT, AnswerSets
from expert.open_questions.gates import Gates
from expert.open_questions.ways import Ways, options
from tests.examples import examples
from tests.interview.reference import Reference, draw_knowledge_base
from tests.strategies import Pick, make_case, make_knowledge_base, model_of

MOST = 60


def table_of(knowledge_base, facts, most=MOST):
    """Decide the ways to answer all open questions."""
    gates = Gates(knowledge_base.model)
    given_facts = knowledge_base.consult(facts).given
    found = gates.possible(given_facts, list(facts))
    answer_sets = AnswerSets(knowledge_base.model, gates, Ways(knowledge_base.model))
    names = [*found.ready, *found.waiting]
    return answer_sets, names, answer_sets.table(given_facts, names, found.waiting, most)


def leaders(knowledge_base, facts):
    """Write who leads as a table does."""
    lead = {candidate.value for candidate in knowledge_base.consult(facts).leaders}
    return "".join(str(int(value in lead)) for value in knowledge_base.model.candidates)


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_each_row_leads_to_what_the_engine_finds(data):
    pick = Pick(lambda highest: data.draw(st.integers(0, highest)))
    drawn = draw_knowledge_base(pick, make_knowledge_base(pick, rules=10, asked=3, derived=2))
    knowledge_base = KnowledgeBase(model_of(drawn))
    facts = {n: f for n, f in make_case(pick, drawn).items() if f["certainty"] and pick.number(1)}
    answer_sets, names, table = table_of(knowledge_base, facts)
    reference = Reference(knowledge_base)
    for row in table.frame.head(MOST).rows(named=True):
        answers = {name: answer_sets.options[name].values[row[name]] for name in names}
        said = {name: value for name, value in answers.items() if value is not None}
        possible = {leaders(knowledge_base, reference.final_facts(facts, said))}
        if reference.has_circles:  # where the order counts, all of them may have been asked
            possible.add(leaders(knowledge_base, facts | said))
            continue
        assert row[KEY] in possible, (facts, said, drawn)


def test_a_complete_table_has_every_way_once_and_its_likelihood():
    knowledge_base = KnowledgeBase.load()
    facts = {a.name: None for a in knowledge_base.askable if a.name not in ("debugging", "api_level")}
    known = dict.fromkeys(facts, "no") | {"dataset_size": "small", "network": "simple"}
    del known["training_examples"]
    _, names, table = table_of(knowledge_base, known)
    assert table.complete
    assert table.frame.select(names).n_unique() == len(table.frame) == 2 * 4
    assert isclose(table.frame[WEIGHT].sum(), 1)


def test_a_sample_is_always_the_same():
    knowledge_base = KnowledgeBase.load()
    first, second = (table_of(knowledge_base, {})[2] for _ in range(2))
    assert not first.complete
    assert len(first.frame) == SAMPLE
    assert first.frame.equals(second.frame)


def test_answers_without_effect_count_with_not_knowing():
    model = KnowledgeBase.load().model
    found = options(model, model.attributes["api_level"])
    assert found.values == ("high", "low", "both", None)
    assert isclose(sum(found.weights), 1)
    assert isclose(found.weights[-1], 0.1)


def test_attributes_may_have_any_names():
    names = ("key", "weight", "len", "literal", "ask", "index")
    data = {
        "knowledge_base": "names",
        "goal": "colour",
        "attributes": {"colour": {"choices": ["red", "green"]}} | {name: {"question": "Yes?"} for name in names},
        "rules": {name: {"if": {name: "yes"}, "then": {"colour": {"red": 0.3}}} for name in names}
        | {"green": {"if": {"len": "yes"}, "then": {"colour": {"green": 0.5}}}},
    }
    outlook = Choice(model_of(data)).outlook([Fact("len", "yes")], ["len"])
    assert set(outlook.best) == {"key", "weight", "literal", "ask", "index"}


def test_leaders_that_hardly_differ_are_tied():
    rules = {
        "red": {"if": {"warm": "yes"}, "then": {"colour": {"red": 0.5}}},
        "green": {"if": {"warm": "yes"}, "then": {"colour": {"green": 0.5 + 5e-10, "blue": 0.4}}},
    }
    attributes = {"colour": {"choices": ["red", "green", "blue"]}, "warm": {"question": "Warm?"}}
    data = {"knowledge_base": "test", "goal": "colour", "attributes": attributes, "rules": rules}
    _, _, table = table_of(KnowledgeBase(model_of(data)), {})
    assert table.frame[KEY].to_list() == ["110", "000"]


def test_many_rows_are_decided_in_pieces_as_they_are_at_once(monkeypatch):
    knowledge_base = KnowledgeBase.load()
    whole = table_of(knowledge_base, {"dataset_size": "small"})[2]
    monkeypatch.setattr("expert.open_questions.answer_frames.CELLS", 50_000)
    assert table_of(knowledge_base, {"dataset_size": "small"})[2].frame.equals(whole.frame)


@pytest.mark.parametrize("candidates", [150, 500])
def test_memory_has_a_ceiling_however_many_candidates_there_are(candidates):
    code = f"""
import sys
from random import Random
sys.path.insert(0, '.')
from tests.strategies import model_of
from expert.interview.question_choice import Choice
pick = Random(1)
names = [f'q{{i}}' for i in range(14)]
attributes = {{'goal': {{'choices': [f'c{{i}}' for i in range({candidates})], 'question': 'Which?'}}}}
attributes |= {{name: {{'question': '?', 'choices': ['a', 'b', 'c']}} for name in names}}
rules = {{
    f'r{{i}}': {{'if': {{pick.choice(names): pick.choice('abc')}}, 'then': {{'goal': {{f'c{{i}}': 0.5 + i / 10000}}}}}}
    for i in range({candidates})
}}
data = {{'knowledge_base': 'many', 'goal': 'goal', 'attributes': attributes, 'rules': rules}}
assert Choice(model_of(data)).outlook([], []).best
# What getrusage tells may be the peak of the process that started this one.
print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert int(done.stdout) < 512 * 1024
