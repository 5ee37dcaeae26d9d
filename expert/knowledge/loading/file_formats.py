"""Files as trees of text with places: YAML, JSON and TOML, read safely.

Every scalar stays text; what it means is decided later, by the declaration of its attribute. Nothing is
constructed from a tag, aliases are refused (so none can be multiplied), and size and depth are bounded.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.toml_format import parse_toml
from expert.knowledge.loading.tree import (
    MAXIMUM_DEPTH,
    NOT_TEXT,
    Mapping,
    Node,
    Scalar,
    Sequence,
    check_text,
    describe,
    place_at,
    too_deep,
)
from expert.knowledge.problems import InputError, Place, Problem

MAXIMUM_BYTES = 4 * 2**20

STDIN = "<stdin>"
"""What places call standard input."""

TABLES = {".parquet": "Parquet", ".csv": "CSV", ".ndjson": "NDJSON", ".jsonl": "NDJSON"}
"""The kinds of tables, by the endings of their names."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = ("", "~", "null", "Null", "NULL")
_JSON_TOKEN = re.compile(r'[][{}"\n]|[^][{}":,\s]+')


def read_bytes(path: str | Path) -> bytes:
    """Read a file whole, or say in one sentence why not."""
    place = Place(file_label(path))
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(MAXIMUM_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(MAXIMUM_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError.at(place, f"cannot be read: {reason}") from None
    if len(data) > MAXIMUM_BYTES:
        raise InputError.at(place, f"is larger than {MAXIMUM_BYTES // 2**20} MiB")
    return data


def file_label(path: str | Path) -> str:
    """Name a file as messages do: as the user gave it, or ``<stdin>``."""
    return STDIN if str(path) == "-" else str(path)


def parse(data: bytes, file: str) -> tuple[Node, list[Problem]]:
    """Parse the bytes of a YAML, JSON or TOML file; the ending of `file` tells which."""
    text = _decode(data, file)
    if not text.strip():
        raise InputError.at(Place(file, 1, 1), "the file is empty")
    if file.lower().endswith(".toml"):
        return parse_toml(text, file), []
    if file.lower().endswith(".json"):
        _check_json(text, file)
        return _Tree(file).build(_json_events(text))
    if file == STDIN and _is_json(text):
        return _Tree(file).build(_json_events(text))
    return _Tree(file).build(yaml.parse(text, Loader=_LOADER))


def _is_json(text: str) -> bool:
    """Tell whether a text of unknown format is a JSON mapping or list."""
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        _check_json(text, STDIN)
    except InputError:
        return False
    return True


def _decode(data: bytes, file: str) -> str:
    """Bytes to text without a byte order mark, refusing what is not text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        place = place_at(before, len(before), file)
        raise InputError.at(place, "is not a text file in UTF-8") from None
    if found := NOT_TEXT.search(text):
        place = place_at(text, found.start(), file)
        raise InputError.at(place, f"is not a text file: it holds the character U+{ord(found[0]):04X}")
    return text


class _Tree:
    """Builds the tree from a parser's events: no composer, so nothing to expand."""

    def __init__(self, file: str):
        self.file = file
        self.problems: list[Problem] = []

    def build(self, events: Iterator[yaml.Event]) -> tuple[Node, list[Problem]]:
        try:
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent):
                    break
            else:
                raise self._error(Place(self.file, 1, 1), "the file is empty: there is nothing but comments")
            tree = self._node(next(events), events, depth=1)
            next(events)
            after = next(events)
            if isinstance(after, yaml.DocumentStartEvent):
                raise self._error(self._place(after), "a second document starts here; expected one")
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)
            if "nesting depth" in str(error.problem):  # libyaml looks ahead, and has a limit of its own
                raise too_deep(place) from None
            context = f"{error.context}: " if error.context else ""
            raise self._error(place, f"not valid YAML: {shown(f'{context}{error.problem}', 200)}") from None
        return tree, self.problems

    def _node(self, event: Any, events: Any, depth: int) -> Node:
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent):
            raise self._error(place, f"'*{shown(event.anchor)}' is an alias, which is not supported; write it out")
        if event.tag not in (None, "!"):
            raise self._error(place, f"the tag '{shown(event.tag)}' is not supported; leave it out")
        if isinstance(event, yaml.ScalarEvent):
            if event.style == '"':
                check_text(event.value, place)
            return Scalar(event.value, place, is_null=not event.style and event.value in _NULLS)
        if depth > MAXIMUM_DEPTH:
            raise too_deep(place)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self._node(event, events, depth + 1))
            return Sequence(tuple(items), place)
        fields: dict[str, Node] = {}
        keys: dict[str, Scalar] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth + 1)
            end = event.end_mark
            event = next(events)
            value = self._node(event, events, depth + 1)
            if not isinstance(key, Scalar):
                self.problems.append(Problem(key.place, f"a key must be a single word, not {describe(key)}"))
            elif (name := key.name) in keys:
                first = keys[name].place
                message = f"the key '{shown(name)}' is here twice; the first is on line {first.line}"
                self.problems.append(Problem(key.place, message))
            else:
                # Where there is no colon either, the value that is not there starts where the key ends.
                alone = value == Scalar("", value.place, is_null=True) and event.start_mark.index == end.index
                keys[name], fields[name] = key._replace(alone=alone), value
        return Mapping(fields, keys, place)

    def _place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _error(self, place: Place, message: str) -> InputError:
        return InputError([*self.problems, Problem(place, message)])


def _check_json(text: str, file: str) -> None:
    """Refuse what is not JSON."""
    import json

    try:
        json.loads(text, parse_int=str)
    except json.JSONDecodeError as error:
        place = Place(file, error.lineno, error.colno)
        raise InputError.at(place, f"not valid JSON: {error.msg}") from None
    except RecursionError:
        raise too_deep(Place(file, 1, 1)) from None


def _json_events(text: str) -> Iterator[yaml.Event]:
    """Give the events of valid JSON as YAML's parser would, had it all of JSON's line breaks and escapes."""
    import json

    decoder = json.JSONDecoder()
    line = line_start = position = 0
    yield yaml.DocumentStartEvent()
    while found := _JSON_TOKEN.search(text, position):
        token, position = found[0], found.end()
        mark = yaml.Mark("", found.start(), line, found.start() - line_start, None, 0)
        if token == "\n":
            line, line_start = line + 1, position
        elif token == "{":
            yield yaml.MappingStartEvent(None, None, True, mark)
        elif token == "[":
            yield yaml.SequenceStartEvent(None, None, True, mark)
        elif token == "}":
            yield yaml.MappingEndEvent(mark)
        elif token == "]":
            yield yaml.SequenceEndEvent(mark)
        elif token == '"':
            value, position = decoder.raw_decode(text, found.start())
            yield yaml.ScalarEvent(None, None, (False, True), value, mark, style=token)
        else:
            yield yaml.ScalarEvent(None, None, (True, False), token, mark)
    yield yaml.DocumentEndEvent()
    yield yaml.StreamEndEvent()
