"""Everything that is checked of a knowledge base, in one list."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from expert.knowledge.finding_kinds import kind_and_name
from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Model
from expert.verification.case_findings import case_findings
from expert.verification.findings import SEVERITIES, Finding
from expert.verification.rule_pairs import rule_pair_findings
from expert.verification.scenarios import run
from expert.verification.texts import text_findings
from expert.verification.uses import use_findings

_IMPLIED = ("duplicate", "subsumed", "opposed", "never-matters")
"""What is not told of a rule that never fires."""


class Checked(NamedTuple):
    """What a check found, and how far that is proved.

    Parameters
    ----------
    findings : tuple of Finding
        In the order of their places, without those that the knowledge base accepts.
    accepted : tuple of tuple of Finding and str
        Those that it accepts, each with the reason.
    cases : int
        How many cases were looked at; 0 where none were.
    are_all : bool
        Whether these are all cases that the rules can tell apart; if not, most of them were drawn at random.
    not_proved : mapping of str to int
        For each kind that no case showed, of how many rules, values and the like that is not proved.
    """

    findings: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, str], ...] = ()
    cases: int = 0
    are_all: bool = True
    not_proved: Mapping[str, int] = MappingProxyType({})

    def reaches(self, severity: str) -> bool:
        """Tell whether a finding is at least as severe.

        Examples
        --------
        >>> Checked(()).reaches("note")
        False
        """
        return any(SEVERITIES.index(each.severity) >= SEVERITIES.index(severity) for each in self.findings)

    def to_list(self) -> list[dict[str, Any]]:
        """Write the findings as ``expert rules check --json`` does."""
        return [finding.to_dict() for finding in self.findings]


def check(model: Model) -> Checked:
    """Check a knowledge base."""
    over_cases = case_findings(model)
    found = [*rule_pair_findings(model), *use_findings(model), *text_findings(model), *_failing_cases(model)]
    found += over_cases.findings
    never = {finding.name for finding in found if finding.kind == "never-fires"}
    found = [each for each in found if each.kind not in _IMPLIED or each.name not in never]
    found += _not_needed(model, {(each.kind, each.name) for each in found}, over_cases.not_proved)
    found.sort(key=lambda finding: (finding.place, finding.kind, finding.name))
    told = [each for each in found if (each.kind, each.name) not in model.accept]
    accepted = [(each, reason) for each in found if (reason := model.accept.get((each.kind, each.name)))]
    return Checked(tuple(told), tuple(accepted), over_cases.cases, over_cases.are_all, over_cases.not_proved)


def _failing_cases(model: Model) -> Iterator[Finding]:
    """Find cases of the file that do not come out as expected."""
    for result in run(model, model.cases):
        case = result.case
        if not result.passed:
            message = f"The case {shown(case.name)} fails: {'; '.join(map(str, result.unmet))}."
            is_certain = all(fact.certainty == 1 for fact in case.given)
            example = {fact.attribute: fact.value for fact in case.given} if is_certain else None
            advice = "Correct the rules, or what the case expects."
            yield Finding.of("case-fails", case.place, case.name, message, advice, example=example)


def _not_needed(model: Model, found: set[tuple[str, str]], not_proved: Collection[str]) -> Iterator[Finding]:
    """Find what is accepted in this file without being found, unless it may be there nevertheless."""
    own = model.places["knowledge_base",].file
    for path, place in model.places.items():
        if path[0] != "accept" or len(path) == 1 or place.file != own:
            continue
        kind, name = accepted = kind_and_name(path[1])
        if accepted not in found and kind not in not_proved and kind != "not-needed":
            name = f"{kind} {name}"
            message = f"There is no finding {shown(name)} to accept."
            yield Finding.of("not-needed", place, name, message, "Delete it from 'accept'.")
