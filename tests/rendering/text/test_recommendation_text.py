"""The parts of the text."""

import pytest

from expert import KnowledgeBase
from expert.rendering.text.recommendation_text import recommendation_text
from expert.rendering.text.text_page import TextPage
from tests.colours import COLOURS, consult
from tests.strategies import model_of


def marked(text, role):
    return f"<{text}>" if role == "answer" else text


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (80, ["<Dark green> is recommended with certainty 0.70, clearly ahead of Blue (by 0.30)."]),
        (34, ["<Dark green> is recommended with", "certainty 0.70, clearly ahead of", "Blue (by 0.30)."]),
    ],
)
def test_the_headline_is_wrapped_and_names_the_answer_in_its_looks(width, lines):
    attributes = COLOURS["attributes"] | {"colour": {"choices": {"red": "Red", "green": "Dark green", "blue": "Blue"}}}
    consultation = consult({"size": "small", "shape": "round"}, attributes=attributes)
    assert list(TextPage(consultation, width, marked).headline()) == lines


def test_an_answer_that_is_longer_than_a_line_keeps_its_looks():
    long = {"red": "Red", "green": "Green as the grass of early summer in the north", "blue": "Blue"}
    consultation = consult({"size": "small"}, attributes=COLOURS["attributes"] | {"colour": {"choices": long}})
    first, second, *_ = TextPage(consultation, 30, marked).headline()
    assert (first, second) == ("<Green as the grass of early>", "<summer in the north> is")


def test_a_single_candidate_is_ahead_of_nobody():
    attributes = {"goal": {"choices": {"only": "Only"}}, "asked": {"question": "?"}}
    rules = {"rule": {"if": {"asked": "yes"}, "then": {"goal": "only"}, "certainty": 0.6}}
    data = {"knowledge_base": "one", "goal": "goal", "attributes": attributes, "rules": rules}
    consultation = KnowledgeBase(model_of(data)).consult({"asked": "yes"})
    assert list(TextPage(consultation).headline()) == ["Only is recommended with certainty 0.60."]
    assert "Only is recommended with certainty 0.60." in recommendation_text(consultation)
