"""The inputs that are kept for each reader: a line for each, as Python writes bytes."""

import ast
from pathlib import Path

FOLDER = Path(__file__).with_name("corpus")


def inputs(name):
    """List the kept inputs of a reader."""
    return [ast.literal_eval(line) for line in _file(name).read_text(encoding="utf-8").splitlines()]


def keep(name, kept):
    """Replace the kept inputs of a reader; the shortest come first."""
    lines = [f"{data!r}\n" for data in sorted(set(kept), key=lambda data: (len(data), data))]
    _file(name).write_text("".join(lines), encoding="utf-8")


def _file(name):
    return FOLDER / f"{name}.txt"
