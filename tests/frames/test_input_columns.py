"""What a column's cell is read as, whatever library and type it comes in: as a consultation reads the same value."""

import datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import InputError, KnowledgeBase
from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.numbers import read_number
from tests.examples import examples
from tests.semantics.frame_libraries import AS_GIVEN, to_polars

KNOWLEDGE_BASE = b"""\
knowledge_base: k
goal: g
attributes:
  g: {choices: [a, b]}
  some: {question: Which?, choices: [small, "2", "2.5", "1.50", "true", 2026-01-01]}
  sure: {question: Is it?}
  count: {question: How many?, number: {unit: pieces, at_most: 1e6}}
rules:
  some: {if: {some: small}, then: {g: {a: 0.5}}}
  some-known: {if: {some: {not: small}}, then: {g: {b: 0.3}}}
  sure: {if: {sure: yes}, then: {g: {a: 0.6}}}
  count: {if: {count: {at_least: 2}}, then: {g: {a: 0.7}}}
  count-unknown: {if: {count: unknown, sure: unknown}, then: {g: {b: 0.4}}}
"""
CELLS = {
    "text": ["small", "unknown", "Unknown", "2", "yes", "TRUE", "x", "", "0.5", " "],
    "coded text": pl.Series(["small", "UNKNOWN", "yes", "x", "0.5"], dtype=pl.Categorical),
    "integer": [2, 3, -1, 10**7],
    "small integer": pl.Series([1, 2], dtype=pl.Int8),
    "float": [2.5, 2.0, 0.5, -0.5, float("inf")],
    "decimal": [Decimal("1.50"), Decimal("0.50"), Decimal("2.50")],
    "boolean": [True, False],
    "date": [datetime.date(2026, 1, 1), datetime.date(2026, 1, 2)],
    "nothing": [None],
    "moment": [datetime.datetime(2026, 1, 1)],
    "time": [datetime.time(9, 30)],
    "duration": [datetime.timedelta(1)],
    "bytes": [b"small", b"1"],
    "list": [["small"], [1]],
    "struct": [{"small": 1}],
}


@pytest.fixture(scope="module")
def knowledge_base():
    return KnowledgeBase(load_bytes(KNOWLEDGE_BASE, "k.yaml"))


def consulted(knowledge_base, facts):
    """Say what a consultation finds; None where it refuses the facts."""
    try:
        found = knowledge_base.consult(facts)
    except InputError:
        return None
    return found.recommendation, found.outcome, found.ranking[0].certainty


def cells_of(frame, name, cells):
    """Give the cells of a column as a library has them: pandas has dates as moments, for one."""
    if isinstance(frame, pd.DataFrame):
        cells = [cell if cell is None else frame[name].iloc[row] for row, cell in enumerate(cells)]
    return [bool(cell) if isinstance(cell, np.bool_) else cell for cell in cells]


def decided(knowledge_base, frame, invalid):
    """Say what deciding finds in each row; None where the row is refused, and None alone where the frame is."""
    try:
        answers = knowledge_base.decide(frame, invalid=invalid)
        answers = answers.collect() if isinstance(answers, pl.LazyFrame) else answers
        if isinstance(answers, pd.DataFrame):  # whose other columns may hold what Polars does not
            answers = answers[answers.columns.difference(frame.columns)]
        found = to_polars(answers).to_dicts()
    except InputError as error:
        refused = str(error)
    else:
        refused = ""
    if refused:
        assert refused.startswith("column '")
        assert refused.isprintable()
        return None
    return [answer_in(row) for row in found]


def answer_in(found):
    if found.get("problem"):
        assert found["recommendation"] is found["outcome"] is found["certainty"] is None
        return None
    return found["recommendation"], found["outcome"], pytest.approx(found["certainty"], rel=0, abs=1e-12)


