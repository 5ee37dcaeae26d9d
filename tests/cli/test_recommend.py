import json
import re
from pathlib import Path

import pytest

from expert import KnowledgeBase

EXAMPLES = "docs/examples"
DETECTOR = f"{EXAMPLES}/detector.yaml"


@pytest.mark.parametrize(
    ("example", "answer"), [("prototype.yaml", "Keras"), ("detector.yaml", "TensorFlow"), ("research.toml", "PyTorch")]
)
def test_the_article_s_scenarios_get_its_frameworks(run, example, answer):
    result = run("recommend", f"{EXAMPLES}/{example}")
    assert result.status == 0
    assert result.out.startswith(f"{answer} is recommended with certainty 0.9")
    assert result.err == ""


def test_prints_ranking_reasons_and_sources(run):
    out = run("recommend", f"{EXAMPLES}/detector.yaml", "--set", "debugging=yes").out
    assert re.findall(r"^  (\w+) +[ ▒]{8}│[█░]{20} +([−+]?\d\.\d+)$", out, re.M) == [
        ("TensorFlow", "+0.99"),
        ("PyTorch", "+0.93"),
        ("Keras", "−0.38"),
    ]
    assert "  +0.70  TensorFlow is the choice for a large dataset.\n         since dataset size: large\n" in out
    assert "Against TensorFlow\n  −0.40  Debugging is difficult in TensorFlow.\n" in out
    assert out.endswith("article 1.0: 5 facts given, 13 of 38 rules held. Sources: article.\n")


def test_names_the_single_answers_that_would_change_a_recommendation(run):
    out = run("recommend", "--set", "dataset_size=large").out
    assert (
        "An answer that would change it\n  ease of debugging: yes → PyTorch\n"
        "    Is it important that errors in the model are easy to find?\n  15 more questions could matter.\n"
    ) in out


OTHER_RULES = {"vulnerability.yaml": f"{EXAMPLES}/patch-triage.yaml"}
FACTS = [path for path in Path(EXAMPLES).rglob("*") if path.is_file() and path.name != "patch-triage.yaml"]


