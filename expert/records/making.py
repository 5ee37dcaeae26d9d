"""A consultation as a decision to keep: with what was open, what would have changed it, and how firm it was."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from expert.analysis.flip_sets import Flip
from expert.analysis.flips import flips_by_size, smallest_flips
from expert.analysis.robustness import robustness
from expert.inference.consultation import Consultation
from expert.inference.engine import Firing
from expert.knowledge.loading.knowledge_base_file import shipped_name
from expert.knowledge.model import Fact, Model
from expert.knowledge.ranges import Range
from expert.knowledge.rules import Is
from expert.open_questions.prospects import open_questions
from expert.records.decision import (
    Basis,
    Decision,
    OpenQuestion,
    RecordedCandidate,
    RecordedChange,
    RecordedEvidence,
    RecordedFact,
    RecordedFiring,
    RecordedFlip,
    RecordedLabel,
    RecordedRobustness,
    RecordedSource,
)

AnyDecision = TypeVar("AnyDecision", bound=Decision)

MOST = 10
"""How many flips are kept."""


def decision_of(
    consultation: Consultation, kind: type[AnyDecision], on: date, review: date | None = None
) -> AnyDecision:
    """Keep what a consultation answers, and how firmly."""
    base = consultation.knowledge_base
    goal = base.attributes[base.goal]
    sizes = flips_by_size(consultation)
    singles = next(sizes)
    found = smallest_flips(chain([singles], sizes))
    robust = robustness(consultation, singles=singles)
    beyond = robust.counterexample.delta if robust.counterexample else None
    asked = (base.attributes[name] for name in consultation.once(open_questions))
    flips = tuple(map(_flip, islice(found, MOST)))
    return kind(
        date=on,
        review=review,
        knowledge_base=Basis(base.name, base.version, base.digest, base.title, _where(base)),
        goal=base.goal,
        about=goal.question or goal.about,
        outcome=consultation.outcome,
        recommendation=_text(consultation.recommendation),
        threshold=base.threshold,
        ranking=tuple(
            RecordedCandidate(str(each.value), goal.value_label(each.value), each.certainty)
            for each in consultation.ranking
        ),
        facts=tuple(_fact(base, fact) for fact in consultation.given),
        firings=tuple(recorded(consultation, firing) for firing in consultation.rules_held),
        sources=tuple(_sources(consultation)),
        open_questions=tuple(OpenQuestion(each.name, each.question) for each in asked),
        flips=flips,
        searched=found.searched,
        robustness=RecordedRobustness(robust.delta, beyond, robust.kept, robust.changes),
        labels=tuple(_labels(consultation, flips)),
    )


def recorded(consultation: Consultation, firing: Firing) -> RecordedFiring:
    """Keep a rule that held."""
    rule = consultation.rules[firing.rule]
    return RecordedFiring(
        rule.name,
        str(rule.premise),
        firing.degree,
        tuple(str(each.attribute if each.value is None else Is(each.attribute, each.value)) for each in firing.matched),
        tuple(RecordedEvidence(each.attribute, str(each.value), each.strength) for each in firing.gave),
        str(rule.unless or ""),
        rule.because,
        tuple(map(str, rule.citations)),
    )


def _where(base: Model) -> str:
    """Tell where a knowledge base is: its shipped name, or the path of its file; empty where it has none."""
    if shipped := shipped_name(base):
        return shipped
    place = base.places.get(("knowledge_base",))
    path = Path(place.file) if place else None
    return path.absolute().as_posix() if path and path.is_file() else ""


def _fact(base: Model, fact: Fact) -> RecordedFact:
    """Keep a fact, with its question."""
    attribute, value = base.attributes[fact.attribute], str(fact.value)
    label = attribute.value_label(fact.value)
    return RecordedFact(
        fact.attribute,
        value,
        "" if label == value else label,
        fact.certainty,
        fact.note,
        fact.fixed,
        attribute.question or attribute.about,
    )


def _labels(consultation: Consultation, flips: Iterable[RecordedFlip]) -> Iterator[RecordedLabel]:
    """Keep what the attributes and values are called that a decision names."""
    base = consultation.knowledge_base
    named = {(each.attribute, str(each.value)) for each in consultation.given}
    named |= {(gave.attribute, str(gave.value)) for firing in consultation.rules_held for gave in firing.gave}
    named |= {(change.attribute, change.value or "") for flip in flips for change in flip.changes}
    for attribute in base.attributes.values():
        values = [value for name, value in named if name == attribute.name != base.goal]
        if values and attribute.label:
            yield RecordedLabel(attribute.name, attribute.label)
        for value, label in attribute.choices.items():
            if value in values and value != label:
                yield RecordedLabel(attribute.name, label, value)


def _sources(consultation: Consultation) -> Iterator[RecordedSource]:
    """Keep the sources that the rules cite which held, in the order of the knowledge base."""
    cited = {each.source for firing in consultation.rules_held for each in consultation.rules[firing.rule].citations}
    for name, source in consultation.knowledge_base.sources.items():
        if name in cited:
            known = {key: source[key] for key in ("by", "year", "url") if key in source}
            yield RecordedSource(name, source["title"], **known)


def _flip(flip: Flip) -> RecordedFlip:
    """Keep a flip; of a number, say which others have the same effect."""
    ranges = (*flip.ranges, *(None for _ in flip.changes))
    changes = (
        RecordedChange(change.attribute, _text(change.value), _words(within))
        for change, within in zip(flip.changes, ranges, strict=False)
    )
    return RecordedFlip(tuple(changes), flip.outcome, _text(flip.recommendation))


def _words(within: Range | None) -> str:
    """Write a range in words."""
    if within is None or within.is_single:
        return ""
    return " and ".join(f"{word.replace('_', ' ')} {number:,}" for word, number in within.to_dict().items())


def _text(value: object) -> str | None:
    """Write a value as a text; None where there is none."""
    return None if value is None else str(value)
