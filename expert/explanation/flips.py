"""Flips: the smallest sets of changes to the given facts that change the recommendation.

The sets are tried by increasing size, as tables of hypothetical cases. A set that holds a flip is never tried, so each
flip is smallest: no part of it would do. Values that the rules do not tell apart are tried once.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, product
from typing import TYPE_CHECKING, Any, NamedTuple

from expert.inference.alternatives import Alternatives, alternatives
from expert.inference.bounds import Outcome
from expert.inference.consultation import Consultation
from expert.inference.degrees import degree_of
from expert.inference.hypotheses import reaching
from expert.inference.hypothetical import HypotheticalCases, Option
from expert.knowledge.foreign_text import shown
from expert.knowledge.premises import Premise, Value, tests
from expert.knowledge.problems import InputError, Place, Problem, suggestion

if TYPE_CHECKING:
    import polars as pl

MOST = 3
"""How many facts a flip changes at the most."""

TOGETHER = 1_000_000
"""How many sets are listed at a time, so that memory stays bounded."""


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
    """

    changes: tuple[Option, ...]
    recommendation: Value | None
    outcome: Outcome

    def __repr__(self) -> str:
        changes = ", ".join(f"{change.attribute} = {change.value}" for change in self.changes)
        return f"<Flip {shown(changes)} → {shown(self.recommendation or self.outcome)}>"

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return {
            "changes": {change.attribute: change.value for change in self.changes},
            "recommendation": self.recommendation,
            "outcome": self.outcome,
        }


def flips(consultation: Consultation, fixed: Iterable[str] = (), most: int = MOST) -> tuple[Flip, ...]:
    """Find all smallest sets of changes that change the recommendation.

    Parameters
    ----------
    consultation : Consultation
        On the given facts.
    fixed : iterable of str
        Attributes that are never changed, besides the facts that are marked so.
    most : int
        How many changes a set may have.

    Returns
    -------
    tuple of Flip
        Smallest sets first, then in the order of the file.

    Raises
    ------
    InputError
        If `fixed` names no attribute that facts can be given about.

    Examples
    --------
    >>> from expert import KnowledgeBase
    >>> consultation = KnowledgeBase.load().consult({"dataset_size": "small", "rapid_prototyping": "yes"})
    >>> flips(consultation)[0].to_dict()
    {'changes': {'dataset_size': 'large'}, 'recommendation': 'tensorflow', 'outcome': 'recommended'}
    """
    return tuple(chain.from_iterable(flips_by_size(consultation, fixed, most)))


def flips_by_size(consultation: Consultation, fixed: Iterable[str] = (), most: int = MOST) -> Iterator[list[Flip]]:
    """Find the flips of one change, then those of two, and so on; each size when it is asked for."""
    return _Search(consultation, single_changes(consultation, fixed)).by_size(most)


def single_changes(consultation: Consultation, fixed: Iterable[str] = ()) -> dict[str, list[Alternatives]]:
    """List what each asked attribute could be instead, but for those that are fixed.

    Raises
    ------
    InputError
        If `fixed` names no attribute that facts can be given about.

    Examples
    --------
    >>> from expert import KnowledgeBase
    >>> changes = single_changes(KnowledgeBase.load().consult({"debugging": "yes"}))
    >>> [alternative.values for alternative in changes["debugging"]]
    [('no', None)]
    """
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
        for size in range(1, most + 1):
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
            yield Flip(tuple(map(Option, names, values)), recommendation, outcome)

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
