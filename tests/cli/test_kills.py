"""A process that is killed while it writes leaves what was there, or the whole of what is new."""

import signal
import subprocess
import sys
import time

import polars as pl

from tests.cli.test_process import EXPERT

KILLS = 8

REWRITE = """
import sys
from expert.knowledge.atomic_files import whole_file
print("ready", flush=True)
while True:
    for letter in "ab":
        with whole_file(sys.argv[1]) as temporary:
            temporary.write_text(letter * 1_000_000)
"""


def test_no_file_is_torn_by_a_kill(tmp_path):
    path = tmp_path / "file"
    found = set()
    for kill in range(KILLS):
        with subprocess.Popen([sys.executable, "-c", REWRITE, path], stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            time.sleep(0.02 + 0.013 * kill)
            process.kill()
            assert process.wait() == -signal.SIGKILL
        if path.exists():
            text = path.read_text()
            assert text in ("a" * 1_000_000, "b" * 1_000_000)
            found.add(text[0])
    assert found


def test_a_table_stays_as_it_was_when_deciding_anew_is_killed(tmp_path):
    table, out = tmp_path / "t.parquet", tmp_path / "out" / "o.csv"
    out.parent.mkdir()
    out.write_text("before")
    sizes = pl.Series(["small", "large", None]).sample(3_000_000, with_replacement=True, seed=1)
    pl.select(dataset_size=sizes, id=pl.int_range(len(sizes)).shuffle(seed=1)).write_parquet(table)
    for _ in range(2):
        with subprocess.Popen([*EXPERT, "decide", table, "--out", out]) as process:
            while not any(file.stat().st_size for file in out.parent.iterdir() if file != out):
                assert process.poll() is None
                time.sleep(0.005)
            process.kill()
            assert process.wait() == -signal.SIGKILL
        assert out.read_text() == "before"
        for left in set(out.parent.iterdir()) - {out}:
            left.unlink()
