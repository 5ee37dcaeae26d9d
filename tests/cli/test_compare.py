import json
import subprocess

import pytest

from tests.needs import needs

ONE = """\
knowledge_base: one
goal: way
sources: {habit: {title: Ten years of the same way}, survey: {title: The survey of 2026, year: 2026}}
attributes:
  way: {choices: {bus: Bus, bicycle: Bicycle}}
  weather: {question: What is the weather like?, choices: [dry, rain]}
  far: {question: Is it far?}
rules:
  dry-bicycle: {if: {weather: dry}, then: {way: {bicycle: 0.8}}, because: Dry roads are a pleasure., source: habit}
  far-bus: {if: {far: yes}, then: {way: {bus: 0.6}}, because: Far is far.}
  rain-bus: {if: {weather: rain}, then: {way: {bus: 0.7}}, because: Nobody likes wet clothes., source: habit p. 2}
"""
TWO = """\
knowledge_base: two
extends: one
attributes:
  way: {choices: {train: Train}}
  station: {question: Is there a station?}
rules:
  station-train: {if: {station: yes}, then: {way: {train: 0.75}}, because: Trains are fast now., source: survey 3}
retire:
  dry-bicycle: The road by the river is gone.
"""


@pytest.fixture
def compare(run, write, monkeypatch, tmp_path):
    """Compare the two knowledge bases, or others beside them."""
    write("one.yaml", ONE)
    write("two.yaml", TWO)
    monkeypatch.chdir(tmp_path)
    return lambda *words, other="two.yaml": run("compare", "--rules", "one.yaml", "--with", other, *words)


def test_both_rankings_stand_beside_each_other_with_the_rules_that_make_the_difference(compare):
    result = compare("--set", "weather=dry", "--set", "station=yes")
    assert (result.status, result.err) == (0, "")
    assert (
        result.out
        == """\
one answers Bicycle; two answers Train. With only the rules that both have, two
would be undecided. With the other rules of one as well, two would answer
Bicycle.
one ignores what it does not know: station: yes.

             one    two
  Train        –  +0.75
  Bus       0.00   0.00
  Bicycle  +0.80   0.00

Counted by one alone
  +0.80 Bicycle
         Dry roads are a pleasure. [habit]
         retired there: The road by the river is gone.

Counted by two alone
  +0.75 Train
         Trains are fast now. [survey 3]

[habit] Ten years of the same way
[survey] The survey of 2026, 2026
"""
    )


def test_where_nothing_differs_only_the_answer_is_told(compare):
    assert compare("--set", "weather=rain").out.startswith("one and two both answer Bus.\n\n")
    assert "alone" not in compare("--set", "weather=rain").out


def test_over_all_cases_it_tells_how_often_and_shows_the_smallest(compare):
    expected = """\
one and two answer differently in 58.3% of all 12 cases that the rules tell
apart.

  Bicycle → Train  16.7%
    such as weather: dry, station: yes
  Bus → Train  16.7%
    such as far: yes, station: yes
  Bicycle → Bus  8.3%
    such as weather: dry, far: yes
  Bicycle → undecided  8.3%
    such as weather: dry
  undecided → Train  8.3%
    such as station: yes

Rules of one alone
  dry-bicycle

Rules of two alone
  station-train
"""
    assert compare().out == expected


def test_a_sample_is_called_one(compare, monkeypatch):
    monkeypatch.setattr("expert.analysis.space_comparison.EXACT", 1)
    assert " of 50,000 cases drawn at random.\n" in compare().out
    said = "No difference between one and the other one was found in 50,000 cases drawn at random."
    assert " ".join(compare(other="one.yaml").out.split()) == said


def test_the_same_rules_give_the_same_answer_in_all_cases(compare):
    said = "one and the other one give the same answer in all 6 cases that the rules tell apart."
    assert " ".join(compare(other="one.yaml").out.split()) == said


def test_json_has_the_comparison(compare):
    data = json.loads(compare("--set", "weather=dry", "--json").out)
    assert (data["format"], data["only_one"][0]["rule"]) == ("expert.comparison/1", "dry-bicycle")
    data = json.loads(compare("--json").out)
    assert (data["format"], data["only_one"], data["only_other"]) == (
        "expert.space_comparison/1", ["dry-bicycle"], ["station-train"],
    )  # fmt: skip


def test_facts_come_from_a_file_or_a_row_as_everywhere(compare, write):
    write("facts.yaml", "weather: dry\nstation: yes\n")
    write("table.csv", "weather,station\nrain,no\ndry,yes\n")
    out = compare("--set", "weather=dry", "--set", "station=yes").out
    assert out == compare("facts.yaml").out == compare("table.csv", "--row", "1").out


@pytest.mark.parametrize(
    ("words", "other", "message"),
    [
        ([], "tow.yaml", "tow.yaml: cannot be read: No such file or directory"),
        ([], "tow", "tow: neither a file nor a shipped knowledge base"),
        ([], "nowhere:two.yaml", "nowhere:two.yaml: git cannot read it: "),
        (["--set", "wether=dry"], "two.yaml", "--set: unknown attribute 'wether'; did you mean 'weather'?"),
        (["--set", "way=bus"], "two.yaml", "--set: 'way' is concluded by rules and cannot be given"),
        (["--row", "1"], "two.yaml", "--row needs a table"),
    ],
)
def test_what_cannot_be_compared_is_said(compare, words, other, message):
    result = compare(*words, other=other)
    assert (result.status, result.out) == (2, "")
    assert message in result.err


def test_the_other_one_is_needed(run):
    result = run("compare", "--set", "dataset_size=small")
    assert (result.status, result.out) == (2, "")
    assert "Missing option '--with'" in result.err


def test_an_edit_is_reviewed_against_what_git_has(compare, write, monkeypatch):
    needs("git")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    identity = ("-c", "user.name=someone", "-c", "user.email=someone@example.org")
    for words in (("init", "-q"), ("add", "one.yaml"), (*identity, "commit", "-qm", "First")):
        subprocess.run(("git", *words), check=True)
    write("one.yaml", ONE.replace("bicycle: 0.8", "bicycle: 0.5"))
    out = compare(other="HEAD:one.yaml").out
    assert out.startswith("one.yaml and HEAD:one.yaml answer differently in 16.7% of all 6 cases")
    assert "  Bus → Bicycle  16.7%\n    such as weather: dry, far: yes\n" in out
    assert out.endswith("Rules that differ\n  dry-bicycle\n")
    out = compare("--set", "weather=dry", "--set", "far=yes", other="HEAD:one.yaml").out
    assert out.startswith("one.yaml answers Bus; HEAD:one.yaml answers Bicycle.")
    assert "Counted by HEAD:one.yaml alone\n  +0.80 Bicycle" in out
    assert "is written otherwise there" in out


def test_knowledge_bases_with_different_goals_are_not_compared(compare, write):
    write(
        "pay.yaml",
        ONE.replace("knowledge_base: one", "knowledge_base: pay")
        .replace("way:", "fare:")
        .replace("goal: way", "goal: fare"),
    )
    message = "error: pay: decides 'fare', and one 'way'; only knowledge bases with the same goal can be compared\n"
    for words in ((), ("--set", "far=yes")):
        assert compare(*words, other="pay.yaml") == (2, "", message)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ("undecided.yaml", "article is undecided; current answers PyTorch. With only"),
        ("tie.json", "article ends in a tie between TensorFlow and PyTorch; current answers PyTorch."),
    ],
)
def test_a_case_without_a_recommendation_is_told_in_a_sentence(run, facts, said):
    assert run("compare", f"docs/examples/{facts}", "--with", "current").out.startswith(said)
