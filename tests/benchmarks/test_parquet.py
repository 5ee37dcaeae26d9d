"""The peak memory of a process is its own."""

import sys

import polars as pl
import pytest

from benchmarks.parquet import measure, peak


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read as Linux gives it")
def test_the_peak_is_not_that_of_the_process_which_measures(tmp_path):
    folder = tmp_path / "table"
    folder.mkdir()
    pl.DataFrame({"a": [1, 2]}).write_parquet(folder / "t.parquet")
    large = b"1" * 500_000_000
    _, megabytes = measure("copy", folder)
    assert 0 < megabytes < 400 < len(large) / 2**20 < peak()
