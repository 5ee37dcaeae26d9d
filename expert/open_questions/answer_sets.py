"""What would follow from each way to answer the open questions, in columns.

A row is an answer to every open question, asked in the end or not: one for each way in which the rules can tell
answers apart, or "don't know". Answers to questions that the others close are ignored, level by level. What leads in
the end is worked out for all rows at once. It takes a program of its own, not the `Decider`: its columns hold numbers,
never texts, its rules run once for each level, and of the answer it wants no more than who leads.
"""

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from math import prod
from operator import or_
from typing import NamedTuple

import polars as pl

from expert.frames.adapters.polars import POLARS
from expert.frames.amounts import Amount
from expert.frames.compiler import Compiler, Given, Program
from expert.inference.ranking import is_tied
from expert.knowledge.model import Attribute, Fact, Model
from expert.knowledge.rules import Value
from expert.knowledge.variants import with_condition_rules
from expert.open_questions.gates import Gates
from expert.open_questions.ways import Ways

SAMPLE = 2_000
"""How many ways to answer are looked at where there are more than can be."""

CELLS = 16_000_000
"""How many numbers are worked out at once, at most; more rows are decided in pieces, so that memory has a ceiling."""

KEY, WEIGHT, BEST = ":key", ":weight", ":best"
"""Columns beside those of the questions; no attribute has such a name."""


class Table(NamedTuple):
    """Ways to answer, and what would follow.

    In `frame` are, for each open question, the position of its answer among its options; in `KEY` the candidates that
    lead then, and in `WEIGHT` how likely that is. It is `complete` if it has all ways, in the order of a number whose
    digits are the answers; otherwise it has a sample.
    """

    frame: pl.DataFrame
    complete: bool

    @property
    def ends_alike(self) -> bool:
        """Whether the same candidates lead in all rows."""
        return self.frame[KEY].n_unique() == 1


