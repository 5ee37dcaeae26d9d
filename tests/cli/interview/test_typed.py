"""What is typed in an interview is understood, or the person is told what was expected."""

import re

import pytest

from expert.cli.interview.typed import Typed, begun_answers, items, understand
from expert.knowledge.model import Attribute, Number

SIZE = Attribute("size", choices={"small": "small, a few", "large": "large", "both": "both of them"})
FAST = Attribute("fast", choices={"yes": "yes", "no": "no"}, yes_no=True)
COUNT = Attribute("count", number=Number("examples", at_least=0, integer=True))
SHARE = Attribute("share", number=Number("%", at_most=100))
MEAL = Attribute("meal", choices={"g\u00e9noise": "a cake", "creme": "cre\u0300me"})
TAKEN = Attribute("taken", choices={"back": "the back", "2": "two", "why not": "why not", "rather not": "rather not"})
CROSSED = Attribute("crossed", choices={"a": "b", "b": "a"})
ALIKE = Attribute("alike", choices={"small": "small", "silver": "silver", "skipping": "a rope"})
ABOUT_ITSELF = Attribute("", choices={"no": "no", "yes": "yes"})


@pytest.mark.parametrize(
    ("attribute", "text", "value", "certainty"),
    [
        (SIZE, "small", "small", 1),
        (SIZE, " LARGE ", "large", 1),
        (SIZE, "l", "large", 1),
        (SIZE, "s", "small", 1),
        (SIZE, "b", "both", 1),
        (SIZE, "small, a", "small", 1),
        (SIZE, "both of them", "both", 1),
        (SIZE, "2", "large", 1),
        (SIZE, "4", None, 1),
        (SIZE, "d", None, 1),
        (SIZE, "don’t know", None, 1),
        (SIZE, "unknown", None, 1),
        (SIZE, "rather small", "small", 0.7),
        (SIZE, "perhaps 2", "large", 0.4),
        (SIZE, "large (0.85)", "large", 0.85),
        (SIZE, "l(-1)", "large", -1),
        (SIZE, "large (0)", None, 1),
        (FAST, "y", "yes", 1),
        (FAST, "Rather no", "no", 0.7),
        (COUNT, "12000", 12000, 1),
        (COUNT, "1e4", 10000, 1),
        (COUNT, "12,000 Examples", 12000, 1),
        (COUNT, "1,234,567", 1234567, 1),
        (COUNT, "1_234_567 EXAMPLES", 1234567, 1),
        (COUNT, "12,000 (5e-1)", 12000, 0.5),
        (MEAL, "Ge\u0301noise", "g\u00e9noise", 1),
        (MEAL, "cre\u0300me", "creme", 1),
        (COUNT, "rather 5", 5, 0.7),
        (COUNT, "5 examples (0.5)", 5, 0.5),
        (COUNT, "d", None, 1),
        (SHARE, "-2.5 %", -2.5, 1),
        (SHARE, "2.5%", 2.5, 1),
        (TAKEN, "1", "back", 1),
        (TAKEN, "2", "2", 1),
        (TAKEN, "3", "why not", 1),
        (TAKEN, "why n", "why not", 1),
        (TAKEN, "rather not", "rather not", 1),
        (TAKEN, "rather rather not", "rather not", 0.7),
        (TAKEN, "rather not (0.5)", "rather not", 0.5),
        (TAKEN, "back (0.5)", "back", 0.5),
        (CROSSED, "a", "a", 1),
        (CROSSED, "b", "b", 1),
        (CROSSED, "b (0.5)", "b", 0.5),
    ],
)
def test_answers(attribute, text, value, certainty):
    assert understand(text, attribute) == Typed("", value, certainty)


@pytest.mark.parametrize(
    ("attribute", "text", "word"),
    [
        (SIZE, "?", "why"), (SIZE, "help", "why"), (SIZE, "WHY", "why"), (SIZE, "ba", "back"), (SIZE, "sk", "skip"),
        (ALIKE, "skip", "skip"),
        (COUNT, "e", "explain"), (COUNT, "q", "quit"), (TAKEN, "back", "back"), (TAKEN, "why", "why"),
    ],
)  # fmt: skip
def test_words(attribute, text, word):
    assert understand(text, attribute) == Typed(word)


@pytest.mark.parametrize(
    ("attribute", "text", "message"),
    [
        (SIZE, "", "expected 1 (small), 2 (large), 3 (both) or 4 (don't know)"),
        (ALIKE, "s", "'s' could be silver, skipping or small"),
        (SIZE, "smal1", "'smal1' is not an answer; did you mean 'small'? (expected small, large, both or don't know)"),
        (SIZE, "0", "'0' is not an answer; expected small, large, both or don't know"),
        (SIZE, "5", "'5' is not an answer; expected small, large, both or don't know"),
        (SIZE, "small (1.5)", "certainty must be in [-1, 1], not 1.5"),
        (SIZE, "rather", "'rather' is not an answer; expected small, large, both or don't know"),
        (SIZE, "rather why", "'why' is not an answer; expected small, large, both or don't know"),
        (COUNT, "", "expected a whole number of examples, at least 0, or don't know"),
        (COUNT, "2.5", "the answer must be a whole number of examples, at least 0, not '2.5'"),
        (COUNT, "-1", "the answer must be a whole number of examples, at least 0, not '-1'"),
        (COUNT, "1,00", "the answer must be a whole number of examples, at least 0, not '1,00'"),
        (COUNT, "1 234", "the answer must be a whole number of examples, at least 0, not '1 234'"),
        (COUNT, "\u0661", "the answer must be a whole number of examples, at least 0, not '\u0661'; digits are 0 to 9"),
        (SIZE, "x" * 1001, "an answer has at most 1,000 characters"),
        (SIZE, "\x1b]0;title\x07", r"'\x1b]0;title\x07' is not an answer; expected small, large, both or don't know"),
        (COUNT, "nan", "the answer must be a whole number of examples, at least 0, not 'nan'"),
    ],
)
def test_what_is_not_understood(attribute, text, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        understand(text, attribute)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("d", "'d' is not an answer; expected no or yes"),
        ("skip", "'skip' does nothing here; type ? to see what does"),
        ("More", "'more' does nothing here; type ? to see what does"),
        ("why (0.5)", "'why' is not an answer; expected no or yes"),
    ],
)
def test_where_only_some_words_do_something_others_are_said_to_do_nothing(text, said):
    assert understand("?", ABOUT_ITSELF, ("why", "quit")) == understand("wh", ABOUT_ITSELF, ("why", "quit"))
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        understand(text, ABOUT_ITSELF, ("why", "quit"))


def test_what_can_be_picked():
    assert [item.label for item in items(SIZE)] == ["small, a few", "large", "both of them", "don't know"]
    assert [item.value for item in items(COUNT)] == [None]
    assert [item.value for item in items(ABOUT_ITSELF)] == ["no", "yes"]


@pytest.mark.parametrize(
    ("attribute", "text", "begun"),
    [
        (ALIKE, "s", ["small", "silver", "skipping"]), (ALIKE, " S ", ["small", "silver", "skipping"]),
        (ALIKE, "a r", ["skipping"]), (ALIKE, "d", [None]), (ALIKE, "x", []), (COUNT, "1", []),
    ],
)  # fmt: skip
def test_answers_that_a_text_begins(attribute, text, begun):
    assert begun_answers(text, attribute) == begun
