"""Which rules made the difference, where candidates have less certainty than expected, or more."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from expert.explanation.reasons import Reason, reason_of
from expert.explanation.unfired_rules import Missed, unfired_rules
from expert.inference.consultation import Consultation
from expert.knowledge.rules import Value


class Deviation(NamedTuple):
    """What keeps a candidate from the certainty that was expected.

    Parameters
    ----------
    value : Value
        The candidate.
    lacks : bool
        Whether it has too little certainty; if not, it has too much.
    held : tuple of Reason
        What made it so: the evidence against one that lacks certainty, or for one that has too much.
    missed : tuple of Missed
        The rules that would have supported one that lacks certainty, had they held, each with what it lacked.
    """

    value: Value
    lacks: bool
    held: tuple[Reason, ...]
    missed: tuple[Missed, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return {
            "value": self.value,
            "lacks": self.lacks,
            "held": [reason.to_dict() for reason in self.held],
            "missed": [missed.to_dict() for missed in self.missed],
        }


def difference(
    consultation: Consultation, lacking: Iterable[Value], exceeding: Iterable[Value]
) -> tuple[Deviation, ...]:
    """Explain the candidates that have too little certainty, then those that have too much."""
    candidates = {candidate.value: candidate for candidate in consultation.ranking}
    goal = consultation.knowledge_base.goal
    short = (
        Deviation(
            value,
            True,
            tuple(reason_of(consultation, piece) for piece in candidates[value].opposing),
            unfired_rules(consultation, [(goal, value)]),
        )
        for value in lacking
    )
    far = (
        Deviation(value, False, tuple(reason_of(consultation, piece) for piece in candidates[value].supporting))
        for value in exceeding
    )
    return (*short, *far)
