"""The cases of a knowledge base, run: which pass, what they use of the rules, and what they would notice."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expert.explanation.difference import difference
from expert.knowledge.loading.case_grammar import cases_from_file
from expert.knowledge.model import Case, Model
from expert.verification.coverage import Coverage, coverage
from expert.verification.mutation import Mutation, Trial, mutation
from expert.verification.scenarios import Result, run
from expert.verification.suggestions import Suggestions, suggestions


@dataclass(frozen=True, repr=False)
class RuleTests:
    """What came of running cases.

    Parameters
    ----------
    knowledge_base : Model
        Whose rules were run.
    results : tuple of Result
        Of each case, in the order of the file.
    coverage : Coverage
        Which rules the cases use.
    mutation : Mutation or None
        Which small changes of the rules they notice; None where that was not asked for.
    suggestions : Suggestions or None
        Cases that would notice the other changes; None where that was not asked for.

    Examples
    --------
    >>> tests = KnowledgeBase.load().test()
    >>> tests.passed
    True
    """

    knowledge_base: Model
    results: tuple[Result, ...]
    coverage: Coverage
    mutation: Mutation | None = None
    suggestions: Suggestions | None = None

    @property
    def passed(self) -> bool:
        """Whether every case comes out as it expects."""
        return not self.failed

    @property
    def failed(self) -> tuple[Result, ...]:
        """The results of the cases that do not."""
        return tuple(result for result in self.results if not result.passed)

    def __repr__(self) -> str:
        passed, rules = len(self.results) - len(self.failed), self.coverage.rules
        parts = [
            f"{passed} of {len(self.results)} cases pass",
            f"{rules - len(self.coverage.unfired)} of {rules} rules hold in a case",
        ]
        if self.mutation:
            parts.append(f"{self.mutation.killed} of {self.mutation.tried} changes are noticed")
        return f"<RuleTests {self.knowledge_base.name}: {', '.join(parts)}>"

    def to_dict(self) -> dict[str, Any]:
        """Write it as ``expert rules test --json`` does."""
        model = self.knowledge_base
        return {
            "format": "expert.tests/1",
            "knowledge_base": {"name": model.name, "version": model.version, "digest": model.digest},
            "passed": self.passed,
            "cases": [_case_data(result) for result in self.results],
            "coverage": self.coverage.to_dict(),
            "mutation": self.mutation.to_dict() if self.mutation else None,
            "suggestions": self.suggestions.to_dict() if self.suggestions else None,
        }


def _case_data(result: Result) -> dict[str, Any]:
    """Write the result of a case; of one that fails with the rules that made the difference."""
    deviations = difference(result.consultation, result.lacking, result.exceeding)
    return {
        "name": result.case.name,
        "where": str(result.case.place),
        "passed": result.passed,
        "unmet": [unmet.to_dict() for unmet in result.unmet],
        "candidates": [deviation.to_dict() for deviation in deviations],
    }


def run_tests(
    knowledge_base: Model,
    cases: str | Path | Iterable[Case] | None = None,
    *,
    mutate: bool = False,
    suggest: bool = False,
) -> RuleTests:
    """Run the cases of the file, or others."""
    if isinstance(cases, str | Path):
        cases = cases_from_file(cases, knowledge_base)
    results = run(knowledge_base, knowledge_base.cases if cases is None else cases)
    trial = Trial(knowledge_base, results)
    mutated = mutation(knowledge_base, trial) if mutate or suggest else None
    suggested = suggestions(knowledge_base, mutated.survivors) if mutated and suggest else None
    return RuleTests(knowledge_base, results, coverage(knowledge_base, results, trial), mutated, suggested)
