"""Spark reads and writes tables as Polars does."""

import io
import shutil
import time
from pathlib import Path, PurePosixPath
from unittest.mock import Mock

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from expert import InputError
from expert.frames import files as by_polars
from expert.frames.spark_files import _whole_folder, reporting, scan, watching, write

pytestmark = pytest.mark.xdist_group("spark")  # one process, so that one cluster and one session are started

TABLE = pl.DataFrame(
    {
        "dataset_size": ["small", None, "", "large"],
        "b.note": ['two\nlines, "quoted"', " blanks ", "\\", None],
        "a_number": ["1.10", "x", "-2e5", None],
    }
)


def save(path, table=TABLE):
    by_polars.write(table.lazy(), path)
    return path


@pytest.mark.parametrize("ending", ["parquet", "csv", "ndjson"])
def test_what_polars_writes_spark_reads_and_writes_again(spark, tmp_path, ending):
    there, back = save(tmp_path / f"there.{ending}"), tmp_path / f"back.{ending}"
    frame = scan(spark, [there])
    assert [tuple(row) for row in frame.collect()] == TABLE.rows()
    write(frame, back)
    assert_frame_equal(by_polars.scan([back]).collect(), TABLE)
    assert sorted(path.name for path in tmp_path.iterdir()) == [back.name, there.name]


def test_several_tables_and_patterns_are_read(spark, tmp_path):
    first, second = save(tmp_path / "a.csv"), save(tmp_path / "b.csv", TABLE.head(1))
    assert scan(spark, [first, second]).count() == scan(spark, [tmp_path / "*.csv"]).count() == 5


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"t.parquet": b"PAR1 nonsense"}, "t.parquet"),
        ({"t.csv": b"a,b\n1,2,3\n"}, "Malformed CSV record: 1,2,3"),
        ({"t.csv": b'a,b,"a"\n1,2,3\n'}, "t.csv:1:1: has two columns 'a'"),
        ({"a.csv": b"a,b\n1,2\n", "b.csv": b"a,c\n1,2\n"}, "b.csv"),
        ({"t.ndjson": b"{"}, "Malformed"),
        ({}, "Path does not exist"),
        ({"a.csv": b"", "b.parquet": b""}, "all tables must be of one kind, not CSV and Parquet"),
        ({"t.txt": b""}, "is not a table: its name must end in"),
    ],
)
def test_what_is_no_table_is_refused(spark, tmp_path, tables, message):
    for name, content in tables.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as error, reporting(io.BytesIO()):
        scan(spark, [tmp_path / name for name in tables or ["none.csv"]]).collect()
    assert message in str(error.value)
    assert len(str(error.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "columns"),
    [
        ('{"b`c": 1, "a.b": 2}\n', ["b`c", "a.b"]),
        ("{'b': 1, 'a': 2}\n", ["a", "b"]),
        ('\n{"b": 1, "a": 2}\n', ["a", "b"]),
        ('\ufeff{"b": 1, "a": 2}\n', ["b", "a"]),
        ('null\n{"b": 1, "a": 2}\n', ["a", "b"]),
        ('[{"b": 1, "a": 2}]\n', ["a", "b"]),
    ],
)
def test_columns_come_in_the_order_of_the_first_row_or_else_of_spark(spark, tmp_path, content, columns):
    path = tmp_path / "t.ndjson"
    path.write_text(content)
    assert scan(spark, [path]).columns == columns


def test_a_failure_on_the_way_leaves_what_was_there(spark, tmp_path):
    out = save(tmp_path / "out.parquet")
    before = out.read_bytes()

    def fail(batches):
        yield from batches
        raise ValueError("no more")

    frame = spark.range(10)
    with pytest.raises(InputError, match="Spark: ValueError: no more"), reporting(io.BytesIO()):
        write(frame.mapInArrow(fail, frame.schema), out)
    assert out.read_bytes() == before
    assert list(tmp_path.iterdir()) == [out]


def test_what_was_there_is_replaced(spark, tmp_path):
    out = save(tmp_path / "out.parquet")
    for count in (2, 3):
        write(spark.range(count), out)
        assert by_polars.scan([out]).select(pl.len()).collect().item() == count
        assert list(tmp_path.iterdir()) == [out]


class StubbornFileSystem:
    """Moves a folder into one that is there, as HDFS does; and none to another name that ends in `.old`."""

    @staticmethod
    def exists(path):
        return Path(path).exists()

    @staticmethod
    def rename(source, target):
        if target.name.endswith(".old"):
            return False
        Path(source).rename(Path(target, source.name) if Path(target).is_dir() else target)
        return True

    @staticmethod
    def delete(path, recursive):
        shutil.rmtree(path, ignore_errors=True)


HADOOP = {
    "getParent": lambda path: path.parent,
    "getName": lambda path: path.name,
    "toString": PurePosixPath.__str__,
    "getFileSystem": lambda path, configuration: StubbornFileSystem,
}


def test_what_was_there_and_cannot_be_moved_away_stays_and_is_reported(tmp_path):
    out = tmp_path / "out.parquet"
    out.mkdir()
    spark = Mock()
    spark._jvm.org.apache.hadoop.fs.Path = type("HadoopPath", (PurePosixPath,), HADOOP)
    with pytest.raises(InputError, match=r"out\.parquet: cannot be written"), _whole_folder(spark, out) as temporary:
        Path(temporary).mkdir()
    assert list(tmp_path.rglob("*")) == [out]


def test_a_place_that_cannot_be_written_is_refused(spark, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError), reporting(io.BytesIO()):
        write(spark.range(2), tmp_path / "file" / "out.parquet")


def test_tasks_are_counted_as_they_are_done(spark, tmp_path):
    def slowly(batches):
        time.sleep(0.6)
        yield from batches

    frame = spark.range(0, 40, numPartitions=4)
    counts = []
    with watching(spark, lambda done, of: counts.append((done, of))):
        write(frame.mapInArrow(slowly, frame.schema), tmp_path / "out.csv")
    assert {of for _, of in counts} == {4}
    assert sorted(counts) == counts
