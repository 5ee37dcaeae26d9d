"""The formats of files: which ending means which, and the reading of each into a tree of text with places.

Every scalar stays text; what it means is decided later, by the declaration of its attribute. Size and depth are
bounded.
"""

import sys
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TypeAlias

from expert.knowledge.loading.tree import NOT_TEXT, Node, place_at
from expert.knowledge.loading.yaml_format import parse_yaml
from expert.knowledge.problems import InputError, Place, Problem

Parser: TypeAlias = Callable[[str, str], tuple[Node, list[Problem]]]
"""From a text and the name of its file to its tree, and what is wrong with it."""


def parse_json(text: str, file: str) -> tuple[Node, list[Problem]]:
    """Read JSON."""
    from expert.knowledge.loading import json_format

    return json_format.parse_json(text, file)


def parse_toml(text: str, file: str) -> tuple[Node, list[Problem]]:
    """Read TOML."""
    from expert.knowledge.loading import toml_format

    return toml_format.parse_toml(text, file)


KNOWLEDGE_BASES: Mapping[str, Parser] = {".json": parse_json, ".toml": parse_toml}
"""The formats of knowledge bases, by the endings of their names; any other ending is YAML's."""

FACTS: Mapping[str, Parser] = {**KNOWLEDGE_BASES}
"""The formats of facts files, as above; one that is added here alone is not one of knowledge bases."""

TABLES = {".parquet": "Parquet", ".csv": "CSV", ".ndjson": "NDJSON", ".jsonl": "NDJSON"}
"""The formats of files of rows, by the endings of their names."""

MAXIMUM_BYTES = 4 * 2**20

STDIN = "<stdin>"
"""What places call standard input."""


def read_bytes(path: str | Path) -> bytes:
    """Read a file whole, or say in one sentence why not."""
    place = Place(file_label(path))
    try:
        with nullcontext(sys.stdin.buffer) if str(path) == "-" else Path(path).open("rb") as file:
            data = file.read(MAXIMUM_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError.at(place, f"cannot be read: {reason}") from None
    return check_size(data, place)


def check_size(data: bytes, place: Place) -> bytes:
    """Refuse what is too large."""
    if len(data) > MAXIMUM_BYTES:
        raise InputError.at(place, f"is larger than {MAXIMUM_BYTES // 2**20} MiB")
    return data


def file_label(path: str | Path) -> str:
    """Name a file as messages do: as the user gave it, or ``<stdin>``."""
    return STDIN if str(path) == "-" else str(path)


def parse(data: bytes, file: str, formats: Mapping[str, Parser] = FACTS) -> tuple[Node, list[Problem]]:
    """Parse the bytes of a file in one of these formats, or YAML; on standard input, JSON is recognised."""
    text = decode(data, file)
    if not text.strip():
        raise InputError.at(Place(file, 1, 1), "the file is empty")
    if file == STDIN:
        from expert.knowledge.loading.json_format import is_json

        return (parse_json if is_json(text) else parse_yaml)(text, file)
    read = next((read for ending, read in formats.items() if file.lower().endswith(ending)), parse_yaml)
    return read(text, file)


def decode(data: bytes, file: str) -> str:
    """Bytes to text without a byte order mark, refusing what is not text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        raise InputError.at(place_at(before, len(before), file), "is not a text file in UTF-8") from None
    if found := NOT_TEXT.search(text):
        place = place_at(text, found.start(), file)
        raise InputError.at(place, f"is not a text file: it contains the character U+{ord(found[0]):04X}")
    return text
