"""The page about checking lists every kind of finding; what it shows for hooks and CI runs the command as it is."""

import re

import yaml

from expert.knowledge.finding_kinds import KINDS
from tests.documentation.pages import TOP, fences

PATH = TOP / "docs" / "checking.md"


def test_every_kind_is_listed_with_its_severity_and_meaning():
    rows = re.findall(r"^\| `([\w-]+)` \| (\w+) \| (.+) \|$", PATH.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [(name, *kind) for name, kind in KINDS.items()]


def test_what_is_shown_for_hooks_and_ci_is_yaml_that_runs_the_command():
    shown = [yaml.safe_load(fence.source) for fence in fences(PATH) if fence.language == "text"]
    assert len(shown) == 3
    assert str(shown).count("expert rules check drinks.yaml") == 3


def test_the_hook_of_this_repository_runs_the_command():
    hooks = yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"]: hook["entry"] for hook in hooks}["expert-rules-check"] == "expert rules check"
