"""Rules that no longer count, and would have held: what they would have said, and why they do not count."""

from typing import Any, NamedTuple

from expert.inference.consultation import Consultation
from expert.inference.degrees import RuleDegrees
from expert.knowledge.model import Retired
from expert.knowledge.rules import Value
from expert.knowledge.variants import with_rules


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
    value: Value
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
    """List what the retired rules would have said of what is known, in the order of the file."""
    base = consultation.knowledge_base
    if not base.retired:
        return ()
    whole = with_rules(base, (each.rule for each in base.retired))
    rule_degrees, covered = RuleDegrees(whole), dict[int, float]()
    degrees = {
        rule.name: rule_degrees.of(position, consultation.certainties, covered)
        for position, rule in enumerate(whole.rules)
    }
    return tuple(
        RetiredReason(each, attribute, value, degrees[each.rule.name] * certainty)
        for each in base.retired
        if degrees[each.rule.name] > base.threshold
        for attribute, value, certainty in each.rule.conclusions
    )
