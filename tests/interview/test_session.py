"""The dialogue: what is put, what an answer does, back and forth, and going on another time."""

import copy
import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import InputError, KnowledgeBase
from expert.interview.question import Progress
from tests.examples import examples
from tests.interview.reference import draw_knowledge_base
from tests.strategies import Pick, make_knowledge_base, model_of, values_of

ATTRIBUTES = {
    "colour": {"choices": ["red", "green", "blue"]},
    "size": {"question": "How large?", "choices": ["small", "large"]},
    "count": {"question": "How many?", "number": {"at_least": 0}, "ask_if": {"size": "unknown"}},
    "warm": {"question": "Warm?"},
    "round": {"question": "Round?"},
    "weak": {"question": "Weak?"},
}
RULES = {
    "small": {"if": {"size": "small"}, "then": {"colour": {"red": 0.7}}},
    "large": {"if": {"size": "large"}, "then": {"colour": {"green": 0.7}}},
    "many": {"if": {"count": {"more_than": 9}}, "then": {"colour": {"green": 0.6}}},
    "warm": {"if": {"warm": "yes"}, "then": {"colour": {"red": 0.5}}, "because": "Warm things are red."},
    "cold": {"if": {"warm": "no"}, "then": {"colour": {"blue": 0.5}}},
    "round": {"if": {"round": "yes"}, "then": {"colour": {"blue": 0.8}}},
    "weak": {"if": {"weak": "yes", "round": "yes"}, "then": {"colour": {"red": 0.1, "blue": 0.1}}},
}
FACT = {"attribute": "size", "value": "small", "certainty": 1.0, "origin": "answer"}
TURN = {"attribute": "size", "put_off": False, "fact": None}
DATA = {"knowledge_base": "test", "version": "3", "goal": "colour", "attributes": ATTRIBUTES, "rules": RULES}


@pytest.fixture(scope="module")
def knowledge_base():
    return KnowledgeBase(model_of(DATA))


def given_by(interview):
    return {fact.attribute: fact.value for fact in interview.facts}


def ask_everything(interview, answers):
    """Answer what is put; give the names in order."""
    put = []
    while (question := interview.next_question()) is not None:
        put.append(question.name)
        interview.answer(question.name, answers.get(question.name))
    return put


def test_a_question_is_put_until_it_is_answered(knowledge_base):
    interview = knowledge_base.interview()
    first = interview.next_question()
    assert interview.next_question() == first
    assert first.attribute == knowledge_base.attributes[first.name]
    assert first.answered is None
    interview.answer(first.name, None)
    assert interview.next_question() != first


def test_facts_that_are_given_are_not_asked(knowledge_base):
    interview = knowledge_base.interview({"size": "small", "warm": {"value": "yes", "certainty": 0.4}}, ask_all=True)
    assert ask_everything(interview, {}) == ["round"]  # nothing reads weak where round is not known
    assert given_by(interview) == {"size": "small", "warm": "yes"}
    assert interview.progress == Progress(answered=1, left=0, questions=1, leaders=("red",))


def test_a_fact_that_says_nothing_is_asked_all_the_same(knowledge_base):
    interview = knowledge_base.interview({"warm": {"value": "yes", "certainty": 0}}, ask_all=True)
    assert "warm" in ask_everything(interview, {})


def test_a_condition_is_waited_for(knowledge_base):
    interview = knowledge_base.interview(ask_all=True)
    put = ask_everything(interview, {})
    assert put.index("size") < put.index("count")
    assert "count" not in ask_everything(knowledge_base.interview(ask_all=True), {"size": "large"})


def test_an_answer_is_as_in_facts(knowledge_base):
    interview = knowledge_base.interview()
    interview.answer("size", {"value": "small", "certainty": 0.8, "note": "about"})
    interview.answer("warm", True)
    interview.answer("round", "unknown")
    assert [(f.value, f.certainty, f.origin, f.note) for f in interview.facts] == [
        ("small", 0.8, "answer", "about"), ("yes", 1, "answer", ""),
    ]  # fmt: skip
    assert interview.consultation().given == knowledge_base.consult(interview.facts).given
    assert interview.progress.answered == 3


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("size", "smal", "did you mean 'small'?"),
        ("sise", "small", "did you mean 'size'?"),
        ("count", 3, "'count' is not an open question"),
        ("colour", "red", "concluded by rules"),
        ("warm", {"value": "yes", "certainty": 2}, "certainty must be in [-1, 1]"),
    ],
)
def test_an_answer_that_does_not_fit_changes_nothing(knowledge_base, name, value, message):
    interview = knowledge_base.interview()
    interview.answer("size", "large")
    before = interview.to_dict()
    with pytest.raises(InputError) as raised:
        interview.answer(name, value)
    assert message in str(raised.value)
    assert interview.to_dict() == before


