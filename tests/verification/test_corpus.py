"""Small knowledge bases, each with the findings that it must give, on lines ``# finds: KIND NAME``, and no others."""

import re
from pathlib import Path

import pytest

from expert.knowledge.finding_kinds import KINDS
from expert.knowledge.loading.knowledge_base_file import load
from expert.verification.checks import check

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.yaml"))
COMMON = {"undecided", "tie"}
"""What most bases have, and is compared only where a file names it."""


def expected(path):
    return re.findall(r"^# finds: (\S+) (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_a_base_gives_its_findings_and_no_others(path):
    wanted = expected(path)
    ignored = COMMON - {kind for kind, _ in wanted}
    found = [(each.kind, each.name) for each in check(load(path)).findings if each.kind not in ignored]
    assert sorted(found) == sorted(wanted)


def test_there_is_a_base_for_every_kind():
    assert {kind for path in CORPUS for kind, _ in expected(path)} >= KINDS.keys()
