import io
import json
from pathlib import Path

import pytest

from expert import KnowledgeBase


def test_list_has_a_line_for_each_rule(run, small):
    assert run("rules", "list", "--rules", small).out == (
        "hot-days  degrees is at least 25 → hot: yes +0.90\n"
        "warm-red  warm is yes or hot is yes → colour: Red +0.60\n"
        "not-warm  warm is known not to be yes → colour: Red −1.00\n"
    )


def test_list_as_json_has_each_rule_normalised(run, small):
    rules = json.loads(run("rules", "list", "--rules", small, "--json").out)
    assert rules == [rule.to_dict() for rule in KnowledgeBase.load(small).rules]
    assert rules[1] == {
        "name": "warm-red",
        "if": {"any": [{"warm": "yes"}, {"hot": "yes"}]},
        "then": {"colour": {"red": 0.6}},
        "because": "",
        "source": ["guide p. 4"],
    }


def test_show_tells_one_rule_in_plain_words_with_its_sources_in_full(run, small, monkeypatch):
    monkeypatch.chdir(small.parent)
    out = run("rules", "show", "warm-red", "--rules", small.name).out
    assert out.splitlines() == [
        "warm-red (small.yaml:12)",
        "  If warm is yes or hot is yes, this speaks for colour being Red (+0.60).",
        "  if       warm = yes or hot = yes",
        "  then     colour = red, evidence +0.60",
        "  source   p. 4, in: The guide to colours",
        "  reads    warm: Is it warm?",
        "           hot: concluded by hot-days",
        "  feeds    colour: the answer",
    ]


def test_show_as_json_is_the_rule_of_the_list_with_what_it_is_connected_with(run):
    shown = json.loads(run("rules", "show", "slow-keras", "--json").out)
    (listed,) = (rule for rule in json.loads(run("rules", "list", "--json").out) if rule["name"] == "slow-keras")
    assert shown | listed == shown
    assert list(shown)[len(listed) :] == ["sentence", "reads", "feeds", "cases"]
    assert shown["cases"][0] == "the article's list for TensorFlow"


def test_show_tells_an_attribute_with_what_concludes_and_reads_it(run, small, monkeypatch):
    monkeypatch.chdir(small.parent)
    out = run("rules", "show", "hot", "--rules", small.name).out
    assert out.splitlines() == [
        "hot (small.yaml:9)",
        "  values        yes | no",
        "  concluded by  hot-days",
        "  used          read by warm-red",
    ]
    shown = json.loads(run("rules", "show", "hot", "--rules", small, "--json").out)
    assert (shown["name"], shown["concluded_by"], shown["read_by"]["rules"]) == ("hot", ["hot-days"], ["warm-red"])


def test_a_missing_rule_gets_the_nearest_name(run):
    assert "did you mean 'slow-keras'?" in run("rules", "show", "slow-kera").err
    assert "no rule or attribute 'dataset'; did you mean 'dataset_size'?" in run("rules", "show", "dataset").err


def test_every_line_fits_on_a_terminal(run):
    for name in ("small-dataset-keras", "framework"):
        assert max(map(len, run("rules", "show", name).out.splitlines())) <= 80


def test_a_retired_rule_is_shown_with_the_reason_and_not_listed(run, small, write):
    top = write("top.yaml", "knowledge_base: top\nextends: small\nretire: {warm-red: Red is a matter of taste.}\n")
    assert (
        run("rules", "show", "warm-red", "--rules", top).out.splitlines()[-1] == "  retired  Red is a matter of taste."
    )
    data = json.loads(run("rules", "show", "warm-red", "--rules", top, "--json").out)
    assert (data["name"], data["retired"]) == ("warm-red", "Red is a matter of taste.")
    assert "retired" not in json.loads(run("rules", "show", "not-warm", "--rules", top, "--json").out)
    assert "warm-red" not in run("rules", "list", "--rules", top).out
    assert KnowledgeBase.load(top).retired[0].reason == "Red is a matter of taste."


TABLE = "exploited,impact,timeline\nyes,total,3-days\nno,total,14-days\n-,none,60-days\n"


@pytest.fixture
def table(write, monkeypatch, tmp_path):
    """A decision table in the current folder."""
    monkeypatch.chdir(tmp_path)
    return write("triage.csv", TABLE)


