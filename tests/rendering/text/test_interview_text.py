"""What an interview says."""

import pytest

from expert import KnowledgeBase
from expert.rendering.text.interview_text import (
    RULES,
    certain_text,
    explain_text,
    more_text,
    plural,
    progress_line,
    why_text,
)
from tests.strategies import model_of

ATTRIBUTES = {
    "colour": {"choices": {"red": "Red", "green": "Green", "blue": "Blue"}},
    "size": {"question": "How large?", "help": "As it looks.", "choices": ["small", "large"]},
    "warm": {"question": "Warm?"},
    "count": {"question": "How many?", "number": {}, "ask_if": {"size": "unknown"}},
}
RULES_OF_SIZE = {f"r{i}": {"if": {"size": "small", "warm": "yes"}, "then": {"colour": {"red": 0.1}}} for i in range(8)}
RULES_OF_WARM = {
    "warm": {"if": {"warm": "yes"}, "then": {"colour": {"red": 0.5}}, "because": "Warm things are red."},
    "cold": {"if": {"warm": "no"}, "then": {"colour": {"red": -0.4, "green": 0.5}}},
    "many": {"if": {"count": {"more_than": 3}}, "then": {"colour": {"blue": 0.5}}},
}


@pytest.fixture(scope="module")
def knowledge_base():
    rules = RULES_OF_SIZE | RULES_OF_WARM
    data = {"knowledge_base": "test", "goal": "colour", "attributes": ATTRIBUTES, "rules": rules}
    return KnowledgeBase(model_of(data))


def plain(text, role):
    return text


def why_of(knowledge_base, name, write=more_text, **given):
    """Write why a question is asked, where no other is left but those that it opens."""
    interview = knowledge_base.interview(given, ask_all=True)
    while (question := interview.next_question()).name != name:
        interview.answer(question.name, None)
    return write(interview.why(), interview.consultation(), 80, plain)


@pytest.mark.parametrize(
    ("concluded", "given", "line"),
    [
        ({}, {}, "nothing leads yet"),
        ({"red": 0.5}, {"warm": "yes"}, "Red leads with 0.50"),
        ({"red": 0.5, "green": 0.5, "blue": 0.5}, {"warm": "yes"}, "a tie between Red, Green and Blue at 0.50"),
    ],
)
def test_progress_names_who_leads(concluded, given, line):
    rules = {"size": {"if": {"any": [{"size": "small"}, {"count": 3}]}, "then": {"colour": {"red": 0.5}}}}
    rules |= {"warm": {"if": {"warm": "yes"}, "then": {"colour": concluded}}} if concluded else {}
    data = {"knowledge_base": "test", "goal": "colour", "attributes": ATTRIBUTES, "rules": rules}
    interview = KnowledgeBase(model_of(data)).interview(given, ask_all=True)
    written = progress_line(interview.next_question(), interview.progress, interview.consultation())
    assert written.startswith("Question 1, at most ")
    assert written.endswith(f" more · {line}")


def test_progress_says_which_is_the_last(knowledge_base):
    interview = knowledge_base.interview({"size": "large"}, ask_all=True)
    written = progress_line(interview.next_question(), interview.progress, interview.consultation())
    assert written == "Question 1, the last · nothing leads yet"


def lines_of(interview, answers):
    """Answer what is put; give the line above each question."""
    lines = []
    while (question := interview.next_question()) is not None:
        lines.append(progress_line(question, interview.progress, interview.consultation()).partition(" · ")[0])
        interview.answer(question.name, answers.get(question.name))
    return lines


def test_only_one_question_is_the_last(knowledge_base):
    interview = knowledge_base.interview({"size": "small"})
    first = lines_of(interview, {"warm": "yes"})
    interview.ask_all = True
    assert first + lines_of(interview, {}) == ["Question 1, the last"]


