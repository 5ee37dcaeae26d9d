import pytest

from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.problems import Place
from tests.knowledge.marks import problems_of, unmark

BASE = """
knowledge_base: b
goal: g
attributes:
  g: {choices: [x, y]}
  s: {question: How large?, choices: [a, b]}
rules:
  r: {if: {s: a}, then: {g: x}}
"""


def load(text):
    return load_bytes((BASE + text).encode(), "b.yaml")


def test_what_is_accepted_is_read_by_kind_and_name_with_its_reason_and_place():
    model = load("accept:\n  unmentioned-value  s=b: it\n    is there\n  case-fails a fine day: later\n")
    assert model.accept == {("unmentioned-value", "s=b"): "it is there", ("case-fails", "a fine day"): "later"}
    assert model.places["accept", "case-fails a fine day"] == Place("b.yaml", 12, 3)


def test_the_digest_has_what_is_accepted_only_where_there_is_something():
    assert load("").digest == load("accept: {}").digest != load("accept: {unread s: It is meant.}").digest


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("accept: ^none", "'accept' must be a mapping, not 'none'"),
        ("accept: {^never-win x: soon}", "unknown kind of finding 'never-win'; did you mean 'never-wins'?"),
        ("accept: {^no-because: soon}", "'no-because' needs the name of what it is about, as in 'no-because NAME'"),
        ('accept: {no-because r: ^" "}', "'no-because r' needs the reason why it is accepted"),
        ("accept: {no-because r: ^}", "'no-because r' needs the reason why it is accepted"),
        ('accept: {no-because r: one, ^"no-because  r": two}', "'no-because r' is accepted twice"),
        ("accept: {no-because r: ^[x]}", "'no-because r' must be a text, not a list"),
    ],
)
def test_what_cannot_be_accepted_is_told_with_its_place(text, message):
    content, (place,) = unmark(BASE + text, "b.yaml")
    (problem,) = problems_of(load_bytes, content.encode(), "b.yaml")
    assert (problem.place, problem.message) == (place, message)
