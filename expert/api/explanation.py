"""Several explanations of one consultation in one call, as ``expert explain`` gives them."""

from collections.abc import Iterable

from expert.analysis.what_if import what_if
from expert.api.consultation import Consultation
from expert.explanation.report import Explanation, report
from expert.knowledge.loading.facts_reading import with_settings

__all__ = ["explain", "report"]


def explain(
    consultation: Consultation,
    whys: Iterable[str] = (),
    why_nots: Iterable[str] = (),
    changes: Iterable[str] = (),
    *,
    flips: bool = False,
    robustness: bool = False,
    fixed: Iterable[str] = (),
) -> Explanation:
    """Give the explanations that are asked for; the changes are texts ``attribute=value``."""
    facts = with_settings(consultation.given, changes, consultation.knowledge_base, "--what-if")
    return Explanation(
        consultation,
        tuple(map(consultation.why, whys)) or None,
        tuple(map(consultation.why_not, why_nots)) or None,
        what_if(consultation, facts) if changes else None,
        consultation.flips(fixed) if flips else None,
        consultation.robustness(fixed) if robustness else None,
    )
