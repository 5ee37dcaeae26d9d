"""Whatever was answered, changed, taken back and resumed: what counts is what the answers that stay say."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from tests.examples import examples
from tests.interview.reference import Reference, conclusion, draw_knowledge_base
from tests.strategies import CONSTRUCTS, Pick, make_case, make_knowledge_base, model_of, random_pick, values_of

CHAIN = {
    "knowledge_base": "chain",
    "goal": "goal",
    "attributes": {
        "goal": {"choices": ["x", "y"]},
        "a": {"question": "A?"},
        "b": {"question": "B?", "ask_if": {"a": "yes"}},
        "c": {"question": "C?", "ask_if": {"b": "yes"}},
    },
    "rules": {
        "x": {"if": {"c": "yes"}, "then": {"goal": "x"}},
        "y": {"if": {"a": "no"}, "then": {"goal": {"y": 0.6}}},
    },
}


@pytest.fixture
def chain():
    """Lead an interview in which each question opens the next, to its end."""
    knowledge_base = KnowledgeBase(model_of(CHAIN))
    interview = knowledge_base.interview()
    for name in "abc":
        assert interview.next_question().name == name
        interview.answer(name, "yes")
    assert interview.consultation().recommendation == "x"
    return knowledge_base, interview


def facts_of(interview):
    return {fact.attribute: (fact.value, fact.certainty) for fact in interview.facts}


def test_a_changed_answer_drops_all_that_hung_on_it(chain):
    _, interview = chain
    interview.answer("a", "no")
    assert facts_of(interview) == {"a": ("no", 1)}
    assert interview.consultation().recommendation == "y"
    assert interview.next_question() is None


def test_going_back_drops_all_that_hung_on_the_new_answer(chain):
    _, interview = chain
    for name in "cba":
        assert interview.back().name == name
    interview.answer("a", "no")
    assert facts_of(interview) == {"a": ("no", 1)}
    assert interview.consultation().recommendation == "y"
    assert interview.back().name == "a"


def test_resuming_drops_what_hung_on_an_answer_that_has_changed(chain):
    knowledge_base, interview = chain
    state = json.loads(json.dumps(interview.to_dict()))
    state["turns"][0]["fact"]["value"] = "no"
    resumed = knowledge_base.interview(state=state)
    assert facts_of(resumed) == {"a": ("no", 1)}
    del state["turns"][:2]  # as a state that kept c alone
    state["given"] = [{"attribute": "a", "value": "no", "certainty": 1.0, "origin": "given"}]
    assert facts_of(knowledge_base.interview(state=state)) == {"a": ("no", 1)}


def test_what_is_put_off_or_not_known_is_dropped_as_well(chain):
    knowledge_base, _ = chain
    interview = knowledge_base.interview(ask_all=True)
    interview.answer("a", "yes")
    interview.skip()
    interview.answer("a", "no")
    assert [turn["attribute"] for turn in interview.to_dict()["turns"]] == ["a"]
    interview.answer("a", "yes")
    interview.answer("b", None)
    interview.answer("a", "no")
    assert interview.progress.answered == 1


def draw_chained(pick):
    """Draw questions most of which are put only after certain answers to others, mostly to those before them."""
    names = [f"q{i}" for i in range(3 + pick.number(3))]
    attributes = {"goal": {"choices": ["x", "y", "z"]}} | {name: {"question": "How?"} for name in names}
    for position, name in enumerate(names[1:], start=1):
        others = (
            names[max(position - 2, 0) : position] if pick.number(4) else [other for other in names if other != name]
        )
        conditions = [{other: pick.one(("yes", "yes", "yes", "no", "unknown"))} for other in pick.some(others, most=2)]
        if pick.number(4):
            attributes[name]["ask_if"] = {pick.one(("any", "all")): conditions}
    rules = {
        f"{name}-{value}": {
            "if": {name: value} | ({pick.one(names): "yes"} if pick.rarely() else {}),
            "then": {"goal": {pick.one("xyz"): pick.one((0.9, 0.6, 0.5, 0.3))}},
        }
        for name in names
        for value in ("yes", "no")
        if pick.number(3)
    }
    return {"knowledge_base": "drawn", "goal": "goal", "attributes": attributes, "rules": rules}


def draw_any(pick):
    if pick.number(2):
        return draw_chained(pick)
    constructs = CONSTRUCTS if pick.number(1) else ()
    return draw_knowledge_base(pick, make_knowledge_base(pick, 12, asked=5, derived=2, constructs=constructs))


def draw_history(pick, data):
    """Lead an interview back and forth, through answers that change and through its saved form."""
    knowledge_base = KnowledgeBase(model_of(data))
    facts = {name: fact for name, fact in make_case(pick, data).items() if fact["certainty"] and pick.number(5) == 0}
    interview = knowledge_base.interview(facts, ask_all=pick.number(3) > 0)
    for _ in range(8 + pick.number(12)):
        question = interview.next_question()
        answered = [turn["attribute"] for turn in interview.to_dict()["turns"]]
        does = pick.number(9)
        if does == 0:
            interview.back()
        elif does == 1:
            interview = knowledge_base.interview(state=json.loads(json.dumps(interview.to_dict())))
        elif does == 2:
            interview.skip()
        elif (does < 5 or question is None) and answered:
            answer(pick, interview, data, pick.one(answered))
        elif question is not None:
            answer(pick, interview, data, question.name)
    if interview.to_dict()["again"]:
        answer(pick, interview, data, interview.next_question().name)
    return knowledge_base, facts, interview


def answer(pick, interview, data, name):
    value = pick.one([*values_of(data["attributes"][name])] * 2 + [None])
    interview.answer(name, {"value": value, "certainty": pick.one((1, 1, 1, 0.7, 0.4))} if value is not None else None)


def check_history(pick, data):
    knowledge_base, facts, interview = draw_history(pick, data)
    consultation = interview.consultation()
    assert conclusion(consultation) == conclusion(knowledge_base.consult(interview.facts))

    # Told anew, in the same order, the answers that stayed all stay.
    anew = knowledge_base.interview(facts, ask_all=True)
    turns = [turn for turn in interview.to_dict()["turns"] if not turn["put_off"]]
    for turn in turns:
        said = turn["fact"] and {"value": turn["fact"]["value"], "certainty": turn["fact"]["certainty"]}
        anew.answer(turn["attribute"], said)
    assert facts_of(anew) == facts_of(interview)
    assert anew.open_questions == interview.open_questions
    assert anew.certain == interview.certain

    # Where no order counts, an interview that puts the questions itself ends in the same.
    if not Reference(knowledge_base).has_circles:
        known = {turn["attribute"]: turn["fact"] for turn in turns if turn["fact"]}
        asked = knowledge_base.interview(facts, ask_all=True)
        while (question := asked.next_question()) is not None:
            fact = known.get(question.name)
            asked.answer(question.name, fact and {"value": fact["value"], "certainty": fact["certainty"]})
        goal = knowledge_base.goal
        assert facts_of(asked).items() <= facts_of(interview).items()
        assert asked.consultation().certainties.get(goal) == consultation.certainties.get(goal)


def check_that_both_say_the_same(pick, data):
    """Compare what an interview says of open questions with what a consultation about its facts says."""
    knowledge_base, _, interview = draw_history(pick, data)
    consultation = knowledge_base.consult(interview.facts)
    not_known = [t["attribute"] for t in interview.to_dict()["turns"] if not t["put_off"] and t["fact"] is None]
    assert interview.certain or consultation.open_questions
    if not not_known:
        assert interview.certain == (consultation.open_questions == ())
        assert {*consultation.open_questions} <= {*interview.open_questions}
        assert interview.certain or interview.settled or consultation.settled is None
        assert interview.settled in (None, consultation.settled, consultation.recommendation)
    for name in consultation.open_questions:
        assert knowledge_base.attributes[name].question


@settings(max_examples=examples(30), deadline=None)
@given(st.data())
def test_what_stays_is_what_a_fresh_interview_would_have(drawn):
    pick = Pick(lambda highest: drawn.draw(st.integers(0, highest)))
    check_history(pick, draw_any(pick))


@pytest.mark.parametrize("seed", range(60))
def test_what_stays_in_histories_that_are_always_the_same(seed):
    pick = random_pick(seed)
    check_history(pick, draw_any(pick))


@settings(max_examples=examples(30), deadline=None)
@given(st.data())
def test_ask_and_recommend_never_contradict_each_other(drawn):
    pick = Pick(lambda highest: drawn.draw(st.integers(0, highest)))
    check_that_both_say_the_same(pick, draw_any(pick))


@pytest.mark.parametrize("seed", range(100, 160))
def test_they_never_do_in_histories_that_are_always_the_same(seed):
    pick = random_pick(seed)
    check_that_both_say_the_same(pick, draw_any(pick))
