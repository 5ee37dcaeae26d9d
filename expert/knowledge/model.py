"""A knowledge base as immutable data: attributes, rules, sources, cases; and the facts given to it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from expert.knowledge.attributes import Attribute, Number, Start
from expert.knowledge.cases import Case, Expectation, Fact
from expert.knowledge.defaults import default_rules
from expert.knowledge.formulas import Formula
from expert.knowledge.problems import Place
from expert.knowledge.rules import Is, Pair, Premise, Rule, Test, Value, tests
from expert.knowledge.strata import Strata, concluded_values, rows_above, strata

__all__ = ["Attribute", "Case", "Expectation", "Fact", "Model", "Number", "Retired", "Start"]

Made = TypeVar("Made")


class Retired(NamedTuple):
    """A rule of an extended knowledge base that no longer counts, and why.

    Parameters
    ----------
    rule : Rule
        As it is written there.
    reason : str
        Why it no longer counts.
    """

    rule: Rule
    reason: str


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
    accept : mapping of tuple of str to str
        The findings that are meant, by kind and name, each with the reason.
    places : mapping of tuple of str to Place
        Where each key of the file stands, by its path, but for rules, tables and cases, which have their own places;
        such as ``("attributes", "size", "choices", "small")``.
    levels_used : frozenset of str
        The named levels that the file writes anywhere.
    asked_of : Model or None
        The whole knowledge base, where this is the same with another goal.
    retired : tuple of Retired
        The rules that it takes away from the knowledge base that it extends.
    review_by : date or None
        When it should have been looked over again.
    is_shipped : bool
        Whether it is one of those that come with the package.
    folders : mapping of str to Path
        The folders of the files that it was read from, by what its places call the files.
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
    accept: Mapping[tuple[str, str], str] = field(default_factory=dict)
    places: Mapping[tuple[str, ...], Place] = field(default_factory=dict, compare=False)
    levels_used: frozenset[str] = field(default=frozenset(), compare=False)
    asked_of: "Model | None" = None
    retired: tuple[Retired, ...] = ()
    review_by: date | None = None
    is_shipped: bool = field(default=False, compare=False)
    folders: Mapping[str, Path] = field(default_factory=dict, compare=False)

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
    def all_rules(self) -> tuple[Rule, ...]:
        """The rules as written, then one for each default; a rule's position is its position here."""
        return (*self.rules, *default_rules(self.attributes, self.derived, self.threshold))

    @cached_property
    def formulas(self) -> dict[str, Formula]:
        """The formulas of computed numbers, in the order of the file."""
        return {name: a.formula for name, a in self.attributes.items() if a.formula}

    @cached_property
    def inputs(self) -> frozenset[str]:
        """The names of the numbers that others are computed from."""
        return frozenset(name for formula in self.formulas.values() for name in formula.inputs)

    @cached_property
    def derived(self) -> frozenset[str]:
        """The names of the attributes that rules conclude."""
        return frozenset(conclusion.attribute for rule in self.rules for conclusion in rule.conclusions)

    @cached_property
    def _strata(self) -> Strata:
        return strata(self.all_rules, self.formulas)

    @property
    def strata(self) -> dict[str, int]:
        """The number of each rule's stratum, from 1, by the rule's name."""
        return self._strata.rules

    @cached_property
    def computed(self) -> dict[int, list[str]]:
        """The computed numbers, by the stratum after which they can be, in an order in which they can be."""
        found: dict[int, list[str]] = {}
        for name, stratum in self._strata.computed.items():
            found.setdefault(stratum, []).append(name)
        return found

    @cached_property
    def row_above(self) -> dict[int, int | None]:
        """The position of the row above each row that counts only as far as none above it does."""
        return rows_above(self.all_rules)

    @cached_property
    def rules_by_name(self) -> dict[str, Rule]:
        """The rules, by their names."""
        return {rule.name: rule for rule in self.all_rules}

    @cached_property
    def why_retired(self) -> dict[str, str]:
        """The reasons of the retired rules, by the rules' names."""
        return {each.rule.name: each.reason for each in self.retired}

    @cached_property
    def positions(self) -> dict[str, int]:
        """The position of each rule, by its name."""
        return {rule.name: position for position, rule in enumerate(self.all_rules)}

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
        for position, rule in enumerate(self.all_rules):
            for attribute in dict.fromkeys(conclusion.attribute for conclusion in rule.conclusions):
                found.setdefault(attribute, []).append(position)
        return found

    @cached_property
    def conclusions_by_pair(self) -> dict[Pair, list[tuple[int, float]]]:
        """For each pair, the positions of the rules that conclude it, each with its certainty."""
        found: dict[Pair, list[tuple[int, float]]] = {}
        for position, rule in enumerate(self.all_rules):
            for attribute, value, certainty in rule.conclusions:
                found.setdefault((attribute, value), []).append((position, certainty))
        return found

    @cached_property
    def concluded(self) -> dict[str, list[Value]]:
        """The values that rules and defaults give each attribute, in the order of the file."""
        return concluded_values(self.all_rules)

    @cached_property
    def tests_by_attribute(self) -> dict[str, list[Test]]:
        """List the tests of each attribute, in the order of the file; those of rules come first."""
        conditions = [attribute.ask_if for attribute in self.attributes.values() if attribute.ask_if]
        found: dict[str, list[Test]] = {}
        for test in chain(chain.from_iterable(rule.tests() for rule in self.all_rules), *map(tests, conditions)):
            found.setdefault(test.attribute, []).append(test)
        return found

    @cached_property
    def attributes_read(self) -> dict[str, set[str]]:
        """For each attribute, those that its rules test, and those that it is computed from."""
        found: dict[str, set[str]] = {name: set(formula.inputs) for name, formula in self.formulas.items()}
        for name, positions in self.rules_concluding.items():
            rules = (self.all_rules[position] for position in self.with_rows_above(positions))
            found.setdefault(name, set()).update(test.attribute for rule in rules for test in rule.tests())
        return found

    def with_rows_above(self, positions: Iterable[int]) -> list[int]:
        """Add to the positions of rules those of the rows above them, in tables where the first row counts."""
        found = set(positions)
        for position in sorted(found, reverse=True):
            above = self.row_above.get(position)
            while above is not None and above not in found:
                found.add(above)
                above = self.row_above[above]
        return sorted(found)

    def premises(self, positions: Iterable[int]) -> list[Premise]:
        """List what decides the degrees of rules: their premises and exceptions, and those of the rows above them."""
        rules = [self.all_rules[position] for position in self.with_rows_above(positions)]
        return [premise for rule in rules for premise in (rule.premise, rule.unless) if premise is not None]

    def pairs_read(self, premise: Premise) -> list[Pair]:
        """List the concluded pairs that a premise reads.

        The test ``= v`` reads the one pair; every other test reads all pairs of its attribute, and of what that is
        computed from. Pairs that nothing concludes never change, so they are left out.
        """
        pairs: dict[Pair, None] = {}
        for test in tests(premise):
            if isinstance(test, Is) and test.attribute not in self.formulas:
                if test.value in self.concluded.get(test.attribute, ()):
                    pairs[test.attribute, test.value] = None
                continue
            names = [test.attribute, *sorted(self.computed_from.get(test.attribute, ()))]
            pairs.update(dict.fromkeys((name, value) for name in names for value in self.concluded.get(name, ())))
        return list(pairs)

    @cached_property
    def computed_from(self) -> dict[str, frozenset[str]]:
        """For each computed number, the attributes that it depends on through formulas alone."""
        found: dict[str, frozenset[str]] = {}
        for name in self._strata.computed:
            inputs = self.formulas[name].inputs
            found[name] = frozenset(inputs).union(*(found.get(attribute, ()) for attribute in inputs))
        return found

    def is_askable(self, attribute: Attribute) -> bool:
        """Tell whether facts can be given about an attribute.

        It has a question, or at least no rule concludes it; it is not computed.
        """
        return not attribute.formula and (bool(attribute.question) or attribute.name not in self.derived)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical form, the same for files that differ in layout and comments alone.

        Whatever it is asked for, it is that of the file.
        """
        if self.asked_of:
            return self.asked_of.digest
        from expert.knowledge.canonical_form import digest

        return digest(self)
