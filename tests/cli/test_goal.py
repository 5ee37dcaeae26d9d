"""Another attribute than the goal, by ``--goal``."""

import json

import pytest
import yaml
from click.shell_completion import ShellComplete

from expert.cli import cli
from tests.semantics.worked_bases import data_of


@pytest.fixture
def rules(write):
    return write("else.yaml", yaml.dump(data_of("else"), sort_keys=False))


def test_each_command_takes_it(run, rules, write, tmp_path):
    words = ("--set", "hint=yes", "--goal", "risk", "--rules", rules)
    assert run("recommend", *words).out.startswith("high is recommended")
    assert json.loads(run("recommend", *words, "--json").out)["goal"] == "risk"
    assert run("explain", *words).out.startswith("high is recommended")
    assert "high is recommended" in run("graph", *words, "--out", "-", "--format", "dot").out
    table, out = write("table.csv", "hint\nyes\nno\n"), tmp_path / "out.csv"
    assert run("decide", table, "--out", out, "--goal", "risk", "--rules", rules).status == 0
    assert [line.split(",")[1] for line in out.read_text().splitlines()] == ["recommendation", "high", "low"]


@pytest.mark.parametrize("command", [["recommend"], ["explain"], ["graph", "--out", "x.svg"]])
def test_what_no_rule_concludes_is_refused(run, rules, command):
    result = run(*command, "--set", "hint=yes", "--goal", "rusk", "--rules", rules)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("error: goal: there is no attribute 'rusk' that rules conclude; did you mean 'risk'?")


def test_an_interview_is_resumed_with_its_own(run, rules, tmp_path, monkeypatch):
    monkeypatch.setenv("EXPERT_STATE", str(tmp_path / "state"))
    asked = run("ask", "--goal", "risk", "--all", "--rules", rules, stdin=b"no\n")
    assert asked.status == 130
    other = run("ask", "--resume", "--goal", "advice", "--rules", rules)
    assert (other.status, other.out) == (2, "")
    assert "asks for 'risk', not for 'advice'" in other.err
    ended = run("ask", "--resume", "--rules", rules, "--out", tmp_path / "out.yaml", stdin=b"no\n")
    assert ended.out.startswith("low holds by default")
    assert f"out.yaml --rules {rules} --goal risk\n" in ended.err


def test_it_is_refused_before_anything_is_asked(run, rules, tmp_path, monkeypatch):
    monkeypatch.setenv("EXPERT_STATE", str(tmp_path / "state"))
    result = run("ask", "--goal", "hint", "--rules", rules)
    assert (result.status, result.out) == (2, "")
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(
    ("words", "incomplete", "expected"),
    [
        (["--goal"], "", {"advice", "risk"}),
        (["--goal"], "r", {"risk"}),
        (["--goal", "risk", "--why"], "", {"low", "high"}),
    ],
)
def test_it_is_completed(rules, words, incomplete, expected):
    complete = ShellComplete(cli, {}, "expert", "_EXPERT_COMPLETE")
    found = complete.get_completions(["explain", "--rules", str(rules), *words], incomplete)
    assert {item.value for item in found} == expected
