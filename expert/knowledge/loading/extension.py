"""Knowledge bases that extend another: both trees as one, each part with its place in its own file."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from typing import TypeAlias

from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.attribute_grammar import choice_nodes
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.tree import MappingNode, Node, ScalarNode, describe
from expert.knowledge.problems import InputError, suggestion

ADDED = ("certainties", "sources", "attributes", "rules", "tables", "accept")
"""Sections to which an extending knowledge base adds entries."""

OWN = ("knowledge_base", "title", "about", "version", "review_by", "cases")
"""What every knowledge base has of its own; cases are about the rules that they were written for."""

GIVEN = ("goal", "threshold")
"""What an extending knowledge base takes from the one that it extends."""

MOST = 8
"""How many knowledge bases may extend one another, the last one included."""


def merged(top: MappingNode, base: MappingNode, fields: Fields) -> MappingNode:
    """Join the tree of a knowledge base with the one that it extends, to which it only adds."""
    whole = MappingNode({}, {}, top.place)
    for key in GIVEN:
        if key in top.fields:
            fields.problem(top.keys[key], f"'{key}' is that of the extended knowledge base, and cannot be changed")
        _copy(key, base, whole)
    for key in OWN:
        _copy(key, top, whole)
    for key in (*ADDED, "retire"):
        _copy(key, base, whole)
        old, new = base.get(key), fields.mapping(top.get(key), f"'{key}'")
        if new is not None and old is None:
            _copy(key, top, whole)
        elif new is not None and isinstance(old, MappingNode):
            whole.fields[key] = _joined(old, new, fields, _with_choices if key == "attributes" else _refused)
    return whole


def _copy(key: str, source: MappingNode, target: MappingNode) -> None:
    """Take a key over, if it is there."""
    if key in source.fields:
        target.fields[key], target.keys[key] = source.fields[key], source.keys[key]


Join: TypeAlias = Callable[[str, MappingNode, MappingNode, Fields], Node]
"""Makes one node of those that two mappings have under the same name."""


def _joined(old: MappingNode, new: MappingNode, fields: Fields, join: Join) -> MappingNode:
    """Add the entries of one mapping to those of another."""
    whole = MappingNode(dict(old.fields), dict(old.keys), old.place)
    for name in new.fields:
        if name in old.fields:
            whole.fields[name] = join(name, old, new, fields)
        else:
            _copy(name, new, whole)
    return whole


def _refused(name: str, old: MappingNode, new: MappingNode, fields: Fields) -> Node:
    """Refuse to change what is there."""
    message = f"'{shown(name)}' already exists at {old.keys[name].place}; an extending knowledge base only adds"
    fields.problem(new.keys[name], message)
    return old.fields[name]


def _with_choices(name: str, old: MappingNode, new: MappingNode, fields: Fields) -> Node:
    """Add choices to an attribute."""
    attribute, addition = old.fields[name], new.fields[name]
    choices = choice_nodes(attribute.get("choices"), fields) if isinstance(attribute, MappingNode) else None
    if choices is None or not isinstance(addition, MappingNode) or list(addition.fields) != ["choices"]:
        message = f"'{shown(name)}' already exists at {old.keys[name].place}; only choices can be added to it"
        fields.problem(new.keys[name], message if choices else f"{message}, and it has none")
        return attribute
    assert isinstance(attribute, MappingNode)
    added = choice_nodes(addition.fields["choices"], fields)
    both = _joined(choices, added, fields, _refused) if added else choices
    return attribute._replace(fields={**attribute.fields, "choices": both})


def path_of(node: Node, folder: Path | None, shipped: Path) -> Path:
    """Find the file of the extended knowledge base: beside the extending one, or else among the shipped ones."""
    if not isinstance(node, ScalarNode) or node.is_null or not node.text:
        raise InputError.at(node.place, f"'extends' must be the name of a knowledge base, not {describe(node)}")
    name = node.text
    if PureWindowsPath(name).name != name:  # it knows the separators of all systems
        raise InputError.at(node.place, f"'{shown(name)}' must be beside this knowledge base, or shipped")
    folders = [folder, shipped] if folder else [shipped]
    for path in (each / file for each in folders for file in (name, f"{name}.yaml")):
        with suppress(OSError):  # the name may be too long for a file's
            if path.suffix and path.is_file():
                return path
    own = Path(node.place.file).name
    known = {path.stem: None for each in folders for path in sorted(each.glob("*.yaml")) if path.name != own}
    message = f"there is no knowledge base '{shown(name)}' beside this one, nor is it shipped{suggestion(name, known)}"
    raise InputError.at(node.place, message)
