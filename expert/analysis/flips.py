"""Flips: the smallest sets of changes to the given facts that change the recommendation.

The sets are tried by increasing size, as tables of hypothetical cases. A set that holds a flip is never tried, so each
flip is smallest: no part of it would do. Values that the rules do not tell apart are tried once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, pairwise, product
from typing import TYPE_CHECKING, Any, NamedTuple

from expert.analysis.alternatives import Alternatives, alternatives
from expert.analysis.hypothetical import HypotheticalCases, Option
from expert.inference.consultation import Consultation
from expert.inference.degrees import degree_of
from expert.inference.ranking import Outcome
from expert.knowledge.distinctions import reaching
from expert.knowledge.foreign_text import shown
from expert.knowledge.problems import InputError, Place, Problem, suggestion
from expert.knowledge.ranges import Range, Ranges
from expert.knowledge.rules import Premise, Value, tests

if TYPE_CHECKING:
    import polars as pl

MOST = 3
"""How many facts a flip changes at the most."""

TOGETHER = 1_000_000
"""How many sets are listed at a time, so that memory stays bounded."""

SETS = 250_000
"""How many sets of a size are tried at the most; where there are more, the search ends before it."""

WORK = 150_000_000
"""How many rules and candidates are worked out for them at the most."""


class Flip(NamedTuple):
    """Changes that, together, give another recommendation; none of them can be left out.

    Parameters
    ----------
    changes : tuple of Option
        Each an attribute with its new value, in the order of the file; None withdraws the fact.
    recommendation : Value or None
        What is recommended then; None for a tie or undecided.
    outcome : str
        The outcome then.
    ranges : tuple of Range or None
        For each change to a number, the numbers around it that have the same effect.
    """

    changes: tuple[Option, ...]
    recommendation: Value | None
    outcome: Outcome
    ranges: tuple[Range | None, ...] = ()

    def __repr__(self) -> str:
        changes = ", ".join(f"{change.attribute} = {change.value}" for change in self.changes)
        return f"<Flip {shown(changes)} → {shown(self.recommendation or self.outcome)}>"

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data; with the ranges of numbers that are more than one number."""
        ranges = {
            change.attribute: within.to_dict()
            for change, within in zip(self.changes, self.ranges, strict=False)
            if within and not within.is_single
        }
        return {
            "changes": {change.attribute: change.value for change in self.changes},
            **({"ranges": ranges} if ranges else {}),
            "recommendation": self.recommendation,
            "outcome": self.outcome,
        }


class Flips(tuple[Flip, ...]):
    """A tuple of all smallest sets of changes that give another recommendation, and how far they were searched for.

    Parameters
    ----------
    flips : iterable of Flip
        Smallest sets first.
    searched : int
        All sets of up to so many changes were tried.
    is_complete : bool
        Whether that is all that was wanted; otherwise the larger sets were too many.
    """

    searched: int
    is_complete: bool

    def __new__(cls, flips: Iterable[Flip], searched: int, is_complete: bool = True) -> "Flips":
        """Make a tuple that knows how far the search went."""
        made = super().__new__(cls, flips)
        made.searched, made.is_complete = searched, is_complete
        return made

    def __getnewargs__(self) -> tuple[tuple[Flip, ...], int, bool]:
        """Say how to copy it."""
        return tuple(self), self.searched, self.is_complete


def flips(consultation: Consultation, fixed: Iterable[str] = (), most: int = MOST) -> Flips:
    """Find all smallest sets of changes that change the recommendation."""
    sizes = list(flips_by_size(consultation, fixed, most))
    return Flips(chain.from_iterable(sizes), len(sizes), len(sizes) == most)


def flips_by_size(consultation: Consultation, fixed: Iterable[str] = (), most: int = MOST) -> Iterator[list[Flip]]:
    """Find the flips of one change, then those of two, and so on; each size when it is asked for.

    It ends before a size that has too many sets.
    """
    return _Search(consultation, single_changes(consultation, fixed)).by_size(most)


