"""YAML, read into a tree.

It is built from the events of the parser, so nothing is constructed from a tag. Aliases are refused, so none can be
multiplied.
"""

from collections.abc import Iterator
from typing import Any

import yaml

from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.tree import (
    MAXIMUM_DEPTH,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    check_text,
    describe,
    too_deep,
)
from expert.knowledge.problems import InputError, Place, Problem

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = ("", "~", "null", "Null", "NULL")


def parse_yaml(text: str, file: str) -> tuple[Node, list[Problem]]:
    """Read YAML."""
    return Tree(file).build(yaml.parse(text, Loader=_LOADER))


class Tree:
    """Builds the tree from a parser's events: no composer, so nothing to expand."""

    def __init__(self, file: str):
        self.file = file
        self.problems: list[Problem] = []

    def build(self, events: Iterator[yaml.Event]) -> tuple[Node, list[Problem]]:
        """Build the whole tree."""
        try:
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent):
                    break
            else:
                raise self._error(Place(self.file, 1, 1), "the file is empty, except for comments")
            tree = self._node(next(events), events, depth=1)
            next(events)
            after = next(events)
            if isinstance(after, yaml.DocumentStartEvent):
                raise self._error(self._place(after), "a second document starts here; expected one")
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)
            if "nesting depth" in str(error.problem):  # libyaml looks ahead, and has its own limit
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
            return ScalarNode(event.value, place, is_null=not event.style and event.value in _NULLS)
        if depth > MAXIMUM_DEPTH:
            raise too_deep(place)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self._node(event, events, depth + 1))
            return SequenceNode(tuple(items), place)
        fields: dict[str, Node] = {}
        keys: dict[str, ScalarNode] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth + 1)
            end = event.end_mark
            event = next(events)
            value = self._node(event, events, depth + 1)
            if not isinstance(key, ScalarNode):
                self.problems.append(Problem(key.place, f"a key must be a single word, not {describe(key)}"))
            elif (name := key.name) in keys:
                first = keys[name].place
                message = f"duplicate key '{shown(name)}'; the first is on line {first.line}"
                self.problems.append(Problem(key.place, message))
            else:
                # Without a colon, the missing value starts where the key ends.
                is_missing = isinstance(value, ScalarNode) and value.is_null and not value.text
                alone = is_missing and event.start_mark.index == end.index
                keys[name], fields[name] = key._replace(alone=True) if alone else key, value
        return MappingNode(fields, keys, place)

    def _place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _error(self, place: Place, message: str) -> InputError:
        return InputError([*self.problems, Problem(place, message)])
