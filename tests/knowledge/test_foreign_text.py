import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert.knowledge.foreign_text import shown, visible


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain", "plain"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("a\nb\tc", r"a\nb\tc"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("\u2066\u2069\u200e\u200f", r"\u2066\u2069\u200e\u200f"),
        ("\u2028", r"\u2028"),
        ("\x9b31m", r"\x9b31m"),
        ("\ud800", r"\ud800"),
        ("müde 👩‍💻 العربية", "müde 👩‍💻 العربية"),
    ],
)
def test_what_acts_on_a_terminal_is_written_out_and_what_reads_stays(text, seen):
    assert visible(text) == seen


@given(st.text(st.characters()))
def test_no_character_that_acts_on_a_terminal_is_left(text):
    categories = {unicodedata.category(char) for char in visible(text)}
    assert not categories & {"Cc", "Cs", "Zl", "Zp"}


def test_a_long_text_is_cut():
    assert shown("x" * 61) == "x" * 59 + "…"
    assert shown("x" * 60) == "x" * 60
