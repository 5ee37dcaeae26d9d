"""Knowledge bases as git has them, in a repository of the test's own."""

import os
import subprocess
from pathlib import Path

import pytest

from expert.knowledge.loading.git_revision import is_revision, load_revision
from expert.knowledge.loading.knowledge_base_file import load
from expert.knowledge.problems import InputError
from tests.knowledge.marks import problems_of
from tests.needs import needs

BASE = """\
knowledge_base: base
goal: g
attributes: {g: {choices: [x, y]}, s: {question: How large?, choices: [a, b]}}
rules: {r: {if: {s: a}, then: {g: x}}}
"""
TOP = """\
knowledge_base: top
extends: base
tables: {t: {then: [g], file: t.csv}, u: {then: [g], file: inner/u.csv}}
"""


def git(*words):
    subprocess.run(("git", *words), check=True, capture_output=True)


def commit(**files):
    """Write files whose names have __ for / and _ for a dot, and commit them."""
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_", "."))
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text)
    git("add", ".")
    git("commit", "-qm", "Edit")


@pytest.fixture
def repository(monkeypatch, tmp_path):
    """An empty repository, which the current folder is the top of."""
    needs("git")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "someone")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "someone@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "repository").mkdir()
    monkeypatch.chdir(tmp_path / "repository")
    git("init", "-q")
    return tmp_path / "repository"


def test_an_edit_is_compared_with_what_was_there(repository):
    commit(rules__base_yaml=BASE)
    commit(rules__base_yaml=BASE.replace("s: a}", "s: b}"))
    before, now = load_revision("HEAD~1:rules/base.yaml"), load("rules/base.yaml")
    assert (str(before.rules[0].premise), str(now.rules[0].premise)) == ("s = a", "s = b")
    assert str(before.rules[0].place) == "HEAD~1:rules/base.yaml:4:9"
    assert load_revision("HEAD:rules/base.yaml").digest == now.digest


def test_a_path_may_begin_at_the_current_folder(repository, monkeypatch):
    commit(rules__base_yaml=BASE, rules__top_yaml=TOP.partition("tables")[0])
    monkeypatch.chdir(repository / "rules")
    assert load_revision("HEAD:./top.yaml").rules == load("base.yaml").rules


@pytest.mark.parametrize("folder", ["", "rules/"])
def test_what_it_extends_and_its_tables_are_those_of_the_revision(repository, folder):
    at = folder.replace("/", "__")
    files = {"base_yaml": BASE, "top_yaml": TOP, "t_csv": "s,g\nb,y\n", "inner__u_csv": "s,g\nb,x\n"}
    commit(**{f"{at}{name}": text for name, text in files.items()})
    commit(**{f"{at}base_yaml": BASE.replace("s: a", "s: b"), f"{at}t_csv": "s,g\na,y\n", f"{at}inner__u_csv": "no"})
    rules = load_revision(f"HEAD~1:{folder}top.yaml").rules
    assert [str(rule.premise) for rule in rules] == ["s = a", "s = b", "s = b"]


def test_what_the_folder_has_today_is_not_taken_for_what_it_had(repository):
    commit(top_yaml=TOP)
    for name, text in (("base.yaml", BASE), ("t.csv", "s,g\nb,y\n")):
        Path(name).write_text(text)
    (problem,) = problems_of(load_revision, "HEAD:top.yaml")
    assert problem.message.startswith("there is no knowledge base 'base' beside this one")


def test_nothing_outside_the_folder_is_read_for_it(repository, tmp_path):
    commit(base_yaml=BASE, rules__top_yaml=TOP.replace(" base", " ../base").replace("t.csv", "../t.csv"))
    message = "'../base' must be beside this knowledge base, or shipped"
    assert [each.message for each in problems_of(load_revision, "HEAD:rules/top.yaml")] == [message]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["repository"]


def test_knowledge_bases_that_extend_one_another_are_an_error_and_not_read_for_ever(repository):
    commit(a_yaml="knowledge_base: a\nextends: b\n", b_yaml="knowledge_base: b\nextends: a\n")
    (problem,) = problems_of(load_revision, "HEAD:a.yaml")
    assert problem.message == "a knowledge base cannot extend itself, nor one that extends it"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("HEAD:bsae.yaml", "git cannot read it: path 'bsae.yaml' does not exist in 'HEAD'"),
        ("HEAD~7:base.yaml", "git cannot read it: invalid object name 'HEAD~7'."),
        ("nowhere:base.yaml", "git cannot read it: invalid object name 'nowhere'."),
        ("HEAD:rules", "git cannot read it: "),
        ("HEAD", "git cannot read it: "),
        ("--help:base.yaml", "a revision does not begin with a hyphen"),
        ("--textconv", "a revision does not begin with a hyphen"),
        ("HEAD:a\0b", "git cannot be asked: embedded null byte"),
        ("HEAD:large.yaml", "is larger than 4 MiB"),
        ("HEAD:$(touch made)", "git cannot read it: path '$(touch made)' does not exist in 'HEAD'"),
    ],
)
def test_what_git_cannot_read_is_one_problem(repository, text, message):
    commit(base_yaml=BASE, rules__base_yaml=BASE, large_yaml="#" * (2**22 + 1))
    (problem,) = problems_of(load_revision, text)
    assert (str(problem.place), problem.message[: len(message)]) == (text, message)
    assert not Path("made").exists()


def test_outside_a_repository_git_says_so(repository, monkeypatch, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="git cannot read it: not a git repository"):
        load_revision("HEAD:base.yaml")


def test_without_git_it_is_said_to_be_needed(repository, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="git is needed to read a revision, and was not found"):
        load_revision("HEAD:base.yaml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HEAD~1:rules/base.yaml", True),
        ("v1.0:base.yaml", True),
        ("main:./base.yaml", True),
        ("article", False),
        ("base.yaml", False),
        ("C:\\base.yaml", False),
        (":base.yaml", False),
        ("HEAD:", False),
        ("there:is.yaml", False),
        ("-", False),
    ],
)
def test_a_revision_is_told_from_a_file(tmp_path, monkeypatch, text, expected):
    monkeypatch.chdir(tmp_path)
    Path("there:is.yaml").write_text(BASE)
    assert is_revision(text) is expected
