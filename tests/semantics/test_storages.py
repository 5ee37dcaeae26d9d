"""The same table decides alike to the last bit, however a library stores it, and comes back as it was."""

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from polars.testing import assert_frame_equal

from expert import KnowledgeBase
from tests.semantics.frame_libraries import AS_GIVEN, to_polars

ROWS = {
    "project": ["first", "second", "third", "fourth", "fifth", "sixth"],
    "dataset_size": ["small", "large", None, "unknown", "large", "small"],
    "network": ["simple", None, "complex", "Unknown", "simple", "simple"],
    "training_examples": [None, 2_000_000, 5, 10, None, 7],
    "flexibility": ["YES", "no", "true", None, "False", "yes"],
    "flexibility.certainty": [0.3, None, 1.0, -0.74, 0.1, 1.0],
    "object_detection": [None, True, False, True, None, True],
    "added": [1, 2, 3, 4, 5, 6],
}
FRAME = pl.DataFrame(ROWS)
EVERYTHING = {"certainties": True, "derived": True, "rules": True, "prefix": "x."}


def arrow(dtype):
    """Give texts a type of Arrow."""

    def stored(frame):
        table = frame.to_arrow()
        texts = [field.name for field in table.schema if pa.types.is_large_string(field.type)]
        for name in texts:
            column = table[name].cast(pa.string())
            column = pc.dictionary_encode(column) if dtype == "dictionary" else column.cast(dtype)
            table = table.set_column(table.schema.get_field_index(name), name, column)
        return table

    return stored


def pandas(dtype):
    """Give texts a type of pandas, and keep an index of one's own."""

    def stored(frame):
        given = frame.to_pandas(use_pyarrow_extension_array=True).convert_dtypes()
        texts = dict.fromkeys(frame.select(pl.col(pl.String)).columns, dtype)
        return given.astype(texts).set_axis([f"row {row}" for row in range(0, -len(given), -1)])

    return stored


def enum_of_duckdb(frame):
    texts = frame.select(pl.col(pl.String)).columns
    table = duckdb.from_arrow(frame.to_arrow())
    names = [f'CAST("{name}" AS ENUM({_listed(frame[name])})) AS "{name}"' for name in texts]
    return table.project(f"* REPLACE ({', '.join(names)})")


def _listed(texts):
    return ", ".join(f"'{text}'" for text in texts.drop_nulls().unique().sort()) or "'nothing'"


def _halves(frame):
    return [frame[: len(frame) // 2], frame[len(frame) // 2 :]]


STORED = AS_GIVEN | {
    "polars categories": lambda frame: frame.cast({pl.String: pl.Categorical}),
    "polars chunks": lambda frame: pl.concat(_halves(frame), rechunk=False),
    "polars slice": lambda frame: pl.concat([frame[:2], frame])[2:],
    "pyarrow string": arrow(pa.string()),
    "pyarrow string_view": arrow(pa.string_view()),
    "pyarrow dictionary": arrow("dictionary"),
    "pyarrow chunks": lambda frame: pa.concat_tables([part.to_arrow() for part in _halves(frame)]),
    "pyarrow slice": lambda frame: pa.concat_tables([frame[:2].to_arrow(), frame.to_arrow()]).slice(2),
    "pandas category": pandas("category"),
    "pandas string of Python": pandas("string[python]"),
    "pandas string of Arrow": pandas("string[pyarrow]"),
    "pandas dictionary of Arrow": pandas(pd.ArrowDtype(pa.dictionary(pa.int8(), pa.string()))),
    "pandas string_view of Arrow": pandas(pd.ArrowDtype(pa.string_view())),
    "pandas objects": pandas(object),
    "pandas slice": lambda frame: pd.concat([frame[:2].to_pandas(), frame.to_pandas()])[2:],
    "duckdb enum": enum_of_duckdb,
}


@pytest.fixture(scope="module")
def article():
    return KnowledgeBase.load()


@pytest.mark.parametrize("rows", [len(FRAME), 0])
@pytest.mark.parametrize("storage", STORED)
def test_a_table_decides_alike_however_it_is_stored(article, storage, rows):
    frame = FRAME.head(rows)
    expected = article.decide(frame, **EVERYTHING)[:, frame.width :].cast({pl.Enum: pl.String})
    given = STORED[storage](frame)
    decided = article.decide(given, **EVERYTHING)
    found = to_polars(decided)
    assert found.columns == [*frame.columns, *expected.columns]
    off = 1e-12 if "duckdb" in storage else 0  # which rounds in its own way
    answers = found.select(expected.columns).cast({pl.Enum: pl.String})
    if rows or not isinstance(decided, pd.DataFrame):  # a column of pandas without rows may have any type
        assert_frame_equal(answers, expected, rel_tol=0, abs_tol=off)
    assert found["project"].cast(pl.String).to_list() == frame["project"].to_list()
    if isinstance(given, pd.DataFrame):
        assert decided.index.equals(given.index)
        assert decided[given.columns].dtypes.equals(given.dtypes)
    elif isinstance(given, pa.Table):
        assert decided.select(given.column_names).equals(given)
