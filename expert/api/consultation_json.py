"""A consultation as plain data, for JSON."""

from typing import Any

from expert.api.consultation import Consultation
from expert.inference.engine import Firing


def consultation_json(consultation: Consultation) -> dict[str, Any]:
    """Write a consultation in the format ``expert.consultation/1``."""
    base = consultation.knowledge_base
    return {
        "format": "expert.consultation/1",
        "knowledge_base": {"name": base.name, "version": base.version, "digest": base.digest},
        "goal": base.goal,
        "outcome": consultation.outcome,
        "recommendation": consultation.recommendation,
        "ranking": [candidate.to_dict() for candidate in consultation.ranking],
        "given": [fact.to_dict() for fact in consultation.given],
        "derived": [
            {"attribute": attribute, "value": value, "certainty": certainty}
            for attribute, value, certainty in consultation.derived
        ],
        "firings": [_firing(consultation, firing) for firing in consultation.firings],
        "contradictions": [
            {"attribute": attribute, "value": value} for attribute, value in consultation.contradictions
        ],
        "possible": None if consultation.possible is None else list(consultation.possible),
        "open_questions": list(consultation.open_questions),
    }


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