def test_a_knowledge_base_made_of_a_table_can_be_asked_at_once(run, table, folder):
    made = run("rules", "new", "triage", "--table", "triage.csv")
    assert (made.status, made.out) == (0, "")
    assert made.err == "The knowledge base is in triage.yaml. Ask it: expert ask --rules triage.yaml\n"
    asked = run("ask", "--rules", "triage.yaml", stdin=b"total\nno\n")
    assert asked.status == 0
    assert asked.out.startswith("14-days is recommended")
    answered = run("recommend", "--rules", "triage.yaml", "--set", "impact=none", "--set", "exploited=no")
    assert answered.out.startswith("60-days is recommended")


def test_rows_of_tables_are_rules_by_their_name_in_every_command(run, table, write):
    run("rules", "new", "triage", "--table", table)
    rules = ("--rules", "triage.yaml")
    assert run("rules", "list", *rules).out.startswith(
        "triage/1  exploited is yes and impact is total → timeline: 3-days +1.00\n"
    )
    assert run("rules", "show", "triage/2", *rules).out == (
        "triage/2 (triage.csv:3)\n"
        "  If no row above it holds and exploited is no and impact is total, timeline is\n"
        "  14-days.\n"
        "  if       exploited = no and impact = total\n"
        "  unless   a row above it holds\n"
        "  then     timeline = 14-days, evidence +1.00\n"
        "  reads    exploited: Is exploited the case?\n"
        "           impact: What is impact?\n"
        "  feeds    timeline: the answer\n"
    )
    assert "did you mean 'triage/3'?" in run("rules", "show", "triage/33", *rules).err
    case = ("--set", "exploited=yes", "--set", "impact=total")
    assert "Row triage/1 concludes" in run("explain", *case, *rules).out
    for ending in ("svg", "html", "dot", "mmd", "graphml", "json", "png"):
        assert run("graph", *case, *rules, "--not-fired", "--out", f"proof.{ending}").status == 0
        assert ending == "png" or "triage/1" in Path(f"proof.{ending}").read_text()
    write("cases.csv", "exploited,impact\nyes,total\n")
    assert run("decide", "cases.csv", "--out", "out.csv", "--add", "rules", *rules).status == 0
    assert "triage/1" in Path("out.csv").read_text()


def test_a_new_knowledge_base_replaces_a_file_only_by_force(run, table, write):
    old = write("triage.yaml", "old")
    refused = run("rules", "new", "triage", "--table", table)
    assert (refused.status, old.read_text()) == (2, "old")
    assert refused.err == "error: triage.yaml: already exists; use --force to replace it\n"
    assert run("rules", "new", "triage", "--table", table, "--force").status == 0
    assert KnowledgeBase.load(old).name == "triage"