def smallest_flips(sizes: Iterator[list[Flip]], most: int = MOST) -> Flips:
    """Take the flips of the smallest size that has any, from those of each size in turn."""
    searched = 0
    for found in sizes:
        searched += 1
        if found:
            return Flips(found, searched)
    return Flips((), searched, searched == most)


def single_changes(consultation: Consultation, fixed: Iterable[str] = ()) -> dict[str, list[Alternatives]]:
    """List what each asked attribute could be instead, but for those that are fixed."""
    base = consultation.knowledge_base
    given = {fact.attribute: fact for fact in consultation.given}
    kept = {fact.attribute for fact in consultation.given if fact.fixed} | set(_checked(consultation, fixed))
    return {
        name: alternatives(base, attribute, given.get(name))
        for name, attribute in base.attributes.items()
        if base.is_askable(attribute) and name not in kept
    }


def _checked(consultation: Consultation, names: Iterable[str]) -> Iterator[str]:
    """Refuse names of no attribute that facts can be given about."""
    base = consultation.knowledge_base
    askable = [name for name, attribute in base.attributes.items() if base.is_askable(attribute)]
    problems: list[Problem] = []
    for name in names:
        if name in askable:
            yield name
        elif name in base.attributes:
            problems.append(Problem(Place(base.name), f"'{name}' is concluded by rules, so it cannot be fixed"))
        else:
            problems.append(Problem(Place(base.name), f"there is no attribute '{name}'{suggestion(name, askable)}"))
    if problems:
        raise InputError(problems)