def test_going_back_keeps_the_later_answers(knowledge_base):
    interview = knowledge_base.interview(ask_all=True)
    for name, value in [("size", "small"), ("warm", "yes"), ("round", "yes")]:
        interview.answer(name, value)
    assert interview.back().name == "round"
    assert interview.back().answered.value == "yes"
    again = interview.back()
    assert (again.name, again.answered.value) == ("size", "small")
    assert interview.back() is None
    assert interview.next_question() == again
    assert given_by(interview) == {"warm": "yes", "round": "yes"}
    interview.answer("size", "large")
    assert given_by(interview) == {"size": "large", "warm": "yes", "round": "yes"}
    assert interview.next_question().name == "weak"
    assert interview.back().name == "round"


def test_later_answers_that_no_longer_fit_are_dropped(knowledge_base):
    interview = knowledge_base.interview()
    interview.answer("size", None)
    interview.answer("warm", "no")
    interview.answer("count", 12)
    for _ in range(3):
        question = interview.back()
    assert question.name == "size"
    interview.answer("size", "small")
    assert given_by(interview) == {"size": "small", "warm": "no"}
    assert interview.back().name == "warm"


def test_any_earlier_answer_can_be_given_anew(knowledge_base):
    interview = knowledge_base.interview()
    interview.answer("size", "small")
    interview.answer("size", "large")
    assert given_by(interview) == {"size": "large"}
    assert interview.progress.answered == 1


def test_what_is_skipped_comes_last_and_then_stays_open(knowledge_base):
    interview = knowledge_base.interview(ask_all=True)
    put = []
    while (question := interview.next_question()) is not None:
        put.append(question.name)
        interview.skip()
    # Once round is given up, nothing reads weak.
    assert sorted(put) == sorted(["size", "warm", "round"] * 2 + ["weak"] + ["count"] * 2)
    assert set(put[:4]) == {"size", "warm", "round", "weak"}
    assert interview.facts == ()


def test_a_skipped_question_that_is_put_again_by_back_can_be_skipped_again(knowledge_base):
    interview = knowledge_base.interview()
    first = interview.next_question().name
    interview.skip()
    assert interview.back().name == first
    interview.skip()
    assert interview.progress.answered == 0
    assert first in interview.open_questions


def test_progress_counts_down(knowledge_base):
    interview = knowledge_base.interview()
    left = [interview.progress.left]
    while (question := interview.next_question()) is not None:
        interview.answer(question.name, {"size": "small", "round": "no", "warm": "yes"}.get(question.name))
        left.append(interview.progress.left)
    assert left == sorted(left, reverse=True)
    assert (left[0], left[-1]) == (5, 0)  # those that recommend names too
    assert left[0] == len(knowledge_base.consult({}).open_questions)
    assert interview.certain
    assert interview.progress.leaders == ("red",)


def test_where_rules_are_many_fewer_ways_to_answer_are_looked_at(knowledge_base, monkeypatch):
    def count_questions():
        count, fresh = 0, copy.copy(knowledge_base.model)
        for size, warm, round_ in itertools.product((None, "small", "large"), (None, "yes", "no"), (None, "yes", "no")):
            interview = KnowledgeBase(fresh).interview()
            count += len(ask_everything(interview, {"size": size, "warm": warm, "round": round_}))
            assert interview.certain
        return count

    least = count_questions()
    monkeypatch.setattr("expert.open_questions.prospects.WORK", 5 * 10)
    assert count_questions() > least  # it asks too much rather than too little


def test_after_the_end_one_may_go_on(knowledge_base):
    interview = knowledge_base.interview()
    ask_everything(interview, {"size": "small", "round": "no"})
    assert interview.certain
    assert interview.why() is None
    before = interview.consultation().recommendation
    assert interview.open_questions
    interview.ask_all = True
    assert ask_everything(interview, {"warm": "no"})
    assert interview.open_questions == ()
    assert interview.consultation().recommendation == before


def test_why_names_the_rules_that_wait_and_what_the_answer_moves(knowledge_base):
    interview = knowledge_base.interview({"size": "small", "round": "yes"})
    assert interview.next_question().name == "warm"
    why = interview.why()
    assert [rule.name for rule in why.rules] == ["warm", "cold"]
    assert [(m.candidate, m.now, m.least, m.most, m.least_by, m.most_by) for m in why.moves] == [
        ("red", 0.7, 0.7, 0.85, None, "yes"), ("blue", 0.8, 0.8, 0.9, None, "no"),
    ]  # fmt: skip
    assert why.opens == ()


def test_why_names_the_questions_that_an_answer_opens(knowledge_base):
    interview = knowledge_base.interview({"warm": "no", "round": "no", "weak": "no"})
    assert interview.next_question().name == "size"
    assert interview.why().opens == ("count",)


