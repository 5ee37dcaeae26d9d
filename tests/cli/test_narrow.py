"""Text on narrow terminals: no word is broken, by us or by the terminal; what belongs to a bullet is beside it."""

import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from expert.rendering.text import recommendation_text
from tests.named import FAR, NAMED, NEAR, NEWER, TABLE

TRIAGE = Path("docs/examples/patch-triage.yaml").resolve()
WORD = re.compile(r"\S*[^\W\d]\S*")
JOINING = ("is", "and")
"""Join what stands in cells where there is room for these."""

COUNTED = ("source.", "sources.")
"""Stand behind the number of sources where there is no room for their names."""

BULLET = re.compile(r" *([•*] |[+−]\d)")

ON_A_CASE = [
    "recommend {}",
    "recommend {} --rules newer.yaml",
    "explain {}",
    "explain {} --why qv_bus --why qv_car --why qv_ship",
    "explain {} --why-not qv_ship",
    "explain {} --flips",
    "explain {} --robustness",
    "explain {} --what-if qx_size=qv_few --what-if qx_way=700",
    "compare {} --with newer.yaml",
]
COMMANDS = [
    *(words.format(facts) for words in ON_A_CASE for facts in ("far.yaml", "near.yaml")),
    "recommend table.csv --row 1",
    "compare --with newer.yaml",
    "recheck decision.yaml",
    "decide gone.csv --out rows.csv",
    "facts list",
    "rules list",
    "rules show crowd-bus",
    "rules show fares/2",
    "rules show qx_comfort",
    "rules check",
    "rules test",
    "rules test --mutate",
    "rules table",
    f"rules table --rules {TRIAGE}",
    "recommend --set qx_sise=qv_few",
    "recommend --set qx_size=a_lot",
    "recommend gone.yaml",
    "recommend broken.yaml",
    "rules show crowd",
    "explain far.yaml --why-not qv_bus",
    "explain",
    *(
        f"{words} --help"
        for words in ("", "recommend", "explain", "graph", "compare", "decide", "rules check", "facts")
    ),
]


@pytest.fixture
def printed(run, monkeypatch, tmp_path):
    """Run a command on a terminal of so many columns; give what it prints there, without a limit of lines."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EXPERT_RULES", "named.yaml")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("LINES", "10000")
    monkeypatch.setattr(recommendation_text, "SCREEN", 10000)
    files = {"named.yaml": NAMED, "newer.yaml": NEWER, "far.yaml": FAR, "near.yaml": NEAR, "table.csv": TABLE}
    for name, text in (files | {"broken.yaml": "qx_rain: ["}).items():
        Path(name).write_text(text)
    monkeypatch.setenv("COLUMNS", "80")
    run("recommend", "far.yaml", "--save", "decision.yaml")

    def printed(words, columns):
        monkeypatch.setenv("COLUMNS", str(columns))
        for stream in (sys.stdout, sys.stderr):
            monkeypatch.setattr(stream, "isatty", lambda: True)
        result = run(*words.split())
        return result.out + result.err

    return printed


@pytest.mark.parametrize("words", COMMANDS)
def test_at_50_columns_no_word_is_broken_and_bullets_keep_their_indent(printed, words):
    narrow, wide = (printed(words, columns) for columns in (50, 100))
    assert set(WORD.findall(narrow)) <= {*WORD.findall(wide), *JOINING, *COUNTED}
    assert [line for line in narrow.splitlines() if len(line) > 50 and len(line.split()) > 1] == []
    starts = {line.split()[0] for line in wide.splitlines() if line.strip()}
    for before, line in pairwise(narrow.splitlines()):
        if BULLET.match(before) and line.strip() and line.split()[0] not in starts:
            assert _indent(line) > _indent(before), line


def _indent(line):
    return len(line) - len(line.lstrip())


def test_messages_of_one_long_word_stay_whole(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    name = "far/away/" * 10 + "facts.yaml"
    assert run("recommend", name).err == f"error:\n  {name}:\n  cannot be read: No such file or directory\n"
