"""Mutation: which small changes of rules the cases notice, and which rules decide any of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from expert.analysis.changing_case import ChangingCase
from expert.inference.ranking import leading
from expert.knowledge.model import Model
from expert.knowledge.rules import Rule, Value
from expert.verification.mutants import Mutant, dropped, mutants
from expert.verification.scenarios import Result, unmet


class Mutation(NamedTuple):
    """What the cases notice.

    Parameters
    ----------
    killed : int
        How many mutants fail a case.
    survivors : tuple of Mutant
        Those that fail none.
    circular : int
        How many changes were left out, since they make rules depend on one another in a cycle.
    """

    killed: int
    survivors: tuple[Mutant, ...]
    circular: int

    @property
    def tried(self) -> int:
        """How many mutants were tried."""
        return self.killed + len(self.survivors)

    @property
    def score(self) -> float:
        """The share of mutants that a case notices; 1 where there are none."""
        return self.killed / self.tried if self.tried else 1.0

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return {
            "mutants": self.tried,
            "killed": self.killed,
            "score": self.score,
            "circular": self.circular,
            "survivors": [mutant.to_dict() for mutant in self.survivors],
        }


class Trial:
    """Cases, each as it is and as it would be under mutants."""

    def __init__(self, knowledge_base: Model, results: Iterable[Result]):
        self._model = knowledge_base
        self._cases = [(result, ChangingCase(result.consultation)) for result in results]

    def moved(self, mutant: Mutant, variant: Model) -> Iterator[tuple[Result, Mapping[Value, float]]]:
        """Give the cases in which a mutant may move anything, with what the certainty factors of candidates become."""
        position = self._model.positions[mutant.rule]
        for result, now in self._cases:
            certainties = now.under(variant, position)
            if certainties is not None:
                yield result, certainties

    def is_noticed(self, mutant: Mutant, variant: Model) -> bool:
        """Tell whether a case that passes fails under a mutant."""
        return any(
            result.passed and any(unmet(self._model, result.case.expect, certainties))
            for result, certainties in self.moved(mutant, variant)
        )

    def is_decisive(self, rule: Rule) -> bool:
        """Tell whether any case has other leaders without a rule."""
        mutant = dropped(rule)
        variant = mutant.of(self._model)
        assert variant is not None  # nothing reads more than before
        return any(
            leading(self._model, certainties) != tuple(leader.value for leader in result.consultation.leaders)
            for result, certainties in self.moved(mutant, variant)
        )


def mutation(knowledge_base: Model, trial: Trial) -> Mutation:
    """Try every mutant on the cases."""
    killed = circular = 0
    survivors = []
    for mutant in mutants(knowledge_base):
        variant = mutant.of(knowledge_base)
        if variant is None:
            circular += 1
        elif trial.is_noticed(mutant, variant):
            killed += 1
        else:
            survivors.append(mutant)
    return Mutation(killed, tuple(survivors), circular)
