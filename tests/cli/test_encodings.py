"""Streams whose encoding lacks characters, as pipes on Windows: plainer ones stand for them, and nothing fails."""

import io
import sys

import pytest

FACTS = "docs/examples/detector.yaml"


@pytest.fixture
def printed(monkeypatch, run):
    """Run a command whose output and messages are in an encoding."""

    def printed(words, encoding):
        streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
        for name, stream in zip(("stdout", "stderr"), streams, strict=True):
            monkeypatch.setattr(sys, name, stream)
        status = run(*words).status
        for stream in streams:
            stream.flush()
        out, err = (stream.buffer.getvalue().decode(encoding, "replace") for stream in streams)
        return status, out, err

    return printed


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
@pytest.mark.parametrize(
    "words",
    [
        ("recommend", FACTS),
        ("recommend", FACTS, "--json"),
        ("explain", FACTS),
        ("explain", FACTS, "--flips"),
        ("explain", FACTS, "--robustness"),
        ("compare", FACTS, "--with", "current"),
        ("graph", FACTS, "--out", "-", "--format", "mmd"),
        ("graph", FACTS, "--out", "-", "--format", "svg"),
        ("facts", "template"),
        ("rules", "list"),
        ("rules", "show", "prototyping-keras"),
        ("rules", "table"),
        ("rules", "table", "--format", "md"),
        ("rules", "test"),
    ],
)
def test_every_command_can_print_in_every_encoding(printed, words, encoding):
    status, out, err = printed(words, encoding)
    assert (status, err) == (0, "")
    assert out


def test_signs_have_plainer_twins_and_other_alphabets_escapes(printed, write):
    base = write(
        "b.yaml",
        "{knowledge_base: b, goal: g, attributes: {g: {choices: {x: Ωmega, y: Naïve}}, f: {question: F?}}, "
        "rules: {r: {if: {f: yes}, then: {g: {x: -0.5, y: 0.5}}, because: A → B.}}}",
    )
    _, out, _ = printed(("explain", "--rules", base, "--set", "f=yes"), "cp1252")
    assert "Naïve" in out
    assert "\\u03a9mega" in out
    assert "-0.50" in out
    assert "A -> B." in out
