"""Several explanations of one consultation, together."""

from collections.abc import Iterable
from itertools import chain
from typing import Any, NamedTuple

from expert.analysis.flip_sets import Flips
from expert.analysis.flips import flips_by_size, smallest_flips
from expert.analysis.robustness import Robustness, robustness
from expert.analysis.what_if import WhatIf
from expert.explanation.retired import RetiredReason, retired_reasons
from expert.explanation.why import Why, why
from expert.explanation.why_not import WhyNot, why_not
from expert.inference.consultation import Consultation


class Explanation(NamedTuple):
    """What was asked of a consultation, and the answers; None where it was not asked."""

    consultation: Consultation
    whys: tuple[Why, ...] | None = None
    why_nots: tuple[WhyNot, ...] | None = None
    what_if: WhatIf | None = None
    flips: Flips | None = None
    robustness: Robustness | None = None
    retired: tuple[RetiredReason, ...] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data, as ``expert explain --json`` prints it; what was not asked is left out."""
        base = self.consultation.knowledge_base
        data = {
            "format": "expert.explanation/1",
            "knowledge_base": {"name": base.name, "version": base.version, "digest": base.digest},
            "goal": base.goal,
            "outcome": self.consultation.outcome,
            "recommendation": self.consultation.recommendation,
            "given": [fact.to_dict() for fact in self.consultation.given],
        }
        parts = {
            "why": self.whys,
            "why_not": self.why_nots,
            "what_if": self.what_if,
            "flips": self.flips,
            "robustness": self.robustness,
            "retired": self.retired,
        }
        data |= {key: _data(part) for key, part in parts.items() if part is not None}
        if self.flips is not None and not self.flips.is_complete:
            data["flips_searched_up_to"] = self.flips.searched
        return data


def _data(part: Any) -> Any:
    """Write an explanation, or several."""
    return part.to_dict() if hasattr(part, "to_dict") else [each.to_dict() for each in part]


def report(consultation: Consultation, fixed: Iterable[str] = ()) -> Explanation:
    """Explain a whole consultation: prove what leads, say why other candidates do not, and what could change that."""
    fixed = tuple(fixed)
    leaders = [leader.value for leader in consultation.leaders or consultation.ranking[:1]]
    others = [each.value for each in consultation.ranking if each.value not in (*leaders, consultation.recommendation)]
    sizes = flips_by_size(consultation, fixed)
    singles = next(sizes)
    return Explanation(
        consultation,
        tuple(why(consultation, value) for value in leaders),
        tuple(why_not(consultation, value) for value in others),
        flips=smallest_flips(chain([singles], sizes)),
        robustness=robustness(consultation, fixed, singles=singles),
        retired=retired_reasons(consultation) or None,
    )
