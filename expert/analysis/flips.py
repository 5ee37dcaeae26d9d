"""Flips: the smallest sets of changes to the given facts that change the recommendation.

The sets are tried by increasing size, as tables of hypothetical cases. A set that holds a flip is never tried, so each
flip is smallest: no part of it would do. Values that the rules do not tell apart are tried once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, combinations, groupby, pairwise, product
from math import inf
from typing import TYPE_CHECKING, TypeAlias

from expert.analysis.changing_case import ChangingCase
from expert.analysis.flip_sets import Flip, Flips
from expert.analysis.hypothetical import HypotheticalCases, Option
from expert.analysis.single_changes import case_ranges, relevant_attributes, single_changes
from expert.inference.consultation import Consultation
from expert.inference.ranking import Outcome, answer_of
from expert.knowledge.crossings import is_moved_by, share_an_input
from expert.knowledge.distinctions import Alternatives
from expert.knowledge.ranges import Range
from expert.knowledge.rules import Value

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

TABLE, CELL = 40, 1 / 16
"""The work of making a table, for each rule, and of deciding a case in it; that of evaluating a rule by itself is 1."""


def flips(consultation: Consultation, fixed: Iterable[str] = (), most: int = MOST) -> Flips:
    """Find all smallest sets of changes that change the recommendation."""
    sizes = list(flips_by_size(consultation, fixed, most))
    searched = max((found.searched for found in sizes), default=0)
    return Flips(chain.from_iterable(sizes), searched, searched == most)


def flips_by_size(consultation: Consultation, fixed: Iterable[str] = (), most: int = MOST) -> Iterator[Flips]:
    """Find the flips of one change, then those of two, and so on; each size when it is asked for.

    It ends before a size that has too many sets. Each knows up to which size all sets have been tried by then.
    Of a size, those come first that settle a tie between the tied candidates; the others, in the order of the file.
    """
    tied = {leader.value for leader in consultation.leaders}
    for found in _Search(consultation, single_changes(consultation, fixed)).by_size(most):
        nearest = sorted(found, key=lambda flip: flip.recommendation not in tied)
        yield Flips(nearest, found.searched, found.is_complete)


def smallest_flips(sizes: Iterator[Flips], most: int = MOST) -> Flips:
    """Take the flips of the smallest size that has any, from those of each size in turn."""
    searched = 0
    for found in sizes:
        searched = found.searched
        if found:
            return Flips(found, searched)
    return Flips((), searched, searched == most)


_Found: TypeAlias = tuple[tuple[int, ...], Value | None, Outcome]
"""A set of options that flips, and what is recommended then."""


class _Search:
    """Sets of options, as their positions in ascending order; each size is built from the one before."""

    def __init__(self, consultation: Consultation, changes: dict[str, list[Alternatives]]):
        self._consultation = consultation
        base = consultation.knowledge_base
        known = consultation.given_attributes
        relevant, self._conditions = relevant_attributes(base, [name for name in changes if name not in known])
        found = [(name, each) for name in changes if name in relevant for each in changes[name] if not each.idle]
        self._values = [each.values for _, each in found]
        self._ranges = consultation.once(case_ranges)
        self._places = {name: place for place, name in enumerate(base.attributes)}
        self._options = [Option(name, each.values[0]) for name, each in found]
        # Where the options of the next attribute start, for each option: a set has one of each attribute at the most.
        sizes = [len(list(several)) for _, several in groupby(name for name, _ in found)]
        self._next = [end for size, end in zip(sizes, accumulate(sizes), strict=True) for _ in range(size)]
        self._case = ChangingCase(consultation)
        self._open: dict[tuple[tuple[int, ...], str], bool]
        self._open = {((), name): self._case.holds(ask_if) for name, ask_if in self._conditions.items()}

    @cached_property
    def _cases(self) -> HypotheticalCases:
        """What decides sets of options, as tables."""
        now = self._consultation
        return HypotheticalCases(now.knowledge_base, now.given, self._options, self._conditions)

    def by_size(self, most: int) -> Iterator[Flips]:
        """Find the flips of each size: single changes one by one, larger sets as tables."""
        found = list(self._single_flips())
        yield self._written(found, 1)
        if most > 1:
            yield from self._by_larger_size(most, [positions for positions, *_ in found])

    @cached_property
    def _full(self) -> float:
        """The size up to which the options stand for all changes.

        Two inputs of one computed number make it cross what tests name at numbers that depend on one another, so that
        the options, found by changing one alone, are only some of those that count.
        """
        base = self._consultation.knowledge_base
        numbers = {option.attribute for option in self._options if option.attribute in base.inputs}
        if not all(self._ranges.of(name).is_whole for name in numbers):
            return 0
        return 1 if share_an_input(base, numbers) else inf

    def _single_flips(self) -> Iterator[_Found]:
        """Make each change alone, and give those that flip; as a table, once that is clearly less work."""
        goal = self._consultation.knowledge_base.goal
        for name, several in groupby(enumerate(self._options), key=lambda numbered: numbered[1].attribute):
            if not self._open.get(((), name), True):
                continue
            for position, option in several:
                if self._is_table_less_work(position):
                    yield from self._flipping(_table([(left,) for left in range(position, len(self._options))], 1))
                    return
                self._case.answer(name, option.value)
                then = answer_of(self._consultation.knowledge_base, self._case.certainties.get(goal, {}))
                if then.recommendation != self._consultation.recommendation:
                    yield (position,), *then
            self._case.restore(name)

    def _is_table_less_work(self, tried: int) -> bool:
        """Compare the work of a table with that of making all changes one by one, from those tried so far."""
        changes, rules = len(self._options), len(self._consultation.knowledge_base.rules)
        return self._case.work / max(tried, 1) * changes > rules * (TABLE + changes * CELL)

    def _by_larger_size(self, most: int, singles: Sequence[tuple[int, ...]]) -> Iterator[Flips]:
        """Find the flips of two changes, then those of three, and so on."""
        import polars as pl

        options = _table([(position,) for position in range(len(self._options))], 1)
        tried, flipping = [options], [_table(singles, 1)]
        for size in range(2, self._affordable(most) + 1):
            last = flipping[-1]
            rest = pl.concat(tried).join(last, on=last.columns, how="anti") if tried else options.clear()
            tried = []
            found: list[_Found] = []
            for part in self._larger(rest, options, flipping):
                if size < most:
                    tried.append(part)
                found += self._flipping(part) if len(part) else ()
            yield self._written(found, size)
            flipping.append(_table([positions for positions, *_ in found], size))

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

    def _flipping(self, sets: "pl.DataFrame") -> Iterator[_Found]:
        """Decide sets, and give those that flip, if each of their answers would be asked for."""
        import polars as pl

        decided = self._cases.decide(sets)
        for name in self._conditions:
            self._open |= {(positions, name): True for positions in decided.filter(name).select(sets.columns).rows()}
        changed = decided.filter(pl.col("recommendation").ne_missing(pl.lit(self._consultation.recommendation)))
        for *positions, recommendation, outcome in changed.select(*sets.columns, "recommendation", "outcome").rows():
            if self._would_be_asked(tuple(positions)):
                yield tuple(positions), recommendation, outcome

    def _would_be_asked(self, positions: tuple[int, ...]) -> bool:
        """Tell whether each answer's condition for asking holds in the case without that answer."""
        for position in positions:
            name = self._options[position].attribute
            others = tuple(other for other in positions if other != position)
            if name in self._conditions and not self._is_open(others, name):
                return False
        return True

    def _is_open(self, others: tuple[int, ...], name: str) -> bool:
        """Tell whether a condition for asking holds with some options taken; of larger sets their table has told."""
        if len(others) == 1 and (others, name) not in self._open:
            option = self._options[others[0]]
            self._case.answer(*option)
            self._open[others, name] = self._case.holds(self._conditions[name])
            self._case.restore(option.attribute)
        return self._open.get((others, name), False)

    def _written(self, found: Iterable[_Found], size: int) -> Flips:
        """Write flips in order, each once for each choice among values of the same effect."""
        flips = []
        for positions, recommendation, outcome in found:
            names = [self._options[position].attribute for position in positions]
            for values in product(*(self._values[position] for position in positions)):
                ranges = tuple(self._range(name, value, names) for name, value in zip(names, values, strict=True))
                flips.append(Flip(tuple(map(Option, names, values)), recommendation, outcome, ranges))
        flips.sort(key=lambda flip: [self._place(*change) for change in flip.changes])
        return Flips(flips, int(min(size, self._full)))

    def _range(self, name: str, value: Value | None, changed: Sequence[str]) -> Range | None:
        """Give the numbers that have the effect of one; where another input changes as well, that is not known."""
        base = self._consultation.knowledge_base
        if value is None or not base.attributes[name].number:
            return None
        if is_moved_by(base, name, changed):
            return None
        return self._ranges.of(name).of(value)

    def _place(self, name: str, value: Value | None) -> tuple[int, int, float]:
        """Order changes as the file has attributes, and choices; numbers by size, and withdrawn facts last."""
        attributes = self._consultation.knowledge_base.attributes
        if value is None:
            return self._places[name], 1, 0
        return self._places[name], 0, list(attributes[name].choices).index(value) if isinstance(value, str) else value


def _table(sets: Sequence[tuple[int, ...]], size: int) -> "pl.DataFrame":
    """Put sets of options of one size into columns."""
    import polars as pl

    return pl.DataFrame(sets, schema={str(i): pl.UInt32 for i in range(size)}, orient="row")
