"""What speaks of all cases: rules that never fire, contradictions, questions never asked, what wins, and what does not.

A knowledge base whose rules tell few enough cases apart is looked at in all of them. Of any other, a sample is; what it
shows is real, and what it does not show is told only where it is proved.
"""

from collections.abc import Mapping
from typing import NamedTuple

from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Model
from expert.knowledge.rules import Pair, Rule
from expert.verification.findings import Finding
from expert.verification.looked import Looked, Part, fired_alone, look_at
from expert.verification.never_fires import Reasons
from expert.verification.never_matters import never_matters
from expert.verification.outcome_findings import always_wins, never_wins, ties, undecided


class CaseFindings(NamedTuple):
    """What was found; how many cases were looked at, and whether they are all; what could not be proved.

    `not_proved` counts, for each kind, what no case showed to be in order, and nothing proved not to be.
    """

    findings: tuple[Finding, ...]
    cases: int
    are_all: bool
    not_proved: Mapping[str, int]


def case_findings(knowledge_base: Model) -> CaseFindings:
    """Check what speaks of all cases."""
    looked = look_at(knowledge_base)
    parts = {
        "never-fires": never_fires(looked),
        "never-matters": never_matters(looked),
        "contradiction": contradictions(looked),
        "never-asked": never_asked(looked),
        "never-wins": never_wins(looked),
        "always-wins": always_wins(looked),
        "undecided": undecided(looked),
        "tie": ties(looked),
    }
    findings = tuple(finding for part in parts.values() for finding in part.findings)
    not_proved = {kind: part.not_proved for kind, part in parts.items() if part.not_proved}
    return CaseFindings(findings, looked.survey.looked_at, looked.are_all, not_proved)


def never_fires(looked: Looked) -> Part:
    """Find rules that fire in no case."""
    reasons = Reasons(looked.knowledge_base, looked.open.bounds)
    unseen = [rule for rule in looked.knowledge_base.rules if rule.name not in looked.survey.fired]
    why = {rule.name: reasons.of(rule) for rule in unseen}
    left = [rule for rule in unseen if not why[rule.name]]
    fires = dict.fromkeys(why, False) if looked.are_all else fired_alone(looked.knowledge_base, left)
    findings = []
    for rule in unseen:
        if why[rule.name] or fires.get(rule.name) is False:
            message = f"This rule can never fire: {why[rule.name] or _in_no_case(rule)}."
            advice = "Mend its premise, or drop the rule."
            findings.append(Finding.of("never-fires", rule.place, rule.name, message, advice))
    return Part(findings, sum(rule.name not in fires for rule in left))


def _in_no_case(rule: Rule) -> str:
    """Say of a rule what only looking at all cases shows."""
    return "its tests hold in no case" + (", or only where those of a row above it do" if rule.first else "")


def contradictions(looked: Looked) -> Part:
    """Find pairs with definite evidence both for and against them."""
    findings = []
    for pair, found in looked.survey.contradictions.items():
        seen = looked.smallest(found, looked.survey.contradicts(pair))
        consultation = looked.consult(seen)
        if pair in consultation.contradictions:
            definite = [piece.rule for piece in consultation.evidence[pair] if abs(piece.strength) == 1 and piece.rule]
            rules = [looked.knowledge_base.rules_by_name[name] for name in definite]
            name, said = f"{pair[0]}={pair[1]}", " and ".join(map(_called, rules))
            message = f"{said} give definite evidence for and against {shown(name)} in {looked.share(seen)}."
            advice = "Give one of them an exception, or a certainty that is not definite."
            if any(rule.is_default for rule in rules):
                advice = "Let the rules conclude another value rather than rule out this one, or drop the default."
            more = {"proved": looked.are_all, "example": seen.case}
            findings.append(Finding.of("contradiction", rules[0].place, name, message, advice, **more))
    unseen = [pair for pair in looked.survey.contradictable if pair not in looked.survey.contradictions]
    return Part(findings, 0 if looked.are_all else sum(_may_be_contradicted(looked, pair) for pair in unseen))


def _called(rule: Rule) -> str:
    """Name a rule, or a default."""
    return f"the {rule.name}" if rule.is_default else shown(rule.name)


def _may_be_contradicted(looked: Looked, pair: Pair) -> bool:
    """Tell whether the bounds leave it open that there is definite evidence for and against a pair."""
    concluding = looked.knowledge_base.conclusions_by_pair[pair]
    definite = [certainty for position, certainty in concluding if looked.open.bounds.evidence[position].high == 1]
    return {1, -1} <= {*definite}


def never_asked(looked: Looked) -> Part:
    """Find questions that are never open."""
    findings, unproved = [], 0
    for name, attribute in looked.knowledge_base.attributes.items():
        if not attribute.question or name in looked.survey.opened:
            continue
        if looked.are_all or name not in looked.open.all:
            reason = "its ask_if never holds" if attribute.ask_if else "rules always conclude it before"
            message, advice = f"This question is never asked: {reason}.", "Mend its condition, or drop the question."
            findings.append(Finding.of("never-asked", attribute.place, name, message, advice))
        else:
            unproved += 1
    return Part(findings, unproved)
