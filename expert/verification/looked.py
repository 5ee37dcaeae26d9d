"""A knowledge base, what its cases showed, and what bounds prove of all of them."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import NamedTuple

import polars as pl

from expert.inference.consultation import Consultation, consult
from expert.knowledge.model import Fact, Model
from expert.knowledge.rules import Rule
from expert.open_questions.gates import Gates, OpenQuestions
from expert.verification.case_axes import CaseAxes, attributes_read
from expert.verification.findings import Finding
from expert.verification.survey import Seen, Survey

CASES = 4_000_000
"""So many cases are all looked at; of more, a sample is."""

WORK = 200_000_000
"""But no more than this in cases times rules and candidates, so that large bases do not take long."""

SAMPLE = 10_000
"""How many cases are drawn where not all can be looked at: so many with gaps, and so many without."""


class Part(NamedTuple):
    """What one check found, and how much of the rest no case showed to be in order, and nothing proved not to be."""

    findings: list[Finding]
    not_proved: int = 0


class Looked(NamedTuple):
    """What is known of all cases, which `are_all` the survey has seen or not.

    `open` has the questions that may be asked at all, and the bounds where everything may still be answered.
    """

    knowledge_base: Model
    survey: Survey
    are_all: bool
    open: OpenQuestions

    def share(self, seen: Seen) -> str:
        """Say how many cases show something; of a sample, how many of those drawn do."""
        if self.are_all:
            return f"{seen.cases:,} of all {self.survey.counted:,} cases"
        if not seen.cases:
            return f"rare cases (none of {self.survey.counted:,} drawn)"
        return f"{seen.cases:,} of {self.survey.counted:,} cases drawn"

    def smallest(self, seen: Seen, shows: pl.Expr) -> Seen:
        """Make a case as small as it can be; of all cases, the smallest was found."""
        return seen if self.are_all else self.survey.shrunk(seen, shows)

    def consult(self, seen: Seen) -> Consultation:
        """Consult the knowledge base about the smallest case that shows something."""
        facts = [Fact(name, value) for name, value in seen.case.items()]
        return consult(self.knowledge_base, facts, Consultation)


def look_at(knowledge_base: Model) -> Looked:
    """Look at all cases of a knowledge base, or at a sample where they are too many."""
    axes = CaseAxes(knowledge_base, attributes_read(knowledge_base))
    survey = Survey(knowledge_base, axes)
    most = min(CASES, WORK // (len(knowledge_base.all_rules) + len(knowledge_base.candidates)))
    are_all = axes.is_exact and axes.size <= most
    if are_all:
        survey.look_at_all()
    else:
        survey.look_at_some(SAMPLE)
    return Looked(knowledge_base, survey, are_all, Gates(_all_asked(knowledge_base)).possible((), ()))


def fired_alone(knowledge_base: Model, rules: Iterable[Rule]) -> dict[str, bool]:
    """Tell of rules whether they fire in any case, where what they depend on has few enough cases to look at all."""
    gates = Gates(knowledge_base)
    groups: dict[frozenset[str], list[Rule]] = {}
    for rule in rules:
        premises = knowledge_base.premises([knowledge_base.positions[rule.name]])
        groups.setdefault(frozenset(gates.attributes_behind(premises)), []).append(rule)
    found: dict[str, bool] = {}
    for names, alike in groups.items():
        part = _only(knowledge_base, names, alike)
        axes = CaseAxes(part, names.intersection(attributes_read(part)))
        if axes.is_exact and axes.size * len(part.all_rules) * len(groups) <= WORK:
            survey = Survey(part, axes)
            survey.look_at_all()
            found |= {rule.name: rule.name in survey.fired for rule in alike}
    return found


def _only(knowledge_base: Model, names: Collection[str], rules: Iterable[Rule]) -> Model:
    """Keep some rules, those above them in their tables, and those that conclude certain attributes."""
    positions = {position for name in names for position in knowledge_base.rules_concluding.get(name, ())}
    positions |= {knowledge_base.positions[rule.name] for rule in rules}
    kept = (knowledge_base.all_rules[position] for position in knowledge_base.with_rows_above(positions))
    return replace(knowledge_base, rules=tuple(rule for rule in kept if not rule.is_default))


def _all_asked(knowledge_base: Model) -> Model:
    """Ask for all that can be given."""
    attributes = dict(knowledge_base.attributes)
    for name, attribute in attributes.items():
        if not attribute.question and knowledge_base.is_askable(attribute):
            attributes[name] = replace(attribute, question="?")
    return replace(knowledge_base, attributes=attributes)
