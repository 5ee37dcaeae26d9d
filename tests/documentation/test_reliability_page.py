"""The page about reliability names tests that exist, and figures that they have."""

import re

from tests.documentation.pages import TOP
from tests.fuzz.__main__ import BYTES, MEGABYTES, RUNS, SECONDS
from tests.fuzz.readers import LONGEST
from tests.fuzz.test_fuzz import SHARE
from tests.growth import MOST

PAGE = (TOP / "docs" / "reliability.md").read_text(encoding="utf-8")


def test_every_promise_is_held_by_tests_that_exist():
    rows = re.findall(r"^\| (.+?) \| (.+?) \|.*\|$", PAGE, re.MULTILINE)[1:]
    assert len(rows) >= 10
    for promise, held in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)`", held)
        assert named, promise
        for name in named:
            assert "\ndef test_" in (TOP / name).read_text(encoding="utf-8"), name


def test_figures_are_those_of_the_tests():
    few = sum(int(runs * SHARE) for runs in RUNS.values())
    assert f"{few // 100 * 100:,} new inputs" in PAGE
    assert f"at most {LONGEST:,} characters" in PAGE
    assert f"{BYTES // 1024} KiB, take {SECONDS} seconds and {MEGABYTES // 1024} GiB" in PAGE
    assert f"at most {MOST} times the calls" in PAGE