def test_a_question_after_which_others_are_still_open_is_not_the_last():
    rules = {
        "warm": {"if": {"warm": "yes"}, "then": {"colour": {"red": 0.8}}},
        "cold": {"if": {"warm": "no"}, "then": {"colour": {"green": 0.8}}},
        "small": {"if": {"size": "small"}, "then": {"colour": {"blue": -0.3}}},
    }
    data = {"knowledge_base": "test", "goal": "colour", "attributes": ATTRIBUTES, "rules": rules}
    interview = KnowledgeBase(model_of(data)).interview()
    assert lines_of(interview, {"warm": "yes"}) == ["Question 1, a certain answer is enough"]
    interview.ask_all = True
    assert lines_of(interview, {}) == ["Question 2, the last"]


def test_a_question_that_opens_the_one_that_matters_counts():
    attributes = {"colour": ATTRIBUTES["colour"], "warm": {"question": "Warm?"}}
    attributes["size"] = ATTRIBUTES["size"] | {"ask_if": {"warm": "yes"}}
    rules = {"small": {"if": {"size": "small"}, "then": {"colour": "red"}}}
    data = {"knowledge_base": "test", "goal": "colour", "attributes": attributes, "rules": rules}
    interview = KnowledgeBase(model_of(data)).interview()
    assert lines_of(interview, {"warm": "yes"}) == ["Question 1, at most 1 more", "Question 2, the last"]


def test_why_shows_the_help_and_which_way_each_answer_would_push(knowledge_base):
    assert why_of(knowledge_base, "size", why_text, warm="yes") == (
        "As it looks.\n\nWhich way each answer would push\n  • small: for Red\n  • large: no effect on its own\n"
    )
    assert why_of(knowledge_base, "warm", why_text, size="large") == (
        "Which way each answer would push\n  • yes: for Red\n  • no: for Green; against Red\n"
    )
    assert "  • such as 4: for Blue\n" in why_of(knowledge_base, "count", why_text, warm="yes")


def test_explaining_gives_the_strongest_reasons_for_and_against_each_candidate(knowledge_base):
    shown = explain_text(knowledge_base.consult({"warm": "yes", "size": "small"}), 80, plain)
    assert shown.startswith("Red is recommended with certainty ")
    reasons = shown.partition("\nRed\n")[2]
    assert reasons.startswith("  +0.50  Warm things are red.\n  +0.10  Rule r0 concludes colour: Red.\n")
    assert reasons.endswith("  and 5 weaker reasons.\n")


def test_why_shows_both_ends_of_what_the_answer_moves(knowledge_base):
    text = why_of(knowledge_base, "warm", size="large")
    assert "  Red    0.00 now, down to −0.40 if no, up to +0.50 if yes\n" in text
    assert "  Green  0.00 now, up to +0.50 if no\n" in text
    assert "Blue" not in text
    assert "  • Warm things are red.\n    warm → colour: Red +0.50\n" in text
    assert (
        "  • Rule cold concludes colour: Green, and speaks against colour: Red.\n"
        "    cold → colour: Red −0.40, colour: Green +0.50\n" in text
    )


def test_why_shows_the_first_rules_and_what_the_answer_opens(knowledge_base):
    text = why_of(knowledge_base, "size", warm="yes")
    assert text.count("• Rule r") == RULES
    assert "  and 2 more rules.\n" in text
    assert "It decides whether another question is asked: How many?\n" in text


def test_why_says_where_the_answer_alone_moves_nothing(knowledge_base):
    text = why_of(knowledge_base, "size")
    assert text.startswith("On its own, the answer moves no candidate")
    assert why_of(knowledge_base, "size", why_text).startswith("As it looks.\n\nOn its own, ")
    assert "On its own, the answer moves no candidate; it counts together with others.\n" in text


def test_a_certain_outcome_says_how_much_is_left(knowledge_base):
    consultation = knowledge_base.consult({"warm": "yes"})
    assert certain_text(consultation, 1, 80, plain).splitlines()[1:] == [
        "The remaining question cannot change that; it could only move certainties.",
    ]
    assert certain_text(consultation, 12, 80, plain, if_found_out=True).splitlines()[1:] == [
        "Unless you find out what you do not know, none of the 12 remaining questions can",
        "change that; they could only move certainties.",
    ]
    assert plural(0, "question") == "0 questions"
