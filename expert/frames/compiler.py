"""The same rules over dataframes: compiled to expressions, a few stages of ``with_columns`` per stratum.

What the engine does for one case stands here for columns of cases:

- an ``Amount`` is a degree or a certainty factor: a number where a mask holds, and 0 elsewhere;
- a rule that holds multiplies the complement (1 less it) of the support, or of the opposition, of its conclusion by
  ``1 - degree × certainty``, in the order of the file, as in `expert.inference.certainty`;
- a pair is weighed in the stratum of the last rule that concludes it.

The floating-point operations and their order are the engine's, so both give the same bits. Expressions grow linearly
with the rules, and what is constant, given the frame's columns, is evaluated while compiling.

The expressions are those of Narwhals, or of Polars itself, which needs no translation then.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import inf
from typing import NamedTuple

from expert.frames.adapters import Dialect
from expert.frames.amounts import NEVER, Amount, Amounts
from expert.frames.formula_columns import formula_column
from expert.frames.masks import Expr, Mask, either, every, filled, negated
from expert.frames.stages import Stages, running
from expert.frames.weighing import weighed
from expert.knowledge.model import Model
from expert.knowledge.rules import (
    COMPARE,
    AllOf,
    AnyOf,
    AtLeastOf,
    Compare,
    Is,
    IsNot,
    Known,
    Lacking,
    Pair,
    Premise,
    Unknown,
    Value,
)


class Given(NamedTuple):
    """How a frame gives an attribute."""

    value: Expr
    """The column, for comparisons; null where the attribute is unknown."""
    has: Callable[[Value], Mask] | None = None
    """From a choice to where the column has it; None for numbers."""
    certainty: Expr | None = None
    """The certainty of each fact, without nulls; None where all are certain."""


class Program(NamedTuple):
    """Compiled rules."""

    stages: Sequence[Sequence[Expr]]
    """Named expressions, to be added to the frame stage by stage."""
    certainties: Mapping[Pair, Amount]
    """Where the certainty factors are then; pairs that never get evidence are absent."""
    holds: Mapping[str, Mask]
    """Where each rule holds; rules that never hold are absent."""
    by_default: Mask = False
    """Where the goal has its default, and nothing else speaks for that."""


class Compiler:
    """Compiles the rules of a knowledge base for frames with certain columns."""

    def __init__(self, knowledge_base: Model, given: Mapping[str, Given], dialect: Dialect):
        self._model = knowledge_base
        self._given = dict(given)
        self._dialect = dialect
        self._amounts = Amounts(dialect)
        self._last_stratum: dict[str, dict[Value, int]] = {}
        self._before_defaults: dict[int, list[Pair]] = {}
        for rule in knowledge_base.all_rules:
            if rule.is_default:
                ((attribute, value, _),) = rule.conclusions
                self._before_defaults.setdefault(knowledge_base.strata[rule.name] - 1, []).append((attribute, value))
            for conclusion in rule.conclusions:
                values = self._last_stratum.setdefault(conclusion.attribute, {})
                stratum = knowledge_base.strata[rule.name]
                values[conclusion.value] = max(values.get(conclusion.value, 0), stratum)
        self._stages = Stages(dialect)
        self._is_given: dict[str, Mask] = {}
        self._only_given: dict[str, Mask] = {}
        self._known: dict[str, Mask] = {}
        self._has: dict[Pair, Mask] = {}
        self._certainties: dict[Pair, Amount] = {}
        self._evidence: dict[Pair, dict[int, tuple[Amount, float]]] = {}
        self._holds: dict[str, Mask] = {}
        self._covered: dict[str, Amount] = {}

    def compile(self) -> Program:
        """Compile all strata, and after each the numbers that can be computed then."""
        self._read_given(list(self._given))
        self._close_stratum(0)
        for stratum, rules in enumerate(self._model.rules_by_stratum, start=1):
            self._run_rules(rules)
            self._close_stratum(stratum)
        return Program(self._stages.filled, self._certainties, self._holds, self._by_default())

    def _close_stratum(self, stratum: int) -> None:
        """Weigh what all evidence is in for, and compute what can be computed then."""
        last = [(a, v) for a, values in self._last_stratum.items() for v, number in values.items() if number == stratum]
        pairs = [*last, *self._before_defaults.get(stratum, ())]
        self._certainties |= weighed(pairs, self._evidence, self._stages, self._dialect)
        for name in self._model.computed.get(stratum, ()):
            self._compute(name)

    # What is given.

    def _read_given(self, attributes: Sequence[str]) -> None:
        """Name where attributes have the values that rules, or the ranking, speak of."""
        # What a number is computed by is evaluated once.
        for attribute in attributes:
            given = self._given[attribute]
            value = given.value if given.has else self._stages.name(given.value)
            self._given[attribute] = given._replace(value=value, certainty=self._stages.name(given.certainty))
        self._stages.next()
        for attribute in attributes:
            given = self._given[attribute]
            known = ~given.value.is_null()
            self._is_given[attribute] = known if given.certainty is None else known & (given.certainty != 0.0)
            self._known[attribute] = self._is_given[attribute]
        named = [(attribute, value) for attribute in attributes for value in self._named_values[attribute]]
        for attribute, value in named:
            given = self._given[attribute]
            where = given.has(value) if given.has else given.value == float(value)
            self._has[attribute, value] = self._stages.name(filled(where))
        for attribute in attributes:
            concluded = (negated(self._has[attribute, value]) for value in self._last_stratum.get(attribute, ()))
            self._only_given[attribute] = every([self._is_given[attribute], *concluded])
        self._stages.next()
        for pair in named:
            amount = Amount(self._has[pair], self._given[pair[0]].certainty)
            if pair[1] in self._last_stratum.get(pair[0], ()):
                self._evidence[pair] = {-1: (amount, 1.0)}
            else:
                self._certainties[pair] = amount

    @cached_property
    def _named_values(self) -> Mapping[str, Iterable[Value]]:
        """The values of each attribute that rules, or the ranking, speak of."""
        named: dict[str, dict[Value, None]] = {name: {} for name in self._model.attributes}
        named[self._model.goal].update(dict.fromkeys(self._model.candidates))
        for attribute, values in self._last_stratum.items():
            named[attribute].update(dict.fromkeys(values))
        for rule in self._model.all_rules:
            for test in rule.tests():
                if isinstance(test, Is | IsNot):
                    named[test.attribute][test.value] = None
        return named

    # Computed numbers.

    def _compute(self, name: str) -> None:
        """Compute a number, and take it in as if it were given."""
        formula = self._model.formulas[name]
        inputs = {each: said for each in formula.inputs if (said := self._most_certain(each))}
        if len(inputs) == len(formula.inputs):
            value = formula_column(formula, {each: said.value for each, said in inputs.items()}, self._dialect)
            certainties = [said.certainty for said in inputs.values() if said.certainty is not None]
            self._given[name] = Given(value, certainty=self._dialect.least(certainties) if certainties else None)
            self._read_given([name])

    def _most_certain(self, name: str) -> Given | None:
        """Write the value of a number with the greatest certainty factor; of equally certain ones, the smallest."""
        given = self._given.get(name)
        concluded = [value for value in self._last_stratum.get(name, ()) if (name, value) in self._certainties]
        if not concluded:
            return given and given._replace(value=self._dialect.when(self._is_given[name]).then(given.value))
        nothing = self._dialect.lit(-2.0)
        said = []
        for value in concluded:
            number = self._certainties[name, value].number
            pieces = self._evidence[name, value].items()
            given_so = every([self._is_given.get(name, False), self._has.get((name, value), False)])
            present = either(given_so if index < 0 else degree.mask for index, (degree, _) in pieces)
            certainty = self._stages.name(self._dialect.where(present, number, nothing))
            said.append((self._dialect.lit(float(value)), certainty))
        if given:
            certainty = self._dialect.lit(1.0) if given.certainty is None else given.certainty
            certainty = self._dialect.where(self._only_given[name], certainty, nothing)
            said.append((given.value, self._stages.name(certainty)))
        self._stages.next()
        best = self._stages.name(self._dialect.greatest([certainty for _, certainty in said]))
        self._stages.next()
        values = [self._dialect.where(certainty == best, value, self._dialect.lit(inf)) for value, certainty in said]
        return Given(self._dialect.when(best > -2.0).then(self._dialect.least(values)), certainty=best)

    # Degrees.

    def _degree(self, premise: Premise) -> Amount:
        match premise:
            case AllOf(parts):
                return self._amounts.least([self._degree(part) for part in parts])
            case AnyOf(parts):
                return self._amounts.greatest([self._degree(part) for part in parts])
            case AtLeastOf(needed, parts):
                return self._amounts.at_least(needed, [self._degree(part) for part in parts])
            case Is(attribute, value):
                return self._certainties.get((attribute, value), NEVER)
            case Lacking(attribute, threshold):
                return Amount(negated(either(self._exceeding(attribute, threshold))))
            case Known(attribute):
                return Amount(self._known.get(attribute, False))
            case Unknown(attribute):
                return Amount(negated(self._known.get(attribute, False)))
            case IsNot(attribute, value):
                elsewhere = negated(self._has.get((attribute, value), False))
                others = self._strongest(attribute, lambda v: v != value, lambda _: elsewhere)
                itself = self._certainties.get((attribute, value), NEVER)
                if itself.number is None:
                    return others
                return self._amounts.greatest([others, Amount(itself.mask, -itself.number)])
            case Compare(attribute, operator, bound):
                holds = COMPARE[operator]
                return self._strongest(
                    attribute, lambda v: holds(v, bound), lambda column: filled(holds(column, float(bound)))
                )

    def _strongest(self, attribute: str, wanted: Callable[[Value], bool], where: Callable[[Expr], Mask]) -> Amount:
        """Take the strongest support for the wanted values, be they concluded or only given."""
        pairs = [(attribute, value) for value in self._last_stratum.get(attribute, ()) if wanted(value)]
        amounts = [self._certainties[pair] for pair in pairs if pair in self._certainties]
        given = self._given.get(attribute)
        if given:
            amounts.append(Amount(every([self._only_given[attribute], where(given.value)]), given.certainty))
        return self._amounts.greatest(amounts)

    def _exceeding(self, attribute: str, threshold: float) -> Iterator[Mask]:
        """Write where each value of an attribute exceeds the threshold, be it concluded or only given."""
        for value in self._last_stratum.get(attribute, ()):
            mask, number = self._certainties.get((attribute, value), NEVER)
            yield every([mask, True if number is None else number > threshold])
        given = self._given.get(attribute)
        if given:
            exceeds = True if given.certainty is None else given.certainty > threshold
            yield every([self._only_given[attribute], exceeds])

    # Rules and their evidence.

    def _run_rules(self, indices: Iterable[int]) -> None:
        """Name where the rules of a stratum hold, and note their evidence."""
        own = {index: self._degree(self._model.all_rules[index].premise) for index in indices}
        rows = [index for index in own if index in self._model.row_above]
        if rows:
            own |= {index: self._stages.named(own[index]) for index in rows}
            self._stages.next()
        exceptions = self._exceptions_of_rows(rows, own)
        for index, degree in own.items():
            rule = self._model.all_rules[index]
            unless = exceptions.get(index, NEVER) if rule.unless is None else self._degree(rule.unless)
            mask, number = self._amounts.lowered(degree, unless)
            exceeds = True if number is None else number > self._model.threshold
            holds = self._stages.name(every([mask, exceeds]))
            if holds is False:
                continue
            if not rule.is_default:
                self._holds[rule.name] = holds
            degree = Amount(holds, self._stages.name(number))
            for conclusion in rule.conclusions:
                pair = (conclusion.attribute, conclusion.value)
                self._evidence.setdefault(pair, {})[index] = (degree, conclusion.certainty)
                self._known[conclusion.attribute] = either([self._known.get(conclusion.attribute, False), holds])
        self._stages.next()

    def _by_default(self) -> Mask:
        """Write where the goal has its default alone."""
        default = self._model.attributes[self._model.goal].default
        if default is None:
            return False
        pieces = dict(self._evidence[self._model.goal, default])
        own, _ = pieces.pop(max(pieces))
        supporting = [self._amounts.speaks(degree) for degree, certainty in pieces.values() if certainty > 0]
        return every([own.mask, *map(negated, supporting)])

    def _exceptions_of_rows(self, rows: Sequence[int], own: Mapping[int, Amount]) -> dict[int, Amount]:
        """Write the greatest degree among the rows above each row of tables where the first row counts."""
        tables: dict[str, list[int]] = {}
        for index in rows:
            tables.setdefault(self._model.all_rules[index].table, []).append(index)
        found: dict[int, Amount] = {}
        for table, indices in tables.items():
            amounts = [self._covered.get(table, NEVER), *(own[index] for index in indices)]
            before = running(amounts, self._stages, self._amounts)
            found |= dict(zip(indices, before[1:], strict=True))
            self._covered[table] = self._stages.named(self._amounts.greatest([before[-1], amounts[-1]]))
        return found
