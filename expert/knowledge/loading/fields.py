"""Reading the parts of a tree: what is absent or wrong becomes a problem with its place, and reading goes on."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from expert.knowledge.loading.reading import Mapping, Node, Scalar, describe
from expert.knowledge.model import NAME, Attribute, Number
from expert.knowledge.premises import Value
from expert.knowledge.problems import Problem, suggestion

_LATER = ("extends", "retire")


@dataclass
class Fields:
    """Reads nodes, collecting problems, and knows what the file has declared so far.

    Parameters
    ----------
    problems : list of Problem
        Grows while the file is read.
    attributes, certainties, sources : dict
        Grow as their sections are read; later sections look names up here.
    derived : frozenset of str
        The names of the attributes that the file's rules conclude.
    """

    problems: list[Problem]
    attributes: dict[str, Attribute] = field(default_factory=dict)
    certainties: dict[str, float] = field(default_factory=dict)
    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    derived: frozenset[str] = frozenset()

    def problem(self, node: Node, message: str) -> None:
        """Note what is wrong with a node."""
        self.problems.append(Problem(node.place, message))

    @contextmanager
    def noting(self, node: Node) -> Iterator[None]:
        """Note the ValueError that a reader raises as a problem of `node`."""
        try:
            yield
        except ValueError as error:
            self.problem(node, str(error))

    def mapping(self, node: Node | None, what: str, keys: tuple[str, ...] | None = None) -> Mapping | None:
        """Take a node as a mapping with none but these keys; None if it is absent or something else."""
        if node is None:
            return None
        if not isinstance(node, Mapping):
            self.problem(node, f"{what} must be a mapping, not {describe(node)}")
            return None
        for name, key in node.keys.items():
            if keys is None or name in keys:
                continue
            if name in _LATER:
                self.problem(key, f"'{name}' is not supported yet; write the rules out in one file")
            else:
                self.problem(key, f"unknown key '{name}' in {what}{suggestion(name, keys)}")
        return node

    def entries(self, node: Node | None, what: str) -> Iterator[tuple[str, Scalar, Node]]:
        """Walk over a mapping whose keys are names that the author chose."""
        section = self.mapping(node, what)
        if section is None:
            return
        for name, key in section.keys.items():
            if NAME.fullmatch(name):
                yield name, key, section.fields[name]
            else:
                self.problem(key, f"'{name}' is no name: use letters, digits, '_' and '-' only")

    def text(self, parent: Mapping | None, key: str, default: str = "") -> str:
        """Read an optional text, its white space folded."""
        node = parent.fields.get(key) if parent else None
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return default
        if not isinstance(node, Scalar):
            self.problem(node, f"'{key}' must be a text, not {describe(node)}")
            return default
        return " ".join(node.text.split())

    def yes_or_no(self, node: Node, what: str) -> bool:
        """Read yes, no, true or false."""
        text = node.text.lower() if isinstance(node, Scalar) else ""
        if text not in ("yes", "no", "true", "false"):
            self.problem(node, f"'{what}' must be yes or no, not {describe(node)}")
        return text in ("yes", "true")

    def decimal(self, node: Node, what: str) -> int | float | None:
        """Read a finite number."""
        if not isinstance(node, Scalar) or node.is_null:
            self.problem(node, f"{what} must be a number, not {describe(node)}")
            return None
        with self.noting(node):
            return Attribute(what, number=Number()).read(node.text)  # type: ignore[return-value]
        return None

    def certainty(self, node: Node) -> float | None:
        """Read a named level, or a number in [-1, 1] other than 0."""
        text = node.text if isinstance(node, Scalar) and not node.is_null else ""
        if text in self.certainties:
            return self.certainties[text]
        with self.noting(node):
            return certainty(text, self.certainties) if text else _not_a_certainty(node)
        return None

    def value(self, attribute: Attribute, node: Node) -> Value | None:
        """Read a value of an attribute."""
        if not isinstance(node, Scalar) or node.is_null:
            self.problem(node, f"expected a value of {attribute.name}, not {describe(node)}")
            return None
        with self.noting(node):
            return attribute.read(node.text)
        return None

    def attribute(self, key: Scalar, expected: Iterable[str] | None = None) -> Attribute | None:
        """Look an attribute up by its name; where there is none, suggest one of those that are expected, or any."""
        if key.text not in self.attributes:
            names = self.attributes if expected is None else expected
            self.problem(key, f"unknown attribute '{key.text}'{suggestion(key.text, names)}")
        return self.attributes.get(key.text)


def _not_a_certainty(node: Node) -> float:
    raise ValueError(f"a certainty must be a level or a number, not {describe(node)}")


def certainty(text: str, levels: dict[str, float]) -> float:
    """Understand a text as a certainty other than 0, or say what was expected."""
    try:
        value = float(text)
    except ValueError:
        near = suggestion(text, levels) if levels else "; expected a number in [-1, 1] other than 0"
        raise ValueError(f"unknown certainty '{text}'{near}") from None
    if not -1 <= value <= 1 or value == 0:
        raise ValueError(f"a certainty must be in [-1, 1] and other than 0, not '{text}'")
    return value