class AnswerSets:
    """Decides ways to answer by the rules of a knowledge base; compiled once for each set of uncertain facts."""

    def __init__(self, knowledge_base: Model, gates: Gates, ways: Ways):
        self._model = knowledge_base
        self._gates = gates
        self.options = ways
        conditional = [name for name in gates.questions if knowledge_base.attributes[name].ask_if]
        self._with_gates = with_condition_rules(knowledge_base, {name: _condition(name) for name in conditional})
        self._programs: dict[tuple[frozenset[str], frozenset[str]], Program] = {}
        self._draws: dict[str, pl.Series] = {}

    def table(self, given: Iterable[Fact], names: Sequence[str], waiting: Collection[str], most: int) -> Table:
        """Decide the ways to answer questions: all of them, or a sample if they are more than `most`."""
        complete = self.options.are_within(names, most)
        counts = [len(self.options[name].values) for name in names]
        codes = _all_codes(names, counts) if complete else [self._draw(name) for name in names]
        weights = [pl.Series(self.options[name].weights).gather(code) for name, code in zip(names, codes, strict=True)]
        ones = pl.Series([1.0] * len(codes[0]) if codes else [1.0])
        weight = reduce(lambda one, other: one * other, weights, ones) if complete else ones
        return Table(self._with_leaders(given, names, waiting, codes).with_columns(weight.alias(WEIGHT)), complete)

    def definite_ends(
        self, given: Iterable[Fact], names: Sequence[str], waiting: Collection[str]
    ) -> set[tuple[Value, ...]]:
        """Collect who leads after all ways to answer questions but "don't know"."""
        codes = _all_codes(names, [self.options.definite(name) for name in names])
        return self._leaders_in(self._with_leaders(given, names, waiting, codes))

    def definite_ends_in(self, table: Table, names: Sequence[str]) -> set[tuple[Value, ...]]:
        """Collect who leads in those rows of a table in which no question is answered with "don't know"."""
        is_definite = [pl.col(name) < self.options.definite(name) for name in names]
        return self._leaders_in(table.frame.filter(pl.all_horizontal(pl.lit(True), *is_definite)))

    def leaders(self, key: str) -> tuple[Value, ...]:
        """Read who leads."""
        return tuple(value for value, leads in zip(self._model.candidates, key, strict=True) if leads == "1")

    def _leaders_in(self, frame: pl.DataFrame) -> set[tuple[Value, ...]]:
        return {self.leaders(key) for key in frame[KEY].unique()}

    def _with_leaders(
        self, given: Iterable[Fact], names: Sequence[str], waiting: Collection[str], codes: Sequence[pl.Series]
    ) -> pl.DataFrame:
        """Decide some ways to answer questions."""
        rows = len(codes[0]) if codes else 1
        facts = {fact.attribute: fact for fact in given if fact.certainty != 0}
        answers = {
            name: self._column(name, self.options[name].values).gather(code)
            for name, code in zip(names, codes, strict=True)
        }
        levels = {name: self._gates.levels.get(name, 0) if name in waiting else 0 for name in names}
        decided = self._decide(facts, answers, levels, rows)
        return pl.DataFrame([*codes, decided])

    def that_matter(self, table: Table, names: Sequence[str]) -> tuple[str, ...]:
        """Keep the questions of a complete table whose answer, on its own, changes what leads in some row."""
        key = table.frame[KEY]
        row = pl.int_range(len(key), eager=True)
        stride = len(key)
        kept = []
        for name in names:
            stride //= len(self.options[name].values)
            if (key != key.gather(row - table.frame[name] * stride)).any():
                kept.append(name)
        return tuple(kept)

    def _draw(self, name: str) -> pl.Series:
        """Draw answers to a question, always the same."""
        if name not in self._draws:
            values, weights = self.options[name]
            drawn = random.Random(name).choices(range(len(values)), weights, k=SAMPLE)
            self._draws[name] = pl.Series(name, drawn)
        return self._draws[name]

    def _column(self, name: str, values: Iterable[Value | None]) -> pl.Series:
        """Write values as numbers: those of a number, or positions among the choices."""
        attribute = self._model.attributes[name]
        if attribute.number:
            return pl.Series(name, [None if value is None else float(value) for value in values], dtype=pl.Float64)
        position = {choice: index for index, choice in enumerate(attribute.choices)}
        return pl.Series(name, [None if value is None else position[str(value)] for value in values], dtype=pl.UInt16)

    def _decide(
        self, facts: Mapping[str, Fact], answers: Mapping[str, pl.Series], levels: Mapping[str, int], rows: int
    ) -> pl.Series:
        """Find which candidates lead in each row, ignoring answers to questions that are closed."""
        uncertain = [name for name, fact in facts.items() if fact.certainty != 1]
        program = self._program(facts, uncertain)
        nothing = {name: self._column(name, [None]) for name in self._gates.questions}
        constant = nothing | {name: self._column(name, [fact.value]) for name, fact in facts.items()}
        constant |= {_certainty(name): pl.Series([facts[name].certainty]) for name in uncertain}
        width = len(constant) + sum(map(len, program.stages)) + 4 * len(self._model.candidates)
        most = max(CELLS // width, 1)
        pieces = []
        for start in range(0, rows, most):
            piece = {name: answer.slice(start, most) for name, answer in answers.items()}
            columns = {name: one.new_from_index(0, min(most, rows - start)) for name, one in constant.items()}
            pieces.append(self._decide_piece(program, columns, piece, levels))
        return pl.concat(pieces)

    def _decide_piece(
        self,
        program: Program,
        columns: dict[str, pl.Series],
        answers: Mapping[str, pl.Series],
        levels: Mapping[str, int],
    ) -> pl.Series:
        """Find which candidates lead in some rows, from columns of what is known without the answers."""
        nothing = {name: columns[name] for name in answers}
        columns |= {name: answer for name, answer in answers.items() if levels[name] == 0}
        for level in sorted(set(levels.values()) - {0}):
            names = [name for name in answers if levels[name] == level]
            is_open = _run(program, columns).with_columns(self._is_open(program, name) for name in names)
            for name in names:
                columns[name] = answers[name].zip_with(is_open[name], nothing[name])
        return _leaders(self._model, program, _run(program, columns))

    def _program(self, facts: Iterable[str], uncertain: Iterable[str]) -> Program:
        """Compile the rules for columns of all questions and facts, or find what has been compiled before."""
        key = (frozenset(facts).difference(self._gates.questions), frozenset(uncertain))
        if key not in self._programs:
            names = {*self._gates.questions, *facts}
            attributes = [attribute for name, attribute in self._model.attributes.items() if name in names]
            given = {attribute.name: _given(attribute, attribute.name in key[1]) for attribute in attributes}
            self._programs[key] = Compiler(self._with_gates, given, POLARS).compile()
        return self._programs[key]

    def _is_open(self, program: Program, name: str) -> pl.Expr:
        """Write whether a question may be asked."""
        holds = program.holds
        closing = [
            holds.get(self._model.all_rules[index].name, False) for index in self._model.rules_concluding.get(name, ())
        ]
        opened = holds.get(_condition(name), False) if self._model.attributes[name].ask_if else True
        return (_expression(opened) & ~reduce(or_, map(_expression, closing), pl.lit(False))).alias(name)


def _all_codes(names: Sequence[str], counts: Sequence[int]) -> list[pl.Series]:
    """Count through all ways to answer; the last question's answers change fastest."""
    total = stride = prod(counts)
    index = pl.int_range(total, eager=True)
    codes = []
    for name, count in zip(names, counts, strict=True):
        stride //= count
        codes.append((index // stride % count).alias(name))
    return codes


def _condition(name: str) -> str:
    """Name the rule that stands for a question's condition; no knowledge base has such a name."""
    return f"ask:{name}"


def _certainty(name: str) -> str:
    return f"{name}.certainty"


def _given(attribute: Attribute, uncertain: bool) -> Given:
    """Say how a column of numbers gives an attribute."""
    column = pl.col(attribute.name)
    certainty = pl.col(_certainty(attribute.name)) if uncertain else None
    if attribute.number:
        return Given(column, lambda value: column == float(value), certainty)
    position = {choice: index for index, choice in enumerate(attribute.choices)}
    return Given(column, lambda value: column == position[str(value)], certainty)


def _expression(mask: pl.Expr | bool) -> pl.Expr:
    return pl.lit(mask) if isinstance(mask, bool) else mask


def _run(program: Program, columns: Mapping[str, pl.Series]) -> pl.DataFrame:
    """Run the rules on columns."""
    frame = pl.DataFrame([column.alias(name) for name, column in columns.items()])
    for stage in program.stages:
        frame = frame.with_columns(*stage)
    return frame


def _leaders(knowledge_base: Model, program: Program, frame: pl.DataFrame) -> pl.Series:
    """Write which candidates lead in each row, as the consultation has it; none where none exceeds the threshold."""
    scores = []
    for value in knowledge_base.candidates:
        mask, number = program.certainties.get((knowledge_base.goal, value), Amount(False))
        scores.append(pl.when(_expression(mask)).then(1.0 if number is None else number).otherwise(0.0))
    named = [f":{position}" for position in range(len(scores))]
    frame = frame.with_columns(score.alias(name) for name, score in zip(named, scores, strict=True))
    frame = frame.with_columns(pl.max_horizontal(named).alias(BEST))  # on its own, so that it is worked out once
    best = pl.col(BEST)
    leads = [((best > knowledge_base.threshold) & is_tied(best, pl.col(name))) for name in named]
    return frame.select(pl.concat_str([lead.cast(pl.UInt8) for lead in leads]).alias(KEY))[KEY]
