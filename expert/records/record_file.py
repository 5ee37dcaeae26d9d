"""Records of decisions as files: in YAML, with a checksum that tells whether the content is what was written."""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

from expert.knowledge.atomic_files import whole_file
from expert.knowledge.foreign_text import shown, visible_lines
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.file_formats import STDIN, decode, file_label, read_bytes
from expert.knowledge.loading.knowledge_base_file import shipped_names
from expert.knowledge.loading.tree import MappingNode, Node, ScalarNode, SequenceNode
from expert.knowledge.loading.yaml_format import parse_yaml
from expert.knowledge.problems import InputError
from expert.records.making import AnyDecision
from expert.records.shapes import plain, read

FORMAT = "expert.decision/1"

ENDINGS = (".yaml", ".yml")
"""How the names of records end."""

_HEADING = """\
# A decision, as it was made. `expert recheck` tells whether today's rules still make it.
# Do not change it: the checksum at its end would no longer be that of its content.
"""

_TAIL = ("format", "checksum")
"""The keys of the file that are not the decision's own."""


def write_decision(decision: AnyDecision, path: str | Path) -> AnyDecision:
    """Write a record, which names its knowledge base as it is found from there."""
    if Path(path).suffix.lower() not in ENDINGS:
        raise InputError.at(str(path), "is not the name of a record of a decision: it must end in .yaml")
    if Path(path).is_file() and not _is_record(path):
        raise InputError.at(str(path), "already exists, and is not a record of a decision; choose another file")
    where = _from_folder(decision.home, Path(path).absolute().parent)
    kept = replace(decision, knowledge_base=replace(decision.knowledge_base, where=where), file=Path(path))
    text = decision_text(kept)
    with whole_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
    return kept


def _is_record(path: str | Path) -> bool:
    """Tell whether a file is a record of any format, be it damaged."""
    return any(line.startswith(b"format:") and b"expert.decision/" in line for line in read_bytes(path).splitlines())


def decision_text(decision: AnyDecision) -> str:
    """Write a decision as the text of its record."""
    content = visible_lines(_yaml({"format": FORMAT, **plain(decision)}))
    tree, _ = parse_yaml(content, "")
    return f"{_HEADING}{content}checksum: {checksum(tree)}\n"


def read_decision(path: str | Path, kind: type[AnyDecision]) -> AnyDecision:
    """Read a record; refuse one whose content is not what was written."""
    label = file_label(path)
    text = decode(read_bytes(path), label)
    if not text.strip():
        raise InputError.at(label, "is empty; expected a record of a decision")
    tree, problems = parse_yaml(text, label)
    _check_format(tree, label)
    if problems:
        raise InputError(problems)
    assert isinstance(tree, MappingNode)
    _check_content(tree, label)
    names = [name for name in tree.fields if name not in _TAIL]
    own = MappingNode(
        {name: tree.fields[name] for name in names}, {name: tree.keys[name] for name in names}, tree.place
    )
    fields = Fields(problems)
    decision = read(own, kind, fields, "a decision")
    if problems:
        raise InputError(problems)
    made: AnyDecision = replace(decision, file=None if label == STDIN else Path(path))
    return made


def _check_format(tree: Node, label: str) -> None:
    """Refuse what is not a record of this format."""
    found = tree.get("format") if isinstance(tree, MappingNode) else None
    if not isinstance(found, ScalarNode) or not found.text.startswith("expert.decision/"):
        raise InputError.at(label, f"is not a record of a decision: its format is not {FORMAT}")
    if found.text != FORMAT:
        message = f"its format is {shown(found.text)}, which this version cannot read; it reads {FORMAT}"
        raise InputError.at(found.place, message)


def _check_content(tree: MappingNode, label: str) -> None:
    """Refuse content that is not what was written."""
    found = tree.get("checksum")
    if found is None:
        raise InputError.at(label, "is incomplete: the checksum at its end is missing")
    if not isinstance(found, ScalarNode) or found.text != checksum(tree):
        message = "its content was changed or damaged after it was written: the checksum is that of another"
        raise InputError.at(found.place, message)


def checksum(tree: Node) -> str:
    """Give the SHA-256 of the content, which layout and comments are no part of."""
    content = _content(tree)
    content.pop("checksum", None)
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def _content(node: Node) -> Any:
    """Take a tree without its places."""
    match node:
        case MappingNode():
            return {name: _content(each) for name, each in node.fields.items()}
        case SequenceNode():
            return [_content(each) for each in node.items]
    return None if node.is_null else node.text


def _from_folder(where: str, folder: Path) -> str:
    """Write where a knowledge base is as seen from a folder: so that both can be moved together."""
    if not where or where in shipped_names():
        return where
    path = Path(where)
    with suppress(ValueError):  # on Windows, it may be on another drive
        path = Path(os.path.relpath(where, folder))
    return path.as_posix() if len(path.parts) > 1 else f"./{path}"


def _yaml(data: dict[str, Any]) -> str:
    """Write YAML in which every text that is more than words is in quotes."""
    import yaml

    from expert.knowledge.loading.facts_writing import is_plain

    class Dumper(yaml.SafeDumper):
        """Keeps lines whole, and writes the same text in the same way everywhere."""

        def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
            """Write everything out."""
            return True

    def text(dumper: yaml.SafeDumper, found: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", found, style=None if is_plain(found) else '"')

    Dumper.add_representer(str, text)
    return yaml.dump(data, Dumper=Dumper, default_flow_style=None, sort_keys=False, allow_unicode=True, width=inf)
