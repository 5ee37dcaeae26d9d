"""Importing experta, in a process of its own, leaves nothing changed behind."""

import gc
import json
import subprocess
import sys
import weakref

import pytest

from expert import KnowledgeBase
from tests.strategies import model_of

KNOWLEDGE_BASE = {
    "knowledge_base": "test",
    "goal": "colour",
    "attributes": {"colour": {"choices": ["red", "green"]}, "a": {"question": "?"}},
    "rules": {"red": {"if": {"a": "yes"}, "then": {"colour": "red"}}},
}

SCRIPT = """
import collections, json, logging, sys
{before}
state = lambda: [hasattr(collections, "Mapping"), [repr(h) for h in logging.root.handlers], logging.root.level]
first = state()
import expert.inference.engine
assert "experta" in sys.modules
print(json.dumps([first, state()]))
"""


@pytest.mark.parametrize("before", ["", "logging.basicConfig(level=logging.ERROR)", "collections.Mapping = dict"])
def test_import_changes_neither_collections_nor_the_root_logger(before):
    script = SCRIPT.format(before=before)
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    first, last = json.loads(done.stdout)
    assert first == last
    assert first[0] == ("Mapping" in before)


def test_consultations_are_silent_whatever_is_logged():
    script = (
        "import logging\nlogging.basicConfig(level=logging.DEBUG)\n"
        "from expert import KnowledgeBase\nknowledge_base = KnowledgeBase.load()\n"
        "print(knowledge_base.consult({'dataset_size': 'small'}).recommendation)"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "keras\n", "")


def test_nothing_is_kept_of_knowledge_bases_that_are_gone():
    from experta.matchers.rete import check

    caches = [kind._instances for kind in (check.TypeCheck, check.FactCapture, check.FeatureCheck, check.WhereCheck)]
    KnowledgeBase(model_of(KNOWLEDGE_BASE)).consult({"a": "yes"})
    before = [len(cache) for cache in caches]
    gone = []
    for _ in range(20):
        knowledge_base = KnowledgeBase(model_of(KNOWLEDGE_BASE))
        knowledge_base.consult({"a": "yes"})
        gone.append(weakref.ref(knowledge_base.model))
    del knowledge_base
    gc.collect()
    assert [model for model in gone if model()] == []
    assert [len(cache) for cache in caches] == before
