"""What if other facts had been given: both rankings, and the rules that make the difference."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

from expert.inference.consultation import Consultation, consult
from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Fact
from expert.knowledge.rules import Value


class FactChange(NamedTuple):
    """A fact before and after; None where there is none."""

    attribute: str
    before: Fact | None
    after: Fact | None

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        before, after = (fact and fact.to_dict() for fact in (self.before, self.after))
        return {"attribute": self.attribute, "before": before, "after": after}


class FoundChange(NamedTuple):
    """A computed number, or an attribute that stands by default, before and after; None where it does not."""

    attribute: str
    before: Value | None
    after: Value | None


class Standing(NamedTuple):
    """A candidate's certainty factor before and after."""

    value: Value
    before: float
    after: float


class RuleChange(NamedTuple):
    """A rule that started or stopped to hold, or that holds to another degree; the degree is 0 where it does not."""

    rule: str
    kind: Literal["started", "stopped", "changed"]
    before: float
    after: float


@dataclass(frozen=True)
class WhatIf:
    """Two consultations of one knowledge base, side by side.

    Parameters
    ----------
    before, after : Consultation
        On the given facts, and on the hypothetical ones.
    """

    before: Consultation
    after: Consultation

    def __repr__(self) -> str:
        changes = ", ".join(
            f"{change.attribute} = {change.after.value if change.after else None}" for change in self.changes
        )
        before, after = (each.recommendation or each.outcome for each in (self.before, self.after))
        return f"<WhatIf {shown(changes or 'nothing')}: {shown(before)} → {shown(after)}>"

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        from expert.rendering.graph.notebook import what_if_html

        return what_if_html(self)

    @cached_property
    def changes(self) -> tuple[FactChange, ...]:
        """The facts that differ in value or certainty, in the order of the file."""
        before = {fact.attribute: fact for fact in self.before.given}
        after = {fact.attribute: fact for fact in self.after.given}
        changes = [
            FactChange(name, before.get(name), after.get(name))
            for name in self.before.knowledge_base.attributes
            if name in before or name in after
        ]
        return tuple(change for change in changes if _said(change.before) != _said(change.after))

    @cached_property
    def ranking(self) -> tuple[Standing, ...]:
        """All candidates, in the order in which they stand after."""
        before = {candidate.value: candidate.certainty for candidate in self.before.ranking}
        return tuple(Standing(after.value, before[after.value], after.certainty) for after in self.after.ranking)

    @cached_property
    def rules(self) -> tuple[RuleChange, ...]:
        """The rules that started, stopped, or changed, in the order of the file."""
        before = {firing.rule: firing.degree for firing in self.before.firings}
        after = {firing.rule: firing.degree for firing in self.after.firings}
        changes = []
        for rule in self.before.knowledge_base.rules:
            was, is_now = before.get(rule.name, 0.0), after.get(rule.name, 0.0)
            if was != is_now:
                kind: Literal["started", "stopped", "changed"]
                kind = "started" if not was else "changed" if is_now else "stopped"
                changes.append(RuleChange(rule.name, kind, was, is_now))
        return tuple(changes)

    @cached_property
    def found(self) -> tuple[FoundChange, ...]:
        """The computed numbers and the defaults that differ, in the order of the file."""
        before, after = _found(self.before), _found(self.after)
        return tuple(
            FoundChange(name, before.get(name), after.get(name))
            for name in self.before.knowledge_base.attributes
            if before.get(name) != after.get(name)
        )

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data; of computed numbers and defaults only where some differ."""
        found = {"found": [change._asdict() for change in self.found]} if self.found else {}
        return found | {
            "changes": [change.to_dict() for change in self.changes],
            "before": {"outcome": self.before.outcome, "recommendation": self.before.recommendation},
            "after": {"outcome": self.after.outcome, "recommendation": self.after.recommendation},
            "ranking": [standing._asdict() for standing in self.ranking],
            "rules": [change._asdict() for change in self.rules],
        }


def what_if(consultation: Consultation, facts: Iterable[Fact]) -> WhatIf:
    """Consult the same knowledge base about other facts, and compare."""
    return WhatIf(consultation, consult(consultation.knowledge_base, facts, type(consultation)))


def _found(consultation: Consultation) -> dict[str, Value]:
    """Take the computed numbers, and what stands by default."""
    return {name: value for name, value in consultation.evidence if consultation.origin_of((name, value))}


def _said(fact: Fact | None) -> tuple[Value, float] | None:
    """Take what a fact says, without where it says so."""
    return fact and (fact.value, fact.certainty)
