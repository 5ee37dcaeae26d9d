"""Knowledge bases that extend another: both trees as one, each part with its place in its own file."""

from collections.abc import Callable
from pathlib import Path

from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.tree import MappingNode, Node, ScalarNode, SequenceNode, describe
from expert.knowledge.problems import InputError

ADDED = ("certainties", "sources", "attributes", "rules", "tables", "accept")
"""Sections to which an extending knowledge base adds entries."""

OWN = ("knowledge_base", "title", "about", "version", "review_by", "cases")
"""What every knowledge base has of its own; cases are about the rules that they were written for."""

GIVEN = ("goal", "threshold")
"""What an extending knowledge base takes from the one that it extends."""

MOST = 8
"""How many knowledge bases may extend one another."""


def merged(top: MappingNode, base: MappingNode, fields: Fields) -> MappingNode:
    """Join the tree of a knowledge base with the one that it extends, to which it only adds."""
    for key in GIVEN:
        if key in top.fields:
            fields.problem(top.keys[key], f"'{key}' is that of the extended knowledge base, and cannot be changed")
    whole = MappingNode({}, {}, top.place)
    for key in (*OWN, "retire"):
        _copy(key, top, whole)
    for key in GIVEN:
        _copy(key, base, whole)
    for key in ADDED:
        _copy(key, base, whole)
        _copy(key, top, whole)
        old, new = base.get(key), top.get(key)
        if isinstance(old, MappingNode) and isinstance(new, MappingNode):
            join = _with_choices if key == "attributes" else _refused
            whole.fields[key] = _joined(old, new, fields, join)
    return whole


def _copy(key: str, source: MappingNode, target: MappingNode) -> None:
    """Take a key over, if it is there."""
    if key in source.fields:
        target.fields[key], target.keys[key] = source.fields[key], source.keys[key]


def _joined(old: MappingNode, new: MappingNode, fields: Fields, join: Callable[..., Node]) -> MappingNode:
    """Add the entries of one mapping to those of another."""
    whole = MappingNode(dict(old.fields), dict(old.keys), old.place)
    for name, child in new.fields.items():
        if name in old.fields:
            whole.fields[name] = join(name, old, new, fields)
        else:
            whole.fields[name], whole.keys[name] = child, new.keys[name]
    return whole


def _refused(name: str, old: MappingNode, new: MappingNode, fields: Fields) -> Node:
    """Refuse to change what is there."""
    message = f"'{shown(name)}' already exists at {old.keys[name].place}; an extending knowledge base only adds"
    fields.problem(new.keys[name], message)
    return old.fields[name]


def _with_choices(name: str, old: MappingNode, new: MappingNode, fields: Fields) -> Node:
    """Add choices to an attribute."""
    attribute, addition = old.fields[name], new.fields[name]
    choices = _choices(attribute.get("choices")) if isinstance(attribute, MappingNode) else None
    added = _choices(addition.get("choices")) if isinstance(addition, MappingNode) else None
    if choices is None or added is None or not isinstance(addition, MappingNode) or len(addition.fields) > 1:
        message = f"'{shown(name)}' already exists at {old.keys[name].place}; only choices can be added to it"
        fields.problem(new.keys[name], f"{message}{'' if choices else ', and it has none'}")
        return attribute
    assert isinstance(attribute, MappingNode)
    both = _joined(choices, added, fields, _refused)
    return attribute._replace(fields={**attribute.fields, "choices": both})


def _choices(node: Node | None) -> MappingNode | None:
    """Take choices as a mapping, whose entries are without labels where they are a list."""
    if isinstance(node, SequenceNode):
        items = {item.name: item for item in node.items if isinstance(item, ScalarNode)}
        return MappingNode(dict(items), items, node.place)
    return node if isinstance(node, MappingNode) else None


def path_of(node: Node, folder: Path | None, shipped: Callable[[str], Path | None]) -> tuple[Path, str]:
    """Find the file of the extended knowledge base, and what messages call it.

    It is beside the extending one, or shipped.
    """
    if not isinstance(node, ScalarNode) or not node.text:
        raise InputError.at(node.place, f"'extends' must be the name of a knowledge base, not {describe(node)}")
    name = node.text
    if Path(name).name != name:
        raise InputError.at(node.place, f"'{shown(name)}' must be beside this knowledge base, or shipped")
    if folder is not None:
        for file in (name, f"{name}.yaml"):
            if (folder / file).is_file() and Path(file).suffix:
                return folder / file, str(Path(node.place.file).parent / file)
    if path := shipped(name):
        return path, path.name
    raise InputError.at(node.place, f"there is no knowledge base '{shown(name)}' beside this one, nor is it shipped")
