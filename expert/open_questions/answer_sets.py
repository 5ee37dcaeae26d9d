"""What would follow from each way to answer the open questions, in columns.

A row is an answer to every open question, asked in the end or not: one for each way in which the rules can tell
answers apart, or "don't know". Answers to questions that the others close are ignored, level by level. What leads in
the end is worked out for all rows at once.
"""

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from math import prod
from typing import NamedTuple

import polars as pl

from expert.knowledge.model import Fact, Model
from expert.knowledge.rules import Value
from expert.open_questions.answer_frames import KEY, AnswerFrames, leaders, leaders_of, run
from expert.open_questions.gates import Gates
from expert.open_questions.ways import Ways

SAMPLE = 2_000
"""How many ways to answer are looked at where there are more than can be."""

WEIGHT = ":weight"
"""A column beside those of the questions; no attribute has such a name."""


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
        self._frames = AnswerFrames(knowledge_base, gates, gates.questions)
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
        return leaders_of(self._model, key)

    def _leaders_in(self, frame: pl.DataFrame) -> set[tuple[Value, ...]]:
        return {self.leaders(key) for key in frame[KEY].unique()}

    def _with_leaders(
        self, given: Iterable[Fact], names: Sequence[str], waiting: Collection[str], codes: Sequence[pl.Series]
    ) -> pl.DataFrame:
        """Decide some ways to answer questions."""
        rows = len(codes[0]) if codes else 1
        facts = {fact.attribute: fact for fact in given if fact.certainty != 0}
        answers = {
            name: self._frames.column(name, self.options[name].values).gather(code)
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

    def _decide(
        self, facts: Mapping[str, Fact], answers: Mapping[str, pl.Series], levels: Mapping[str, int], rows: int
    ) -> pl.Series:
        """Find which candidates lead in each row, ignoring answers to questions that are closed."""
        program = self._frames.program(facts)
        constant = self._frames.constants(facts)
        most = self._frames.most_rows(program, constant)
        pieces = []
        for start in range(0, rows, most):
            piece = {name: answer.slice(start, most) for name, answer in answers.items()}
            columns = {name: one.new_from_index(0, min(most, rows - start)) for name, one in constant.items()}
            kept = self._frames.close(program, columns, piece, levels)
            pieces.append(leaders(self._model, program, run(program, kept)))
        return pl.concat(pieces)


def _all_codes(names: Sequence[str], counts: Sequence[int]) -> list[pl.Series]:
    """Count through all ways to answer; the last question's answers change fastest."""
    total = stride = prod(counts)
    index = pl.int_range(total, eager=True)
    codes = []
    for name, count in zip(names, counts, strict=True):
        stride //= count
        codes.append((index // stride % count).alias(name))
    return codes
