"""Rules: premises, which are ``AllOf``, ``AnyOf`` and ``AtLeastOf`` over single tests, and what follows from them.

Negation is pushed inward while reading (De Morgan), so no engine has to handle a negated group.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import ge, gt, le, lt
from typing import Any, NamedTuple, TypeAlias

from expert.knowledge.problems import NOWHERE, Place

Value: TypeAlias = str | int | float
"""A choice, ``yes`` or ``no``, or a number."""

COMPARE = {"at_least": ge, "at_most": le, "more_than": gt, "less_than": lt}
"""How a number compares with a bound, by the word for it."""

COMPLEMENT = {
    "at_least": "less_than",
    "less_than": "at_least",
    "at_most": "more_than",
    "more_than": "at_most",
}
"""Each comparison, with the one that holds exactly where it does not."""

SYMBOLS = {"at_least": "≥", "at_most": "≤", "more_than": ">", "less_than": "<"}


@dataclass(frozen=True)
class Is:
    """The test ``= v``."""

    attribute: str
    value: Value

    def __str__(self) -> str:
        return f"{self.attribute} = {self.value}"

    def to_dict(self) -> dict[str, Any]:
        """Write it as in the file, normalised."""
        return {self.attribute: self.value}


@dataclass(frozen=True)
class IsNot:
    """The test ``not v``: known to be another value, or known not to be this one."""

    attribute: str
    value: Value

    def __str__(self) -> str:
        return f"{self.attribute} is not {self.value}"

    def to_dict(self) -> dict[str, Any]:
        """Write it as in the file, normalised."""
        return {self.attribute: {"not": self.value}}


@dataclass(frozen=True)
class Compare:
    """A test of a number against a bound; `operator` is ``at_least``, ``at_most``, ``more_than`` or ``less_than``."""

    attribute: str
    operator: str
    bound: int | float

    def __str__(self) -> str:
        return f"{self.attribute} {SYMBOLS[self.operator]} {self.bound}"

    def to_dict(self) -> dict[str, Any]:
        """Write it as in the file, normalised."""
        return {self.attribute: {self.operator: self.bound}}


@dataclass(frozen=True)
class Unknown:
    """The test ``unknown``: nothing is known of the attribute."""

    attribute: str

    def __str__(self) -> str:
        return f"{self.attribute} is unknown"

    def to_dict(self) -> dict[str, Any]:
        """Write it as in the file, normalised."""
        return {self.attribute: "unknown"}


@dataclass(frozen=True)
class Known:
    """The opposite of ``unknown``: anything is known of the attribute."""

    attribute: str

    def __str__(self) -> str:
        return f"{self.attribute} is known"

    def to_dict(self) -> dict[str, Any]:
        """Write it as in the file, normalised."""
        return {self.attribute: {"not": "unknown"}}


@dataclass(frozen=True)
class Lacking:
    """What only the rule of a default tests: no value of the attribute exceeds the threshold."""

    attribute: str
    threshold: float

    def __str__(self) -> str:
        return f"nothing says what {self.attribute} is"

    def to_dict(self) -> dict[str, Any]:
        """Write it for a canonical form; no file can contain it."""
        return {self.attribute: {"not": "concluded"}}


@dataclass(frozen=True)
class AllOf:
    """Every one of these premises; its degree is their minimum, and 1 where there are none."""

    premises: tuple["Premise", ...]

    def __str__(self) -> str:
        parts = [f"({p})" if isinstance(p, AnyOf | AtLeastOf) else str(p) for p in self.premises]
        return " and ".join(parts) or "always"

    def to_dict(self) -> dict[str, Any]:
        """Write it as in the file, normalised."""
        return {"all": [premise.to_dict() for premise in self.premises]}


@dataclass(frozen=True)
class AnyOf:
    """At least one of these premises; its degree is their maximum."""

    premises: tuple["Premise", ...]

    def __str__(self) -> str:
        return " or ".join(f"({p})" if isinstance(p, AllOf | AtLeastOf) else str(p) for p in self.premises)

    def to_dict(self) -> dict[str, Any]:
        """Write it as in the file, normalised."""
        return {"any": [premise.to_dict() for premise in self.premises]}


@dataclass(frozen=True)
class AtLeastOf:
    """So many of these premises, or more; its degree is the greatest that so many of them reach."""

    needed: int
    premises: tuple["Premise", ...]

    def __str__(self) -> str:
        return f"at least {self.needed} of: {', '.join(map(str, self.premises))}"

    def to_dict(self) -> dict[str, Any]:
        """Write it as in the file, normalised."""
        return {"at_least": self.needed, "of": [premise.to_dict() for premise in self.premises]}


Test: TypeAlias = Is | IsNot | Compare | Unknown | Known | Lacking
Premise: TypeAlias = Test | AllOf | AnyOf | AtLeastOf


def tests(premise: Premise) -> Iterator[Test]:
    """Walk over the single tests of a premise, in the order of the file."""
    if isinstance(premise, AllOf | AnyOf | AtLeastOf):
        for part in premise.premises:
            yield from tests(part)
    else:
        yield premise


def negate(premise: Premise) -> Premise:
    """Push a negation inward.

    Examples
    --------
    >>> str(negate(AllOf((Is("size", "small"), Compare("cost", "at_most", 5)))))
    'size is not small or cost > 5'
    """
    match premise:
        case AllOf(parts):
            return AnyOf(tuple(negate(part) for part in parts))
        case AnyOf(parts):
            return AllOf(tuple(negate(part) for part in parts))
        case AtLeastOf(needed, parts):
            return AtLeastOf(len(parts) - needed + 1, tuple(negate(part) for part in parts))
        case Is(attribute, value):
            return IsNot(attribute, value)
        case IsNot(attribute, value):
            return Is(attribute, value)
        case Compare(attribute, operator, bound):
            return Compare(attribute, COMPLEMENT[operator], bound)
        case Unknown(attribute):
            return Known(attribute)
        case Known(attribute):
            return Unknown(attribute)
        case Lacking():
            raise TypeError("a default has no opposite")


Pair: TypeAlias = tuple[str, Value]
"""An attribute with one of its values: what a certainty factor belongs to."""


class Conclusion(NamedTuple):
    """What a rule concludes: an attribute's value, with a certainty in [-1, 1] other than 0."""

    attribute: str
    value: Value
    certainty: float


