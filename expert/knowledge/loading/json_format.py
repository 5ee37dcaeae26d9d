"""JSON, read into a tree."""

import re
from collections.abc import Iterator

import yaml

from expert.knowledge.loading.tree import Node, too_deep
from expert.knowledge.loading.yaml_format import Tree
from expert.knowledge.problems import InputError, Place, Problem

_TOKEN = re.compile(r'[][{}"\n]|[^][{}":,\s]+')


def parse_json(text: str, file: str) -> tuple[Node, list[Problem]]:
    """Read JSON."""
    _check(text, file)
    return Tree(file).build(_events(text))


def is_json(text: str) -> bool:
    """Tell whether a text of unknown format is a JSON mapping or list."""
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        _check(text, "")
    except InputError:
        return False
    return True


def _check(text: str, file: str) -> None:
    """Refuse what is not JSON."""
    import json

    try:
        json.loads(text, parse_int=str)
    except json.JSONDecodeError as error:
        raise InputError.at(Place(file, error.lineno, error.colno), f"not valid JSON: {error.msg}") from None
    except RecursionError:
        raise too_deep(Place(file, 1, 1)) from None


def _events(text: str) -> Iterator[yaml.Event]:
    """Give valid JSON as the events of a YAML parser, which itself lacks some of JSON's line breaks and escapes."""
    import json

    decoder = json.JSONDecoder()
    line = line_start = position = 0
    yield yaml.DocumentStartEvent()
    while found := _TOKEN.search(text, position):
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
