"""Dataclasses as plain data, and read back from the tree of a file; whatever is wrong is a problem with its place."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.tree import MappingNode, Node, ScalarNode, SequenceNode, describe
from expert.knowledge.problems import suggestion


def plain(value: Any) -> Any:
    """Write a value as plain data; what has its default is left out, as is what does not count in comparisons."""
    if is_dataclass(value):
        given = ((each.name, getattr(value, each.name), each.default) for each in fields(value) if each.compare)
        return {name: plain(found) for name, found, default in given if default is MISSING or found != default}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def read(node: Node, kind: Any, problems: Fields, what: str) -> Any:
    """Read a value of a type; None where it is something else, which is noted."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass(node, kind, problems, what)
    if isinstance(kind, UnionType):
        (wanted,) = (each for each in get_args(kind) if each is not type(None))
        is_absent = isinstance(node, ScalarNode) and node.is_null
        return None if is_absent else read(node, wanted, problems, what)
    if get_origin(kind) is tuple:
        if not isinstance(node, SequenceNode):
            problems.problem(node, f"{what} must be a list, not {describe(node)}")
            return None
        return tuple(read(each, get_args(kind)[0], problems, f"an entry of {what}") for each in node.items)
    return _scalar(node, kind, problems, what)


def _dataclass(node: Node, kind: type, problems: Fields, what: str) -> Any:
    """Read a mapping; what is told of a place is where it stands."""
    wanted = {each.name: each for each in fields(kind) if each.compare}
    section = problems.mapping(node, what, tuple(wanted))
    if section is None:
        return None
    hints = get_type_hints(kind)
    found = {name: _field(section, each, hints[name], problems, what) for name, each in wanted.items()}
    if any(each.name == "place" for each in fields(kind)):
        found["place"] = node.place
    return kind(**found)


def _field(section: MappingNode, each: Field[Any], kind: Any, problems: Fields, what: str) -> Any:
    """Read what a key has, or take its default."""
    node = section.get(each.name)
    if node is not None:
        return read(node, kind, problems, f"'{each.name}'")
    if each.default is MISSING:
        problems.problem(section, f"{what} needs '{each.name}', which is missing")
        return None
    return each.default


def _scalar(node: Node, kind: Any, problems: Fields, what: str) -> Any:
    """Read a text, a number, yes or no, a date, or one of several words."""
    if kind is bool:
        return problems.yes_or_no(node, what.strip("'"))
    if kind in (float, int):
        number = problems.decimal(node, what)
        return None if number is None else kind(number)
    words = get_args(kind) if get_origin(kind) is Literal else ()
    if isinstance(node, ScalarNode) and not node.is_null:
        with suppress(ValueError):
            convert: Callable[[str], Any] = date.fromisoformat if kind is date else str
            if not words or node.text in words:
                return convert(node.text)
    wanted = "a date such as 2027-05-31" if kind is date else "one of its words" if words else "a text"
    near = suggestion(node.text, words) if words and isinstance(node, ScalarNode) else ""
    problems.problem(node, f"{what} must be {wanted}, not {describe(node)}{near}")
    return None