@pytest.mark.parametrize("path", FACTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_everything_fits_on_one_screen(run, path):
    rules = OTHER_RULES.get(path.name, "current" if path.parent.name == "profiles" else "article")
    lines = run("recommend", path, "--rules", rules).out.splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80


def test_reasons_that_do_not_fit_are_counted_with_the_command_that_shows_them(run):
    assert "\nFor TensorFlow: 3 of 6 reasons (all: expert explain)\n" in run("recommend", DETECTOR).out


def test_numbers_are_said_to_be_no_probabilities(run):
    for command in ("recommend", "explain"):
        assert "certainty factors, not probabilities: expert certainty" in run(command, DETECTOR).out


def test_a_tie_names_the_tied_and_what_would_settle_it(run):
    out = run("recommend", "--set", "object_detection=yes", "--set", "flexibility=yes").out
    assert out.startswith("A tie between TensorFlow and PyTorch, with certainty 0.70 each.")
    assert "An answer that would settle it\n  dataset size: small → Keras, large → TensorFlow" in out


def test_an_undecided_case_says_so_and_what_would_settle_it(run):
    out = run("recommend", "--set", "natural_language=yes").out
    assert out.startswith("Undecided: no candidate's certainty exceeds 0.20.")
    assert "For PyTorch\n  +0.20" in out
    assert "An answer that would settle it\n" in out


def test_where_the_next_are_tied_it_is_ahead_of_the_others(run):
    out = run("recommend", "--set", "dataset_size=small").out
    assert out.startswith("Keras is recommended with certainty 0.82, clearly ahead of the others (by 0.82).\n")


def test_a_default_is_marked_as_one(run, small):
    result = run("recommend", "--rules", small, "--set", "warm=unknown")
    assert result.out.startswith("Green is the default answer: no candidate's certainty exceeds 0.20.")


def test_of_a_rule_without_a_sentence_it_is_said_what_it_concludes(run, small):
    out = run("recommend", "--rules", small, "--set", "degrees=30").out
    assert "  +0.54  Rule warm-red concludes colour: Red.\n         since hot: yes (0.90)" in out


def test_says_when_nothing_can_change_the_answer(run, small):
    out = run("recommend", "--rules", small, "--set", "warm=no", "--set", "degrees=30").out
    assert "No open question could change it." in out


def test_a_contradiction_is_reported(run, write):
    rules = write(
        "contradiction.yaml",
        "knowledge_base: x\ngoal: g\nattributes: {g: {choices: [a, b]}, t: {}}\nrules:\n"
        "  for: {if: {t: yes}, then: {g: a}}\n  against: {if: {t: yes}, then: {g: {a: -1}}}\n",
    )
    out = run("recommend", "--rules", rules, "--set", "t=yes").out
    assert "Contradiction: it is certain that g is a, and certain that it is not." in out


def test_json_equals_the_consultation(run):
    result = run("recommend", f"{EXAMPLES}/prototype.yaml", "--json")
    knowledge_base = KnowledgeBase.load()
    consultation = knowledge_base.consult(knowledge_base.read_facts(f"{EXAMPLES}/prototype.yaml"))
    assert json.loads(result.out) == consultation.to_dict()


def test_set_adds_changes_and_withdraws_facts(run, write):
    facts = write("facts.yaml", "dataset_size: small\ndebugging: yes\n")
    words = ("--set", "dataset_size=large", "--set", "debugging=", "--set", "flexibility=no")
    given = json.loads(run("recommend", facts, *words, "--json").out)["given"]
    assert [(fact["attribute"], fact["value"], fact["origin"]) for fact in given] == [
        ("dataset_size", "large", "--set"),
        ("flexibility", "no", "--set"),
    ]


def test_reads_standard_input(run):
    assert run("recommend", "-", stdin=b'{"dataset_size": "small"}').out.startswith("Keras")
    result = run("recommend", "-", stdin=b"dataset_size: smal")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("error: <stdin>:1:15: dataset_size has no value 'smal'; did you mean 'small'?")


def test_the_knowledge_base_can_come_from_the_environment(run, small, monkeypatch):
    monkeypatch.setenv("EXPERT_RULES", str(small))
    assert run("recommend", "--set", "warm=yes").out.startswith("Red is recommended with certainty 0.60")


def test_bars_are_plain_where_the_encoding_has_no_blocks(run, monkeypatch):
    monkeypatch.setattr("expert.cli.terminal.can_show", lambda characters: False)
    assert "Keras       ################....  +0.82" in run("recommend", "--set", "dataset_size=small").out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["recommend"], "Missing FACTS: name a facts file, or give facts with --set ATTRIBUTE=VALUE."),
        (["recommend", "nowhere.yaml"], "error: nowhere.yaml: cannot be read: No such file or directory"),
        (["recommend", "."], "error: .: cannot be read: Is a directory"),
        (["recommend", "--set", "dataset_size"], "error: --set: expected ATTRIBUTE=VALUE, not 'dataset_size'"),
        (["recommend", "--set", "data=small"], "error: --set: unknown attribute 'data'; "),
        (["recommend", "--set", "datset_size=small"], "unknown attribute 'datset_size'; did you mean 'dataset_size'?"),
        (["recommend", "--set", "debugging=maybe"], "error: --set: debugging must be yes or no, not 'maybe'"),
        (
            ["recommend", "--set", "training_examples=-1"],
            "training_examples must be a whole number of examples, at least 0, not '-1'",
        ),
        (["recommend", "--set", "training_examples=nan"], "not 'nan'"),
        (["recommend", "--set", "fast_execution=yes"], "'fast_execution' is concluded by rules and cannot be given"),
        (["recommend", "--rules", "artcle", "--set", "debugging=yes"], "did you mean 'article'?"),
        (["recommend", "--rules", "no/such.yaml", "--set", "debugging=yes"], "error: no/such.yaml: cannot be read"),
        (["recommend", "x.yaml", "--jason"], "--jason"),
        (["recomend", "x.yaml"], "No such command 'recomend'; did you mean 'recommend'?"),
        (["rules", "show", "small"], "there is no rule or attribute 'small'"),
        (["rules", "shwo", "x"], "No such command 'shwo'"),
    ],
)
def test_bad_words_get_one_clear_message_and_status_2(run, words, message):
    result = run(*words)
    assert (result.status, result.out) == (2, "")
    assert message in result.err
    assert "Traceback" not in result.err


def test_all_problems_of_a_file_are_reported_at_once_with_their_places(run, write):
    facts = write("facts.yaml", "datset_size: small\ndebugging: perhaps\nflexibility: {value: yes, certainty: 7}\n")
    result = run("recommend", facts)
    assert result.status == 2
    assert [re.match(r"error: .*facts\.yaml:(\d+:\d+): ", line)[1] for line in result.err.splitlines()] == [
        "1:1",
        "2:12",
        "3:38",
    ]


def test_a_broken_knowledge_base_is_refused_with_all_its_problems(run, write):
    rules = write("bad.yaml", "knowledge_base: Bad\ngoal: x\nattributes: {y: {}}\nrules: {r: {if: {}, then: {z: 1}}}\n")
    result = run("recommend", "--rules", rules, "--set", "y=yes")
    assert result.status == 2
    assert len(result.err.splitlines()) == 4


def test_settings_say_how_sure_they_are(run, write):
    path = write("f.yaml", "debugging: {value: yes, certainty: 0.8}\ndataset_size: {value: large, certainty: 0.7}\n")
    words = ("--set", "debugging=yes (0.8)", "--set", "dataset_size=rather large")
    assert run("recommend", *words).out == run("recommend", path).out


