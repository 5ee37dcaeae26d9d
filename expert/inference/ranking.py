"""What the certainty factors of the candidates recommend."""

from collections.abc import Mapping
from typing import NamedTuple

from expert.inference.bounds import TIE, Outcome
from expert.knowledge.model import Model
from expert.knowledge.rules import Value


class Answer(NamedTuple):
    """A recommendation, None for a tie or undecided, and the outcome."""

    recommendation: Value | None
    outcome: Outcome


def answer_of(knowledge_base: Model, certainties: Mapping[Value, float]) -> Answer:
    """Tell what is recommended, as `Consultation` does."""
    scores = {value: certainties.get(value, 0.0) for value in knowledge_base.candidates}
    best = max(scores.values())
    if best > knowledge_base.threshold:
        leaders = [value for value, score in scores.items() if best - score <= TIE]
        return Answer(leaders[0], "recommended") if len(leaders) == 1 else Answer(None, "tie")
    otherwise = knowledge_base.attributes[knowledge_base.goal].otherwise
    return Answer(otherwise, "undecided" if otherwise is None else "default")
