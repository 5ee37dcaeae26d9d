"""``expert decide --engine spark``, in a process of its own where it starts Spark."""

import os
import subprocess
import sys

import pexpect
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.spark_cluster import QUICK_START, needs_spark, quick_variables

pytestmark = pytest.mark.xdist_group("spark")  # one process, so that one cluster and one session are started

PROJECTS = (
    'project,dataset_size,flexibility,flexibility.certainty,note\na,small,,,"two\nlines, ""quoted"""\n'
    'b,,yes,0.5,""\nc,large,no,, blanks \n'
)


@pytest.fixture
def variables():
    """Make an environment in which Spark starts soon, and takes one core of a cluster."""
    settings = {
        "spark.cores.max": "1",
        "spark.executor.extraJavaOptions": QUICK_START,
        "spark.executor.memory": "600m",
    }
    return os.environ | quick_variables(**settings) | {"PYSPARK_PYTHON": sys.executable, "TERM": "xterm"}


def words_of(table, out, *options):
    return ["-m", "expert", "decide", str(table), "--out", str(out), "--engine", "spark", *options]


@pytest.fixture
def by_spark(variables):
    """Run ``expert decide --engine spark``."""

    def by_spark(*words):
        command = [sys.executable, *words_of(*words)]
        return subprocess.run(command, env=variables, capture_output=True, text=True, check=False, timeout=120)

    return by_spark


def test_a_table_is_decided_on_a_cluster_as_by_polars(run, variables, cluster, write, tmp_path):
    if cluster.is_busy:
        cluster.add_workers(2)  # the other session may take one, in place of one that was killed
    table, out = write("projects.csv", PROJECTS), tmp_path / "decided.csv"
    assert run("decide", table, "--out", out, "--add", "rules").status == 0
    expected = pl.read_csv(out)
    words = words_of(table, out, "--add", "rules", "--master", cluster.url)
    child = pexpect.spawn(sys.executable, words, env=variables, timeout=120)
    seen = child.read().decode().strip()
    child.close()
    assert (child.exitstatus, "Deciding" in seen, seen.count("\n")) == (0, True, 0), seen
    assert_frame_equal(pl.read_csv(out / "part-*.csv"), expected)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["decided.csv", "projects.csv"]
    assert run("recommend", out, "--row", 2).out.startswith("TensorFlow is recommended")


def test_on_this_machine_what_does_not_fit_stops_it_and_nothing_is_written(by_spark, write, tmp_path):
    needs_spark()
    table = write("bad.csv", "datasetsize\nsmall\n")
    done = by_spark(table, tmp_path / "out.parquet")
    message = "error: columns: no column matches an attribute; did you mean 'dataset_size'?\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)
    assert list(tmp_path.iterdir()) == [table]


def test_a_master_that_is_none_is_refused(by_spark, write, tmp_path):
    needs_spark()
    done = by_spark(write("t.csv", PROJECTS), tmp_path / "out.csv", "--master", "nonsense")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert done.stderr.startswith("error: Spark: ")
    assert "Master must" in done.stderr


def test_what_is_missing_is_named(run, monkeypatch):
    needs_spark()
    words = ("decide", "t.csv", "--out", "x.csv", "--engine", "spark")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    message = "needs Java 17 or later; there is no java on the PATH, and JAVA_HOME is not set"
    assert run(*words) == (2, "", f"error: --engine spark: {message}\n")
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    assert run(*words).err == "error: --engine spark: needs Java 17 or later; JAVA_HOME is /nowhere\n"
    monkeypatch.setitem(sys.modules, "pyspark", None)
    message = "needs PySpark; install it with: pip install 'framework-expert[spark]'"
    assert run(*words) == (2, "", f"error: --engine spark: {message}\n")


def test_a_master_goes_with_spark(run):
    result = run("decide", "t.csv", "--out", "x.csv", "--master", "local[2]")
    assert (result.status, result.out) == (2, "")
    assert "--master needs --engine spark" in result.err
