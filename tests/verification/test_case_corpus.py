"""Small defective knowledge bases, each with what is found in it; the first lines of each file say what."""

from pathlib import Path

import pytest

from expert import KnowledgeBase
from expert.verification.case_findings import case_findings

CORPUS = Path(__file__).parent / "corpus"
KINDS = {
    "never-fires",
    "never-matters",
    "never-asked",
    "never-wins",
    "always-wins",
    "contradiction",
    "undecided",
    "tie",
}


def expected(path):
    """Read what a file says is found in it."""
    lines = path.read_text().splitlines()
    said = [line.removeprefix("# finds: ").split(" ", 1) for line in lines if line.startswith("# finds: ")]
    return {(kind, name) for kind, name in said}


def about_cases():
    """List the files that are about these kinds, or about none."""
    paths = sorted(CORPUS.glob("*.yaml"))
    return [path for path in paths if not expected(path) or KINDS & {kind for kind, _ in expected(path)}]


@pytest.mark.parametrize("path", about_cases(), ids=lambda path: path.stem)
def test_what_the_file_says_is_found_and_nothing_else(path):
    found = case_findings(KnowledgeBase.load(path).model)
    assert found.are_all
    named = {(finding.kind, finding.name) for finding in found.findings}
    wanted = {each for each in expected(path) if each[0] in KINDS}
    worth_a_word = {
        (each.kind, each.name)
        for each in found.findings
        if each.severity != "note" or each.kind not in ("undecided", "tie")
    }
    assert worth_a_word <= wanted <= named
