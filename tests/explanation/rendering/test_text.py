"""The parts of the text."""

import pytest

from expert.explanation.rendering.text import Page
from tests.explanation.colours import COLOURS, consult


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
    assert list(Page(consultation, width, marked).headline()) == lines


def test_an_answer_that_is_longer_than_a_line_keeps_its_looks():
    long = {"red": "Red", "green": "Green as the grass of early summer in the north", "blue": "Blue"}
    consultation = consult({"size": "small"}, attributes=COLOURS["attributes"] | {"colour": {"choices": long}})
    first, second, *_ = Page(consultation, 30, marked).headline()
    assert (first, second) == ("<Green as the grass of early>", "<summer in the north> is")
