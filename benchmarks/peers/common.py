"""What the peers share: the rules in the order in which they can run, and the calculus in plain Python.

All peers compute certainties as `expert.inference.certainty` does, on the doubt that evidence leaves (products of
what supports and what opposes a pair fall short of 1), without its rounding, which no winner here depends on.
"""

from collections.abc import Mapping
from typing import NamedTuple

from expert.inference.ranking import TIE
from expert.knowledge.model import Model
from expert.knowledge.rules import Pair, Value, tests


class Clause(NamedTuple):
    """A rule of the workload: its tests of given facts and of derived ones, and its one conclusion."""

    name: str
    stratum: int
    asked: tuple[Pair, ...]
    derived: tuple[Pair, ...]
    pair: Pair
    certainty: float


def clauses(model: Model) -> list[Clause]:
    """Take the rules apart, ordered by stratum, then as in the file."""
    found = []
    for rule in model.rules:
        (conclusion,) = rule.conclusions
        read = [(test.attribute, test.value) for test in tests(rule.premise)]
        asked = tuple(pair for pair in read if pair[0] not in model.derived)
        derived = tuple(pair for pair in read if pair[0] in model.derived)
        pair = (conclusion.attribute, conclusion.value)
        found.append(Clause(rule.name, model.strata[rule.name], asked, derived, pair, conclusion.certainty))
    return sorted(found, key=lambda clause: clause.stratum)


def complete_after(model: Model) -> dict[Pair, int]:
    """Give the stratum after which all evidence for a pair is in; 0 where no rule concludes a pair that is read."""
    pairs = dict.fromkeys(((model.goal, value) for value in model.candidates), 0)
    for clause in clauses(model):
        for read in clause.derived:
            pairs.setdefault(read, 0)
        pairs[clause.pair] = clause.stratum
    return pairs


def asked_attributes(model: Model) -> list[str]:
    """Name the attributes that a case gives."""
    return [name for name in model.attributes if name not in model.derived]


def weigh(doubt: float, counter_doubt: float) -> float:
    """Weigh the doubt that all support leaves against the doubt that all opposition leaves."""
    return (counter_doubt - doubt) / max(doubt, counter_doubt) if doubt != counter_doubt else 0.0


def winner(certainties: Mapping[Value, float], threshold: float) -> Value | None:
    """Tell the winner, in plain Python; None for a tie or when no candidate exceeds the threshold."""
    best = max(certainties.values())
    if best <= threshold:
        return None
    leaders = [value for value, certainty in certainties.items() if best - certainty <= TIE]
    return leaders[0] if len(leaders) == 1 else None