def test_any_answer_can_be_changed_or_kept(knowledge_base):
    interview = knowledge_base.interview(ask_all=True)
    put = [interview.next_question().name]
    interview.answer("size", {"value": "small", "certainty": 0.7})
    interview.answer("round", None)
    put.append(interview.next_question().name)
    assert [(each.name, each.position, each.answered and each.answered.value) for each in interview.answers] == [
        ("size", 1, "small"), ("round", 2, None)
    ]  # fmt: skip
    assert interview.change("size").answered.certainty == 0.7
    assert interview.next_question().name == "size"
    assert given_by(interview) == {}
    interview.keep()
    assert interview.next_question().name == put[1]
    assert given_by(interview) == {"size": "small"}
    interview.change("size")
    interview.answer("size", "large")
    assert [each.name for each in interview.answers] == ["size", "round"]
    assert given_by(interview) == {"size": "large"}


def test_what_was_not_answered_cannot_be_changed(knowledge_base):
    interview = knowledge_base.interview()
    interview.answer("size", "small")
    with pytest.raises(InputError, match="'sise' is not an answered question; did you mean 'size'"):
        interview.change("sise")


def test_a_saved_interview_goes_on_as_it_was_left(knowledge_base):
    interview = knowledge_base.interview({"weak": {"value": "no", "certainty": 0.9}}, ask_all=True)
    interview.answer("size", {"value": "small", "certainty": 0.6, "note": "perhaps", "fixed": "yes"})
    interview.skip()
    interview.answer(interview.next_question().name, None)
    interview.back()
    state = json.loads(json.dumps(interview.to_dict()))
    resumed = knowledge_base.interview(state=state)
    assert resumed.to_dict() == state
    assert resumed.facts == interview.facts
    assert resumed.next_question() == interview.next_question()
    assert resumed.ask_all


@pytest.mark.parametrize(
    "broken",
    [
        {}, {"format": "expert.interview/2"}, {"turns": 3}, {"turns": [{}]}, {"given": [{"attribute": "size"}]},
        {"turns": [{"attribute": "nowhere", "put_off": False, "fact": None}]}, {"knowledge_base": None},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_saved_interview_is_refused(knowledge_base, broken):
    state = knowledge_base.interview().to_dict() | broken if broken else {}
    with pytest.raises(InputError) as raised:
        knowledge_base.interview(state=state)
    assert str(raised.value).startswith("saved interview: ")


@pytest.mark.parametrize("adopt", [False, True])
@pytest.mark.parametrize(
    "broken",
    [
        {"format": []}, {"knowledge_base": []}, {"ask_all": "yes"}, {"given": {}}, {"given": "size"}, {"turns": {}},
        {"turns": ["size"]}, {"again": []}, {"again": 3}, {"turns": [TURN | {"attribute": []}]},
        {"turns": [TURN | {"put_off": None}]}, {"turns": [TURN | {"fact": "small"}]}, {"turns": [TURN | {"fact": {}}]},
        {"given": [FACT | {"attribute": ["size"]}]}, {"given": [FACT | {"origin": None}]},
        {"turns": [TURN | {"fact": FACT, "attribute": "warm"}]},
    ],
    ids=str,
)  # fmt: skip
def test_a_saved_interview_of_another_shape_is_refused(knowledge_base, broken, adopt):
    state = knowledge_base.interview().to_dict()
    knowledge_base.interview(state=state | {"given": [FACT], "turns": [TURN]}, adopt=adopt)
    with pytest.raises(InputError) as raised:
        knowledge_base.interview(state=state | broken, adopt=adopt)
    assert str(raised.value).startswith("saved interview: ")


def test_other_rules_are_refused_unless_their_answers_are_adopted(knowledge_base):
    changed = DATA | {"attributes": ATTRIBUTES | {"warm": {"question": "Warm?", "choices": ["hot", "cold"]}}}
    changed["rules"] = {name: rule for name, rule in RULES.items() if name not in ("warm", "cold")}
    other = KnowledgeBase(model_of(changed))
    interview = knowledge_base.interview({"round": "no"})
    interview.answer("size", "small")
    interview.answer("warm", "yes")
    state = interview.to_dict()
    with pytest.raises(InputError, match="is about other rules"):
        other.interview(state=state)
    assert given_by(other.interview(state=state, adopt=True)) == {"round": "no", "size": "small"}


@settings(max_examples=examples(30), deadline=None)
@given(st.data())
def test_any_way_through_ends_and_can_be_saved_at_each_step(data):
    pick = Pick(lambda highest: data.draw(st.integers(0, highest)))
    drawn = draw_knowledge_base(pick, make_knowledge_base(pick, rules=8))
    knowledge_base = KnowledgeBase(model_of(drawn))
    interview = knowledge_base.interview(ask_all=pick.number(1) == 1)
    backs = 0
    while (question := interview.next_question()) is not None:
        assert knowledge_base.interview(state=interview.to_dict()).next_question() == question
        does = pick.number(5)
        values = values_of(drawn["attributes"][question.name])
        if does == 0:
            interview.skip()
        elif does == 1 and backs < 4:
            backs += 1
            interview.back()
        elif does == 2 and backs < 4 and interview.answers:
            backs += 1
            interview.change(pick.one([each.name for each in interview.answers]))
        else:
            interview.answer(question.name, pick.one([None, *values]))
            assert interview.next_question() != question
    assert interview.certain or interview.settled is not None or interview.open_questions == ()
