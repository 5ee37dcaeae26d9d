"""Several explanations of one consultation, together."""

from typing import Any, NamedTuple

from expert.explanation.what_if import WhatIf
from expert.explanation.why import Why, why
from expert.explanation.why_not import WhyNot, why_not
from expert.inference.consultation import Consultation


class Explanation(NamedTuple):
    """What was asked of a consultation, and the answers.

    Parameters
    ----------
    consultation : Consultation
        Which is explained.
    whys : tuple of Why
        The proofs.
    why_nots : tuple of WhyNot
        Why other candidates are not the answer.
    what_if : WhatIf or None
        The comparison with another case.
    """

    consultation: Consultation
    whys: tuple[Why, ...] = ()
    why_nots: tuple[WhyNot, ...] = ()
    what_if: WhatIf | None = None

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data, as ``expert explain --json`` prints it."""
        base = self.consultation.knowledge_base
        return {
            "format": "expert.explanation/1",
            "knowledge_base": {"name": base.name, "version": base.version, "digest": base.digest},
            "goal": base.goal,
            "outcome": self.consultation.outcome,
            "recommendation": self.consultation.recommendation,
            "given": [fact.to_dict() for fact in self.consultation.given],
            "why": [each.to_dict() for each in self.whys],
            "why_not": [each.to_dict() for each in self.why_nots],
            "what_if": self.what_if and self.what_if.to_dict(),
        }


def story(consultation: Consultation) -> Explanation:
    """Explain a whole consultation: prove what leads, and say of all other candidates why they are not the answer.

    Parameters
    ----------
    consultation : Consultation
        Which to explain.

    Returns
    -------
    Explanation
        Where nothing leads, the proof is that of the best.

    Examples
    --------
    >>> from expert import KnowledgeBase
    >>> told = story(KnowledgeBase.load().consult({"dataset_size": "small"}))
    >>> [why.conclusion.value for why in told.whys], [lost.value for lost in told.why_nots]
    (['keras'], ['tensorflow', 'pytorch'])
    """
    leaders = [leader.value for leader in consultation.leaders or consultation.ranking[:1]]
    others = [each.value for each in consultation.ranking if each.value not in (*leaders, consultation.recommendation)]
    return Explanation(
        consultation,
        tuple(why(consultation, value) for value in leaders),
        tuple(why_not(consultation, value) for value in others),
    )
