import json
import re

import pytest

from expert import KnowledgeBase

EXAMPLES = "docs/examples"


@pytest.mark.parametrize(
    ("example", "answer"), [("prototype.yaml", "Keras"), ("detector.yaml", "TensorFlow"), ("research.toml", "PyTorch")]
)
def test_the_article_s_scenarios_get_its_frameworks(run, example, answer):
    result = run("recommend", f"{EXAMPLES}/{example}")
    assert result.status == 0
    assert result.out.startswith(f"{answer} is recommended with certainty 0.9")
    assert result.err == ""


def test_prints_ranking_reasons_sources_derivations_and_what_is_open(run):
    out = run("recommend", f"{EXAMPLES}/detector.yaml", "--set", "debugging=yes").out
    assert re.findall(r"^  (\w+) +[█░▒]{20} +([−+]?\d\.\d+)$", out, re.M) == [
        ("TensorFlow", "+0.99"),
        ("PyTorch", "+0.93"),
        ("Keras", "−0.38"),
    ]
    assert "  +0.70  TensorFlow is the choice for a large dataset. [article C25, conclusion]" in out
    assert "Against TensorFlow\n  −0.40  Debugging is difficult in TensorFlow. [article C15, debugging]" in out
    assert "since object_detection = yes (0.90)" in out
    assert "Derived on the way\n  fast_execution = yes, certainty 0.96" in out
    assert "[article] TensorFlow vs Keras vs PyTorch: Which Framework is the Best?, Atlas" in out


def test_names_the_single_answers_that_would_change_a_recommendation(run):
    out = run("recommend", "--set", "dataset_size=large").out
    assert (
        "An answer that would change it\n  debugging: yes → PyTorch\n"
        "    Is it important that errors in the model are easy to find?\n  15 more questions could matter.\n"
    ) in out


def test_everything_fits_on_one_screen(run):
    for example in ("prototype.yaml", "detector.yaml", "research.toml"):
        lines = run("recommend", f"{EXAMPLES}/{example}").out.splitlines()
        assert len(lines) <= 41
        assert max(map(len, lines)) <= 80


def test_a_tie_names_the_tied_and_what_would_settle_it(run):
    out = run("recommend", "--set", "object_detection=yes", "--set", "flexibility=yes").out
    assert out.startswith("A tie between TensorFlow and PyTorch, with certainty 0.70 each.")
    assert "An answer that would settle it\n  dataset_size: small → Keras, large → TensorFlow" in out


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
    assert "  +0.54  Rule warm-red concludes colour = red. [guide p. 4]\n         since hot = yes (0.90)" in out


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
    assert "Contradiction: g = a is certain, and certainly not so." in out


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
        (["rules", "show", "small"], "there is no rule 'small'"),
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
