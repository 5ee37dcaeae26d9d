"""Another attribute than the goal, asked for in Python."""

import pickle

import polars as pl
import pytest

from expert import InputError, KnowledgeBase
from expert.knowledge.variants import with_goal
from tests.semantics.worked_bases import data_of
from tests.strategies import model_of


@pytest.fixture(scope="module")
def knowledge_base():
    data = data_of("else") | {
        "cases": [{"name": "hinted", "given": {"hint": "yes"}, "expect": {"recommendation": "stop"}}]
    }
    data["attributes"]["size"] = {"number": {}}
    data["rules"]["large"] = {"if": {"hint": "yes"}, "then": {"size": 3}}
    return KnowledgeBase(model_of(data))


def test_it_is_what_is_recommended(knowledge_base):
    found = knowledge_base.consult({"hint": "yes"}, goal="risk")
    assert (found.outcome, found.recommendation) == ("recommended", "high")
    assert [candidate.value for candidate in found.ranking] == ["high", "low"]
    data = found.to_dict()
    assert (data["goal"], data["recommendation"]) == ("risk", "high")


def test_the_rules_stay_the_same_and_are_compiled_once(knowledge_base):
    found = knowledge_base.consult({}, goal="risk")
    assert found.knowledge_base.digest == knowledge_base.digest == found.to_dict()["knowledge_base"]["digest"]
    assert pickle.loads(pickle.dumps(found)).knowledge_base.digest == knowledge_base.digest
    assert found.knowledge_base is knowledge_base.consult({"hint": "yes"}, goal="risk").knowledge_base
    assert with_goal(knowledge_base.model, "risk").cases == ()
    assert knowledge_base.consult({}, goal="advice").knowledge_base is knowledge_base.model


def test_a_default_alone_is_the_outcome_default(knowledge_base):
    found = knowledge_base.consult({}, goal="risk")
    assert (found.outcome, found.recommendation, found.settled) == ("default", "low", None)
    assert found.possible == ("low", "high")
    assert str(found).startswith("low holds by default: nothing says otherwise.")


def test_rows_are_decided_for_it(knowledge_base):
    frame = pl.DataFrame({"hint": ["yes", "no", None]})
    assert knowledge_base.decide(frame, goal="risk")["recommendation"].to_list() == ["high", "low", "low"]
    assert knowledge_base.decide(frame)["recommendation"].to_list() == ["stop", "go", "go"]


@pytest.mark.parametrize(
    ("goal", "message"),
    [
        ("rusk", "there is no attribute 'rusk' that rules conclude; did you mean 'risk'? (expected advice or risk)"),
        ("hint", "no rule concludes 'hint'; expected an attribute that rules conclude, advice or risk"),
        ("size", "'size' is a number; expected an attribute with choices, advice or risk"),
        (3, "there is no attribute '3' that rules conclude; expected advice or risk"),
    ],
)
def test_anything_else_is_refused(knowledge_base, goal, message):
    for ask in (knowledge_base.consult, knowledge_base.interview):
        with pytest.raises(InputError, match=r"^goal: ") as raised:
            ask({}, goal=goal)
        assert str(raised.value) == f"goal: {message}"
    with pytest.raises(InputError, match=r"^goal: "):
        knowledge_base.decide(pl.DataFrame({"hint": ["yes"]}), goal=goal)


def test_a_saved_interview_remembers_it(knowledge_base):
    state = knowledge_base.interview(goal="risk").to_dict()
    assert knowledge_base.interview(state=state).knowledge_base.goal == "risk"
    assert knowledge_base.interview(state=state, goal="risk").next_question().name == "hint"
    with pytest.raises(InputError, match="asks for 'risk', not for 'advice'"):
        knowledge_base.interview(state=state, goal="advice")
    assert knowledge_base.interview(state=state, goal="advice", adopt=True).knowledge_base.goal == "advice"


def test_an_interview_saved_before_there_was_a_choice_asks_for_the_goal(knowledge_base):
    state = knowledge_base.interview().to_dict()
    del state["goal"]
    assert knowledge_base.interview(state=state).knowledge_base.goal == "advice"
    with pytest.raises(InputError, match="asks for 'advice', not for 'risk'"):
        knowledge_base.interview(state=state, goal="risk")


@pytest.mark.parametrize("goal", [None, 3, ["risk"], "hint", "none"])
def test_a_saved_interview_with_a_goal_that_is_none_is_refused(knowledge_base, goal):
    state = knowledge_base.interview().to_dict() | {"goal": goal}
    with pytest.raises(InputError, match=r"^saved interview: asks for '.*', not for 'advice'"):
        knowledge_base.interview(state=state)
