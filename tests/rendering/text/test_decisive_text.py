"""What answers to open questions would change, as text."""

from itertools import islice

import pytest

from expert import KnowledgeBase
from expert.analysis.decisive import Decisive
from expert.rendering.text.decisive_text import QUESTIONS, decisive_text
from expert.rendering.text.text_page import TextPage
from tests.strategies import model_of

SMALL = {"if": {"size": "small"}, "then": {"colour": {"red": 0.6}}}


def lines(rules, given, questions=5, otherwise=None, **work):
    colour = {"choices": ["red", "green"]} | ({"otherwise": otherwise} if otherwise else {})
    number = {"question": "How many?", "number": {"unit": "pieces", "at_least": 0, "integer": True}}
    attributes = {"colour": colour, "size": {"choices": ["small", "large"]}, "count": number}
    attributes |= {f"q{i}": {"question": "?"} for i in range(questions)}
    data = {"knowledge_base": "test", "goal": "colour", "attributes": attributes, "rules": rules}
    consultation = KnowledgeBase(model_of(data)).consult(given)
    decisive = Decisive(consultation, **work)
    return list(
        decisive_text(TextPage(consultation, 100), decisive, list(islice(decisive.questions(), QUESTIONS)), QUESTIONS)
    )


def all_of(count, certainty=0.9):
    return {"if": {f"q{i}": "yes" for i in range(count)}, "then": {"colour": {"green": certainty}}}


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (2, "Answers to two open questions together could change it (q0: yes; q1: yes → green)."),
        (3, "Answers to three open questions together could change it."),
        (4, "Answers to four open questions together could change it."),
        (5, "Answers to five open questions together could change it."),
    ],
)
def test_the_smallest_number_of_answers_is_said(count, sentence):
    assert lines({"small": SMALL, "all": all_of(count)}, {"size": "small"}) == [sentence]


def test_what_is_not_known_yet_is_settled():
    assert lines({"all": all_of(2)}, {}) == [
        "Answers to two open questions together could settle it (q0: yes; q1: yes → green)."
    ]


def test_an_answer_that_only_takes_the_recommendation_away_is_no_change_to_another():
    veto = {"if": {"q0": "yes"}, "then": {"colour": {"red": -1}}}
    assert lines({"small": SMALL, "veto": veto}, {"size": "small"}) == [
        "No single answer would give another recommendation; one would take it away (q0: yes → undecided)."
    ]


def test_numbers_are_said_as_what_they_stand_for():
    rules = {
        "few": {"if": {"count": {"less_than": 10}}, "then": {"colour": {"red": 0.5}}},
        "six": {"if": {"count": 6}, "then": {"colour": {"green": 0.8}}},
        "many": {"if": {"count": {"more_than": 1000}}, "then": {"colour": {"green": 0.5}}},
    }
    assert lines(rules, {}) == [
        "An answer that would settle it",
        "  count: below 6 pieces → red, 6 pieces → green",
        "    How many?",
    ]
    del rules["six"]
    assert lines(rules, {})[1] == "  count: below 10 pieces → red, more than 1,000 pieces → green"


def test_where_nothing_can_change_it_that_is_said():
    # Bounds forget that q0 cannot be both yes and no, so it is counted as open.
    one = {"if": {"all": [{"q0": "yes"}, {"q0": "no"}]}, "then": {"colour": {"green": 0.9}}}
    assert lines({"small": SMALL, "one": one}, {"size": "small"}) == ["No open question could change it."]


@pytest.mark.parametrize(
    ("work", "sentence"),
    [
        ({"alone": 0}, "The 4 open questions were not searched for an answer that would change it."),
        ({"alone": 13}, "None of the first 2 open questions would change it alone; 2 more were not searched."),
        ({"together": 0}, "No single answer to an open question would change it; more were not searched."),
        ({"together": 50}, "No two answers to open questions would change it; more were not searched."),
    ],
)
def test_it_is_said_where_the_search_ended(work, sentence):
    assert lines({"small": SMALL, "all": all_of(4)}, {"size": "small"}, **work) == [sentence]


def test_questions_that_could_matter_besides_are_counted():
    rules = {
        "small": SMALL,
        "one": all_of(1),
        "two": {"if": {"q1": "yes", "q2": "yes"}, "then": {"colour": {"green": 0.9}}},
    }
    found = lines(rules, {"size": "small"})
    assert (found[0], found[1], found[-1]) == (
        "An answer that would change it", "  q0: yes → green", "  2 more questions could matter.",
    )  # fmt: skip
    cut_short = lines(rules, {"size": "small"}, alone=6)
    assert cut_short[-1] == "  2 more questions could matter; not all were searched."
