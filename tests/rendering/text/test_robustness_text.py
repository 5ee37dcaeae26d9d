"""Robustness as text."""

import pytest

from expert.analysis.robustness import Counterexample, Move, Robustness
from expert.rendering.text.robustness_text import robustness_sentence, robustness_text
from expert.rendering.text.text_page import TextPage
from tests.colours import COLOURS, consult

BLUE = Counterexample(0.15 + 1e-8, (), "blue", "recommended")


def page():
    return TextPage(consult({"size": "small"}))


@pytest.mark.parametrize(
    ("robust", "sentence"),
    [
        (Robustness(0.15 - 1e-9, BLUE, 9, 7), "off by more than 0.15, and after 7 of the 9 changes of a single fact."),
        (
            Robustness(0.15 - 1e-9, BLUE, 9, 9),
            "off by more than 0.15, and after each of the 9 changes of a single fact.",
        ),
        (
            Robustness(0.15 - 1e-9, BLUE, 0, 0),
            "Green stays the answer while no rule's certainty is off by more than 0.15.",
        ),
        (Robustness(0.1498, BLUE._replace(delta=0.1498), 0, 0), "off by more than 0.149."),
        (Robustness(0.00126, BLUE._replace(delta=0.00126), 0, 0), "off by more than 0.0012."),
        (
            Robustness(1e-10, BLUE._replace(delta=1e-8), 9, 7),
            "Green stays the answer only as long as no rule's certainty is off at all, "
            "and after 7 of the 9 changes of a single fact.",
        ),
        (Robustness(0.0, BLUE, 0, 0), "more than 0 (perhaps up to 0.15; the search was given up)."),
        (Robustness(2.0, None, 0, 0), "Green stays the answer whatever the certainties of the rules."),
        (Robustness(0.1, BLUE, 0, 0), "more than 0.1 (perhaps up to 0.15; the search was given up)."),
        (Robustness(0.1, None, 0, 0), "more than 0.1 (perhaps up to any amount; the search was given up)."),
        (
            Robustness(None, None, 9, 7),
            "no recommendation to lose; 2 of the 9 changes of a single fact would give one.",
        ),
        (Robustness(None, None, 9, 0), "to lose; each of the 9 changes of a single fact would give one."),
        (Robustness(None, None, 9, 9), "to lose; no change of a single fact would give one."),
        (Robustness(None, None, 1, 0), "to lose; the only change of a single fact would give one."),
        (Robustness(0.1, BLUE, 9, 0), ", but not after any of the 9 changes of a single fact."),
        (Robustness(0.1, BLUE, 1, 0), ", but not after the only change of a single fact."),
        (Robustness(0.1, BLUE, 1, 1), ", and after the only change of a single fact."),
    ],
)
def test_robustness_is_said_in_one_sentence(robust, sentence):
    assert robustness_sentence(page(), robust).endswith(sentence)


def test_the_default_is_named_as_such_within_the_sentence():
    colour = {"choices": {"red": "Red", "blue": "Blue"}, "otherwise": "blue"}
    attributes = COLOURS["attributes"] | {"colour": colour}
    consultation = consult({}, attributes=attributes, rules={})
    assert robustness_sentence(TextPage(consultation), Robustness(2.0, None, 0, 0)) == (
        "Blue, the default, stays the answer whatever the certainties of the rules."
    )


def test_moved_certainties_are_listed_up_to_a_screen():
    moves = (Move("first", "hot", "yes", 0.5, 0.4),) * 30
    lines = robustness_text(page(), Robustness(0.1, BLUE._replace(delta=0.1, moves=moves), 0, 0)).splitlines()
    assert lines[2:4] == [
        "Just beyond, with these certainties, the answer is Blue",
        "  0.5 → 0.4  hot: yes by rule first",
    ]
    assert lines[-1] == "  10 more: see --json."


def test_certainties_stand_in_columns():
    moves = (Move("first", "hot", "yes", 0.5, 0.4), Move("table/2", "hot", "yes", 0.25, 0.9999999))
    lines = robustness_text(page(), Robustness(0.1, BLUE._replace(delta=0.1, moves=moves), 0, 0)).splitlines()
    assert lines[3:] == [
        "  0.5  → 0.4        hot: yes by rule first",
        "  0.25 → 0.9999999  hot: yes by row table/2",
    ]
