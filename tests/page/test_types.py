"""TypeScript finds nothing wrong with the types that the page's scripts declare."""

import json
import subprocess
from pathlib import Path

import pytest

from expert.page import page, what_if
from tests.needs import needs

SETTINGS = Path(__file__).with_name("tsconfig.json")


def test_the_scripts_of_the_page_are_typed(tmp_path):
    words = [needs("npm"), "install", "--no-audit", "--no-fund", "--silent", "typescript@5"]
    if subprocess.run(words, cwd=tmp_path, capture_output=True, check=False).returncode:
        pytest.skip("npm cannot install typescript here")
    check = [tmp_path / "node_modules" / ".bin" / "tsc", "-p", SETTINGS]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_all_of_them_are_looked_at():
    files = json.loads(SETTINGS.read_text(encoding="utf-8"))["files"]
    assert [name.rpartition("/")[2] for name in files] == [*page.SCRIPTS, what_if.SCRIPTS[-1]]