def test_of_a_file_of_many_errors_the_first_twenty_are_told(run, write):
    result = run("recommend", write("f.yaml", "".join(f"k{i}: 1\n" for i in range(1000))))
    lines = result.err.splitlines()
    assert (result.status, len(lines)) == (2, 21)
    assert lines[-1].endswith("f.yaml: and 980 more")


AGED = """\
knowledge_base: aged
title: Which colour is best?
review_by: 2027-05-31
goal: colour
attributes:
  colour: {choices: {red: {label: Red, start: {install: pip install red, read: red.org}}, green: Green, blue: Blue}}
  warm: {question: Is it warm?}
  tall: {question: Is it tall?}
rules:
  warm-red: {if: {warm: yes}, then: {colour: red}}
  cold-blue: {if: {warm: no}, then: {colour: blue}}
"""


@pytest.mark.parametrize(
    ("day", "told"), [("2027-05-30", False), ("2027-05-31", False), ("2027-06-01", True), ("2031-01-01", True)]
)
def test_says_that_the_rules_were_to_be_reviewed_by_now(run, write, day, told):
    rules = write("aged.yaml", AGED)
    out = run("recommend", "--rules", rules, "--set", "warm=yes", "--as-of", day).out
    aged = "The rules of aged were to be reviewed by 2027-05-31: they may be out of date.\n"
    assert (aged in out) is told


def test_without_a_day_it_is_today(run, write):
    for year, told in (("1999", True), ("9999", False)):
        rules = write("aged.yaml", AGED.replace("2027", year))
        assert ("were to be reviewed" in run("recommend", "--rules", rules, "--set", "warm=yes").out) is told


def test_a_day_that_is_none_is_refused(run):
    result = run("recommend", "--set", "dataset_size=small", "--as-of", "31 May")
    assert (result.status, result.out) == (2, "")
    assert "'31 May' is not a day such as 2027-05-31." in result.err


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("{install: pip install red, read: red.org}", "To begin with Red: pip install red; then read red.org\n"),
        ("{install: pip install red}", "To begin with Red: pip install red\n"),
        ("{read: red.org}", "To begin with Red: read red.org\n"),
    ],
)
def test_says_how_to_begin_with_the_winner(run, write, start, said):
    rules = write("aged.yaml", AGED.replace("{install: pip install red, read: red.org}", start))
    assert f"\n{said}aged 0: " in run("recommend", "--rules", rules, "--set", "warm=yes").out
    assert "To begin" not in run("recommend", "--rules", rules, "--set", "warm=no").out
    assert "To begin" not in run("recommend", "--rules", rules, "--set", "tall=no").out


NEWER = """\
knowledge_base: newer
version: 2
extends: aged
retire: {cold-blue: Blue is gone.}
rules:
  small-green: {if: {warm: no, tall: no}, then: {colour: green}}
  tall-red: {if: {warm: no, tall: yes}, then: {colour: red}}
"""


@pytest.fixture
def shipped(monkeypatch, write, tmp_path):
    """Ship a base and one that extends it."""
    write("aged.yaml", AGED)
    write("newer.yaml", NEWER)
    monkeypatch.setattr("expert.knowledge.loading.knowledge_base_file._SHIPPED", tmp_path)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (["warm=yes"], "give the same answer."),
        (["warm=no", "tall=no"], "answer otherwise: Green."),
        (["warm=no", "tall=yes"], "answer otherwise: Red."),
        (["warm=no"], "need more facts to answer, such as: Is it tall?"),
    ],
)
def test_says_what_a_shipped_one_that_extends_this_one_answers(run, shipped, facts, said):
    words = [word for fact in facts for word in ("--set", fact)]
    out = " ".join(run("recommend", "--rules", "aged", *words).out.split())
    assert f" Newer rules (--rules newer, version 2) {said} " in out
    assert "--rules" not in run("recommend", "--rules", "newer", *words).out
    assert json.loads(run("recommend", "--rules", "aged", *words, "--json").out)["knowledge_base"]["name"] == "aged"


def test_facts_that_only_an_extending_one_takes_are_told_so(run, write):
    hint = "error: --rules: current, which extends article, takes all of these facts\n"
    for words in (["recommend", "--set", "task=text"], ["recommend", write("facts.yaml", "task: text\n")]):
        result = run(*words)
        assert (result.status, result.out) == (2, "")
        assert hint in result.err
        assert "unknown attribute 'task'" in result.err
        assert run(*words, "--rules", "current").status == 0
    assert hint not in run("recommend", "--set", "task=txt").err
    assert hint not in run("recommend", "-", stdin=b"task: text\n").err


def test_a_file_in_this_folder_is_extended_by_nothing_that_is_shipped(run, write, monkeypatch, tmp_path):
    write("article.yaml", AGED.replace("aged", "article"))
    monkeypatch.chdir(tmp_path)
    assert "--rules" not in run("recommend", "--rules", "article.yaml", "--set", "warm=yes").out
