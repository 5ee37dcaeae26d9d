"""Trees of text with places: what every format is read into."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from numbers import Number
from typing import Any, NamedTuple, TypeAlias

from expert.knowledge.foreign_text import comparable, shown
from expert.knowledge.problems import InputError, Place

MAXIMUM_DEPTH = 64

NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text may contain."""

_SCALARS = (str, Number, date, time)
_NESTED = (list, tuple, dict, set, frozenset, Mapping)


class ScalarNode(NamedTuple):
    """A single text; ``is_null`` where the file has nothing, ``null`` or ``~``.

    A key is ``alone`` where no colon follows it, like the end of a text with a comma and no quotes.
    """

    text: str
    place: Place
    is_null: bool = False
    alone: bool = False

    @property
    def name(self) -> str:
        """The text as names and values are compared."""
        return comparable(self.text)


class SequenceNode(NamedTuple):
    """A list of nodes."""

    items: tuple["Node", ...]
    place: Place


class MappingNode(NamedTuple):
    """Named nodes; ``keys`` has the place of each name."""

    fields: dict[str, "Node"]
    keys: dict[str, ScalarNode]
    place: Place

    def get(self, key: str) -> "Node | None":
        """Look a node up by its name; None where there is none."""
        return self.fields.get(key)


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode


def places(node: MappingNode, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Place]]:
    """Tell where each key of a mapping stands, and those within it, by their paths."""
    for name, key in node.keys.items():
        yield (*path, name), key.place
        child = node.fields[name]
        if isinstance(child, MappingNode):
            yield from places(child, (*path, name))


def describe(node: Node) -> str:
    """Say what was found, for a message."""
    if isinstance(node, SequenceNode):
        return "a list"
    if isinstance(node, MappingNode):
        return "a mapping"
    return "nothing" if node.is_null else f"'{shown(node.text)}'"


def from_python(value: Any, place: Place) -> Node:
    """Turn plain Python data into a tree, every node at one place."""
    return _node(value, place, {}, depth=1)


def _node(value: Any, place: Place, done: dict[int, Node], depth: int) -> Node:
    """Turn a value into a node, each shared part only once: lists that share parts can be vast."""
    if not isinstance(value, _NESTED):
        return _scalar(value, place)
    if depth > MAXIMUM_DEPTH:
        raise too_deep(place)
    if id(value) in done:
        return done[id(value)]
    if isinstance(value, Mapping):
        keys = {key: ScalarNode(comparable(text_of(key, place)), place) for key in value}
        fields = {keys[key].text: _node(item, place, done, depth + 1) for key, item in value.items()}
        done[id(value)] = MappingNode(fields, {key.text: key for key in keys.values()}, place)
    else:
        done[id(value)] = SequenceNode(tuple(_node(item, place, done, depth + 1) for item in value), place)
    return done[id(value)]


def _scalar(value: Any, place: Place) -> ScalarNode:
    """Write a value as a file has it: a number by its shortest decimal, whatever its width."""
    if value is None:
        return ScalarNode("", place, is_null=True)
    # numpy's yes and no are not of type bool
    if isinstance(value, bool) or (type(value).__module__, type(value).__name__[:4]) == ("numpy", "bool"):
        return ScalarNode("true" if value else "false", place)
    return ScalarNode(text_of(value, place), place)


def text_of(value: Any, place: Place) -> str:
    """Write a scalar as text; refuse anything else."""
    if not isinstance(value, _SCALARS):
        raise InputError.at(place, f"expected a text, a number, yes or no, not {shown(type(value).__name__)}")
    try:
        text = str.__str__(value) if isinstance(value, str) else str(value)  # members of an Enum may be texts
    except ValueError:  # Python does not write whole numbers of more than 4,300 digits
        raise InputError.at(place, "is a number with too many digits") from None
    check_text(text, place)
    return text


def check_text(text: str, place: Place) -> None:
    """Refuse characters that an escape such as ``\\u0000`` brings into a text."""
    if found := NOT_TEXT.search(text):
        raise InputError.at(place, f"contains the character U+{ord(found[0]):04X}, which is not text")


def place_at(text: str, position: int, file: str) -> Place:
    """Line and column of a position in a text."""
    return Place(file, text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position))


def too_deep(place: Place) -> InputError:
    """Say that a tree is too deep."""
    return InputError.at(place, f"is nested more than {MAXIMUM_DEPTH} levels deep")
