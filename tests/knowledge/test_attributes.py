import re

import pytest

from expert.knowledge.attributes import Attribute, Number
from expert.knowledge.rules import Is

SIZE = Attribute("size", question="How large?", choices={"small": "up to ten", "no": "none"})
FAST = Attribute("fast", choices={"yes": "yes", "no": "no"}, yes_no=True)
COUNT = Attribute("count", question="How many?", number=Number("rows", at_least=1, at_most=1234567, integer=True))
SHARE = Attribute("share", number=Number(at_least=0, at_most=0.5))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Number(), "a number"),
        (Number("rows", integer=True), "a whole number of rows"),
        (Number(at_least=-0.5), "a number, at least -0.5"),
        (Number("rows", 1, 1234567), "a number of rows, at least 1 and at most 1234567"),
    ],
)
def test_a_number_says_exactly_what_it_admits(number, text):
    assert number.describe() == text


@pytest.mark.parametrize(
    ("attribute", "text", "value"),
    [
        (SIZE, "no", "no"),
        (FAST, "yes", "yes"),
        (FAST, "YES", "yes"),
        (FAST, "False", "no"),
        (COUNT, "1e3", 1000),
        (COUNT, "1234567", 1234567),
        (SHARE, "0.50", 0.5),
        (SHARE, "-0.0", 0),
    ],
)
def test_a_text_is_understood_by_the_declaration(attribute, text, value):
    read = attribute.read(text)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("attribute", "text", "message"),
    [
        (SIZE, "smal", "size has no value 'smal'; did you mean 'small'?"),
        (SIZE, "Small", "size has no value 'Small'; did you mean 'small'?"),
        (SIZE, "vast", "size has no value 'vast'; expected small or no"),
        (FAST, "on", "fast must be yes or no, not 'on'"),
        (FAST, "", "fast must be yes or no, not ''"),
        (COUNT, "many", "count must be a whole number of rows, at least 1 and at most 1234567, not 'many'"),
        (COUNT, "2.5", "not '2.5'"),
        (COUNT, "0", "not '0'"),
        (COUNT, "1234568", "not '1234568'"),
        (COUNT, "1e400", "count must be a whole number"),
        (SHARE, "nan", "share must be a number, at least 0 and at most 0.5, not 'nan'"),
        (SHARE, "inf", "not 'inf'"),
        (SHARE, "-Infinity", "not '-Infinity'"),
    ],
)
def test_what_is_no_value_is_refused_with_what_was_expected(attribute, text, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        attribute.read(text)


@pytest.mark.parametrize(("attribute", "kind"), [(SIZE, "choice"), (FAST, "yes/no"), (COUNT, "number")])
def test_an_attribute_is_of_one_kind(attribute, kind):
    assert attribute.kind == kind


@pytest.mark.parametrize(
    ("attribute", "value", "label"),
    [(SIZE, "small", "up to ten"), (SIZE, "other", "other"), (COUNT, 12000, "12,000 rows"), (SHARE, 0.25, "0.25")],
)
def test_a_value_has_a_label_for_people(attribute, value, label):
    assert attribute.value_label(value) == label


@pytest.mark.parametrize(
    ("attribute", "words"),
    [(Attribute("dataset_size"), "dataset size"), (Attribute("api_level", label="level of API"), "level of API")],
)
def test_an_attribute_has_words_for_people(attribute, words):
    assert attribute.words == words


def test_a_choice_may_have_a_longer_label_for_those_who_choose():
    size = Attribute("size", choices={"small": "small", "large": "large"}, long_labels={"small": "small, up to ten"})
    assert [size.long_label(value) for value in size.choices] == ["small, up to ten", "large"]
    assert size.value_label("small") == "small"


@pytest.mark.parametrize(
    ("attribute", "data"),
    [
        (FAST, {}),
        (SIZE, {"question": "How large?", "choices": {"small": "up to ten", "no": "none"}}),
        (
            Attribute("t", label="tea", choices={"x": "X"}, long_labels={"x": "an X"}),
            {"label": "tea", "choices": {"x": {"label": "X", "long": "an X"}}},
        ),
        (SHARE, {"number": {"at_least": 0, "at_most": 0.5}}),
        (
            Attribute("g", about="a", help="h", choices={"x": "X"}, ask_if=Is("fast", "yes"), otherwise="x"),
            {"about": "a", "help": "h", "choices": {"x": "X"}, "ask_if": {"fast": "yes"}, "otherwise": "x"},
        ),
    ],
)
def test_an_attribute_is_written_without_what_it_does_not_say(attribute, data):
    assert attribute.to_dict() == data
