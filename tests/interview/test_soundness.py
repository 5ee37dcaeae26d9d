"""An interview that stops early ends as one in which everything is answered, and puts no question in vain."""

from collections import defaultdict
from math import prod

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.knowledge.distinctions import distinguishing_values
from expert.open_questions import prospects
from expert.open_questions.gates import Gates
from tests.examples import examples
from tests.interview.reference import Reference, conclusion, draw_knowledge_base
from tests.strategies import (
    CONSTRUCTS,
    Pick,
    knowledge_bases,
    make_case,
    make_knowledge_base,
    model_of,
    random_pick,
    values_of,
)

MOST_WAYS = 120
"""How many ways to answer are all tried."""


def answer_all(interview, answers):
    """Answer each question that is put; give the names in order."""
    put = []
    while (question := interview.next_question()) is not None:
        assert question.name not in put
        put.append(question.name)
        interview.answer(question.name, answers.get(question.name))
    return put


def draw_answers(pick, data):
    """Answer each question with some value, sure or not so sure, or not at all."""
    return {
        name: pick.one(values_of(declared))
        for name, declared in data["attributes"].items()
        if "question" in declared and values_of(declared) and pick.number(4)
    }


def check_early_stop(pick, data):
    """Compare an interview that stops when it is certain with the same one gone on to the end."""
    knowledge_base = KnowledgeBase(model_of(data))
    facts = {name: fact for name, fact in make_case(pick, data).items() if pick.number(2) == 0}
    answers = draw_answers(pick, data)
    interview = knowledge_base.interview(facts)
    early = answer_all(interview, answers)
    settled = interview.settled
    assert interview.certain or settled or interview.open_questions == ()
    ended = conclusion(interview.consultation())
    interview.ask_all = True
    late = answer_all(interview, answers)
    assert not {*early} & {*late}
    if settled is None:
        assert conclusion(interview.consultation()) == ended, (facts, answers, early, late)
    elif {*late} <= {*answers}:
        assert interview.consultation().recommendation == settled, (facts, answers, early, late)
    assert interview.open_questions == ()


@pytest.mark.parametrize("constructs", [(), CONSTRUCTS], ids=["rules", "all constructs"])
@settings(max_examples=examples(30), deadline=None)
@given(st.data())
def test_going_on_never_changes_what_an_early_stop_ended_in(constructs, drawn):
    pick = Pick(lambda highest: drawn.draw(st.integers(0, highest)))
    check_early_stop(pick, draw_knowledge_base(pick, drawn.draw(knowledge_bases(asked=5, constructs=constructs))))


def draw_larger(pick, seed):
    constructs = CONSTRUCTS if seed % 2 else ()
    return draw_knowledge_base(pick, make_knowledge_base(pick, 20, asked=6, derived=4, constructs=constructs))


@pytest.mark.parametrize("seed", range(60))
def test_going_on_never_changes_it_in_knowledge_bases_that_are_always_the_same(seed):
    pick = random_pick(seed)
    check_early_stop(pick, draw_larger(pick, seed))


@pytest.mark.parametrize("seed", range(100, 130))
def test_samples_never_make_it_stop(seed, monkeypatch):
    monkeypatch.setattr(prospects, "CHOICE", 12)
    monkeypatch.setattr(prospects, "PROOF", 48)
    pick = random_pick(seed)
    check_early_stop(pick, draw_larger(pick, seed))


def small_case(pick, constructs):
    """Draw a knowledge base and given facts that leave few ways to answer; None where there are too many."""
    data = draw_knowledge_base(pick, make_knowledge_base(pick, rules=10, asked=4, derived=2, constructs=constructs))
    knowledge_base = KnowledgeBase(model_of(data))
    case = make_case(pick, data)
    facts = {name: fact for name, fact in case.items() if fact["certainty"] and pick.number(2) == 0}
    reference = Reference(knowledge_base)
    values = {
        name: list(knowledge_base.attributes[name].choices)
        or distinguishing_values(knowledge_base.model, knowledge_base.attributes[name])
        or values_of(data["attributes"][name])[:4]
        for name in reference.questions
    }
    ways = prod(len(values[name]) + 1 for name in reference.questions if name not in facts)
    if reference.has_circles or ways > MOST_WAYS or ways < 4:
        return None
    return knowledge_base, facts, reference, values


