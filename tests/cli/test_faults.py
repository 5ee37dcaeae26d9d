"""Disks fail: each write, sync and rename in turn, in every command that writes.

Old content stays, or new content is whole; no temporary file is left; one line says what happened.
"""

import errno
import os
import resource
import tempfile
from contextlib import contextmanager, nullcontext
from itertools import count
from pathlib import Path

import pytest

FACTS = Path("docs/examples/detector.yaml").absolute()
OLD = b"what was there before\n"

COMMANDS = {
    "graph-svg": (["graph", FACTS, "--out", "proof.svg"], b""),
    "graph-html": (["graph", FACTS, "--out", "proof.html"], b""),
    "graph-open": (["graph", FACTS, "--open"], b""),
    "decide-csv": (["decide", "table.csv", "--out", "decided.csv"], b""),
    "decide-ndjson": (["decide", "table.csv", "--out", "decided.ndjson"], b""),
    "decide-parquet": (["decide", "table.csv", "--out", "decided.parquet"], b""),
    "rules-new": (["rules", "new", "made", "--table", "table.csv", "--out", "made.yaml", "--force"], b""),
    "ask-out": (["ask", "--rules", "small.yaml", "--out", "answers.yaml", "--force"], b"no\nd\n20\n"),
    "ask-state": (["ask", "--rules", "small.yaml"], b"no\nd\n20\n"),
}
"""What each command is given: its words, and its standard input."""


@pytest.fixture(params=COMMANDS)
def command(request, run, tmp_path, small, monkeypatch):
    """Run a command in a folder of its own, and give its result and the files that it leaves."""
    words, stdin = COMMANDS[request.param]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EXPERT_STATE", str(tmp_path / "state"))
    monkeypatch.setattr("webbrowser.open", lambda _: True)
    (tmp_path / "pages").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "pages"))
    lines = "\n".join(f"{number},{'small' if number % 3 else 'large'}" for number in range(3000))
    (tmp_path / "table.csv").write_text(f"id,dataset_size\n{lines}\n")
    out = Path(words[words.index("--out") + 1]) if "--out" in words else None

    def command(fault=nullcontext()):  # noqa: B008
        for file in (tmp_path / "state").rglob("*.*"):
            file.unlink()
        for file in (tmp_path / "pages").iterdir():
            file.unlink()
        if out:
            out.write_bytes(OLD)
        with fault:
            result = run(*words, stdin=stdin)
        files = [path for path in tmp_path.rglob("*") if path.is_file() and path not in (small, tmp_path / "table.csv")]
        return result, {kind(path): path.read_bytes() for path in files}

    return command


def kind(path):
    """Name a file; pages to show have other names each time."""
    return f"page{path.suffix}" if path.parent.name == "pages" else path.name


@contextmanager
def file_size(limit):
    """Let no file grow beyond a size, as if the disk were full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def failing(name, number, reached):
    """Let one call of a function of the system fail, and note that it was reached."""
    real, calls = getattr(os, name), count()

    def call(*words):
        if next(calls) == number:
            reached.append(True)
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(*words)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, name, call)
        yield


def assert_unharmed(result, left, whole):
    """See that a command that failed said so in a line, and left every file as it was, or as it was to be."""
    assert result.status == 2
    lines = result.err.splitlines()
    assert [line for line in lines if "error: " in line] == lines[-1:]
    assert not [name for name in left if ".partial" in name]
    for name, content in left.items():
        saved_on_the_way = name.endswith(".json")
        assert (
            content in (OLD, whole.get(name))
            or (saved_on_the_way and content.endswith(b"}\n"))
            or name.endswith(".lock")
        )


def test_a_disk_that_is_full_at_any_point_harms_nothing(command):
    result, whole = command()
    assert result.status == 0
    size = max(map(len, whole.values()))
    for limit in sorted({0, 1, size // 4, size // 2, size - 1}):
        result, left = command(file_size(limit))
        assert_unharmed(result, left, whole)


@pytest.mark.parametrize("name", ["fsync", "replace"])
def test_each_sync_and_rename_may_fail_and_harms_nothing(command, name):
    result, whole = command()
    assert result.status == 0
    for number in count():
        reached = []
        result, left = command(failing(name, number, reached))
        if not reached:
            break
        assert_unharmed(result, left, whole)
    assert number >= (2 if name == "fsync" else 1)
    assert result.status == 0