class _Search:
    """Sets of options, as their positions in ascending order; each size is built from the one before."""

    def __init__(self, consultation: Consultation, changes: dict[str, list[Alternatives]]):
        self._consultation = consultation
        base = consultation.knowledge_base
        known = {fact.attribute for fact in consultation.given if fact.certainty != 0}
        conditions = {name: base.attributes[name].ask_if for name in changes if name not in known}
        self._conditions = {name: ask_if for name, ask_if in conditions.items() if ask_if is not None}
        relevant = self._relevant()
        found = [(name, each) for name in changes if name in relevant for each in changes[name] if not each.idle]
        self._values = [each.values for _, each in found]
        self._ranges = {name: Ranges(base, base.attributes[name]) for name in changes if base.attributes[name].number}
        self._options = [Option(name, each.values[0]) for name, each in found]
        names = [name for name, _ in found]
        # Where the options of the next attribute start, for each option: a set has one of each attribute at the most.
        self._next = [position + names[position:].count(name) for position, name in enumerate(names)]
        self._cases = HypotheticalCases(base, consultation.given, self._options, self._conditions)
        self._open = {((), name) for name, ask_if in self._conditions.items() if self._holds_now(ask_if)}

    def by_size(self, most: int) -> Iterator[list[Flip]]:
        """Find the flips of each size."""
        import polars as pl

        singles = pl.DataFrame({"0": range(len(self._options))}, schema={"0": pl.UInt32})
        sets: Iterable[pl.DataFrame] = [singles]
        found: list[pl.DataFrame] = []
        for size in range(1, self._affordable(most) + 1):
            flips: list[Flip] = []
            flipping: list[tuple[int, ...]] = []
            tried = []
            for part in sets:
                if size < most:
                    tried.append(part)
                for positions, recommendation, outcome in self._flipping(part) if len(part) else ():
                    flipping.append(positions)
                    flips += self._written(positions, recommendation, outcome)
            yield sorted(flips, key=self._order)
            found.append(
                pl.DataFrame(flipping, schema=singles.schema | {str(i): pl.UInt32 for i in range(size)}, orient="row")
            )
            rest = pl.concat(tried).join(found[-1], on=found[-1].columns, how="anti") if tried else singles.clear()
            sets = self._larger(rest, singles, found)

    def _affordable(self, most: int) -> int:
        """Tell up to which size there are not too many sets; single changes never are."""
        counts = Counter[str]()
        for option, values in zip(self._options, self._values, strict=True):
            counts[option.attribute] += len(values)
        allowed = min(SETS, WORK // self._cases.width)
        of_size = [1] + [0] * most
        for count in counts.values():
            of_size = [1, *(more + count * fewer for fewer, more in pairwise(of_size))]
        return next((size - 1 for size, sets in enumerate(of_size) if size > 1 and sets > allowed), most)

    def _larger(
        self, sets: "pl.DataFrame", singles: "pl.DataFrame", found: Sequence["pl.DataFrame"]
    ) -> Iterator["pl.DataFrame"]:
        """Add one option to sets that hold no flip, in every way that leaves them without one."""
        import polars as pl

        last, new = sets.columns[-1], str(len(sets.columns))
        following = pl.Series(self._next, dtype=pl.UInt32)
        for part in sets.iter_slices(max(1, TOGETHER // max(1, len(singles)))):
            larger = part.join(singles.rename({"0": new}), how="cross")
            larger = larger.filter(larger[new] >= following.gather(larger[last]))
            for flips in found:
                for columns in combinations(sets.columns, len(flips.columns) - 1):
                    larger = larger.join(flips, left_on=[*columns, new], right_on=flips.columns, how="anti")
            yield larger

    def _flipping(self, sets: "pl.DataFrame") -> Iterator[tuple[tuple[int, ...], Value | None, Outcome]]:
        """Decide sets, and give those that flip, if each of their answers would be asked for."""
        import polars as pl

        decided = self._cases.decide(sets)
        for name in self._conditions:
            self._open |= {(positions, name) for positions in decided.filter(name).select(sets.columns).rows()}
        changed = decided.filter(pl.col("recommendation").ne_missing(pl.lit(self._consultation.recommendation)))
        for *positions, recommendation, outcome in changed.select(*sets.columns, "recommendation", "outcome").rows():
            if self._would_be_asked(tuple(positions)):
                yield tuple(positions), recommendation, outcome

    def _would_be_asked(self, positions: tuple[int, ...]) -> bool:
        """Tell whether each answer's condition for asking holds in the case without that answer."""
        for position in positions:
            name = self._options[position].attribute
            others = tuple(other for other in positions if other != position)
            if name in self._conditions and (others, name) not in self._open:
                return False
        return True

    def _written(self, positions: Sequence[int], recommendation: Value | None, outcome: Outcome) -> Iterator[Flip]:
        """Write a flip once for each choice among values of the same effect."""
        names = [self._options[position].attribute for position in positions]
        for values in product(*(self._values[position] for position in positions)):
            ranges = tuple(map(self._range, names, values))
            yield Flip(tuple(map(Option, names, values)), recommendation, outcome, ranges)

    def _range(self, name: str, value: Value | None) -> Range | None:
        """Give the numbers that have the effect of one."""
        return self._ranges[name].of(value) if name in self._ranges and value is not None else None

    def _order(self, flip: Flip) -> list[tuple[int, int, float]]:
        """Order flips as the file has attributes, and choices; numbers by size, and withdrawn facts last."""
        attributes = self._consultation.knowledge_base.attributes
        places = {name: place for place, name in enumerate(attributes)}

        def rank(name: str, value: Value | None) -> tuple[int, int, float]:
            if value is None:
                return places[name], 1, 0
            return places[name], 0, list(attributes[name].choices).index(value) if isinstance(value, str) else value

        return [rank(*change) for change in flip.changes]

    def _relevant(self) -> set[str]:
        """Collect the attributes that the goal depends on, or a condition for asking one of them."""
        base = self._consultation.knowledge_base
        relevant: set[str] = set()
        aims = {base.goal}
        while aims - relevant:
            relevant |= reaching(base, aims)
            read = [ask_if for name, ask_if in self._conditions.items() if name in relevant]
            aims |= {test.attribute for ask_if in read for test in tests(ask_if)}
        self._conditions = {name: ask_if for name, ask_if in self._conditions.items() if name in relevant}
        return relevant

    def _holds_now(self, premise: Premise) -> bool:
        """Tell whether a condition for asking holds on the given facts."""
        degree = degree_of(premise)(self._consultation.certainties)
        return degree > self._consultation.knowledge_base.threshold