def one_left(consistent, names, said):
    """Give the recommendation that all definite ways lead to, unless another leads alone as it is."""
    definite = {end for way, end in consistent.items() if all(name in dict(way) or name in said for name in names)}
    recommended = {recommendation for _, recommendation, _ in definite}
    _, _, leaders = consistent[frozenset((n, v) for n, v in said.items() if v is not None)]
    only = recommended.pop() if len(recommended) == 1 else None
    return only if len(leaders) != 1 or leaders == {only} else None


def check_exhaustively(pick, constructs=()):
    """Run the interview for every way to answer: same end, no question in vain, stop exactly when one is left.

    Where the order of answers counts, it may stop later than it could; so it may where numbers are computed.
    """
    found = small_case(pick, constructs)
    if found is None:
        return False
    knowledge_base, facts, reference, values = found
    gates = Gates(knowledge_base.model)
    is_exact = all(name in gates.levels for name in gates.questions if gates.behind[name])
    is_exact = is_exact and not knowledge_base.model.inputs & {*reference.questions} - {*facts}
    unknown = [name for name in reference.questions if name not in facts]
    ends = {}
    for answers in reference.answer_functions(values, facts):
        everything = reference.final_facts(facts, answers)
        ends[frozenset(answers.items())] = conclusion(knowledge_base.consult(everything))
    for answers, end in ends.items():
        interview = knowledge_base.interview(facts)
        said = {}
        consistent = dict(ends)
        while (question := interview.next_question()) is not None:
            assert not is_exact or len({*consistent.values()}) > 1, "it goes on although nothing can change"
            assert not is_exact or one_left(consistent, unknown, said) is None, "it goes on although one is left"
            without = defaultdict(set)
            for way, other in consistent.items():
                without[frozenset((n, v) for n, v in way if n != question.name)].add(other)
            opens = {name for name in reference.questions if question.name in reference.before[name]}
            assert opens or not is_exact or any(len(several) > 1 for several in without.values()), "a question in vain"
            said[question.name] = dict(answers).get(question.name)
            interview.answer(question.name, said[question.name])
            consistent = {w: e for w, e in consistent.items() if dict(w).get(question.name) == said[question.name]}
        assert interview.settled in (None, one_left(consistent, unknown, said)), (facts, answers, said)
        assert interview.settled or conclusion(interview.consultation()) == end, (facts, answers, said)
        interview.ask_all = True
        answer_all(interview, dict(answers))
        known = {fact.attribute: fact.value for fact in interview.facts if fact.origin == "answer"}
        everything = reference.final_facts(facts, dict(answers))
        # What is not asked even then moves no candidate.
        assert known.items() <= everything.items()
        goal = knowledge_base.goal
        asked, all_known = interview.consultation(), knowledge_base.consult(everything)
        assert asked.certainties.get(goal) == all_known.certainties.get(goal), (facts, answers, known, everything)
    return True


@pytest.mark.parametrize("constructs", [(), CONSTRUCTS], ids=["rules", "all constructs"])
@settings(max_examples=examples(15), deadline=None)
@given(st.data())
def test_every_way_to_answer_ends_as_answering_everything_does(constructs, drawn):
    assume(check_exhaustively(Pick(lambda highest: drawn.draw(st.integers(0, highest))), constructs))


@pytest.mark.parametrize("constructs", [(), CONSTRUCTS], ids=["rules", "all constructs"])
def test_every_way_to_answer_in_knowledge_bases_that_are_always_the_same(constructs):
    assert sum(check_exhaustively(random_pick(seed), constructs) for seed in range(30)) > 8
