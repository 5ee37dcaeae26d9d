"""The parts of the text."""

import re
from datetime import date

import pytest

from expert import KnowledgeBase
from expert.rendering.headline import headline
from expert.rendering.text.recommendation_text import SCREEN, recommendation_text
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


LONG = (
    "It is the {}, and whoever has worked with it for years says that nothing matters more in a case like this, and "
    "says so at a length that no screen has room for, since a sentence of three hundred characters takes four of its "
    "lines where others are content with one, and eight candidates, each with a bar of its own, must stand there, too."
)
ORDINALS = ("first", "second", "third", "fourth")
LABELS = {f"v{number}": f"the candidate with number {number}" for number in range(8)}


def long_base(strengths):
    """Make a base of long sentences: for each candidate, what each of the facts given for it weighs."""
    rules = {
        f"{value}-{ordinal}": {
            "if": {f"fact_{value}_{ordinal}": "yes"},
            "then": {"goal": {value: strength}},
            "because": LONG.format(f"{ordinal} {'for' if strength > 0 else 'against'} {value}"),
            "source": "s",
        }
        for value, found in strengths.items()
        for ordinal, strength in zip(ORDINALS, found, strict=False)
    }
    asked = [*(name for rule in rules.values() for name in rule["if"]), "open_one", "open_two"]
    questions = {
        name: {"question": f"Is it so that {name.replace('_', ' ')} holds in this case, or is it not?"}
        for name in asked
    }
    goal = {"choices": LABELS}
    goal["choices"] = {
        value: {
            "label": label,
            "start": {"install": "pip install it --with everything", "read": "https://example.org/" + "long/" * 9},
        }
        for value, label in LABELS.items()
    }
    rules |= {name: {"if": {name: "yes"}, "then": {"goal": {"v7": 1}}} for name in ("open_one", "open_two")}
    sources = {"s": {"title": "A title"}}
    data = {
        "knowledge_base": "long",
        "goal": "goal",
        "sources": sources,
        "attributes": {"goal": goal} | questions,
        "rules": rules,
    }
    return KnowledgeBase(model_of(data)).consult(dict.fromkeys(asked[:-2], "yes"))


@pytest.mark.parametrize(
    ("strengths", "leaders", "opposed"),
    [
        ({"v0": (0.8, 0.7, 0.6)}, ["v0"], []),
        ({"v0": (0.8, 0.7, 0.6, -0.3), "v1": (0.4,)}, ["v0"], ["v0"]),
        ({"v0": (0.8, 0.7, -0.3, -0.2)} | {f"v{n}": (0.3, -0.4) for n in range(1, 8)}, ["v0"], ["v0"]),
        ({"v0": (0.8, 0.7), "v1": (0.8, 0.7)}, ["v0", "v1"], []),
        ({f"v{n}": (0.8, 0.7) for n in range(8)}, ["v0", "v1"], []),
    ],
)
def test_a_screen_has_the_two_strongest_reasons_whatever_their_length(strengths, leaders, opposed):
    consultation = long_base(strengths)
    text = recommendation_text(consultation, newer=consultation, today=date(2030, 1, 1))
    assert text.count("\n") <= SCREEN
    assert max(map(len, text.splitlines())) <= 80
    said = " ".join(text.split())
    assert headline(consultation).text in said
    assert "█" in said
    assert "An answer that would" in said
    for leader in leaders:
        assert f"For {LABELS[leader]}" in said
        for ordinal in ORDINALS[:2]:
            assert f"It is the {ordinal} for {leader}" in said
    for leader in opposed:
        assert f"Against {LABELS[leader]}" in said
        assert re.search(rf"It is the \w+ against {leader}", said)


@pytest.mark.parametrize("lines", [14, 16, 20])
def test_it_takes_fewer_lines_where_something_else_stands_below(lines):
    consultation = long_base({"v0": (0.8, 0.7, 0.6, -0.3), "v1": (0.4,)})
    text = recommendation_text(consultation, lines=lines)
    assert text.count("\n") <= lines
    said = " ".join(text.split())
    assert headline(consultation).text in said
    for beginning in ("It is the first for v0", "It is the second for v0", "It is the fourth against v0"):
        assert beginning in said


def test_candidates_give_way_before_reasons_shrink_to_a_line():
    base = KnowledgeBase.load("current")
    facts = base.read_facts("docs/examples/profiles/android-detector.yaml")
    said = recommendation_text(base.consult(facts), width=60)
    assert "\n  3 more, down to −0.42\n" in said
    assert "\n         the back-end of the code that is there, so they …\n" in said


@pytest.mark.parametrize(("more", "is_said"), [(0, True), (1, False)])
def test_of_many_rules_no_single_change_is_searched(monkeypatch, more, is_said):
    consultation = consult({"size": "small"})
    count = len(consultation.knowledge_base.all_rules)
    monkeypatch.setattr("expert.rendering.text.recommendation_text.SEARCHED", count - more)
    assert ("No single fact would change it." in recommendation_text(consultation)) == is_said
