"""Many cases that differ from a given one in a few facts, decided together as a frame."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from expert.frames.decider import Decider
from expert.frames.output_columns import Extras
from expert.knowledge.model import Fact, Model
from expert.knowledge.rules import Value
from expert.knowledge.variants import only_reaching, with_condition_rules

if TYPE_CHECKING:
    import polars as pl


COLUMNS = 5
"""How many columns a candidate takes to be ranked."""

CELLS = 20_000_000
"""How many cases times rules and candidates are worked out at a time, so that memory stays bounded."""


class Option(NamedTuple):
    """One thing that can be otherwise: an attribute is given a value for certain; None withdraws its fact."""

    attribute: str
    value: Value | None


class HypotheticalCases:
    """Decides a case with sets of options taken, and whether the conditions of some questions hold then."""

    def __init__(
        self, knowledge_base: Model, given: Iterable[Fact], options: Sequence[Option], conditional: Iterable[str]
    ):
        self._conditions = {name: f"ask_if {name}" for name in conditional}
        with_conditions = with_condition_rules(knowledge_base, self._conditions)
        self._model = only_reaching(with_conditions, [knowledge_base.goal, *self._conditions.values()])
        self._given = {fact.attribute: fact for fact in given if fact.certainty != 0}
        self._own: dict[str, _Own] = {}
        for position, option in enumerate(options):
            self._own.setdefault(option.attribute, _Own(position, [])).values.append(option.value)
        self._decider = self._model.once(Decider)
        self._piece = max(1, CELLS // self.width)

    @property
    def width(self) -> int:
        """How many rules and candidates each case takes."""
        return len(self._model.all_rules) + COLUMNS * len(self._model.candidates)

    def decide(self, sets: "pl.DataFrame") -> "pl.DataFrame":
        """Decide the case once for each set of options."""
        import polars as pl

        extras = Extras(holds=tuple(self._conditions.values()))
        conditions = [pl.col(f"holds.{rule}").alias(name) for name, rule in self._conditions.items()]
        wanted = [*map(pl.col, sets.columns), "recommendation", "outcome", *conditions]
        pieces = (self._cases(part) for part in sets.iter_slices(self._piece))
        decided: list[pl.DataFrame] = [self._decider.decide(cases, extras).select(wanted) for cases in pieces]
        return pl.concat(decided)

    def _cases(self, sets: "pl.DataFrame") -> "pl.DataFrame":
        """Add the facts of each case to the sets: those given, changed by the options taken."""
        import polars as pl

        columns = list(sets)
        for name, attribute in self._model.attributes.items():
            own, fact = self._own.get(name), self._given.get(name)
            if not own and not fact:
                continue
            dtype = pl.Float64 if attribute.number else pl.Enum(list(attribute.choices))
            columns.append(_changed(sets, own, fact and fact.value, dtype).alias(name))
            if fact and fact.certainty != 1:
                certain = own and own._replace(values=[1.0] * len(own.values))
                columns.append(_changed(sets, certain, fact.certainty, pl.Float64).alias(f"{name}.certainty"))
        return pl.DataFrame(columns)


class _Own(NamedTuple):
    """The values of an attribute's options, and the position of the first of them."""

    first: int
    values: list[Any]


def _changed(sets: "pl.DataFrame", own: _Own | None, now: Any, dtype: Any) -> "pl.Series":
    """Give each set the value of its option among an attribute's own, or else the value of now."""
    import polars as pl

    column = pl.repeat(now, len(sets), dtype=dtype, eager=True)
    if own:
        values, last = pl.Series(own.values, dtype=dtype), own.first + len(own.values) - 1
        for positions in sets:
            taken = positions.clip(own.first, last) - own.first
            column = values.gather(taken).zip_with(positions.is_between(own.first, last), column)
    return column