class Citation(NamedTuple):
    """A source's name, then where in it."""

    source: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.source} {self.where}".rstrip()


@dataclass(frozen=True)
class Rule:
    """If the premise holds, and no exception does, each conclusion gets evidence.

    Its degree is the least of the premise's and of 1 less each exception's: that of `unless`, and, of a row that counts
    `first`, those of the premises of all rows above it.

    Parameters
    ----------
    name : str
        Unique in the knowledge base.
    premise : Premise
        What must hold; negation is already pushed inward.
    conclusions : tuple of Conclusion
        At least one; no pair twice.
    because : str
        One plain sentence; empty if the author gave none.
    citations : tuple of Citation
        Where the rule comes from.
    place : Place
        Where it is written.
    unless : Premise or None
        The exception.
    table : str
        The decision table that it is a row of; empty for a rule of its own.
    first : bool
        Whether it counts only as far as no row above it in its table does.
    is_default : bool
        Whether an attribute's ``otherwise`` made it; no author wrote it.
    """

    name: str
    premise: Premise
    conclusions: tuple[Conclusion, ...]
    because: str = ""
    citations: tuple[Citation, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)
    unless: Premise | None = None
    table: str = ""
    first: bool = False
    is_default: bool = False

    def tests(self) -> Iterator[Test]:
        """Walk over the single tests of the premise, then of the exception."""
        yield from tests(self.premise)
        if self.unless is not None:
            yield from tests(self.unless)

    def to_dict(self) -> dict[str, Any]:
        """Write it as in the file, normalised: every conclusion with its own certainty."""
        then: dict[str, dict[str, float]] = {}
        for conclusion in self.conclusions:
            then.setdefault(conclusion.attribute, {})[str(conclusion.value)] = conclusion.certainty
        return {
            "name": self.name,
            "if": self.premise.to_dict(),
            **({"unless": self.unless.to_dict()} if self.unless else {}),
            **({"table": self.table, "hit": "first" if self.first else "all"} if self.table else {}),
            "then": then,
            "because": self.because,
            "source": [str(citation) for citation in self.citations],
        }
