"""Answers in columns: which of them count, since others close questions, and what follows from those.

It takes a program of its own, not the `Decider`: its columns hold numbers, never texts, and its rules run once for each
level of questions, to find which of the next are open.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from operator import or_

import polars as pl

from expert.frames.adapters.polars import POLARS
from expert.frames.amounts import Amount
from expert.frames.compiler import Compiler, Given, Program
from expert.frames.masks import Mask
from expert.inference.ranking import is_tied
from expert.knowledge.model import Attribute, Fact, Model
from expert.knowledge.rules import Value
from expert.knowledge.variants import with_condition_rules
from expert.open_questions.gates import Gates

CELLS = 16_000_000
"""How many numbers are worked out at once, at most; more rows are decided in pieces, so that memory has a ceiling."""

KEY, BEST = ":key", ":best"
"""Columns beside those of the attributes; no attribute has such a name."""


class AnswerFrames:
    """Runs the rules of a knowledge base on columns of answers and given facts about some attributes."""

    def __init__(self, knowledge_base: Model, gates: Gates, names: Collection[str]):
        self._model = knowledge_base
        self._names = tuple(names)
        conditional = [name for name in gates.questions if knowledge_base.attributes[name].ask_if]
        self._with_gates = with_condition_rules(knowledge_base, {name: _condition(name) for name in conditional})
        self._programs: dict[tuple[frozenset[str], frozenset[str]], Program] = {}

    def column(self, name: str, values: Iterable[Value | None]) -> pl.Series:
        """Write values as numbers: those of a number, or positions among the choices."""
        attribute = self._model.attributes[name]
        if attribute.number:
            return pl.Series(name, [None if value is None else float(value) for value in values], dtype=pl.Float64)
        position = {choice: index for index, choice in enumerate(attribute.choices)}
        return pl.Series(name, [None if value is None else position[str(value)] for value in values], dtype=pl.UInt16)

    def constants(self, facts: Mapping[str, Fact]) -> dict[str, pl.Series]:
        """Write what is known without the answers, as columns of one row."""
        constant = {name: self.column(name, [None]) for name in self._names}
        constant |= {name: self.column(name, [fact.value]) for name, fact in facts.items()}
        return constant | {_certainty(name): pl.Series([facts[name].certainty]) for name in _uncertain(facts)}

    def most_rows(self, program: Program, columns: Collection[str]) -> int:
        """Tell how many rows may be decided at once."""
        width = len(columns) + sum(map(len, program.stages)) + 4 * len(self._model.candidates)
        return max(CELLS // width, 1)

    def program(self, facts: Mapping[str, Fact]) -> Program:
        """Compile the rules for columns of all these attributes and facts, or find what has been compiled before."""
        key = (frozenset(facts).difference(self._names), frozenset(_uncertain(facts)))
        if key not in self._programs:
            names = {*self._names, *facts}
            attributes = [attribute for name, attribute in self._model.attributes.items() if name in names]
            given = {attribute.name: given_column(attribute, attribute.name in key[1]) for attribute in attributes}
            self._programs[key] = Compiler(self._with_gates, given, POLARS).compile()
        return self._programs[key]

    def close(
        self,
        program: Program,
        columns: dict[str, pl.Series],
        answers: Mapping[str, pl.Series],
        levels: Mapping[str, int],
    ) -> dict[str, pl.Series]:
        """Put answers into columns of what is known without them, but for those whose questions others close."""
        nothing = {name: columns[name] for name in answers}
        columns |= {name: answer for name, answer in answers.items() if levels[name] == 0}
        for level in sorted(set(levels.values()) - {0}):
            names = [name for name in answers if levels[name] == level]
            is_open = run(program, columns).with_columns(self.is_open(program, name).alias(name) for name in names)
            for name in names:
                columns[name] = answers[name].zip_with(is_open[name], nothing[name])
        return columns

    def is_open(self, program: Program, name: str) -> pl.Expr:
        """Write whether a question may be asked."""
        holds = program.holds
        closing = [
            holds.get(self._model.all_rules[index].name, False) for index in self._model.rules_concluding.get(name, ())
        ]
        opened = holds.get(_condition(name), False) if self._model.attributes[name].ask_if else True
        return expression(opened) & ~reduce(or_, map(expression, closing), pl.lit(False))


def run(program: Program, columns: Mapping[str, pl.Series]) -> pl.DataFrame:
    """Run the rules on columns."""
    frame = pl.DataFrame([column.alias(name) for name, column in columns.items()])
    for stage in program.stages:
        frame = frame.with_columns(*stage)
    return frame


def leaders(knowledge_base: Model, program: Program, frame: pl.DataFrame) -> pl.Series:
    """Write which candidates lead in each row, as the consultation has it; none where none exceeds the threshold."""
    scores = []
    for value in knowledge_base.candidates:
        mask, number = program.certainties.get((knowledge_base.goal, value), Amount(False))
        scores.append(pl.when(expression(mask)).then(1.0 if number is None else number).otherwise(0.0))
    named = [f":{position}" for position in range(len(scores))]
    frame = frame.with_columns(score.alias(name) for name, score in zip(named, scores, strict=True))
    frame = frame.with_columns(pl.max_horizontal(named).alias(BEST))  # on its own, so that it is worked out once
    best = pl.col(BEST)
    leads = [((best > knowledge_base.threshold) & is_tied(best, pl.col(name))) for name in named]
    return frame.select(pl.concat_str([lead.cast(pl.UInt8) for lead in leads]).alias(KEY))[KEY]


def leaders_of(knowledge_base: Model, key: str) -> tuple[Value, ...]:
    """Read who leads."""
    return tuple(value for value, leads in zip(knowledge_base.candidates, key, strict=True) if leads == "1")


def expression(mask: Mask) -> pl.Expr:
    """Make an expression of a mask."""
    made: pl.Expr = pl.lit(mask) if isinstance(mask, bool) else mask
    return made


def _uncertain(facts: Mapping[str, Fact]) -> list[str]:
    return [name for name, fact in facts.items() if fact.certainty != 1]


def _condition(name: str) -> str:
    """Name the rule that stands for a question's condition; no knowledge base has such a name."""
    return f"ask:{name}"


def _certainty(name: str) -> str:
    return f"{name}.certainty"


def given_column(attribute: Attribute, uncertain: bool) -> Given:
    """Say how a column of numbers gives an attribute."""
    column = pl.col(attribute.name)
    certainty = pl.col(_certainty(attribute.name)) if uncertain else None
    if attribute.number:
        return Given(column, lambda value: column == float(value), certainty)
    position = {choice: index for index, choice in enumerate(attribute.choices)}
    return Given(column, lambda value: column == position[str(value)], certainty)
