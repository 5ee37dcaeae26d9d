"""How candidates are ranked, which of them tie, and what that recommends."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from expert.knowledge.model import Model
from expert.knowledge.rules import Pair, Value

if TYPE_CHECKING:
    from expert.inference.engine import Evidence

Outcome: TypeAlias = Literal["recommended", "tie", "undecided", "default"]

TIE = 1e-9
"""Leaders whose certainty factors differ by no more than this are tied."""


def is_tied(best: Any, other: Any) -> Any:
    """Compare the best certainty factor with another: of two numbers, or in each row of two columns."""
    return best - other <= TIE


class Candidate(NamedTuple):
    """A value of the goal, with its certainty factor and the evidence for and against it."""

    value: Value
    certainty: float
    supporting: "tuple[Evidence, ...]" = ()
    opposing: "tuple[Evidence, ...]" = ()

    def to_dict(self) -> dict[str, Any]:
        """Write it as consultations do."""

        def pieces(evidence: "tuple[Evidence, ...]") -> list[dict[str, Any]]:
            return [{"rule": piece.rule, "evidence": piece.strength} for piece in evidence]

        return {
            "value": self.value,
            "certainty": self.certainty,
            "for": pieces(self.supporting),
            "against": pieces(self.opposing),
        }


class Answer(NamedTuple):
    """A recommendation, None for a tie or undecided, and the outcome."""

    recommendation: Value | None
    outcome: Outcome


def ranked(
    model: Model, certainties: Mapping[Value, float], evidence: "Mapping[Pair, tuple[Evidence, ...]]"
) -> tuple[Candidate, ...]:
    """Order all candidates by certainty factor, then as in the file; each with its evidence, the strongest first."""
    candidates = []
    for value in model.candidates:
        pieces = sorted(evidence.get((model.goal, value), ()), key=lambda piece: -abs(piece.strength))
        supporting = tuple(piece for piece in pieces if piece.strength > 0)
        opposing = tuple(piece for piece in pieces if piece.strength < 0)
        candidates.append(Candidate(value, certainties.get(value, 0.0), supporting, opposing))
    return tuple(sorted(candidates, key=lambda candidate: -candidate.certainty))


def leading(model: Model, certainties: Mapping[Value, float]) -> tuple[Value, ...]:
    """List the best candidate and those tied with it, as in the file; none where none exceeds the threshold."""
    scores = {value: certainties.get(value, 0.0) for value in model.candidates}
    best = max(scores.values())
    return tuple(value for value, score in scores.items() if is_tied(best, score)) if best > model.threshold else ()


def answer_of(model: Model, certainties: Mapping[Value, float]) -> Answer:
    """Tell what the certainty factors of the candidates recommend."""
    leaders = leading(model, certainties)
    if leaders:
        return Answer(leaders[0], "recommended") if len(leaders) == 1 else Answer(None, "tie")
    otherwise = model.attributes[model.goal].otherwise
    return Answer(otherwise, "undecided" if otherwise is None else "default")
