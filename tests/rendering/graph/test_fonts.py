"""Texts are measured and wrapped by the shipped fonts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert.rendering.graph.fonts import font_files, text_width, wrapped
from tests.nasty import TEXTS


def test_widths_are_those_of_the_font():
    # Liberation Sans, 2048 units to the em: K 1366, e 1139, r 682, a 1139, s 1024.
    assert text_width("Keras", 12) == pytest.approx(12 * (1366 + 1139 + 682 + 1139 + 1024) / 2048)


def test_bold_letters_are_wider():
    assert text_width("Keras", 12, bold=True) > text_width("Keras", 12)


def test_what_one_font_lacks_is_measured_by_another_or_taken_as_square():
    assert text_width("⊕", 10) == pytest.approx(8.38, abs=0.01)
    assert text_width("中", 10) == 10
    assert text_width("e\u0301", 10) == text_width("é", 10)


@given(st.text(max_size=200) | st.sampled_from(TEXTS), st.integers(60, 300))
def test_lines_fit_and_nothing_is_lost(text, width):
    lines = wrapped(text, width, 12)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line, 12) <= width for line in lines)


def test_words_stay_whole_where_they_fit():
    assert wrapped("a high-level interface is wanted", 90, 12) == ["a high-level", "interface is", "wanted"]


def test_long_names_break_at_their_signs():
    assert wrapped("customs_expressions_pytorch", 90, 12) == ["customs_", "expressions_", "pytorch"]


def test_a_file_keeps_its_kind_and_the_number_of_its_line():
    assert wrapped("windows-workstation.yaml:8", 110, 12) == ["windows-", "workstation.yaml:8"]


def test_characters_stay_with_what_changes_them():
    lines = wrapped("e\u0301" * 40 + "👩\u200d👧" * 10, 60, 12)
    assert not any(line[0] in "\u0301\u200d" or line.startswith("👧") for line in lines)


def test_an_empty_text_is_an_empty_line():
    assert wrapped(" \n ", 100, 12) == [""]


def test_the_fonts_are_shipped():
    assert [path.rpartition("/")[2] for path in font_files()] == [
        "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "DejaVuSans.ttf",
    ]  # fmt: skip
