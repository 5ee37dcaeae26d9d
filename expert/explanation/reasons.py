"""Pieces of evidence as reasons: what a rule gave, a given fact, a computed number, or a default."""

from typing import Any, NamedTuple

from expert.explanation.computations import computation
from expert.explanation.exceptions import Excepting, Exceptions
from expert.explanation.grounds import Ground, ground_of, grounds_of
from expert.explanation.shown_certainties import in_full
from expert.inference.consultation import Consultation, Origin
from expert.inference.engine import Evidence
from expert.knowledge.rules import Rule


class Reason(NamedTuple):
    """A piece of evidence: what a rule gave, a given fact, a computed number, or a default.

    Parameters
    ----------
    strength : float
        In [-1, 1]; the rule's degree × certainty.
    rule : str or None
        None where no written rule gave it.
    degree, certainty : float
        The degree to which the rule held, and what it gives its conclusion.
    because : str
        The rule's sentence, the note on the given fact, the sum, or why the default applies.
    sources : tuple of str
        What the rule cites.
    origin : str
        Where the fact was given.
    grounds : tuple of Ground
        The facts that the rule matched, or that the number is computed from.
    made : str
        ``default`` or ``computed``; empty for a rule and for a given fact.
    own : float
        The degree of the rule's premise, were there no exceptions.
    exceptions : tuple of Excepting
        The exceptions that keep the rule below that.
    """

    strength: float
    rule: str | None
    degree: float = 1.0
    certainty: float = 1.0
    because: str = ""
    sources: tuple[str, ...] = ()
    origin: str = ""
    grounds: tuple[Ground, ...] = ()
    made: Origin = ""
    own: float = 1.0
    exceptions: tuple[Excepting, ...] = ()

    @property
    def all_grounds(self) -> tuple[Ground, ...]:
        """The facts that it rests on, and those of the exceptions."""
        return (*self.grounds, *(ground for each in self.exceptions for ground in each.grounds))

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data; of exceptions only where there are some."""
        data = self._asdict() | {"sources": list(self.sources), "grounds": [each._asdict() for each in self.grounds]}
        data |= {"origin": data.pop("made") or self.origin, "exceptions": [each.to_dict() for each in self.exceptions]}
        if not self.exceptions:
            del data["own"], data["exceptions"]
        return data


def reason_of(consultation: Consultation, evidence: Evidence) -> Reason:
    """Say where a piece of evidence comes from."""
    pair = (evidence.attribute, evidence.value)
    if evidence.rule is not None:
        rule = consultation.rules[evidence.rule]
        return _by_default(consultation, rule) if rule.is_default else _by_rule(consultation, rule, evidence)
    if pair in consultation.facts:
        fact = consultation.facts[pair]
        return Reason(evidence.strength, None, certainty=fact.certainty, because=fact.note, origin=fact.origin)
    found = computation(consultation, evidence.attribute)
    return Reason(
        evidence.strength, None, certainty=evidence.strength, because=str(found), grounds=found.inputs, made="computed"
    )


def _by_rule(consultation: Consultation, rule: Rule, evidence: Evidence) -> Reason:
    """Say what a written rule gave."""
    firing = consultation.held[rule.name]
    pair = (evidence.attribute, evidence.value)
    held = consultation.once(Exceptions).of(rule.name) if rule.unless or rule.first else None
    return Reason(
        evidence.strength,
        rule.name,
        firing.degree,
        next(c.certainty for c in rule.conclusions if (c.attribute, c.value) == pair),
        rule.because,
        tuple(map(str, rule.citations)),
        grounds=tuple(grounds_of(consultation, ((fact.attribute, fact.value) for fact in firing.matched))),
        own=held.own if held else 1.0,
        exceptions=held.exceptions if held else (),
    )


def _by_default(consultation: Consultation, rule: Rule) -> Reason:
    """Say why a default applies: what there is of other values is too weak."""
    (conclusion,) = rule.conclusions
    name, value, certainty = conclusion
    others = [(name, other) for other in consultation.certainties[name] if other != value]
    grounds = tuple(ground_of(consultation, pair) for pair in others)
    label = consultation.knowledge_base.attributes[name].value_label(value)
    because = f"{_nothing_said(consultation, rule)}: {label}, by default."
    return Reason(certainty, None, because=because, grounds=grounds, made="default")


def _nothing_said(consultation: Consultation, default: Rule) -> str:
    """Say what there is not, so that a default applies."""
    base = consultation.knowledge_base
    (conclusion,) = default.conclusions
    name = conclusion.attribute
    pieces = [piece for value in consultation.certainties[name] for piece in consultation.evidence[name, value]]
    if any(piece.rule != default.name for piece in pieces):
        return f"Nothing that is known of it exceeds {in_full(base.threshold)}"
    if name in base.formulas:
        return f"It cannot be computed ({computation(consultation, name).lacks})"
    if name not in base.derived:
        return "It was not given"
    return "It was not given, and no rule concluded it" if base.attributes[name].question else "No rule concluded it"
