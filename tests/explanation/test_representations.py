"""What users see of an object on a prompt: one line, however much it holds; printed, a consultation is a report."""

import pytest

from expert import KnowledgeBase
from tests import nasty
from tests.colours import consult


@pytest.fixture(scope="module")
def article():
    return KnowledgeBase.load()


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"dataset_size": "small"}, "<Consultation keras 0.82, 0.82 ahead>"),
        ({"object_detection": "yes", "flexibility": "yes"}, "<Consultation tie of tensorflow, pytorch, 0.70 each>"),
        ({}, "<Consultation undecided>"),
    ],
)
def test_a_consultation_is_its_answer(article, given, line):
    assert repr(article.consult(given)) == line


def test_a_default_and_an_only_candidate_are_told_as_such():
    colour = {"choices": ["red"], "otherwise": "red"}
    attributes = {"colour": colour, "size": {"question": "How large?", "choices": ["small", "large"]}}
    rules = {"small-red": {"if": {"size": "small"}, "then": {"colour": "red"}, "certainty": 0.7}}
    assert repr(consult({}, attributes=attributes, rules=rules)) == "<Consultation default red>"
    assert repr(consult({"size": "small"}, attributes=attributes, rules=rules)) == "<Consultation red 0.70>"


def test_explanations_are_what_they_come_to(article):
    consultation = article.consult({"rapid_prototyping": "yes", "flexibility": "yes"})
    robust = consultation.robustness()
    assert [
        repr(each)
        for each in (
            consultation.why("keras"),
            consultation.why_not("pytorch"),
            consultation.what_if(dataset_size="large", flexibility=None),
            consultation.what_if(),
            consultation.flips(most=1)[:2],
            robust,
            robust.counterexample,
            article.consult({}).robustness(),
            article.model,
            article.interview(),
        )
    ] == [
        "<Why framework = keras 0.76, reasons: 2>",
        "<WhyNot pytorch 0.70, 0.06 behind keras>",
        "<WhatIf dataset_size = large, flexibility = None: keras → tensorflow>",
        "<WhatIf nothing: keras → keras>",
        "(<Flip dataset_size = large → tie>, <Flip training_examples = 1000000 → pytorch>)",
        "<Robustness δ = 0.02819, kept after 27 of 38 single changes>",
        "<Counterexample 3 certainties moved by up to 0.02819 → pytorch>",
        "<Robustness no recommendation, kept after 18 of 38 single changes>",
        "<Model article 1.0: 38 rules>",
        "<Interview article, answers: 0>",
    ]


@nasty.every_text
def test_every_one_is_a_short_line_whatever_the_texts(text):
    consultation = nasty.consult(text)
    knowledge_base = KnowledgeBase(consultation.knowledge_base)
    results = [
        knowledge_base, knowledge_base.model, knowledge_base.interview(), consultation, consultation.why("plain"),
        consultation.why(nasty.QUOTES), consultation.what_if(other=nasty.RIGHT_TO_LEFT), consultation.robustness(),
        *consultation.flips(most=1), consultation.why_not(nasty.LINES), consultation.why_not(nasty.QUOTES),
    ]  # fmt: skip
    for line in map(repr, results):
        assert len(line) < 200
        assert len(line.splitlines()) == 1
        assert line.isprintable() or text == nasty.EMOJI


def test_a_printed_consultation_is_what_recommend_prints():
    from click.testing import CliRunner

    from expert.cli import cli

    current = KnowledgeBase.load("current")  # which no other extends
    for facts in ("detector", "undecided", "uncertain"):
        path = f"docs/examples/{facts}.yaml"
        printed = CliRunner().invoke(cli, ["recommend", path, "--rules", "current", "--as-of", "2026-12-01"]).output
        assert f"{current.consult(current.read_facts(path))}" == printed