@pytest.mark.parametrize("invalid", ["raise", "mark"])
@pytest.mark.parametrize("kind", CELLS)
@pytest.mark.parametrize("library", AS_GIVEN)
def test_what_a_consultation_admits_is_admitted_and_nothing_else(knowledge_base, library, kind, invalid):
    series = CELLS[kind] if isinstance(CELLS[kind], pl.Series) else pl.Series(CELLS[kind])
    # What is marked is marked row by row; what is refused is refused for one bad cell, so each has a frame of its own.
    frames = [series] if invalid == "mark" else [series.gather([position]) for position in range(len(series))]
    for cells in frames:
        for name in ("some", "sure", "count"):
            frame = AS_GIVEN[library](pl.DataFrame([cells.alias(name)]))
            expected = [consulted(knowledge_base, {name: cell}) for cell in cells_of(frame, name, cells)]
            found = decided(knowledge_base, frame, invalid) or [None] * len(cells)
            assert expected == found, (name, *cells)
        if kind != "nothing":
            sure = pl.Series("sure", ["yes"] * len(cells))
            frame = AS_GIVEN[library](pl.DataFrame([sure, cells.alias("sure.certainty")]))
            certainties = cells_of(frame, "sure.certainty", cells)
            expected = [consulted(knowledge_base, {"sure": {"value": "yes", "certainty": c}}) for c in certainties]
            found = decided(knowledge_base, frame, invalid) or [None] * len(cells)
            assert expected == found, ("certainty", *cells)


@pytest.mark.parametrize("invalid", ["raise", "mark"])
@pytest.mark.parametrize(
    "cell",
    [
        *(
            "small",
            "2",
            2,
            2.5,
            True,
            np.True_,
            np.int8(2),
            np.float32(2.5),
            Decimal("1.50"),
            datetime.date(2026, 1, 1),
        ),
        *(None, pd.NA, float("nan"), b"small", ["small"], {"small": 1}, object(), "half \ud800", 10**5000, 1j),
    ],
    ids=lambda cell: type(cell).__name__,
)
def test_each_cell_of_a_mixed_pandas_column_is_read_as_a_consultation_would(knowledge_base, cell, invalid):
    is_missing = cell is None or cell is pd.NA or cell != cell
    for name in ("some", "sure", "count"):
        frame = pd.DataFrame({name: pd.Series([cell, "unknown"], dtype=object)}).head(1)
        expected = consulted(knowledge_base, {name: None if is_missing else cell})
        assert [expected] == (decided(knowledge_base, frame, invalid) or [None]), name


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA], ids=["None", "NaN", "NA"])
@pytest.mark.parametrize(
    "cells",
    [
        ["small", "2", "unknown"],
        [np.str_("small"), "2"],
        [2, 3, 10**14, 10**16, 10**30],
        [2.5, 2.0, 0.5, 1e14, 1e16, float("inf")],
        [True, False],
        [2, 2.0, True, "2", "true"],
        ["small", "half \ud800"],
        [Decimal("1.50"), datetime.date(2026, 1, 1), "small"],
    ],
    ids=["texts", "numpy's texts", "whole numbers", "numbers", "booleans", "equal ones", "half characters", "others"],
)
def test_columns_of_one_kind_of_object_are_read_cell_by_cell(knowledge_base, cells, missing):
    for name in ("some", "sure", "count"):
        frame = pd.DataFrame({name: pd.Series([*cells, missing], dtype=object)})
        expected = [consulted(knowledge_base, {name: cell}) for cell in [*cells, None]]
        assert expected == decided(knowledge_base, frame, "mark"), name


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical, pl.Enum], ids=str)
@pytest.mark.parametrize("many", [1, 40], ids=["once", "many times"])
def test_any_spelling_is_read_as_the_usual_one(knowledge_base, dtype, many):
    spellings = {
        "sure": ["yes", "Yes", "TRUE", "no", "fAlse", "unknown", "Unknown", "y", ""],
        "some": ["small", "Small"],
    }
    for name, texts in spellings.items():
        for cells in (texts, texts[:1], texts[::-1]):
            own = pl.Enum(pl.Series(cells).unique(maintain_order=True)) if dtype == pl.Enum else dtype
            frame = pl.concat([pl.DataFrame({name: pl.Series(cells, dtype=own)})] * many)
            expected = [consulted(knowledge_base, {name: cell}) for cell in cells * many]
            for table in (frame, frame.lazy()):
                assert expected == decided(knowledge_base, table, "mark")


