"""Columns of computed numbers have the bits of `Formula.value`."""

import struct

import duckdb
import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert.frames.adapters import opened
from expert.frames.formula_columns import formula_column
from expert.knowledge.loading.formula_grammar import read_formula
from tests.formulas import INPUTS, NUMBERS, texts

HARD = [
    (None, 1.0), (1.0, None), (None, None), (0.0, 0.0), (-0.0, 0.0), (0.0, -0.0), (-0.0, -5.0), (1.0, 0.0), (1.0, -0.0),
    (1e308, 10.0), (-1e308, 10.0), (1e308, 1e-300), (5e-324, 0.5), (1 / 1024, 1.0), (-1 / 1024, 1.0), (3 / 1024, -2.0),
    (1.0, 3.0), (2.0, 3.0), (0.3, 1.0), (0.7, 100.1), (9_007_198.9, 1.0), (-9_007_198.9, 1.0), (9_007_199.0, 1.0),
    (2.0**53, 3.0), (12_000.0, 40_000.0), (5e-10, -1.0), (1.7976931348623157e308, -1.0), (-7.0, 7.0),
    (float("inf"), 2.0), (2.0, float("inf")), (float("nan"), 1.0),
]  # fmt: skip
FORMULAS = [
    "a", "-a", "a + b", "a - b", "a * b", "a / b", "a / 3", "1 / b", "a / (b * 10)", "1 / (a * 10)", "a / b / b",
    "a / (a / (b / a))", "min(a, b)", "max(a, b, 1)", "min(a * 10, 1)", "max(a / b, 3)", "min(a / b, a - b) * b",
    "a + 1 / 0", "2 / 3", "1 / 0", "-max(a, -3) / 7", "max(b)",
]  # fmt: skip


def bits(number):
    return None if number is None else struct.pack(">d", number)


def expected(text, rows):
    formula = read_formula(text)
    given_numbers = [{name: number for name, number in row.items() if number is not None} for row in rows]
    return [bits(formula.value(numbers)) for numbers in given_numbers]


def computed(text, frame):
    """Compute a column of a frame of any library, and give its bits."""
    return all_computed([text], frame)[text]


def all_computed(formulas, frame):
    found = opened(frame)
    columns = {name: found.dialect.decimal(name, dtype) for name, dtype in found.schema.items()}
    exprs = [formula_column(read_formula(text), columns, found.dialect).alias(text) for text in formulas]
    decided = found.table.select(found.dialect.col("row"), *exprs)
    decided = decided.to_native() if isinstance(decided, nw.LazyFrame) else decided
    if hasattr(decided, "toArrow"):
        decided = pl.from_arrow(decided.toArrow())
    elif isinstance(decided, duckdb.DuckDBPyRelation):
        decided = pl.DataFrame(decided.to_arrow_table())
    return {text: list(map(bits, decided.sort("row")[text])) for text in formulas}


def frame_of(rows):
    names = {name: pl.Float64 for row in rows for name in row}
    return pl.DataFrame(rows, schema=names).with_columns(row=pl.int_range(pl.len()))


HARD_ROWS = [{"a": a, "b": b} for a, b in HARD]


@given(
    texts(),
    st.lists(st.fixed_dictionaries({name: st.none() | NUMBERS.map(float) for name in INPUTS}), min_size=1, max_size=5),
)
def test_columns_of_polars_have_the_bits_of_values(text, rows):
    assert computed(text, frame_of(rows)) == expected(text, rows)


@given(texts(), st.fixed_dictionaries({name: NUMBERS.map(float) for name in INPUTS}), st.sets(st.sampled_from(INPUTS)))
def test_columns_that_are_the_same_in_all_rows_are_divided_by_exactly(text, row, constant):
    rows = [row, row]
    same = frame_of(rows).with_columns(pl.lit(row[name]).alias(name) for name in constant)
    assert computed(text, same) == expected(text, rows)


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("library", ["polars", "duckdb"])
def test_hard_cases_have_the_bits_of_values(library, text):
    frame = frame_of(HARD_ROWS)
    given_frame = frame if library == "polars" else duckdb.from_arrow(frame.to_arrow())
    assert computed(text, given_frame) == expected(text, HARD_ROWS)


@pytest.mark.xdist_group("spark")
def test_hard_cases_have_the_bits_of_values_on_spark(spark):
    frame = spark.createDataFrame(frame_of(HARD_ROWS).to_arrow())
    formulas = [text for text in FORMULAS if text.count("/") < 2]  # each division doubles what Spark has to plan
    assert all_computed(formulas, frame) == {text: expected(text, HARD_ROWS) for text in formulas}


def test_whole_numbers_in_a_column_are_computed_with_in_double_precision():
    rows = [{"a": 2**60 + 1, "b": 3}, {"a": 7, "b": 0}]
    assert computed("a / b", pl.DataFrame(rows).with_row_index("row")) == expected("a / b", rows)


@pytest.mark.parametrize(
    "text",
    ["a" + " + b" * 200, "a" + " / b" * 200, "a / (" * 60 + "b" + ")" * 60, "min(a, b * " * 60 + "b" + ")" * 60],
)
def test_long_and_deep_formulas_are_computed(text):
    rows = [{"a": 0.5, "b": 1.25}, {"a": None, "b": 2.0}]
    assert computed(text, frame_of(rows)) == expected(text, rows)
