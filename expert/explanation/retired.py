"""Rules that no longer count, and would have held: what they would have said, and why they do not count."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from expert.inference.consultation import Consultation
from expert.inference.degrees import degree_of
from expert.knowledge.model import Retired


class RetiredReason(NamedTuple):
    """What a retired rule would have said about one conclusion.

    Parameters
    ----------
    retired : Retired
        The rule, and why it does not count.
    attribute, value : str, Value
        What it concluded.
    strength : float
        The evidence that it would have given, in [-1, 1]: its degree × certainty.
    """

    retired: Retired
    attribute: str
    value: str | int | float
    strength: float

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        rule = self.retired.rule
        return {
            "rule": rule.name,
            "attribute": self.attribute,
            "value": self.value,
            "strength": self.strength,
            "because": rule.because,
            "sources": list(map(str, rule.citations)),
            "reason": self.retired.reason,
        }


def retired_reasons(consultation: Consultation) -> tuple[RetiredReason, ...]:
    """List what the retired rules would have said, in the order of the file.

    What is looked at is each rule's own premise and exception, not the rows above it in a table.
    """
    return tuple(reason for each in consultation.knowledge_base.retired for reason in _reasons(consultation, each))


def _reasons(consultation: Consultation, retired: Retired) -> Iterator[RetiredReason]:
    """Tell what one rule would have said."""
    known, rule = consultation.certainties, retired.rule
    degree = degree_of(rule.premise)(known)
    if rule.unless:
        degree = min(degree, 1.0 - degree_of(rule.unless)(known))
    if degree > consultation.knowledge_base.threshold:
        for conclusion in rule.conclusions:
            yield RetiredReason(retired, conclusion.attribute, conclusion.value, degree * conclusion.certainty)
