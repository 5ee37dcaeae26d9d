"""Importing experta, in a process of its own, leaves nothing changed behind."""

import json
import subprocess
import sys

import pytest

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
