"""A decision made again under today's rules: whether it still stands, and which rules made the difference."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple, TypeAlias

from expert.inference.consultation import Consultation, consult
from expert.inference.ranking import TIE
from expert.knowledge.loading.facts_reading import facts_from_python
from expert.knowledge.model import Fact, Model
from expert.knowledge.problems import InputError
from expert.knowledge.variants import Goals
from expert.records.decision import Decision, RecordedEvidence, RecordedFiring
from expert.records.making import recorded
from expert.records.shapes import plain

Verdict: TypeAlias = Literal["unchanged", "certainty changed", "recommendation changed"]
"""What became of a decision."""

Fate: TypeAlias = Literal["retired", "absent", "changed", "not held", "new"]
"""What became of a rule: it is retired or absent, says otherwise, does not hold any more, or holds now alone."""


class RuleChange(NamedTuple):
    """A rule that held then and not so today, or the other way round.

    Parameters
    ----------
    rule : str
        Its name.
    change : str
        ``retired``, ``absent``, ``changed``, ``not held``, or ``new``: it holds today, and did not then.
    before, now : tuple of RecordedEvidence
        What it gave then, and what it gives today.
    because : str
        Its sentence: today's, if it holds.
    sources : tuple of str
        What it cites.
    reason : str
        Why it is retired; empty for all else.
    """

    rule: str
    change: Fate
    before: tuple[RecordedEvidence, ...]
    now: tuple[RecordedEvidence, ...]
    because: str
    sources: tuple[str, ...]
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return {key: plain(value) for key, value in self._asdict().items() if value != "" or key != "reason"}


class Recheck(NamedTuple):
    """A decision, and what today's rules make of its facts.

    Parameters
    ----------
    decision : Decision
        As it was made.
    today : Consultation
        The same facts by today's rules.
    rules : tuple of RuleChange
        The rules that held then and not so today; then those that hold today, and did not then.
    """

    decision: Decision
    today: Consultation
    rules: tuple[RuleChange, ...]

    def __repr__(self) -> str:
        return f"<Recheck of {self.decision!r}: {self.verdict}>"

    @property
    def verdict(self) -> Verdict:
        """Whether it is ``unchanged``, or what changed, as ``certainty changed`` or ``recommendation changed``."""
        was = (self.decision.outcome, self.decision.recommendation, set(self.decision.leaders))
        leaders = {str(leader.value) for leader in self.today.leaders}
        answer = self.today.recommendation
        if was != (self.today.outcome, None if answer is None else str(answer), leaders):
            return "recommendation changed"
        before = {option.value: option.certainty for option in self.decision.ranking}
        now = {str(each.value): each.certainty for each in self.today.ranking}
        is_same = before.keys() == now.keys() and all(abs(now[name] - before[name]) <= TIE for name in now)
        return "unchanged" if is_same else "certainty changed"

    def to_dict(self) -> dict[str, Any]:
        """Write it as ``expert recheck --json`` does."""
        base, then = self.today.knowledge_base, self.decision
        return {
            "file": None if then.file is None else str(then.file),
            "verdict": self.verdict,
            "date": then.date.isoformat(),
            "goal": then.goal,
            "then": {
                "knowledge_base": plain(then.knowledge_base),
                "outcome": then.outcome,
                "recommendation": then.recommendation,
                "ranking": [{"value": each.value, "certainty": each.certainty} for each in then.ranking],
            },
            "today": {
                "knowledge_base": {"name": base.name, "version": base.version, "digest": base.digest},
                "outcome": self.today.outcome,
                "recommendation": self.today.recommendation,
                "ranking": [{"value": each.value, "certainty": each.certainty} for each in self.today.ranking],
            },
            "rules": [rule.to_dict() for rule in self.rules],
        }


def recheck(decision: Decision, base: Model) -> Recheck:
    """Make a decision again by a knowledge base."""
    try:
        model = base.once(Goals).asking_for(decision.goal)
        given = facts_from_python(_facts(decision), model)
    except InputError as error:
        today = f"does not fit {base.name} {base.version}"
        file = str(decision.file or "decision")
        places = (
            each.place._replace(file=file) if each.place.file == "goal" else each.place for each in error.problems
        )
        raise InputError(
            problem._replace(place=place, message=f"{today}: {problem.message}")
            for problem, place in zip(error.problems, places, strict=True)
        ) from None
    made = consult(model, given, Consultation)
    return Recheck(decision, made, tuple(_changes(decision, made)))


def _facts(decision: Decision) -> Iterator[Fact]:
    """Give the recorded facts, each with its place in the record."""
    for fact in decision.facts:
        yield Fact(fact.attribute, fact.value, fact.certainty, fact.place.origin, fact.note, fact.fixed)


def _changes(decision: Decision, today: Consultation) -> Iterator[RuleChange]:
    """Tell what became of the rules that held, and which hold today alone."""
    now = {firing.rule: recorded(today, firing) for firing in today.rules_held}
    reasons = {each.rule.name: each.reason for each in today.knowledge_base.retired}
    for then in decision.firings:
        held = now.pop(then.rule, None)
        if held is None or not _gave_alike(then, held):
            change = "changed" if held else _fate(then, today, reasons)
            said = held or then
            gives = held.gave if held else ()
            yield RuleChange(
                then.rule, change, then.gave, gives, said.because, said.sources, reasons.get(then.rule, "")
            )
    for held in now.values():
        yield RuleChange(held.rule, "new", (), held.gave, held.because, held.sources)


def _gave_alike(then: RecordedFiring, now: RecordedFiring) -> bool:
    """Tell whether a rule gave the same evidence."""
    before = {(gave.attribute, gave.value): gave.evidence for gave in then.gave}
    after = {(gave.attribute, gave.value): gave.evidence for gave in now.gave}
    return before.keys() == after.keys() and all(abs(after[pair] - before[pair]) <= TIE for pair in after)


def _fate(then: RecordedFiring, today: Consultation, reasons: dict[str, str]) -> Fate:
    """Tell why a rule that held does not hold today."""
    if then.rule in reasons:
        return "retired"
    rule = today.rules.get(then.rule)
    if rule is None:
        return "absent"
    is_same = (str(rule.premise), str(rule.unless or "")) == (then.premise, then.unless)
    return "not held" if is_same else "changed"


class Due(NamedTuple):
    """A record that should be looked at again.

    Parameters
    ----------
    decision : Decision
        As it was made.
    review : date or None
        The day of its own that has passed.
    review_by : date or None
        The day that has passed by which the authors of its knowledge base meant to review that.
    """

    decision: Decision
    review: date | None
    review_by: date | None

    def to_dict(self) -> dict[str, Any]:
        """Write it as ``expert recheck --due --json`` does."""
        days = {"review": self.review, "review_by": self.review_by}
        file = None if self.decision.file is None else str(self.decision.file)
        return {"file": file, **{name: day.isoformat() if day else None for name, day in days.items()}}


def due(decision: Decision, base: Model, today: date) -> Due | None:
    """Tell whether a day has passed on which a record should have been looked at again."""
    own, of_base = (day if day and day < today else None for day in (decision.review, base.review_by))
    return Due(decision, own, of_base) if own or of_base else None
