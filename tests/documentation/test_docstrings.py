"""The examples in the docstrings of the package do what they show."""

import doctest
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import expert

MODULES = ["expert", *(module.name for module in walk_packages(expert.__path__, "expert."))]


@pytest.mark.parametrize("name", [name for name in MODULES if not name.endswith("__main__")])
def test_the_examples_of_a_module_do_what_they_show(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = []
    runner = doctest.DocTestRunner()
    known = {"KnowledgeBase": expert.KnowledgeBase}
    for test in doctest.DocTestFinder(exclude_empty=True).find(import_module(name), extraglobs=known):
        runner.run(test, out=lines.append)
    assert runner.failures == 0, "".join(lines)


def test_only_examples_that_are_run_know_the_shipped_knowledge_base():
    shipped = expert.KnowledgeBase.load()
    names = {*shipped.attributes[shipped.goal].choices, *(rule.name for rule in shipped.rules)}
    names |= {name for name in shipped.attributes if "_" in name}
    for path in Path(expert.__path__[0]).rglob("*.py"):
        pieces = doctest.DocTestParser().parse(path.read_text(encoding="utf-8"), path.name)
        text = "".join(piece for piece in pieces if isinstance(piece, str)).lower()
        assert not [name for name in names if name in text], path


def test_the_modules_are_found():
    assert {"expert.api.knowledge_base", "expert.inference.engine", "expert.knowledge.loading.facts_reading"} <= set(
        MODULES
    )
