"""The command line as a process of its own: pipes, signals, colour, imports, hash seeds, another language."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pexpect
import polars as pl
import pytest

from docs.terminal import Terminal

EXPERT = [sys.executable, "-m", "expert"]
FACTS = "docs/examples/detector.yaml"


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
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    modules = set(done.stdout.splitlines())
    assert "experta" in modules
    unwanted = {
        "asyncio", "difflib", "filelock", "hashlib", "http", "importlib.metadata", "importlib.resources", "json",
        "narwhals", "networkx", "numpy", "pandas", "platformdirs", "polars", "prompt_toolkit", "pyarrow", "pydantic",
        "requests", "rich", "shutil", "socket", "sqlite3", "ssl", "tempfile", "tomllib", "unittest", "xml",
    }  # fmt: skip
    assert modules & unwanted == set()


def test_tables_are_decided_without_the_engine():
    code = "import sys, expert.cli.decide, expert.frames.adapters.spark; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert {"experta", "polars", "narwhals"} & set(done.stdout.split()) == set()


def test_help_imports_neither_experta_nor_yaml():
    code = "import sys\nfrom expert.cli import main\ntry: main(['--help'])\nexcept SystemExit: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
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


def test_interviews_do_not_depend_on_the_hash_seed(tmp_path):
    def asked(seed):
        out, state = tmp_path / f"{seed}.yaml", tmp_path / "state"
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "EXPERT_STATE": str(state)}
        words = [*EXPERT, "ask", "--out", out]
        done = subprocess.run(words, input=b"1\n" * 30, capture_output=True, check=True, env=environment)
        return done.stdout.replace(str(out).encode(), b""), out.read_bytes()

    assert len({asked(seed) for seed in range(3)}) == 1


def test_tables_do_not_depend_on_the_hash_seed(tmp_path):
    table, out = tmp_path / "t.csv", tmp_path / "o.ndjson"
    table.write_text("dataset_size,debugging\nsmall,yes\nlarge,no\n,yes\n")
    words = ("decide", table, "--out", out, "--add", "certainties", "--add", "derived", "--add", "rules")
    found = set()
    for seed in range(3):
        output(*words, PYTHONHASHSEED=str(seed))
        found.add(out.read_bytes())
    assert len(found) == 1


def test_a_comparison_does_not_depend_on_the_hash_seed(tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text("knowledge_base: other\nextends: article\nretire: {slow-keras: It is no slower.}\n")
    words = ("compare", "--with", other, "--json")
    assert len({output(*words, PYTHONHASHSEED=str(seed)) for seed in range(2)}) == 1


@pytest.mark.parametrize("words", [["rules", "list"], ["recommend", FACTS, "--json"], ["facts", "schema"]])
def test_a_closed_pipe_ends_quietly(words):
    with subprocess.Popen([*EXPERT, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert (process.stderr.read(), process.wait()) == (b"", 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize(
    "command",
    [
        f"recommend {FACTS}",
        f"explain {FACTS} --json",
        f"graph {FACTS} --out - --format svg",
        "facts template",
        "--help",
    ],
)
def test_a_full_disk_is_reported(command):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*EXPERT, *command.split()], stdout=full, stderr=subprocess.PIPE, check=False)
    message = b"error: standard output: cannot be written: No space left on device\n"
    assert (done.returncode, done.stderr) == (2, message)


@pytest.mark.parametrize(
    "command",
    [
        f"graph {FACTS} --out - --format svg",
        f"recommend {FACTS}",
        f"recommend {FACTS} --json",
        "rules list",
        "--version",
    ],
)
def test_what_would_be_written_to_a_closed_standard_output_is_not_lost_in_silence(command):
    words = ["bash", "-c", f"{sys.executable} -m expert {command} >&-"]
    done = subprocess.run(words, capture_output=True, check=False)
    message = b"error: standard output: cannot be written: Bad file descriptor\n"
    assert (done.returncode, done.stderr) == (2, message)


@pytest.mark.parametrize(
    ("command", "status"), [("ask <&-", 130), ("recommend nowhere.yaml 2>&-", 2), ("recommend nowhere.yaml >&-", 2)]
)
def test_other_closed_streams_are_taken_as_empty(tmp_path, command, status):
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


@pytest.fixture(scope="module")
def large_table(tmp_path_factory):
    """A table that takes some seconds to decide, all of them inside Polars."""
    table = tmp_path_factory.mktemp("large") / "t.parquet"
    sizes = pl.Series(["small", "large", None]).sample(8_000_000, with_replacement=True, seed=1)
    pl.select(dataset_size=sizes, id=pl.int_range(len(sizes)).shuffle(seed=1)).write_parquet(table)
    return table


def has_content(folder):
    """Tell whether anything in a folder has content; files may come and go meanwhile."""
    with suppress(FileNotFoundError):
        return any(file.stat().st_size for file in folder.iterdir())
    return False


def stopped(process, folder, number):
    """Send a signal to a process that has begun to write into a folder; wait for its end."""
    while not has_content(folder):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    status = process.wait(timeout=10)
    return status, process.stdout.read(), process.stderr.read().strip()


@pytest.mark.parametrize("out", ["o.csv", "o.parquet"])
def test_ctrl_c_while_a_table_is_decided_leaves_nothing_but_one_line(large_table, tmp_path, out):
    for _ in range(3):
        words = [*EXPERT, "decide", large_table, "--out", tmp_path / out]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert stopped(process, tmp_path, signal.SIGINT) == (130, b"", b"interrupted")
        assert list(tmp_path.iterdir()) == []


IGNORING = [
    sys.executable,
    "-c",
    "import os, signal, sys\n"
    "for number in sys.argv[1].split(): signal.signal(int(number), signal.SIG_IGN)\n"
    "os.execv(sys.argv[2], sys.argv[2:])",
]
"""Runs a command that ignores signals, as shells and ``nohup`` start them in the background."""


@pytest.mark.parametrize(
    ("number", "status", "ignored"),
    [
        (signal.SIGTERM, 143, ""),
        (signal.SIGHUP, 129, ""),
        (signal.SIGTERM, 143, f"{signal.SIGINT:d} {signal.SIGHUP:d}"),
    ],
    ids=["SIGTERM", "SIGHUP", "SIGTERM in the background"],
)
def test_a_signal_that_ends_a_command_while_a_table_is_decided_leaves_nothing(
    large_table, tmp_path, number, status, ignored
):
    for _ in range(3):
        words = [*IGNORING, ignored, *EXPERT, "decide", large_table, "--out", tmp_path / "o.csv"]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            found, out, err = stopped(process, tmp_path, number)
        assert (found, out, err) == (status, b"", b"interrupted")
        assert list(tmp_path.iterdir()) == []


def test_hanging_up_does_not_end_what_nohup_started(tmp_path):
    words = [*IGNORING, f"{signal.SIGHUP:d}", *EXPERT, "recommend", "-"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        time.sleep(1.5)  # until it waits for its standard input
        process.send_signal(signal.SIGHUP)
        out, err = process.communicate(b"dataset_size: small\n", timeout=10)
        assert (process.returncode, err) == (0, b"")
        assert out.startswith(b"Keras is recommended")


def test_what_a_killed_command_left_is_swept_by_the_next_though_not_while_it_may_be_in_use(large_table, tmp_path):
    words = [*EXPERT, "decide", large_table, "--out", tmp_path / "o.csv"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert stopped(process, tmp_path, signal.SIGKILL)[0] == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    draw = ("graph", FACTS, "--out", str(tmp_path / "proof.svg"))
    output(*draw)
    assert {path.name for path in tmp_path.iterdir()} == {left.name, "proof.svg"}
    os.utime(left, (0, 0))
    output(*draw)
    assert {path.name for path in tmp_path.iterdir()} == {"proof.svg"}


@pytest.mark.parametrize("words", [["recommend", "-"], ["ask"]])
def test_a_command_that_waits_ends_at_sigterm_with_one_line(tmp_path, words):
    environment = {**os.environ, "EXPERT_STATE": str(tmp_path)}
    with subprocess.Popen(
        [*EXPERT, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        time.sleep(2)  # until it waits for its standard input
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 143
        out, err = process.communicate()
        assert out == b""
        assert err.splitlines()[-1].removeprefix(b"> ").startswith(b"interrupted")


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
    assert b"TensorFlow          |####################  +0.996" in done.stdout


def test_on_a_terminal_errors_are_broken_between_words(tmp_path):
    words = ["recommend", "--set", "dataset_size=huge"]
    terminal = Terminal(words, columns=50, lines=24, state=str(tmp_path))
    terminal.until_quiet(60)
    terminal.close()
    shown = [line.rstrip() for line in terminal.screen.display[1:3]]
    assert shown == ["error: --set: dataset_size has no value 'huge';", "  expected small or large"]
