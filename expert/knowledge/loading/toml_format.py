"""TOML, read into a tree."""

import re

from expert.knowledge.foreign_text import comparable, shown
from expert.knowledge.loading.tree import MAXIMUM_DEPTH, MappingNode, Node, ScalarNode, from_python, place_at, too_deep
from expert.knowledge.problems import InputError, Place, Problem

_KEY = re.compile(r"""[ \t\[]*["']?(?P<key>(?<=")[^"]*|(?<=')[^']*|[\w-]+)["']?[ \t]*[=.\]]""")

_PART = r"""(?:[\w-]++|"(?:\\.|[^"\\\n])*+"|'[^'\n]*+')"""
_TOKEN = re.compile(
    rf"""
    \#[^\n]*+                                                              # a comment
    | \"{{3}}(?:\\?.)*?(?:\"{{3}}|\Z) | '{{3}}.*?(?:'{{3}}|\Z)               # a text of several lines
    | (?P<dotted>(?:{_PART}[ \t]*+\.[ \t]*+)++)                            # the parts of a key, but for its last
    | {_PART}
    """,
    re.VERBOSE | re.DOTALL,
)
"""The tokens of TOML, as far as it takes to count the parts of keys."""


def parse_toml(text: str, file: str) -> tuple[Node, list[Problem]]:
    """Read TOML, and find the line of each key, since the parser keeps no places."""
    import tomllib

    # The time and memory that the parser takes grow with the square of a key's parts.
    for found in _TOKEN.finditer(text):
        dotted = found["dotted"] or ""
        if len(dotted) > MAXIMUM_DEPTH and len(re.findall(_PART, dotted)) >= MAXIMUM_DEPTH:
            raise too_deep(place_at(text, found.start(), file))
    try:
        data = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        message = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", str(error), re.DOTALL)
        place = Place(file, int(message[2]), int(message[3])) if message else place_at(text, len(text), file)
        raise InputError.at(place, f"not valid TOML: {shown(message[1] if message else error, 200)}") from None
    except RecursionError:
        raise too_deep(Place(file, 1, 1)) from None
    except ValueError as error:
        raise InputError.at(Place(file, 1, 1), f"not valid TOML: {error}") from None
    places: dict[str, Place] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if written := _KEY.match(line):
            places.setdefault(comparable(written["key"]), Place(file, number, written.start("key") + 1))
    start = Place(file, 1, 1)
    keys = {comparable(key): ScalarNode(key, places.get(comparable(key), start)) for key in data}
    return MappingNode({name: from_python(data[key.text], key.place) for name, key in keys.items()}, keys, start), []
