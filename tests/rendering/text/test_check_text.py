import pytest

from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.problems import Place
from expert.rendering.text.check_text import check_text
from expert.verification.checks import Checked
from expert.verification.findings import Finding

MODEL = load_bytes(b"{knowledge_base: b, goal: g, attributes: {g: {choices: [x, y]}}, rules: {}}", "b.yaml")


def finding(kind, line, **more):
    return Finding.of(kind, Place("b.yaml", line, 3), "n", f"The {kind}.", "Mend it.", **more)


def test_the_most_severe_come_first_then_those_that_come_first_in_the_file():
    found = [finding("tie", 1), finding("unread", 2), finding("case-fails", 3), finding("unused", 4)]
    lines = check_text(Checked(tuple(found)), MODEL).splitlines()
    assert [line for line in lines if line.startswith("b.yaml")] == [
        "b.yaml:3:3  error  case-fails  n",
        "b.yaml:2:3  warning  unread  n",
        "b.yaml:4:3  warning  unused  n",
        "b.yaml:1:3  note  tie  n",
    ]
    assert lines[-1] == "1 error, 2 warnings, 1 note."


def test_of_many_notes_of_a_kind_the_first_are_listed_and_the_others_named():
    text = check_text(Checked(tuple(finding("tie", line) for line in range(1, 13))), MODEL)
    assert text.count("note  tie") == 10
    assert text.endswith("\n\n2 more notes of the kind tie: n, n; --json lists all.\n\n12 notes.\n")
    assert check_text(Checked(tuple(finding("unread", line) for line in range(1, 13))), MODEL).count("warning  ") == 12


@pytest.mark.parametrize(
    ("example", "shown"),
    [
        (None, []),
        ({}, ["  For example, where nothing is known."]),
        ({"a": "x: y"}, ["  For example:", '    a: "x: y"']),
    ],
)
def test_an_example_is_written_as_facts(example, shown):
    text = check_text(Checked((finding("tie", 1, example=example),)), MODEL)
    assert text.splitlines()[3:-2] == shown


@pytest.mark.parametrize(
    ("checked", "end"),
    [
        (Checked(()), "Nothing found."),
        (Checked((), ((finding("tie", 1), "So."),)), "Nothing found; 1 finding accepted."),
        (Checked((), (), 1234567), "Nothing found. Proved over all 1,234,567 cases."),
        (
            Checked((), (), 20000, are_all=False, not_proved={"never-fires": 3, "tie": 1}),
            "Nothing found. Looked at 20,000 cases, most of them drawn at random. "
            "Not found among them, but not ruled out: never-fires (3), tie (1).",
        ),
        (
            Checked((), (), 20000, are_all=False),
            "Nothing found. Looked at 20,000 cases, most of them drawn at random; "
            "it is proved that there is nothing else.",
        ),
    ],
)
def test_the_end_says_how_far_it_is_proved(checked, end):
    assert " ".join(check_text(checked, MODEL).split()) == end


def test_texts_of_a_file_act_on_no_terminal():
    assert "\x1b" not in check_text(Checked((Finding.of("tie", Place("b.yaml"), "\x1b[2J", "\x1b", "\x1b"),)), MODEL)
