"""A consultation as plain data, for JSON."""

from typing import Any

from expert.api.consultation import Consultation
from expert.inference.engine import Firing
from expert.inference.ranking import Candidate
from expert.knowledge.rules import Pair


def consultation_json(consultation: Consultation) -> dict[str, Any]:
    """Write a consultation in the format ``expert.consultation/1``."""
    base = consultation.knowledge_base
    return {
        "format": "expert.consultation/1",
        "knowledge_base": {"name": base.name, "version": base.version, "digest": base.digest},
        "goal": base.goal,
        "outcome": consultation.outcome,
        "recommendation": consultation.recommendation,
        "ranking": [_candidate(consultation, candidate) for candidate in consultation.ranking],
        "given": [fact.to_dict() for fact in consultation.given],
        "derived": [
            {
                "attribute": attribute,
                "value": value,
                "certainty": certainty,
                **_origin(consultation, (attribute, value)),
            }
            for attribute, value, certainty in consultation.derived
        ],
        "firings": [_firing(consultation, firing) for firing in consultation.rules_held],
        "contradictions": [
            {"attribute": attribute, "value": value} for attribute, value in consultation.contradictions
        ],
        "possible": None if consultation.possible is None else list(consultation.possible),
        "open_questions": list(consultation.open_questions),
    }


def _candidate(consultation: Consultation, candidate: Candidate) -> dict[str, Any]:
    """Write a candidate; evidence that is a default comes from no rule."""
    data = candidate.to_dict()
    for piece in (*data["for"], *data["against"]):
        if piece["rule"] and consultation.rules[piece["rule"]].is_default:
            piece |= {"rule": None, "origin": "default"}
    return data


def _origin(consultation: Consultation, pair: Pair) -> dict[str, str]:
    """Say that a fact is computed, or stands by default; of others their firings tell."""
    made = consultation.origin_of(pair)
    return {"origin": made} if made else {}


def _firing(consultation: Consultation, firing: Firing) -> dict[str, Any]:
    """Write a firing, with the citations of its rule."""
    return {
        "rule": firing.rule,
        "degree": firing.degree,
        "matched": [fact._asdict() for fact in firing.matched],
        "gave": [
            {"attribute": piece.attribute, "value": piece.value, "evidence": piece.strength} for piece in firing.gave
        ],
        "source": [str(citation) for citation in consultation.rules[firing.rule].citations],
    }
