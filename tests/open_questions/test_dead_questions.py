"""A question that only rules read which can never fire is never put, counted or promised."""

import copy

import pytest

from expert import KnowledgeBase
from expert.knowledge.model import Fact
from expert.open_questions.gates import Gates
from tests.interview.reference import draw_knowledge_base
from tests.strategies import CONSTRUCTS, concluded_by, make_case, make_knowledge_base, model_of, random_pick

DEAD = [
    {"dead": {"more_than": 5, "less_than": 3}},
    {"dead": {"at_most": -1}},
    [{"dead": {"more_than": 1}}, {"shut": True}],
    {"dead": {"more_than": 2}, "weak": True},
]
"""Premises that never hold."""


def planted(drawn, premise):
    """Add a question that only a rule reads which never fires, whatever else is known."""
    data = copy.deepcopy(drawn)
    data["attributes"] |= {
        "dead": {"question": "How many?", "number": {"at_least": 0}},
        "shut": {"question": "Really?", "ask_if": {"dead": {"at_most": 1}}},
        "weak": {},
    }
    data["rules"]["dead"] = {"if": premise, "then": {"colour": "red"}}
    data["rules"]["weak"] = {"if": {"dead": 1}, "then": {"weak": {"yes": data["threshold"] / 2 or -0.5}}}
    return data


@pytest.mark.parametrize("premise", DEAD)
def test_it_is_neither_open_nor_put_nor_counted(premise):
    for seed in range(12):
        pick = random_pick(seed)
        drawn = draw_knowledge_base(pick, make_knowledge_base(pick, rules=8, asked=3, constructs=CONSTRUCTS))
        if "colour" not in concluded_by(drawn):  # it could be given then, but not beside a rule that concludes it
            continue
        without, with_dead = KnowledgeBase(model_of(drawn)), KnowledgeBase(model_of(planted(drawn, premise)))
        given = make_case(pick, drawn)
        assert with_dead.consult(given).open_questions == without.consult(given).open_questions
        one, other = without.interview(given), with_dead.interview(given)
        assert (one.certain, one.progress, one.open_questions) == (other.certain, other.progress, other.open_questions)
        question = with_dead.interview(given, ask_all=True).next_question()
        assert question is None or question.name not in ("dead", "shut")


def test_facts_that_are_given_are_no_answers_so_they_can_make_such_a_rule_fire():
    attributes = {
        "goal": {"choices": ["red", "green"]},
        "server": {"question": "?"},
        "kind": {"question": "?", "ask_if": {"server": True}},
        "size": {"question": "?"},
    }
    rules = {"rule": {"if": {"server": False, "kind": True, "size": True}, "then": {"goal": "red"}}}
    model = model_of({"knowledge_base": "test", "goal": "goal", "attributes": attributes, "rules": rules})
    gates = Gates(model)
    assert gates.open_questions((), ()).all == set()
    kind = Fact("kind", "yes")
    assert gates.open_questions([kind], ["kind"]).all == {"server", "size"}
    assert KnowledgeBase(model).consult({"kind": True, "server": False}).open_questions == ("size",)
