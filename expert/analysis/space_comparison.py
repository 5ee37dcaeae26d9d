"""Two knowledge bases over all cases: how often their answers differ, and the smallest cases that show it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from math import prod
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from expert.analysis.comparison import takes
from expert.frames.decider import Decider
from expert.frames.output_columns import Extras
from expert.inference.consultation import Consultation, consult
from expert.knowledge.distinctions import distinguishing_values
from expert.knowledge.model import Attribute, Fact, Model
from expert.knowledge.rules import Value
from expert.knowledge.variants import joint

if TYPE_CHECKING:
    import polars as pl

EXACT = 200_000
"""How many cases are all looked at."""

SAMPLE = 50_000
"""How many are drawn where there are more."""

SMALL = 200_000
"""How many cases of one and of two facts are looked at besides a sample, for the smallest that differ."""

Answer: TypeAlias = str
"""A recommendation; or else ``tie`` or ``undecided``."""


class Pattern(NamedTuple):
    """Cases to which two knowledge bases give the same two answers.

    Parameters
    ----------
    one, other : str
        The answer of each: a recommendation, or ``tie`` or ``undecided``.
    cases : int
        How many of the cases looked at.
    example : mapping of str to Value
        A smallest case, as facts: the fewest facts that were found, and none of them can be left out.
    """

    one: Answer
    other: Answer
    cases: int
    example: Mapping[str, Value]


class SpaceComparison(NamedTuple):
    """Two knowledge bases over all cases of facts that their rules tell apart, unknown included.

    Parameters
    ----------
    one, other : Model
        The knowledge bases.
    cases : int
        How many cases were looked at.
    exact : bool
        Whether these are all; if not, they were drawn at random, always the same.
    patterns : tuple of Pattern
        The most frequent first; none where the answers never differ.
    only_one, only_other, changed : tuple of str
        The rules that only the one has, that only the other has, and that they have in two ways.
    """

    one: Model
    other: Model
    cases: int
    exact: bool
    patterns: tuple[Pattern, ...]
    only_one: tuple[str, ...]
    only_other: tuple[str, ...]
    changed: tuple[str, ...]

    def __repr__(self) -> str:
        found = f"{self.differing:,} differences" if self.patterns else "no difference"
        return f"<SpaceComparison {found} in {self.looked_at}>"

    @property
    def looked_at(self) -> str:
        """Which cases were looked at, in words."""
        which = f"all {self.cases:,} cases that the rules tell apart"
        return which if self.exact else f"{self.cases:,} cases drawn at random"

    @property
    def differing(self) -> int:
        """In how many of the cases the answers differ."""
        return sum(pattern.cases for pattern in self.patterns)

    def to_dict(self) -> dict[str, Any]:
        """Write it as ``expert compare --json`` does."""
        bases = {"one": self.one, "other": self.other}
        return {
            "format": "expert.space_comparison/1",
            **{key: {"name": base.name, "version": base.version, "digest": base.digest} for key, base in bases.items()},
            "cases": self.cases,
            "exact": self.exact,
            "differing": self.differing,
            "patterns": [{**each._asdict(), "example": dict(each.example)} for each in self.patterns],
            "only_one": list(self.only_one),
            "only_other": list(self.only_other),
            "changed": list(self.changed),
        }


def compare_spaces(one: Model, other: Model) -> SpaceComparison:
    """Decide all cases by two knowledge bases, or a sample of them, and tell where the answers differ."""
    both = _Both(one, other)
    exact = both.is_exact and both.size <= EXACT
    frame = both.every_case() if exact else both.sample()
    answers = both.answers(frame)
    small = answers if exact else both.answers(both.small_cases())
    rules, others = one.rules_by_name, other.rules_by_name
    return SpaceComparison(
        one,
        other,
        len(frame),
        exact,
        tuple(both.patterns(answers, small)),
        tuple(rule.name for rule in one.rules if rule.name not in others),
        tuple(rule.name for rule in other.rules if rule.name not in rules),
        tuple(rule.name for rule in one.rules if others.get(rule.name, rule) != rule),
    )


class _Both:
    """Decides cases by two knowledge bases; a case has facts about the attributes of either."""

    def __init__(self, one: Model, other: Model):
        self._models = one, other
        shared = one.attributes.keys() & other.attributes.keys()
        unlike = {name for name in shared if not _admit_alike(one.attributes[name], other.attributes[name])}
        self._values = {name: values for name, values in _values(self._models, unlike) if values}
        self.size = prod(len(values) + 1 for values in self._values.values())
        self.is_exact = not (unlike & self._values.keys() or one.inputs or other.inputs)

    def every_case(self) -> "pl.DataFrame":
        """Make all cases."""
        import polars as pl

        frame = pl.DataFrame({"": [0]})
        for name in self._values:
            frame = frame.join(pl.DataFrame({name: [None, *range(len(self._values[name]))]}), how="cross")
        return frame

    def sample(self) -> "pl.DataFrame":
        """Draw cases, always the same; each fact is unknown or any of its values, all alike."""
        import polars as pl

        draw = Random(0)
        columns = {}
        for name, values in self._values.items():
            drawn = (draw.randrange(-1, len(values)) for _ in range(SAMPLE))
            columns[name] = pl.Series([None if position < 0 else position for position in drawn], dtype=pl.Int64)
        return pl.DataFrame(columns)

    def small_cases(self) -> "pl.DataFrame":
        """Make all cases of one fact, and of two where these are not too many."""
        import polars as pl

        facts = [(name, position) for name, values in self._values.items() for position in range(len(values))]
        sets: list[tuple[tuple[str, int], ...]] = [(), *((fact,) for fact in facts)]
        if len(facts) ** 2 // 2 <= SMALL:
            sets += [pair for pair in combinations(facts, 2) if pair[0][0] != pair[1][0]]
        schema = dict.fromkeys(self._values, pl.Int64)
        return pl.DataFrame([dict(facts) for facts in sets], schema=schema)

    def answers(self, cases: "pl.DataFrame") -> "pl.DataFrame":
        """Add the answers of both to cases, and count the facts of each; keep those where the answers differ."""
        import polars as pl

        answers = [
            _decided(model, cases, self._values).alias(side) for model, side in zip(self._models, SIDES, strict=True)
        ]
        known = pl.sum_horizontal(pl.lit(0), *(pl.col(name).is_not_null() for name in self._values)).alias(FACTS)
        return cases.with_columns(known, *answers).filter(pl.col(SIDES[0]) != pl.col(SIDES[1]))

    def patterns(self, differing: "pl.DataFrame", small: "pl.DataFrame") -> Iterator[Pattern]:
        """Group the cases where the answers differ, each group with a smallest case."""
        import polars as pl

        counts = {(one, other): count for one, other, count in differing.group_by(SIDES).len().iter_rows()}
        smallest = (
            pl.concat([small, differing])
            .sort(FACTS, maintain_order=True)
            .unique(SIDES, keep="first", maintain_order=True)
        )
        found = {(row[SIDES[0]], row[SIDES[1]]): row for row in smallest.iter_rows(named=True)}
        for pair in sorted(found, key=lambda pair: (-counts.get(pair, 0), pair)):
            yield Pattern(*pair, counts.get(pair, 0), self._smallest(found[pair], pair))

    def _smallest(self, row: Mapping[str, Any], pair: tuple[Answer, Answer]) -> dict[str, Value]:
        """Leave facts out of a case while both answers stay."""
        import polars as pl

        facts = {name: row[name] for name in self._values if row[name] is not None}
        schema = dict.fromkeys(self._values, pl.Int64)
        while facts and row[FACTS] > 2:
            fewer = [{name: facts[name] for name in facts if name != left} for left in facts]
            cases = pl.DataFrame(fewer, schema=schema)
            sides = [_decided(model, cases, self._values) for model in self._models]
            kept = next((case for case, *answers in zip(fewer, *sides, strict=True) if tuple(answers) == pair), None)
            if kept is None:
                break
            facts = kept
        return {name: self._values[name][position] for name, position in facts.items()}


SIDES = ["one answer", "other answer"]
FACTS = "number of facts"
"""Columns beside those of attributes, whose names have no spaces."""


def _admit_alike(one: Attribute, other: Attribute) -> bool:
    """Tell whether two declarations are of one kind, and admit the same numbers."""
    return one.kind == other.kind and (one.number and one.number._replace(unit="")) == (
        other.number and other.number._replace(unit="")
    )


def _values(models: tuple[Model, Model], unlike: Collection[str]) -> Iterator[tuple[str, tuple[Value, ...]]]:
    """List the values of each attribute that the rules of both tell apart; of one that they declare unlike, of each."""
    whole = joint(*models)
    for name in whole.attributes:
        takers = [model for model in models if name in model.attributes and model.is_askable(model.attributes[name])]
        if takers:
            told = takers if name in unlike else [whole]
            found = (value for model in told for value in distinguishing_values(model, model.attributes[name]))
            yield name, tuple(dict.fromkeys(found))


def _decided(model: Model, cases: "pl.DataFrame", values: Mapping[str, Sequence[Value]]) -> "pl.Series":
    """Decide cases; what a knowledge base does not know is unknown to it."""
    import polars as pl

    columns = []
    for name in cases.columns:
        attribute = model.attributes.get(name)
        if attribute and model.is_askable(attribute):
            columns.append(_column(cases[name], model, attribute, values[name]))
    if not columns:
        same = consult(model, (), Consultation)
        return pl.Series([same.recommendation or same.outcome]).new_from_index(0, len(cases))
    decided: pl.DataFrame = model.once(Decider).decide(pl.DataFrame(columns), Extras())
    answer = pl.coalesce(pl.col("recommendation").cast(pl.String), pl.col("outcome").cast(pl.String))
    return decided.select(answer).to_series()


def _column(positions: "pl.Series", model: Model, attribute: Attribute, values: Sequence[Value]) -> "pl.Series":
    """Write the positions of values as the values themselves."""
    import polars as pl

    dtype = pl.Float64 if attribute.number else pl.Enum(list(attribute.choices))
    known = [value if takes(model, Fact(attribute.name, value)) else None for value in values]
    return pl.Series(known, dtype=dtype).gather(positions).alias(attribute.name)
