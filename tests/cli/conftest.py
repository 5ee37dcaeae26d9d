import io
from typing import NamedTuple

import pytest

from expert.cli import main


class Result(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command line in this process, with these words and this standard input."""

    def run(*words, stdin=b""):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as exit_:
            main([str(word) for word in words])
        return Result(exit_.value.code or 0, *capsys.readouterr())

    return run


@pytest.fixture
def write(tmp_path):
    """Write a file and give its path."""

    def write(name, text):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def small(write):
    """A small knowledge base of its own, with a default answer."""
    return write(
        "small.yaml",
        """\
knowledge_base: small
title: Which colour?
goal: colour
sources: {guide: {title: The guide to colours}}
attributes:
  colour: {choices: {red: Red, green: Green}, otherwise: green}
  warm: {question: Is it warm?}
  degrees: {question: How many degrees?, number: {unit: degrees, at_least: -50, at_most: 50}}
  hot:
rules:
  hot-days: {if: {degrees: {at_least: 25}}, then: {hot: yes}, certainty: 0.9}
  warm-red: {if: {any: [{warm: yes}, {hot: yes}]}, then: {colour: red}, certainty: 0.6, source: guide p. 4}
  not-warm: {if: {warm: {not: yes}}, then: {colour: {red: -1}}, because: Nothing cold is red.}
""",
    )


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """Keep interviews in a folder of the test's own."""
    monkeypatch.setenv("EXPERT_STATE", str(tmp_path / "state"))
    return tmp_path / "state" / "interviews"


@pytest.fixture
def ask(run, small, folder):
    """Ask about the small knowledge base."""
    return lambda *words, stdin=b"": run("ask", "--rules", small, *words, stdin=stdin)
