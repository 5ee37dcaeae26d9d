import polars as pl
import pytest

from expert import InputError
from expert.frames.files import count, row, scan, write
from expert.knowledge.numbers import read_number

TABLE = pl.DataFrame({"dataset_size": ["small", None, "large"], "version": ["1.10", "x", "2"]})


def save(path, frame=TABLE):
    {".parquet": frame.write_parquet, ".csv": frame.write_csv}.get(path.suffix, frame.write_ndjson)(path)
    return path


@pytest.mark.parametrize("ending", ["parquet", "csv", "ndjson", "jsonl"])
def test_what_is_written_can_be_read_again(tmp_path, ending):
    write(TABLE.lazy(), tmp_path / f"t.{ending}")
    assert scan([tmp_path / f"t.{ending}"]).collect().equals(TABLE)
    assert row(tmp_path / f"t.{ending}", 2) == {"dataset_size": "large", "version": "2"}
    assert [path.name for path in tmp_path.iterdir()] == [f"t.{ending}"]


def test_several_tables_and_patterns_are_read_one_after_the_other(tmp_path):
    first, second = save(tmp_path / "a.csv"), save(tmp_path / "b.csv", TABLE.head(1))
    assert scan([first, second]).collect().equals(pl.concat([TABLE, TABLE.head(1)]))
    assert scan([tmp_path / "*.csv"]).collect().height == 4
    assert count(scan([tmp_path / "*.csv"])) == 4
    (tmp_path / "deep" / "er").mkdir(parents=True)
    save(tmp_path / "deep" / "er" / "c.csv")
    assert count(scan([tmp_path / "**" / "*.csv"])) == 7


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_a_file_is_read_whose_name_looks_like_a_pattern(tmp_path, ending):
    save(tmp_path / f"t1.{ending}", TABLE.head(1))
    assert scan([save(tmp_path / f"t[1].{ending}")]).collect().equals(TABLE)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.csv", None, "none.csv: cannot be read as a table: "),
        ("t.txt", b"", "t.txt: is not a table: its name must end in .parquet, .csv, .ndjson or .jsonl"),
        ("t.parquet", b"PAR1 nonsense", "t.parquet: cannot be read as a table: "),
        ("t.csv", b"", "t.csv: cannot be read as a table: "),
        ("t.ndjson", b"{", "t.ndjson:1:1: is not a JSON object: "),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as error:
        scan([tmp_path / name]).collect()
    assert message in str(error.value)
    assert len(str(error.value).splitlines()) == 1


@pytest.mark.parametrize("names", [[], ["_SUCCESS", ".part.crc"]])
def test_a_folder_without_tables_is_refused(tmp_path, names):
    folder = tmp_path / "t.parquet"
    folder.mkdir()
    for name in names:
        (folder / name).write_text("x")
    with pytest.raises(InputError, match=r"t\.parquet: is a folder without tables$"):
        scan([folder])


def test_tables_of_two_kinds_are_refused(tmp_path):
    with pytest.raises(InputError, match="all tables must be of one kind, not CSV and Parquet"):
        scan([save(tmp_path / "a.csv"), save(tmp_path / "b.parquet")])


@pytest.mark.parametrize("number", [3, -1])
def test_a_row_that_is_not_there_is_refused(tmp_path, number):
    with pytest.raises(InputError, match=rf"t\.csv: has no row {number}; rows count from 0"):
        row(save(tmp_path / "t.csv"), number)


def test_a_failure_on_the_way_leaves_what_was_there(tmp_path):
    out = save(tmp_path / "out.csv")
    before = out.read_bytes()
    with pytest.raises(InputError, match="conversion"):
        write(TABLE.lazy().with_columns(pl.col("version").cast(pl.Int64)), out)
    assert out.read_bytes() == before
    assert list(tmp_path.iterdir()) == [out]


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(InputError, match=r"nowhere/t\.csv: cannot be written: there is no folder .*nowhere"):
        write(TABLE.lazy(), tmp_path / "nowhere" / "t.csv")


def test_rows_are_counted_as_they_go_by(tmp_path):
    counts = []
    write(TABLE.lazy(), tmp_path / "t.parquet", counts.append)
    assert sum(counts) == 3


def test_numbers_of_single_precision_are_taken_from_a_row_by_their_shortest_decimal(tmp_path):
    numbers = [0.74, 0.1, 16777216.0, 1e-9, 1e20, None]
    pl.DataFrame({"n": pl.Series(numbers, dtype=pl.Float32)}).write_parquet(tmp_path / "t.parquet")
    found = [row(tmp_path / "t.parquet", number)["n"] for number in range(len(numbers))]
    assert [text and read_number(text) for text in found] == numbers
