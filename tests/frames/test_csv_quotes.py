"""CSV is written as Polars does by itself, whether or not its texts are looked through for what needs quotes."""

import gzip
import json
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert.frames.csv_quotes import quote_style
from expert.frames.decider import Decider
from expert.frames.files import decide, scan
from expert.frames.invalid_values import Invalid
from expert.frames.output_columns import Extras
from expert.knowledge.loading.knowledge_base_file import load_bytes
from tests.examples import examples

RULES = """\
knowledge_base: dinner
goal: dish
attributes:
  dish: {{choices: [{dish}, rice]}}
  hungry: {{question: Are you hungry?}}
rules:
  hungry: {{if: {{hungry: yes}}, then: {{dish: {dish}}}, because: It fills.}}
"""
HEADER = b"hungry,note\n"
PLAIN = [b"yes,a b\n", b"no, a \n", b",\n", b"yes,\r\n", b"\n", b"yes,'#a\n", b"yes\n", b"no,\xe2\x80\xa8\n"]
UNUSUAL = [b"yes,a\rb\n", b"no,a\r\r\n", b'yes,"a, b"\n', b'no,""\n', b'"yes",a\n', b'no,"a\nb"\n']


def model(dish="soup"):
    return load_bytes(RULES.format(dish=json.dumps(dish)).encode(), "dish.yaml")


def usual(table, knowledge_base, **options):
    """Decide a file, and give what Polars writes by itself."""
    invalid = Invalid(options.pop("invalid", "raise"))
    prefix = options.pop("prefix", "")
    expected = table.with_name("expected.csv")
    Decider(knowledge_base).decide(scan([table]), Extras(**options), prefix, invalid).sink_csv(expected)
    return expected.read_bytes()


def written(table, knowledge_base, **options):
    """Decide a file, and give what is written."""
    out = table.with_name("out.csv")
    decide(knowledge_base, scan([table]), out, **options, tables=[table])
    return out.read_bytes()


def style(table, knowledge_base, prefix="", invalid="raise", **options):
    """Decide a file, and tell whether it is written without looking for what needs quotes."""
    frame = scan([table])
    decided = Decider(knowledge_base).decide(frame, Extras(**options), prefix, Invalid(invalid))
    return quote_style(decided, frame.collect_schema(), [str(table)])


@settings(max_examples=examples(100))
@given(st.lists(st.sampled_from(PLAIN * 3 + UNUSUAL), max_size=5))
def test_any_csv_is_written_as_polars_writes_it(lines):
    with TemporaryDirectory() as folder:
        table = Path(folder, "given.csv")
        table.write_bytes(HEADER + b"".join(lines))
        assert written(table, model()) == usual(table, model())


@pytest.mark.parametrize("line", PLAIN)
def test_a_file_without_quotes_is_not_looked_through_for_them(tmp_path, line):
    table = tmp_path / "given.csv"
    table.write_bytes(HEADER + line)
    assert style(table, model()) == "never"


@pytest.mark.parametrize("line", UNUSUAL)
def test_a_file_with_quotes_or_odd_ends_of_lines_is(tmp_path, line):
    table = tmp_path / "given.csv"
    table.write_bytes(HEADER + line)
    assert style(table, model()) == "necessary"


@pytest.mark.parametrize(
    ("dish", "options", "expected"),
    [
        ("soup", {}, "never"),
        ("soup", {"certainties": True, "stamp": True, "prefix": "x."}, "never"),
        ("soup", {"rules": True}, "necessary"),
        ("soup", {"invalid": "mark"}, "necessary"),
        ("soup", {"prefix": "a,b"}, "necessary"),
        ('so "called" soup', {}, "necessary"),
        ("soup, hot", {}, "necessary"),
        ("hot\nsoup", {}, "necessary"),
        ("hot\rsoup", {}, "necessary"),
    ],
)
def test_answers_get_the_quotes_that_they_need(tmp_path, dish, options, expected):
    table = tmp_path / "given.csv"
    table.write_bytes(HEADER + b"".join(PLAIN))
    knowledge_base = model(dish)
    assert style(table, knowledge_base, **options) == expected
    assert written(table, knowledge_base, **options) == usual(table, knowledge_base, **options)


@pytest.mark.parametrize("compress", [gzip.compress, zlib.compress])
def test_what_is_compressed_may_have_quotes(tmp_path, compress):
    table = tmp_path / "given.csv"
    table.write_bytes(compress(HEADER + b'yes,"a, b"\n'))
    assert style(table, model()) == "necessary"
    assert written(table, model()) == usual(table, model())


def test_parquet_may_have_any_text(tmp_path):
    table = tmp_path / "given.parquet"
    pl.DataFrame({"hungry": ["yes"], "note": ["a, b"]}).write_parquet(table)
    assert style(table, model()) == "necessary"
    assert written(table, model()) == usual(table, model())