NUMERALS = ["5", "-5", "+5", "12,000", "1_000", "1_000 pieces", " 5 ", "5 PIECES", "\u22125", "1e3", ".5", "5."]
NO_NUMERALS = ["nan", "inf", "x", "", "1e999", "\u0665", "1,5", "0x10", "5 things", "1e", "pieces", "5\u2028", "1 2"]


@pytest.mark.parametrize("library", AS_GIVEN)
def test_texts_are_numbers_by_the_one_grammar(knowledge_base, library):
    frame = AS_GIVEN[library](pl.DataFrame({"count": [*NUMERALS, *NO_NUMERALS, "unKNOWN", None]}))
    found = to_polars(knowledge_base.decide(frame, invalid="mark"))
    holds = [read_number(text, "pieces") >= 2 for text in NUMERALS]
    assert found["recommendation"].to_list()[: len(holds)] == ["a" if each else None for each in holds]
    expected = [f"count must be a number of pieces, at most 1000000, not '{text}'" for text in NO_NUMERALS]
    problems = [None] * len(NUMERALS) + expected + [None, None]
    assert found["problem"].to_list() == problems
    assert found["recommendation"].to_list()[-2:] == ["b", "b"]


NUMBERS = r"[-+\u2212]?[0-9,_.]{1,6}(e[-+\u2212]?[0-9]{1,2})?( ?pieces)?"


@settings(max_examples=examples(50))
@given(st.lists(st.from_regex(NUMBERS, fullmatch=True) | st.text(max_size=6), min_size=5, max_size=10))
def test_any_text_is_the_number_that_it_is_everywhere(texts):
    knowledge_base = KnowledgeBase(load_bytes(KNOWLEDGE_BASE, "k.yaml"))
    decided = knowledge_base.decide(pl.DataFrame({"count": texts}), invalid="mark").to_dicts()
    for text, found in zip(texts, decided, strict=True):
        if text.lower() == "unknown":
            continue
        try:
            number = read_number(text, "pieces")
        except ValueError:
            number = None
        assert (found["problem"] is None) == (number is not None and number <= 1e6)
        if found["problem"] is None:
            assert (found["recommendation"] == "a") == (number >= 2)


def test_choices_are_compared_in_one_normal_form():
    text = "knowledge_base: k\ngoal: g\nattributes: {g: {choices: [a]}, n: {question: How?, choices: [m\u00fcde, x]}}\n"
    rules = "rules: {r: {if: {n: m\u00fcde}, then: {g: a}}}"
    knowledge_base = KnowledgeBase(load_bytes(f"{text}{rules}".encode(), "k.yaml"))
    spellings = ["m\u00fcde", "mu\u0308de", "x"]
    for dtype in (pl.String, pl.Categorical, pl.Enum(spellings)):
        found = knowledge_base.decide(pl.DataFrame({"n": pl.Series(spellings, dtype=dtype)}))
        assert found["recommendation"].to_list() == ["a", "a", None]


def bounded(low, high):
    return KnowledgeBase(
        load_bytes(
            f"knowledge_base: k\ngoal: g\nattributes: {{g: {{choices: [a]}}, n: {{question: How?, number: {{}}}}}}\n"
            f"rules: {{r: {{if: {{n: {{at_least: {low!r}, at_most: {high!r}}}}}, then: {{g: a}}}}}}".encode(),
            "k.yaml",
        )
    )


def short_numbers(kind, count, seed=3):
    """Draw numbers of a short type: any bits, and decimals of few digits."""
    generator = np.random.default_rng(seed)
    bits = generator.integers(0, 2 ** (8 * kind().itemsize), count, dtype=np.uint64)
    drawn = bits.astype(f"u{kind().itemsize}").view(kind)
    decimals = np.array([0.74, 0.4, 0.1, 7.5e3, 1e-5, 343.12, *(generator.integers(1, 1000, count) / 100)]).astype(kind)
    return np.concatenate([drawn[np.isfinite(drawn)], decimals])


