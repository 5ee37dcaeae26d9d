"""Commands are measured as processes of their own, and stopped where they take too long."""

import sys

import pytest

from benchmarks.commands import COMMANDS, measure, row
from benchmarks.shapes import candidates, chain, choices, numbers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processor time is limited as Unix does it")


@pytest.mark.parametrize("make", [choices, numbers, chain, candidates])
def test_a_shape_is_a_knowledge_base_with_facts_for_it(make):
    seconds, megabytes = row(make(12), {"recommend": COMMANDS["recommend --json"]})[0].removesuffix(" MB").split(", ")
    assert 0 < float(seconds) < 60
    assert 0 < float(megabytes) < 400


def test_a_command_that_takes_too_long_is_stopped(tmp_path):
    assert measure([sys.executable, "-c", "while True: pass"], tmp_path, limit=1) is None


def test_a_command_that_fails_is_no_figure(tmp_path):
    with pytest.raises(RuntimeError, match="no such file"):
        measure([sys.executable, "-c", "import sys; sys.exit('no such file')"], tmp_path)
