"""A knowledge base as immutable data: attributes, rules, sources, cases; and the facts given to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from expert.knowledge.attributes import Attribute, Number
from expert.knowledge.problems import NOWHERE, Place
from expert.knowledge.rules import Pair, Rule, Test, Value, tests
from expert.knowledge.strata import concluded_values, strata

__all__ = ["Attribute", "Case", "Expectation", "Fact", "Model", "Number"]

Made = TypeVar("Made")


class Fact(NamedTuple):
    """A given fact: attribute = value, with a certainty factor and an origin.

    Parameters
    ----------
    attribute : str
        Its attribute's name.
    value : Value
        As the attribute's declaration understands it.
    certainty : float
        In [-1, 1]; 0 says nothing.
    origin : str
        Where it was given, such as ``facts.yaml:3``.
    note : str
        The giver's remark.
    fixed : bool
        Whether it cannot be otherwise, so that no flip changes it.
    """

    attribute: str
    value: Value
    certainty: float = 1.0
    origin: str = "given"
    note: str = ""
    fixed: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Write it as consultations do."""
        data = {key: getattr(self, key) for key in ("attribute", "value", "certainty", "origin")}
        return data | ({"note": self.note} if self.note else {}) | ({"fixed": True} if self.fixed else {})


class Expectation(NamedTuple):
    """What a case expects; None where it does not say."""

    recommendation: Value | None = None
    ranking: tuple[Value, ...] | None = None
    certainty: Mapping[Value, float] | None = None
    tie: tuple[Value, ...] | None = None
    undecided: bool | None = None

    def to_dict(self) -> dict[str, Any]:
        """Write it as in the file, without what it does not say."""
        return {key: value for key, value in self._asdict().items() if value is not None}


@dataclass(frozen=True)
class Case:
    """A scenario test that ships with the knowledge base."""

    name: str
    given: tuple[Fact, ...]
    expect: Expectation
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Model:
    """A whole knowledge base, as read from its file.

    Parameters
    ----------
    name, title, about, version : str
        What it is called, and what it is about.
    goal : str
        The attribute to conclude.
    threshold : float
        In [0, 1); a premise's degree must exceed it.
    certainties : mapping of str to float
        The named levels.
    sources : mapping of str to mapping
        What the rules cite.
    attributes : mapping of str to Attribute
        In the order of the file, as are the rules and the cases.
    rules : tuple of Rule
        The rules.
    cases : tuple of Case
        The scenario tests.
    """

    name: str
    goal: str
    attributes: Mapping[str, Attribute]
    rules: tuple[Rule, ...]
    title: str = ""
    about: str = ""
    version: str = "0"
    threshold: float = 0.2
    certainties: Mapping[str, float] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()

    def __repr__(self) -> str:
        return f"<Model {self.name} {self.version}: {len(self.rules)} rules>"

    def __getstate__(self) -> dict[str, Any]:
        # What was computed from it is left out: it may be large, or contain functions, which cannot be copied.
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def once(self, make: "Callable[[Model], Made]") -> Made:
        """Make something from the whole knowledge base the first time, and keep it; copies do not have it."""
        if make not in self._made:
            self._made.setdefault(make, make(self))  # of two threads, one is first
        made: Made = self._made[make]
        return made

    @cached_property
    def _made(self) -> dict[Any, Any]:
        return {}

    @cached_property
    def candidates(self) -> tuple[Value, ...]:
        """The goal's choices."""
        return tuple(self.attributes[self.goal].choices)

    @cached_property
    def derived(self) -> frozenset[str]:
        """The names of the attributes that rules conclude."""
        return frozenset(self.concluded)

    @cached_property
    def strata(self) -> dict[str, int]:
        """The number of each rule's stratum, from 1, by the rule's name."""
        return strata(self.rules)

    @cached_property
    def rules_by_name(self) -> dict[str, Rule]:
        """The rules, by their names."""
        return {rule.name: rule for rule in self.rules}

    @cached_property
    def rules_by_stratum(self) -> list[list[int]]:
        """The positions of the rules of each stratum, in the order of the file."""
        positions: list[list[int]] = [[] for _ in range(max(self.strata.values(), default=0))]
        for position, stratum in enumerate(self.strata.values()):
            positions[stratum - 1].append(position)
        return positions

    @cached_property
    def rules_concluding(self) -> dict[str, list[int]]:
        """The positions of the rules that conclude any value of each attribute."""
        found: dict[str, list[int]] = {}
        for position, rule in enumerate(self.rules):
            for attribute in dict.fromkeys(conclusion.attribute for conclusion in rule.conclusions):
                found.setdefault(attribute, []).append(position)
        return found

    @cached_property
    def conclusions_by_pair(self) -> dict[Pair, list[tuple[int, float]]]:
        """For each pair, the positions of the rules that conclude it, each with its certainty."""
        found: dict[Pair, list[tuple[int, float]]] = {}
        for position, rule in enumerate(self.rules):
            for attribute, value, certainty in rule.conclusions:
                found.setdefault((attribute, value), []).append((position, certainty))
        return found

    @cached_property
    def concluded(self) -> dict[str, list[Value]]:
        """The values that rules give each attribute that they conclude, in the order of the file."""
        return concluded_values(self.rules)

    @cached_property
    def tests_by_attribute(self) -> dict[str, list[Test]]:
        """List the tests of each attribute, in the order of the file; those of rules come first."""
        premises = [rule.premise for rule in self.rules]
        premises += [attribute.ask_if for attribute in self.attributes.values() if attribute.ask_if]
        found: dict[str, list[Test]] = {}
        for test in chain.from_iterable(map(tests, premises)):
            found.setdefault(test.attribute, []).append(test)
        return found

    def is_askable(self, attribute: Attribute) -> bool:
        """Tell whether facts can be given about an attribute: it has a question, or at least no rule concludes it."""
        return bool(attribute.question) or attribute.name not in self.derived

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical form, the same for files that differ in layout and comments alone."""
        import hashlib
        import json

        canonical = json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))
        return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"

    def to_dict(self) -> dict[str, Any]:
        """Write the canonical form: the format of the file, normalised."""
        return {
            "knowledge_base": self.name,
            "title": self.title,
            "about": self.about,
            "version": self.version,
            "goal": self.goal,
            "threshold": self.threshold,
            "certainties": dict(self.certainties),
            "sources": {name: dict(source) for name, source in self.sources.items()},
            "attributes": {name: attribute.to_dict() for name, attribute in self.attributes.items()},
            "rules": [rule.to_dict() for rule in self.rules],
            "cases": [
                {
                    "name": case.name,
                    "given": {fact.attribute: [fact.value, fact.certainty] for fact in case.given},
                    "expect": {
                        key: {str(k): v for k, v in value.items()} if isinstance(value, Mapping) else value
                        for key, value in case.expect.to_dict().items()
                    },
                }
                for case in self.cases
            ],
        }
