"""Two knowledge bases on one case: both rankings, and the rules that make the difference."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal, NamedTuple, TypeAlias

from expert.inference.consultation import Consultation, consult, same_answer
from expert.inference.engine import Evidence
from expert.knowledge.model import Attribute, Fact, Model
from expert.knowledge.rules import Rule, Value
from expert.knowledge.strata import RuleCycleError
from expert.knowledge.variants import with_rules

Change: TypeAlias = Literal["retired", "absent", "changed", "not held"]
"""What became of a rule in the other knowledge base: it is retired or absent there, says otherwise, or did not hold."""


class Difference(NamedTuple):
    """A rule that held in one knowledge base, and not so in the other.

    Parameters
    ----------
    rule : Rule
        As it stands where it held.
    gave : tuple of Evidence
        What it gave.
    change : str
        What became of it in the other: ``retired``, ``absent``, ``changed`` or ``not held``.
    reason : str
        Why it is retired; empty for all else.
    """

    rule: Rule
    gave: tuple[Evidence, ...]
    change: Change
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        gave = [{"attribute": each.attribute, "value": each.value, "evidence": each.strength} for each in self.gave]
        data = {"rule": self.rule.name, "change": self.change, "gave": gave, "because": self.rule.because}
        data |= {"source": [str(citation) for citation in self.rule.citations]}
        return data | ({"reason": self.reason} if self.reason else {})


class Comparison(NamedTuple):
    """Two knowledge bases on one case.

    Parameters
    ----------
    one, other : Consultation
        The case by each.
    given : tuple of Fact
        The case.
    ignored_by_one, ignored_by_other : tuple of Fact
        Those of the given facts that each does not know.
    lost : tuple of Difference
        Rules that held by the one, and not so by the other.
    gained : tuple of Difference
        Rules that held by the other, and not so by the one.
    without_gained : Consultation
        The case by the other with no rules but those that the one has, too.
    with_lost : Consultation or None
        The case by the other with the rules besides that the one alone has; None where these do not fit.
    """

    one: Consultation
    other: Consultation
    given: tuple[Fact, ...]
    ignored_by_one: tuple[Fact, ...]
    ignored_by_other: tuple[Fact, ...]
    lost: tuple[Difference, ...]
    gained: tuple[Difference, ...]
    without_gained: Consultation
    with_lost: Consultation | None

    def __repr__(self) -> str:
        return f"<Comparison of {self.one!r} and {self.other!r}>"

    @property
    def _differences(one: Consultation, other: Consultation) -> Iterator[Difference]:
    """List the rules that held by the one, and not so by the other."""
    retired = other.knowledge_base.why_retired
    for firing in one.rules_held:
        rule = one.rules[firing.rule]
        if rule.name in retired:
            yield Difference(rule, firing.gave, "retired", retired[rule.name])
        elif rule.name not in other.rules:
            yield Difference(rule, firing.gave, "absent")
        elif other.rules[rule.name] != rule:
            yield Difference(rule, firing.gave, "changed")
        elif rule.name not in other.held:
            yield Difference(rule, firing.gave, "not held")


def _side(consultation: Consultation, ignored: Iterable[Fact]) -> dict[str, Any]:
    """Write one of the two."""
    base = consultation.knowledge_base
    return {
        "knowledge_base": {"name": base.name, "version": base.version, "digest": base.digest},
        "outcome": consultation.outcome,
        "recommendation": consultation.recommendation,
        "ranking": [{"value": each.value, "certainty": each.certainty} for each in consultation.ranking],
        "ignored": [fact.attribute for fact in ignored],
    }
