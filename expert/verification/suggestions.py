"""Cases that would notice the changes that no case notices: the smallest found, and as few as do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from expert.knowledge.model import Case, Model
from expert.verification.mutants import Mutant
from expert.verification.mutation import Trial
from expert.verification.scenarios import run
from expert.verification.search import Attempt, Difference, Search


class Suggestion(NamedTuple):
    """A case that passes, and the changes that it would notice."""

    case: Case
    notices: tuple[Mutant, ...]

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return {
            "name": self.case.name,
            "given": {fact.attribute: fact.value for fact in self.case.given},
            "expect": self.case.expect.to_dict(),
            "notices": [mutant.to_dict() for mutant in self.notices],
        }


class Suggestions(NamedTuple):
    """Cases to add, and the changes for which none was found."""

    cases: tuple[Suggestion, ...]
    unnoticed: tuple[Mutant, ...]

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return {
            "cases": [suggestion.to_dict() for suggestion in self.cases],
            "unnoticed": [mutant.to_dict() for mutant in self.unnoticed],
        }


def suggestions(knowledge_base: Model, survivors: Sequence[Mutant]) -> Suggestions:
    """Search for cases that notice changes, and keep as few as notice them all; each is run to see that it does."""
    search = Search(knowledge_base)
    attempts = dict.fromkeys(attempt for mutant in survivors if (attempt := search.noticing(mutant)))
    chosen = _covering(_shown(knowledge_base, attempts, survivors))
    cases = [attempt.case(differences) for attempt, differences in chosen]
    results = run(knowledge_base, cases)
    trials = [Trial(knowledge_base, [result]) for result in results]
    noticed: dict[Mutant, list[int]] = {}
    for mutant in survivors:
        variant = mutant.of(knowledge_base)
        assert variant is not None
        noticed[mutant] = [index for index, trial in enumerate(trials) if trial.is_noticed(mutant, variant)]
    found = (
        Suggestion(case, tuple(mutant for mutant, by in noticed.items() if index in by))
        for index, case in enumerate(cases)
    )
    return Suggestions(tuple(found), tuple(mutant for mutant, by in noticed.items() if not by))


def _shown(
    knowledge_base: Model, attempts: Iterable[Attempt], survivors: Iterable[Mutant]
) -> dict[Attempt, dict[Mutant, Difference]]:
    """Tell which changes each case notices, and how."""
    shown: dict[Attempt, dict[Mutant, Difference]] = {attempt: {} for attempt in attempts}
    for mutant in survivors:
        variant = mutant.of(knowledge_base)
        assert variant is not None  # it has been tried before
        for attempt, differences in shown.items():
            if difference := attempt.difference(mutant, variant):
                differences[mutant] = difference
    return shown


def _covering(shown: Mapping[Attempt, Mapping[Mutant, Difference]]) -> Iterator[tuple[Attempt, list[Difference]]]:
    """Choose, one by one, the case that notices most of what those before it do not, the smallest of equals."""
    left = {attempt: dict(differences) for attempt, differences in shown.items()}
    while any(left.values()):
        best = max(left, key=lambda attempt: (len(left[attempt]), -len(attempt.facts)))
        covered = left.pop(best)
        yield best, list(covered.values())
        left = {
            attempt: {mutant: how for mutant, how in differences.items() if mutant not in covered}
            for attempt, differences in left.items()
        }