@pytest.mark.parametrize("kind", [np.float32, np.float16])
@pytest.mark.parametrize("library", ["polars", "polars lazy", "pandas", "pyarrow", "duckdb"])
def test_short_floats_are_their_shortest_decimals(library, kind):
    if library == "duckdb" and kind is np.float16:
        pytest.skip("DuckDB has no numbers of half precision")
    drawn = short_numbers(kind, 300)
    for number in drawn[:: len(drawn) // 8]:
        bound = float(str(number))
        exactly = bounded(bound, bound)
        frame = AS_GIVEN[library](pl.DataFrame({"n": pl.Series(drawn)}))
        found = to_polars(exactly.decide(frame))["recommendation"].to_list()
        assert found == ["a" if each == number else None for each in drawn], number
        assert exactly.consult({"n": number}).recommendation == "a"


def test_every_number_of_half_precision_is_its_shortest_decimal():
    from expert.frames.adapters.polars import POLARS

    every = np.arange(2**16, dtype=np.uint16).view(np.float16)
    every = every[np.isfinite(every)]
    found = pl.DataFrame({"n": every}).select(POLARS.decimal("n", pl.Float16)).to_series()
    assert found.to_list() == [float(str(number)) for number in every]


def test_certainties_of_single_precision_are_their_shortest_decimals(knowledge_base):
    certainties = pl.Series("sure.certainty", [0.7, 0.4, 0.1], dtype=pl.Float32)
    frame = pl.DataFrame([pl.Series("sure", ["yes"] * 3), certainties])
    expected = knowledge_base.decide(frame.cast({"sure.certainty": pl.String}))["certainty"]
    assert knowledge_base.decide(frame)["certainty"].to_list() == expected.to_list() == [0.42, 0.24, 0.0]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.DataFrame([["small", 1, 2]], columns=["some", "x", "x"]), "column 'x': duplicate name of a column"),
        (pd.DataFrame([["small", "2"]], columns=["some", "some"]), "column 'some': duplicate name of a column"),
        (pa.table([["small"], ["2"]], names=["some", "some"]), "column 'some': duplicate name of a column"),
        (pd.DataFrame([["small", 1]], columns=["some", 0]), "column '0': the name of a column must be text"),
        (pd.DataFrame([["small", 1]], columns=["some", None]), "the name of a column must be text"),
        (
            pd.DataFrame([["small"]], columns=pd.MultiIndex.from_tuples([("some", "x")])),
            "column '('some', 'x')': the name",
        ),
        (
            pd.DataFrame([["small", 1]], columns=pd.Index(["some", "\ud800"], dtype=object)),
            r"column '\ud800': the name of a column must be text",
        ),
        (pl.DataFrame({"\x1b[31m": [1]}), "columns: no column matches an attribute"),
        ([1, 2], "frame: is not a dataframe that can be decided: its type is list"),
        (pl.Series("some", ["small"]), "frame: is not a dataframe that can be decided: its type is Series"),
    ],
)
@pytest.mark.parametrize("invalid", ["raise", "mark"])
def test_names_are_checked_before_anything_runs(knowledge_base, frame, message, invalid):
    with pytest.raises(InputError) as error:
        knowledge_base.decide(frame, invalid=invalid)
    assert message in str(error.value)


def test_a_prefix_must_be_text(knowledge_base):
    with pytest.raises(InputError, match="the name of a column must be text"):
        knowledge_base.decide(pl.DataFrame({"some": ["small"]}), prefix="\ud800")


@pytest.mark.parametrize("invalid", ["Mark", "stop", "ignore", "", None, True])
def test_what_to_do_with_invalid_values_is_one_of_two_words(knowledge_base, invalid):
    with pytest.raises(InputError, match="invalid: must be 'raise' or 'mark', not '"):
        knowledge_base.decide(pl.DataFrame({"some": ["x"]}), invalid=invalid)


@pytest.mark.parametrize("library", AS_GIVEN)
def test_foreign_texts_in_messages_are_shown_not_sent(knowledge_base, library):
    frame = pl.DataFrame({"some": ["\x1b]0;title\x07\n" + "x" * 1000], "\x1b[31m": [1]})
    with pytest.raises(InputError) as error:
        to_polars(knowledge_base.decide(AS_GIVEN[library](frame)))
    assert r"\x1b]0;title\x07\n" in str(error.value)
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 300