def test_a_new_knowledge_base_is_written_where_it_is_wanted(run, table, tmp_path):
    (tmp_path / "inner").mkdir()
    assert run("rules", "new", "triage", "--table", table, "--out", "inner/x y.yml").err == (
        "The knowledge base is in inner/x y.yml. Ask it: expert ask --rules 'inner/x y.yml'\n"
    )
    assert len(KnowledgeBase.load("inner/x y.yml").rules) == 3
    assert not (tmp_path / "triage.yaml").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["triage", "--table", "none.csv"], "error: none.csv: cannot be read: No such file or directory"),
        (["triage", "--table", "-"], "error: -: is not a CSV file; expected a name that ends in .csv"),
        (["triage", "--table", "facts.yaml"], "error: facts.yaml: is not a CSV file"),
        (["Triage", "--table", "triage.csv"], "error: Triage: a knowledge base's name has lower-case letters"),
        (["a--b", "--table", "triage.csv"], "error: a--b: a knowledge base's name has"),
        (["", "--table", "triage.csv"], "error: '': a knowledge base's name has"),
        (["../x", "--table", "triage.csv"], "error: ../x: a knowledge base's name has"),
        (["x", "--table", "triage.csv", "--out", "x.json"], "error: x.json: cannot be written: a new knowledge"),
        (["x", "--table", "triage.csv", "--out", "triage.csv", "--force"], "error: triage.csv: cannot be written"),
        (["x", "--table", "triage.csv", "--out", "no/x.yaml"], "error: no/x.yaml: cannot be written: there is no"),
        (["x", "--table", "empty.csv"], "error: empty.csv:1:1: the file is empty"),
        (["x", "--table", "wrong.csv"], "error: wrong.csv:2:5: the row has 3 of 2 cells; expected one for each column"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_a_knowledge_base_is_refused_in_a_line(run, table, write, tmp_path, words, message):
    write("empty.csv", "")
    write("wrong.csv", "a,b\nc,x,y\n")
    before = sorted(tmp_path.iterdir())
    result = run("rules", "new", *words)
    assert (result.status, result.out, len(result.err.splitlines())) == (2, "", 1)
    assert result.err.startswith(message)
    assert (sorted(tmp_path.iterdir()), table.read_text()) == (before, TABLE)


ANSWERS = {"--title": "How do I get to work?", "--candidates": "bicycle, bus", "--question": "Does it rain?"}


def options(*left):
    return [word for option, answer in ANSWERS.items() if option not in left for word in (option, answer)]


class Terminal(io.TextIOWrapper):
    """Standard input that is a terminal."""

    def isatty(self):
        return True


@pytest.fixture
def here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_knowledge_base_made_of_three_answers_can_be_asked_at_once(run, here, folder):
    made = run("rules", "new", "commute", *options())
    assert (made.status, made.out) == (0, "")
    assert made.err == "The knowledge base is in commute.yaml. Ask it: expert ask --rules commute.yaml\n"
    asked = run("ask", "--rules", "commute.yaml", stdin=b"no\n")
    assert (asked.status, asked.out.partition(" with")[0]) == (0, "bus is recommended")


@pytest.mark.parametrize("candidates", ["bicycle, bus", "bicycle, bus, car", "bicycle, bus, car, train"])
@pytest.mark.parametrize("question", ["Does it rain?", "How far is it? near, far, very far"])
def test_what_three_answers_make_checks_clean_and_its_cases_notice_every_change(run, here, candidates, question):
    answers = ["--title", "How?", "--candidates", candidates, "--question", question]
    assert run("rules", "new", "commute", *answers).status == 0
    assert run("rules", "check", "commute.yaml").status == 0
    assert run("rules", "test", "commute.yaml", "--fail-under", "100").status == 0


def test_what_no_option_says_is_asked_on_a_terminal(run, here, monkeypatch):
    monkeypatch.setattr("io.TextIOWrapper", Terminal)
    made = run("rules", "new", "commute", *options("--title", "--question"), stdin=b"\nWhy?\n?\nRain? no, yes\n")
    assert (made.status, made.out) == (0, "")
    assert made.err == (
        "What is decided? Such as: How do I get to work?\n> expected a text, not nothing\n> "
        "What would you ask first? Such as: Does it rain?  or  How far is it? near, far\n"
        "> expected a question, not '?'\n> "
        "The knowledge base is in commute.yaml. Ask it: expert ask --rules commute.yaml\n"
    )
    model = KnowledgeBase.load("commute.yaml").model
    assert (model.title, [str(rule.premise) for rule in model.rules]) == ("Why?", ["rain = no", "rain = yes"])


def test_nothing_is_written_where_the_answers_end_early(run, here, monkeypatch):
    monkeypatch.setattr("io.TextIOWrapper", Terminal)
    assert run("rules", "new", "commute", *options("--question")).status == 130
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (options("--title", "--question"), "error: Missing --title, --question: what no option says can be asked on a"),
        ([*options("--title"), "--title", " "], "error: --title: expected a text, not nothing"),
        ([*options("--candidates"), "--candidates", "a"], "error: --candidates: expected at least two"),
        ([*options(), "--table", "t.csv"], "error: --title cannot be used together with --table."),
        ([*options(), "--out", "x.json"], "error: x.json: cannot be written: a new knowledge base is YAML"),
    ],
)
def test_answers_that_make_no_knowledge_base_are_refused(run, here, words, message):
    result = run("rules", "new", "commute", *words)
    assert (result.status, result.out, list(here.iterdir())) == (2, "", [])
    assert message in result.err


def test_three_answers_replace_a_file_only_by_force(run, here, write):
    old = write("commute.yaml", "old")
    assert run("rules", "new", "commute", *options()).err == (
        "error: commute.yaml: already exists; use --force to replace it\n"
    )
    assert old.read_text() == "old"
    assert run("rules", "new", "commute", *options(), "--force").status == 0
