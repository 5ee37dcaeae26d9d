"""The answer in columns: recommendation, outcome and the rest, from the certainty factors of the candidates."""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple, get_args

from expert.frames.adapters import Dialect
from expert.frames.amounts import NEVER
from expert.frames.column_names import INTERNAL
from expert.frames.compiler import Program
from expert.frames.masks import Expr
from expert.inference.certainty import DECIMALS
from expert.inference.ranking import Outcome, is_tied
from expert.knowledge.model import Model

STAMP = {"knowledge_base": "name", "version": "version", "digest": "digest", "goal": "goal"}
"""The columns of the stamp, with what they have of the knowledge base."""


class Extras(NamedTuple):
    """What is added to a frame besides the answer."""

    certainties: bool = False
    derived: bool = False
    rules: bool = False
    holds: tuple[str, ...] = ()
    """Rules that get a column ``holds.RULE`` each, which tells where they hold."""
    stamp: bool = False
    """Whether the name, version and digest of the knowledge base are added, and what was asked for."""


def stamp(knowledge_base: Model, dialect: Dialect) -> dict[str, Expr]:
    """Write by which rules rows are decided, the same in all of them."""
    texts = {name: getattr(knowledge_base, own) for name, own in STAMP.items()}
    return {name: dialect.lit(text, dtype=dialect.type_of([text])) for name, text in texts.items()}


class Ranking:
    """The ranking, as `Consultation` has it, in stages of columns."""

    def __init__(self, knowledge_base: Model, program: Program, dialect: Dialect):
        self._model = knowledge_base
        self._program = program
        self._dialect = dialect
        self._values = [str(value) for value in knowledge_base.candidates]
        self._stages: list[list[Expr]] = []
        self._candidate = dialect.type_of(self._values)
        self._outcome = dialect.type_of(get_args(Outcome))

    def answer(self, extras: Extras) -> tuple[list[list[Expr]], dict[str, Expr]]:
        """Write all expressions: the stages, and then the columns of the answer by their names."""
        lit, when = self._dialect.lit, self._dialect.when
        goal, outcome = self._model.goal, partial(lit, dtype=self._outcome)
        scores = self._stage("score", [self._number(goal, value) for value in self._values])
        (best,) = self._stage("best", [self._dialect.greatest(scores)])
        (winner,) = self._stage("winner", [self._position(scores, best)])
        others = self._stage("other", [when(winner == i).then(-2.0).otherwise(score) for i, score in enumerate(scores)])
        (next_best,) = self._stage("next", [self._dialect.greatest(others)])
        (runner_up,) = self._stage("runner_up", [self._position(others, next_best)])
        decided = best > self._model.threshold
        tied = decided & is_tied(best, next_best)
        nothing = lit(None, dtype=self._candidate)
        otherwise = self._model.attributes[goal].otherwise
        undecided = outcome("undecided" if otherwise is None else "default")
        # By default, where nothing else speaks for the one that leads.
        leads = self._dialect.where(self._program.by_default, outcome("default"), outcome("recommended"))
        default = nothing if otherwise is None else lit(str(otherwise), dtype=self._candidate)
        only_one = len(scores) == 1

        def by_outcome(recommended: Expr, tie: Expr, undecided: Expr) -> Expr:
            return when(tied).then(tie).otherwise(when(decided).then(recommended).otherwise(undecided))

        added = {
            "recommendation": by_outcome(self._value_at(winner), nothing, default),
            "outcome": by_outcome(leads, outcome("tie"), undecided),
            "certainty": best,
            "runner_up": nothing if only_one else self._value_at(runner_up),
            "margin": best if only_one else (best - next_best).round(DECIMALS),
        }
        if extras.certainties:
            added |= {f"certainty.{value}": score for value, score in zip(self._values, scores, strict=True)}
        if extras.derived:
            added |= {
                f"derived.{attribute}.{value}": self._number(attribute, value)
                for attribute, value in self._program.certainties
                if attribute in self._model.concluded and attribute != goal
            }
        if extras.rules:
            added["rules"] = self._rules()
        for name in extras.holds:
            mask = self._program.holds.get(name, False)
            added[f"holds.{name}"] = lit(mask) if isinstance(mask, bool) else mask
        return self._stages, added

    def _stage(self, name: str, expressions: Sequence[Expr]) -> list[Expr]:
        """Add a stage of columns."""
        names = [f"{INTERNAL}{name}_{index}" for index in range(len(expressions))]
        self._stages.append([expr.alias(name) for name, expr in zip(names, expressions, strict=True)])
        return [self._dialect.col(name) for name in names]

    def _number(self, attribute: str, value: Any) -> Expr:
        """Write the certainty factor of a pair."""
        mask, number = self._program.certainties.get((attribute, value), NEVER)
        return self._dialect.where(mask, self._dialect.lit(1.0) if number is None else number, 0.0)

    def _position(self, scores: Sequence[Expr], best: Expr) -> Expr:
        """Find the first score that equals the best."""
        lit, when = self._dialect.lit, self._dialect.when
        last = len(scores) - 1
        positions = [when(scores[index] == best).then(lit(index)).otherwise(lit(last)) for index in range(last)]
        return self._dialect.least(positions or [lit(last)])

    def _value_at(self, position: Expr) -> Expr:
        """Name the candidate at a position."""
        return self._dialect.mapped(position, dict(enumerate(self._values)), self._candidate)

    def _rules(self) -> Expr:
        """Write the names of the rules that hold, separated by spaces."""
        lit = self._dialect.lit
        nothing = lit(None, self._dialect.module.String)
        names = [self._dialect.where(mask, lit(name), nothing) for name, mask in self._program.holds.items()]
        return self._dialect.joined(names, " ") if names else lit("")
