"""Reading the parts of a tree: whatever is wrong becomes a problem with its place, and reading continues."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from expert.knowledge.attributes import NAME, Attribute
from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.tree import MappingNode, Node, ScalarNode, describe
from expert.knowledge.numbers import digits_hint, read_number
from expert.knowledge.problems import MOST_COMPARED, Problem, suggestion
from expert.knowledge.rules import Value


@dataclass
class Fields:
    """Reads nodes, collecting problems, and knows what the file has declared so far, for later sections to look up."""

    problems: list[Problem]
    attributes: dict[str, Attribute] = field(default_factory=dict)
    certainties: dict[str, float] = field(default_factory=dict)
    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    derived: frozenset[str] = frozenset()
    """The names of the attributes that the file's rules conclude."""
    folders: dict[str, Path] = field(default_factory=dict)
    """The folders of the files that the knowledge base is written in, by what messages call the files."""
    levels_used: set[str] = field(default_factory=set)
    _compared: int = 0
    _told: set[str] = field(default_factory=set)

    def problem(self, node: Node, message: str) -> None:
        """Note what is wrong with a node."""
        self.problems.append(Problem(node.place, message))

    def unknown(self, key: ScalarNode, what: str, names: Collection[object], where: str = "") -> None:
        """Note an unknown name: suggest another, or quotes where it looks like the rest of a text."""
        if key.alone:
            hint = "; if it belongs to the text before the comma, put that text in quotes"
        else:
            hint = self.suggestion(key.text, names)
        self.problem(key, f"unknown {what} '{shown(key.text)}'{where}{hint}")

    def suggestion(self, found: str, names: Collection[object]) -> str:
        """Suggest a name, until there have been too many to compare with; a list that has to be cut is told once."""
        self._compared += len(names)
        hint = suggestion(found, names) if self._compared <= MOST_COMPARED else ""
        if hint in self._told:
            return ""
        if hint.endswith(" others"):
            self._told.add(hint)
        return hint

    def mapping(self, node: Node | None, what: str, keys: tuple[str, ...] | None = None) -> MappingNode | None:
        """Take a node as a mapping with these keys only; None if it is absent or something else."""
        if node is None:
            return None
        if not isinstance(node, MappingNode):
            self.problem(node, f"{what} must be a mapping, not {describe(node)}")
            return None
        for name, key in node.keys.items():
            if keys is not None and name not in keys:
                self.unknown(key, "key", keys, f" in {what}")
        return node

    def entries(self, node: Node | None, what: str) -> Iterator[tuple[str, ScalarNode, Node]]:
        """Walk over a mapping whose keys are names that the author chose."""
        section = self.mapping(node, what)
        if section is None:
            return
        for name, key in section.keys.items():
            if NAME.fullmatch(name):
                yield name, key, section.fields[name]
            else:
                self.problem(key, f"'{shown(name)}' is not a valid name: use letters, digits, '_' and '-' only")

    def text(self, parent: MappingNode | None, key: str, default: str = "") -> str:
        """Read an optional text, its white space folded."""
        node = parent.get(key) if parent else None
        if node is None or (isinstance(node, ScalarNode) and node.is_null):
            return default
        if not isinstance(node, ScalarNode):
            self.problem(node, f"'{key}' must be a text, not {describe(node)}")
            return default
        return " ".join(node.text.split())

    def yes_or_no(self, node: Node | None, what: str) -> bool | None:
        """Read yes, no, true or false; None if it is absent."""
        if node is None:
            return None
        text = node.text.lower() if isinstance(node, ScalarNode) else ""
        if text not in ("yes", "no", "true", "false"):
            self.problem(node, f"'{what}' must be yes or no, not {describe(node)}")
        return text in ("yes", "true")

    def decimal(self, node: Node | None, what: str, unit: str = "") -> int | float | None:
        """Read a finite number, which may be followed by its unit; None if it is absent or something else."""
        if node is None:
            return None
        hint = ""
        if isinstance(node, ScalarNode) and not node.is_null:
            with suppress(ValueError):
                return read_number(node.name, unit)
            hint = digits_hint(node.text)
        self.problem(node, f"{what} must be a number, not {describe(node)}{hint}")
        return None

    def certainty(self, node: Node | None) -> float | None:
        """Read a named level, or a number in [-1, 1] other than 0; 1 if it is absent, None if it is something else."""
        if node is None:
            return 1.0
        if not isinstance(node, ScalarNode) or node.is_null or not node.text:
            self.problem(node, f"a certainty must be a level or a number, not {describe(node)}")
            return None
        if node.name in self.certainties:
            self.levels_used.add(node.name)
            return self.certainties[node.name]
        try:
            value = read_number(node.text)
        except ValueError:
            levels = self.certainties
            near = self.suggestion(node.name, levels) if levels else "; expected a number in [-1, 1] other than 0"
            self.problem(node, f"unknown certainty {describe(node)}{near}")
            return None
        if not -1 <= value <= 1 or value == 0:
            self.problem(node, f"a certainty must be in [-1, 1] and other than 0, not {describe(node)}")
            return None
        return float(value)

    def value(self, attribute: Attribute, node: Node | None) -> Value | None:
        """Read a value of an attribute; None if it is absent or something else."""
        if node is None:
            return None
        if not isinstance(node, ScalarNode) or node.is_null:
            self.problem(node, f"expected a value of {shown(attribute.name)}, not {describe(node)}")
            return None
        try:
            return attribute.read(node.text, self.suggestion)
        except ValueError as error:
            self.problem(node, str(error))
            return None

    def attribute(self, key: ScalarNode, expected: Collection[str] | None = None) -> Attribute | None:
        """Look an attribute up by its name; if it is unknown, suggest an expected one, or any."""
        if key.name not in self.attributes:
            self.unknown(key, "attribute", self.attributes if expected is None else expected)
        return self.attributes.get(key.name)
