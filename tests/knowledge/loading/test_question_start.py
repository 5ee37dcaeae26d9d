import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.loading.question_start import Question, read_candidates, read_question, start_of_question
from expert.knowledge.problems import InputError
from tests.documentation.pages import wrong_cases
from tests.examples import examples


def started(title, candidates, question):
    text = start_of_question("new", title, read_candidates(candidates), read_question(question))
    return load_bytes(text.encode(), "new.yaml")


def rules(model):
    return [f"{rule.name}: {rule.premise} -> {rule.conclusions[0].value}" for rule in model.rules]


@pytest.mark.parametrize(
    ("candidates", "question", "expected"),
    [
        ("a, b", "Is it?", ["yes-a: is_it = yes -> a", "no-b: is_it = no -> b"]),
        ("a, b", "Which? x, y, z", ["x-a: which = x -> a", "y-b: which = y -> b", "z-b: which = z -> b"]),
        ("a, b, c", "Which? x, y", ["x-a: which = x -> a", "y-b: which = y -> b", "yes-c: calls_for_3 = yes -> c"]),
        ("a, b", "Answer? No, Yes", ["no-a: answer_ = no -> a", "yes-b: answer_ = yes -> b"]),
        ("+, ++", "Not?", ["yes: not_ = yes -> +", "no: not_ = no -> ++"]),
        ("+, ++", "Plus? p q, p_q", ["p-q: plus = p q -> +", "p_q: plus = p_q -> ++"]),
        ("+, ++", "Plus? =, -", ["rule-1: plus = = -> +", "rule-2: plus = - -> ++"]),
    ],
)
def test_each_answer_speaks_for_a_candidate_and_those_left_have_their_own_question(candidates, question, expected):
    assert rules(started("T", candidates, question)) == expected


def test_a_long_question_becomes_a_short_name():
    question = "How many people will come to the party that we are going to have?"
    assert list(started("T", "a, b", question).attributes)[1] == "how_many_people_will_come_to_the_party"


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@settings(max_examples=examples(200), deadline=None)
@given(WORDS, st.lists(WORDS, min_size=2, max_size=4), WORDS, st.lists(WORDS, max_size=3))
def test_whatever_is_answered_is_refused_or_written_as_it_is_and_every_case_holds(title, candidates, asked, answers):
    try:
        model = started(title, ",".join(candidates), f"{asked}?{','.join(answers)}")
    except (ValueError, InputError):
        return
    assert list(model.candidates) == list(read_candidates(",".join(candidates)))
    assert len(model.cases) == len(model.rules) >= len(model.candidates)
    assert wrong_cases(KnowledgeBase(model)) == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected at least two, with a comma between them, not ''"),
        ("a", "expected at least two"),
        ("a,,", "expected at least two"),
        ("a, b, a", "'a' is there twice"),
        ("a, Unknown", "'Unknown' is a word of the rule language"),
        ("a, b\x1b", "contains the character U\\+001B, which is not text"),
    ],
)
def test_what_cannot_be_candidates_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        read_candidates(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Is it so", Question("Is it so")),
        (" Is  it\nso? ", Question("Is it so?")),
        ("Really? Or not? a, b", Question("Really? Or not?", ("a", "b"))),
    ],
)
def test_answers_stand_behind_the_mark_of_a_question(text, expected):
    assert read_question(text) == expected


@pytest.mark.parametrize("text", ["", "?", "…?", "Which? a", ":? a, b"])
def test_what_cannot_be_a_question_is_refused(text):
    with pytest.raises(ValueError, match="expected"):
        read_question(text)
