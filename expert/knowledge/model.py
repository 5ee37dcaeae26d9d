"""A knowledge base as immutable data: attributes, rules, sources, cases; and the facts given to it."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from expert.knowledge.foreign_text import comparable, shown
from expert.knowledge.numbers import digits_hint, read_number
from expert.knowledge.problems import NOWHERE, Place, suggestion
from expert.knowledge.rules import Pair, Premise, Rule, Test, Value, tests
from expert.knowledge.strata import concluded_values, strata

Made = TypeVar("Made")


class Number(NamedTuple):
    """What a numeric attribute admits.

    Parameters
    ----------
    unit : str
        What is counted, for people.
    at_least, at_most : float or None
        Bounds, both included.
    integer : bool
        Whether only whole numbers are admitted.
    """

    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None
    integer: bool = False

    def describe(self) -> str:
        """Say what is admitted.

        Examples
        --------
        >>> Number("examples", at_least=0, integer=True).describe()
        'a whole number of examples, at least 0'
        """
        text = "a whole number" if self.integer else "a number"
        if self.unit:
            text += f" of {shown(self.unit)}"
        bounds = [
            f"at {side} {bound}"
            for side, bound in [("least", self.at_least), ("most", self.at_most)]
            if bound is not None
        ]
        return ", ".join([text, " and ".join(bounds)] if bounds else [text])


@dataclass(frozen=True)
class Attribute:
    """A named thing one can know about the case.

    Parameters
    ----------
    name : str
        Its name in rules and facts files.
    about, question, help : str
        What it is; the question that asks for it (empty: it is never asked); a longer explanation.
    choices : mapping of str to str
        Value to label, in the order of the file; ``yes`` and ``no`` for a yes/no attribute, empty for a number.
    yes_no : bool
        Whether it is a yes/no attribute.
    number : Number or None
        What a numeric attribute admits; None for the other kinds.
    ask_if : Premise or None
        The question is put only where this premise holds.
    otherwise : Value or None
        Of the goal: the answer when no candidate exceeds the threshold.
    place : Place
        Where it is declared.
    """

    name: str
    about: str = ""
    question: str = ""
    help: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    yes_no: bool = False
    number: Number | None = None
    ask_if: Premise | None = None
    otherwise: Value | None = None
    place: Place = field(default=NOWHERE, compare=False)

    @property
    def kind(self) -> str:
        """``number``, ``yes/no`` or ``choice``."""
        return "number" if self.number else "yes/no" if self.yes_no else "choice"

    def label(self, value: Value) -> str:
        """Name a value for people.

        Examples
        --------
        >>> Attribute("size", choices={"small": "up to 10,000 examples"}).label("small")
        'up to 10,000 examples'
        """
        if self.number:
            return f"{value:,} {self.number.unit}".rstrip()
        return self.choices.get(str(value), str(value))

    def read(self, text: str, suggest: Callable[[str, Collection[object]], str] = suggestion) -> Value:
        """Understand a text as a value of this attribute.

        Parameters
        ----------
        text : str
            As it stands in a file or on the command line.
        suggest : callable
            Ends the message about a text that is none of the choices.

        Returns
        -------
        str, int or float
            The choice; ``yes`` or ``no``; or the number, an int where it is whole.

        Raises
        ------
        ValueError
            If it is none; the message says what was expected.

        Examples
        --------
        >>> Attribute("on_device", choices={"yes": "yes", "no": "no"}, yes_no=True).read("True")
        'yes'
        >>> Attribute("examples", number=Number(integer=True)).read("1e4")
        10000
        """
        text = comparable(text)
        if self.number:
            return self._read_number(text, self.number)
        if self.yes_no:
            value = {"true": "yes", "false": "no"}.get(text.lower(), text.lower())
            if value in self.choices:
                return value
            raise ValueError(f"{shown(self.name)} must be yes or no, not '{shown(text)}'")
        if text in self.choices:
            return text
        raise ValueError(f"{shown(self.name)} has no value '{shown(text)}'{suggest(text, self.choices)}")

    def _read_number(self, text: str, number: Number) -> int | float:
        expected = f"{shown(self.name)} must be {number.describe()}, not '{shown(text)}'"
        try:
            value = read_number(text, number.unit)
        except ValueError:
            raise ValueError(f"{expected}{digits_hint(text)}") from None
        if (
            (number.integer and value % 1)
            or (number.at_least is not None and value < number.at_least)
            or (number.at_most is not None and value > number.at_most)
        ):
            raise ValueError(expected)
        return value

    def to_dict(self) -> dict[str, Any]:
        """Write it as in the file, normalised."""
        data: dict[str, Any] = {}
        for key in ("about", "question", "help"):
            if text := getattr(self, key):
                data[key] = text
        if self.number:
            details = self.number._asdict().items()
            data["number"] = {key: value for key, value in details if value is not False and value not in ("", None)}
        elif not self.yes_no:
            data["choices"] = dict(self.choices)
        if self.ask_if:
            data["ask_if"] = self.ask_if.to_dict()
        if self.otherwise is not None:
            data["otherwise"] = self.otherwise
        return data


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
        # What has been worked out from it stays behind: it may be large, or hold functions, which cannot be copied.
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def once(self, make: "Callable[[Model], Made]") -> Made:
        """Make something from the whole knowledge base, the first time; it is kept with it, and not copied with it."""
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


NAME = re.compile(r"\w+(?:-\w+)*")
"""What attributes, rules, levels and sources may be called: a word, with single hyphens inside."""

RESERVED = ("all", "any", "not", "unknown")
"""Words of the rule language, which neither attributes nor choices may be called."""
