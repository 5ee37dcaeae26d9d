"""The page about decisions: what it shows for CI runs the command, and every key of a record is explained."""

import re
from dataclasses import fields

import yaml

from expert.records import decision
from tests.documentation.pages import TOP, fences

PATH = TOP / "docs" / "decisions.md"
PAGE = PATH.read_text(encoding="utf-8")


def test_what_is_shown_for_hooks_and_ci_is_yaml_that_runs_the_command():
    hooks, workflow = (yaml.safe_load(fence.source) for fence in fences(PATH) if fence.language == "text")
    (hook,) = hooks["repos"][0]["hooks"]
    assert hook["entry"] == "expert recheck decisions"
    runs = [step.get("run") for step in workflow["jobs"]["recheck"]["steps"]]
    assert runs[-2:] == ["expert recheck decisions", "expert recheck decisions --due"]


def test_the_hook_of_this_repository_runs_the_command():
    hooks = yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    hook = next(hook for hook in hooks if hook["id"] == "expert-recheck")
    assert f"{hook['entry']} {' '.join(hook['args'])}" == "expert recheck decisions"


def test_every_key_of_a_record_is_explained_in_its_order():
    rows = re.findall(r"^\| (`.+?`) \|", PAGE.partition("## The record")[2], re.MULTILINE)
    keys = [key for row in rows for key in re.findall("`(.+?)`", row)]
    own = [each.name for each in fields(decision.Decision) if each.compare]
    assert keys == ["format", *own, "checksum"]
