"""Everything that is checked of a knowledge base, in one list."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from expert.knowledge.finding_kinds import kind_and_name
from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Model
from expert.verification.case_failures import failures
from expert.verification.findings import SEVERITIES, Finding
from expert.verification.rule_pairs import rule_pair_findings
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
        Among how many cases the rules were tried; 0 where no finding needs cases.
    is_proved : bool
        Whether these are all cases that the rules can tell apart; if not, they were drawn at random.
    """

    findings: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, str], ...] = ()
    cases: int = 0
    is_proved: bool = True

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
    found = [*rule_pair_findings(model), *use_findings(model), *text_findings(model), *_case_findings(model)]
    # Here the findings over cases join, with how many cases were tried, and whether these are all.
    never = {finding.name for finding in found if finding.kind == "never-fires"}
    found = [each for each in found if each.kind not in _IMPLIED or each.name not in never]
    accepted = [(each, reason) for each in found if (reason := model.accept.get((each.kind, each.name)))]
    meant = {id(finding) for finding, _ in accepted}
    told = [each for each in found if id(each) not in meant]
    told += _not_needed(model, {(each.kind, each.name) for each in found})
    told.sort(key=lambda finding: (finding.place, finding.kind, finding.name))
    return Checked(tuple(told), tuple(accepted))


def _case_findings(model: Model) -> Iterator[Finding]:
    """Find cases of the file that do not come out as expected."""
    for case in model.cases:
        if failed := failures(model, case):
            message = f"The case {shown(case.name)} does not come out as expected: {'; '.join(failed)}."
            is_certain = all(fact.certainty == 1 for fact in case.given)
            example = {fact.attribute: fact.value for fact in case.given} if is_certain else None
            advice = "Correct the rules, or what the case expects."
            yield Finding.of("case-fails", case.place, case.name, message, advice, example=example)


def _not_needed(model: Model, found: set[tuple[str, str]]) -> Iterator[Finding]:
    """Find what is accepted without being found."""
    own = model.places["knowledge_base",].file  # what an extended one accepts is needed there
    for path, place in model.places.items():
        if path[0] != "accept" or len(path) == 1 or place.file != own:
            continue
        if (accepted := kind_and_name(path[1])) not in found:
            name = " ".join(accepted)
            message = f"There is no finding {shown(name)} to accept."
            yield Finding.of("not-needed", place, name, message, "Delete it from 'accept'.")
