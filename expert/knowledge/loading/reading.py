"""Files as trees of text with places: YAML, JSON and TOML, read safely.

Every scalar stays text; what it means is decided later, by the declaration of its attribute. Nothing is
constructed from a tag, aliases are refused (so none can be multiplied), and size and depth are bounded.
"""

import re
import sys
from collections.abc import Iterator
from collections.abc import Mapping as AbstractMapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import yaml

from expert.knowledge.problems import InputError, Place, Problem

MAXIMUM_BYTES = 4 * 2**20
MAXIMUM_DEPTH = 64

STDIN = "<stdin>"
"""What places call standard input."""

TABLES = {".parquet": "Parquet", ".csv": "CSV", ".ndjson": "NDJSON", ".jsonl": "NDJSON"}
"""The kinds of tables, by the endings of their names."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = ("", "~", "null", "Null", "NULL")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_JSON_TOKEN = re.compile(r'[][{}"\n]|[^][{}":,\s]+')
_TOML_KEY = re.compile(r"""[ \t\[]*["']?(?P<key>(?<=")[^"]*|(?<=')[^']*|[\w-]+)["']?[ \t]*[=.\]]""")


class Scalar(NamedTuple):
    """A single text; ``is_null`` where the file has nothing, ``null`` or ``~``."""

    text: str
    place: Place
    is_null: bool = False


class Sequence(NamedTuple):
    """A list of nodes."""

    items: tuple["Node", ...]
    place: Place


class Mapping(NamedTuple):
    """Named nodes; ``keys`` has the place of each name."""

    fields: dict[str, "Node"]
    keys: dict[str, Scalar]
    place: Place


Node: TypeAlias = Scalar | Sequence | Mapping


def describe(node: Node) -> str:
    """Say what was found, for a message."""
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "a mapping"
    return "nothing" if node.is_null else f"'{node.text}'"


def read_bytes(path: str | Path) -> bytes:
    """Read a file whole, or say in one sentence why not.

    Parameters
    ----------
    path : str or Path
        The file; ``-`` is standard input.

    Returns
    -------
    bytes
        At most ``MAXIMUM_BYTES``.

    Raises
    ------
    InputError
        If the file cannot be read or is too large.
    """
    place = Place(file_label(path))
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(MAXIMUM_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(MAXIMUM_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError([Problem(place, f"cannot be read: {reason}")]) from None
    if len(data) > MAXIMUM_BYTES:
        raise InputError([Problem(place, f"is larger than {MAXIMUM_BYTES // 2**20} MiB")])
    return data


def file_label(path: str | Path) -> str:
    """Name a file as messages do: as the user gave it, or ``<stdin>``."""
    return STDIN if str(path) == "-" else str(path)


def parse(data: bytes, file: str) -> tuple[Node, list[Problem]]:
    """Parse the bytes of a YAML, JSON or TOML file; the ending of `file` tells which.

    Parameters
    ----------
    data : bytes
        The content, in UTF-8.
    file : str
        The name that places carry; ``.json`` and ``.toml`` choose those formats, anything else is YAML, except that
        standard input may be JSON too.

    Returns
    -------
    Node
        The tree.
    list of Problem
        Duplicate keys, which do not stop the reading.

    Raises
    ------
    InputError
        If the file is not text, is empty, is broken, or is hostile.

    Examples
    --------
    >>> tree, problems = parse(b"dataset_size: small", "facts.yaml")
    >>> tree.fields["dataset_size"].text, str(tree.fields["dataset_size"].place)
    ('small', 'facts.yaml:1:15')
    """
    text = _decode(data, file)
    if not text.strip():
        raise InputError([Problem(Place(file, 1, 1), "the file is empty")])
    if file.lower().endswith(".toml"):
        return _parse_toml(text, file), []
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


def from_python(value: Any, place: Place, depth: int = 1) -> Node:
    """Turn plain Python data into a tree, every node at one place.

    Parameters
    ----------
    value : object
        Mappings, lists and scalars; None is null.
    place : Place
        What messages name.
    depth : int
        How deep the value is nested already.

    Returns
    -------
    Node
        The tree.

    Raises
    ------
    InputError
        If it is nested more than ``MAXIMUM_DEPTH`` levels deep, or holds what is not text.

    Examples
    --------
    >>> from_python({"fast": True}, Place("given")).fields["fast"].text
    'true'
    """
    if depth > MAXIMUM_DEPTH:
        raise _too_deep(place)
    if isinstance(value, AbstractMapping):
        return Mapping(
            {str(key): from_python(item, place, depth + 1) for key, item in value.items()},
            {str(key): Scalar(str(key), place) for key in value},
            place,
        )
    if isinstance(value, list | tuple | set | frozenset):
        return Sequence(tuple(from_python(item, place, depth + 1) for item in value), place)
    if isinstance(value, bool):
        return Scalar("true" if value else "false", place)
    try:
        text = "" if value is None else str(value)
    except ValueError:  # Python writes no whole number of more than 4,300 digits
        raise InputError([Problem(place, "is a number of too many digits")]) from None
    _check_text(text, place)
    return Scalar(text, place, is_null=value is None)


def _decode(data: bytes, file: str) -> str:
    """Bytes to text without a byte order mark, refusing what is not text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        place = _place_at(before, len(before), file)
        raise InputError([Problem(place, "is not a text file in UTF-8")]) from None
    if found := _NOT_TEXT.search(text):
        place = _place_at(text, found.start(), file)
        raise InputError([Problem(place, f"is not a text file: it holds the character U+{ord(found[0]):04X}")])
    return text


def _check_text(text: str, place: Place) -> None:
    """Refuse what an escape such as ``\\u0000`` brings into a text."""
    if found := _NOT_TEXT.search(text):
        raise InputError([Problem(place, f"holds the character U+{ord(found[0]):04X}, which is not text")])


def _place_at(text: str, position: int, file: str) -> Place:
    """Line and column of a position in a text."""
    return Place(file, text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position))


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
                raise _too_deep(place) from None
            context = f"{error.context}: " if error.context else ""
            raise self._error(place, f"not valid YAML: {context}{error.problem}") from None
        return tree, self.problems

    def _node(self, event: Any, events: Any, depth: int) -> Node:
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent):
            raise self._error(place, f"'*{event.anchor}' is an alias, which is not supported; write it out")
        if event.tag not in (None, "!"):
            raise self._error(place, f"the tag '{event.tag}' is not supported; leave it out")
        if isinstance(event, yaml.ScalarEvent):
            if event.style == '"':
                _check_text(event.value, place)
            return Scalar(event.value, place, is_null=not event.style and event.value in _NULLS)
        if depth > MAXIMUM_DEPTH:
            raise _too_deep(place)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self._node(event, events, depth + 1))
            return Sequence(tuple(items), place)
        fields: dict[str, Node] = {}
        keys: dict[str, Scalar] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self.problems.append(Problem(key.place, f"a key must be a single word, not {describe(key)}"))
            elif key.text in keys:
                first = keys[key.text].place
                self.problems.append(
                    Problem(key.place, f"the key '{key.text}' is here twice; the first is on line {first.line}")
                )
            else:
                keys[key.text], fields[key.text] = key, value
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
        raise InputError([Problem(place, f"not valid JSON: {error.msg}")]) from None
    except RecursionError:
        raise _too_deep(Place(file, 1, 1)) from None


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


def _parse_toml(text: str, file: str) -> Node:
    """Read TOML, and find each key's line again, since the parser keeps no places."""
    import tomllib

    try:
        data = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        found = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", str(error))
        place = Place(file, int(found[2]), int(found[3])) if found else _place_at(text, len(text), file)
        raise InputError([Problem(place, f"not valid TOML: {found[1] if found else error}")]) from None
    except RecursionError:
        raise _too_deep(Place(file, 1, 1)) from None
    except ValueError as error:
        raise InputError([Problem(Place(file, 1, 1), f"not valid TOML: {error}")]) from None
    places: dict[str, Place] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if written := _TOML_KEY.match(line):
            places.setdefault(written["key"], Place(file, number, written.start("key") + 1))
    fields: dict[str, Node] = {}
    keys: dict[str, Scalar] = {}
    for key, value in data.items():
        place = places.get(key, Place(file, 1, 1))
        keys[key], fields[key] = Scalar(key, place), from_python(value, place)
    return Mapping(fields, keys, Place(file, 1, 1))


def _too_deep(place: Place) -> InputError:
    return InputError([Problem(place, f"is nested more than {MAXIMUM_DEPTH} levels deep")])
