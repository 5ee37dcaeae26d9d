"""The command line as a process of its own: pipes, signals, colour, imports, hash seeds, another language."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import polars as pl
import pytest

EXPERT = [sys.executable, "-m", "expert"]
FACTS = "docs/examples/detector.yaml"


UNMEASURED = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
"""An environment in which no coverage is measured, since measuring imports modules of its own."""


def output(*words, **environment):
    done = subprocess.run(
        [*EXPERT, *words], capture_output=True, check=True, env={**os.environ, **environment}, encoding="utf-8"
    )
    return done.stdout


def test_recommend_imports_only_what_it_needs():
    code = (
        "import sys\nfrom expert.cli import main\n"
        f"try: main(['recommend', {FACTS!r}])\n"
        "except SystemExit: pass\n"
        "print(*sorted(sys.modules), sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, env=UNMEASURED)
    modules = set(done.stdout.splitlines())
    assert "experta" in modules
    unwanted = {
        "asyncio", "difflib", "hashlib", "http", "importlib.metadata", "importlib.resources", "json", "narwhals",
        "networkx", "numpy", "pandas", "polars", "prompt_toolkit", "pyarrow", "pydantic", "requests", "rich", "shutil",
        "socket", "sqlite3", "ssl", "tempfile", "tomllib", "unittest", "xml",
    }  # fmt: skip
    assert modules & unwanted == set()


def test_tables_are_decided_without_the_engine():
    code = "import sys, expert.cli.decide, expert.inference.spark; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, env=UNMEASURED)
    assert {"experta", "polars", "narwhals"} & set(done.stdout.split()) == set()


def test_help_imports_neither_experta_nor_yaml():
    code = "import sys\nfrom expert.cli import main\ntry: main(['--help'])\nexcept SystemExit: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, env=UNMEASURED)
    assert not {"experta", "yaml"} & set(done.stdout.split())


def test_output_does_not_depend_on_the_hash_seed():
    outputs = {output("recommend", FACTS, *more, PYTHONHASHSEED=str(n)) for n in range(4) for more in ([], ["--json"])}
    assert len(outputs) == 2


def test_explanations_do_not_depend_on_the_hash_seed():
    words = ("explain", FACTS, "--why", "tensorflow", "--why-not", "pytorch", "--what-if", "dataset_size=small")
    assert len({output(*words, PYTHONHASHSEED=str(n)) for n in range(4)}) == 1


@pytest.mark.parametrize("kind", ["svg", "html", "dot", "mmd", "graphml", "json"])
def test_graphs_do_not_depend_on_the_hash_seed(kind):
    words = ("graph", FACTS, "--all", "--not-fired", "--out", "-", "--format", kind)
    assert len({output(*words, PYTHONHASHSEED=str(n)) for n in range(3)}) == 1


@pytest.mark.parametrize("words", [["rules", "list"], ["recommend", FACTS, "--json"], ["facts", "schema"]])
def test_a_closed_pipe_ends_quietly(words):
    with subprocess.Popen([*EXPERT, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert (process.stderr.read(), process.wait()) == (b"", 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_a_full_disk_is_reported():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*EXPERT, "recommend", FACTS], stdout=full, stderr=subprocess.PIPE, check=False)
    message = b"error: standard output: cannot be written: No space left on device\n"
    assert (done.returncode, done.stderr) == (2, message)


@pytest.mark.parametrize(
    ("command", "status"), [("ask <&-", 130), (f"recommend {FACTS} >&-", 0), ("recommend nowhere.yaml 2>&-", 2)]
)
def test_closed_streams_are_taken_as_empty(tmp_path, command, status):
    words = ["bash", "-c", f"{sys.executable} -m expert {command}"]
    done = subprocess.run(words, capture_output=True, check=False, env={**os.environ, "EXPERT_STATE": str(tmp_path)})
    assert done.returncode == status
    assert b"Traceback" not in done.stderr


def test_ctrl_c_ends_with_status_130_and_one_line():
    with subprocess.Popen(
        [*EXPERT, "recommend", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        time.sleep(1.5)  # until it waits for its standard input
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130
        assert (process.stdout.read(), process.stderr.read().strip()) == (b"", b"interrupted")


def test_ctrl_c_while_a_table_is_decided_leaves_nothing_but_one_line(tmp_path):
    table, out = tmp_path / "t.parquet", tmp_path / "out" / "o.csv"
    out.parent.mkdir()
    sizes = pl.Series(["small", "large", None]).sample(8_000_000, with_replacement=True, seed=1)
    pl.select(dataset_size=sizes, id=pl.int_range(len(sizes)).shuffle(seed=1)).write_parquet(table)
    for _ in range(3):
        words = [*EXPERT, "decide", table, "--out", out]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=UNMEASURED) as process:
            while not any(file.stat().st_size for file in out.parent.iterdir()):
                assert process.poll() is None
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=10) == 130
            assert (process.stdout.read(), process.stderr.read().strip()) == (b"", b"interrupted")
        assert list(out.parent.iterdir()) == []


def test_colour_is_for_terminals_alone_and_can_be_refused():
    def on_a_terminal(**environment):
        child = pexpect.spawn(EXPERT[0], [*EXPERT[1:], "recommend", FACTS], env={**os.environ, **environment})
        return child.read().decode()

    plain_environment = dict.fromkeys(("NO_COLOR", "FORCE_COLOR"), "")
    for name in plain_environment:
        os.environ.pop(name, None)
    assert "\x1b[" not in output("recommend", FACTS)
    assert "\x1b[32m" in on_a_terminal(TERM="xterm")
    assert "\x1b[" not in on_a_terminal(TERM="xterm", NO_COLOR="1")


def test_an_ascii_terminal_gets_no_traceback():
    done = subprocess.run(
        [*EXPERT, "recommend", FACTS],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"TensorFlow  ####################  +0.996" in done.stdout
