"""Cases, run: what each expects, what comes instead, and which candidates that concerns."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from expert.inference.consultation import Consultation, consult
from expert.inference.ranking import answer_of, leading
from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Case, Expectation, Model
from expert.knowledge.rules import Value

NEAR = 1e-9
"""How far a certainty factor may be from the one that is expected."""


class Unmet(NamedTuple):
    """One thing that a case expects, and does not get.

    Parameters
    ----------
    key : str
        Which part of the expectation: ``recommendation``, ``ranking``, ``certainty``, ``tie`` or ``undecided``.
    expected, found : str
        What was to come, and what came, in words.
    lacking : tuple of Value
        The candidates with too little certainty.
    exceeding : tuple of Value
        The candidates with too much.
    """

    key: str
    expected: str
    found: str
    lacking: tuple[Value, ...] = ()
    exceeding: tuple[Value, ...] = ()

    def __str__(self) -> str:
        return f"expected {self.expected}, but {self.found}"

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return {"key": self.key, "expected": self.expected, "found": self.found}


@dataclass(frozen=True)
class Result:
    """A case that was run.

    Parameters
    ----------
    case : Case
        The case.
    consultation : Consultation
        What came.
    unmet : tuple of Unmet
        What it expects and does not get; empty where it passes.
    """

    case: Case
    consultation: Consultation
    unmet: tuple[Unmet, ...]

    @property
    def passed(self) -> bool:
        """Whether everything is as expected."""
        return not self.unmet

    @property
    def lacking(self) -> tuple[Value, ...]:
        """The candidates with too little certainty, as in the file."""
        return self._among({value for each in self.unmet for value in each.lacking})

    @property
    def exceeding(self) -> tuple[Value, ...]:
        """The candidates with too much certainty, as in the file."""
        return self._among({value for each in self.unmet for value in each.exceeding})

    def _among(self, values: set[Value]) -> tuple[Value, ...]:
        return tuple(value for value in self.consultation.knowledge_base.candidates if value in values)


def run(knowledge_base: Model, cases: Iterable[Case]) -> tuple[Result, ...]:
    """Run cases."""
    results = []
    for case in cases:
        consultation = consult(knowledge_base, case.given, Consultation)
        certainties = consultation.certainties.get(knowledge_base.goal, {})
        results.append(Result(case, consultation, tuple(unmet(knowledge_base, case.expect, certainties))))
    return tuple(results)


def unmet(knowledge_base: Model, expect: Expectation, certainties: Mapping[Value, float]) -> Iterator[Unmet]:
    """Compare what is expected with the certainty factors of the candidates that have evidence."""
    leaders = leading(knowledge_base, certainties)
    if expect.recommendation is not None:
        answer = answer_of(knowledge_base, certainties)
        if answer.recommendation != expect.recommendation:
            others = tuple(value for value in leaders if value != expect.recommendation)
            came = _came(knowledge_base, certainties)
            yield Unmet(
                "recommendation", _name(knowledge_base, expect.recommendation), came, (expect.recommendation,), others
            )
    if expect.ranking is not None:
        ranking = sorted(knowledge_base.candidates, key=lambda value: -certainties.get(value, 0.0))
        differing = [both for both in zip(expect.ranking, ranking, strict=False) if both[0] != both[1]]
        for better, worse in differing[:1]:
            order = f"the order {_listed(knowledge_base, expect.ranking)}"
            yield Unmet("ranking", order, f"it is {_listed(knowledge_base, ranking)}", (better,), (worse,))
    for value, certainty in (expect.certainty or {}).items():
        found = certainties.get(value, 0.0)
        if abs(found - certainty) > NEAR:
            lacks = found < certainty
            wanted = f"certainty {certainty} for {_name(knowledge_base, value)}"
            yield Unmet("certainty", wanted, f"it is {found}", (value,) * lacks, (value,) * (not lacks))
    if expect.tie is not None and set(expect.tie) != set(leaders):
        lacking = tuple(value for value in expect.tie if value not in leaders)
        exceeding = tuple(value for value in leaders if value not in expect.tie)
        tie = f"a tie between {_listed(knowledge_base, expect.tie)}"
        yield Unmet("tie", tie, _came(knowledge_base, certainties), lacking, exceeding)
    if expect.undecided is not None and expect.undecided is bool(leaders):
        wanted = f"{'no' if expect.undecided else 'a'} candidate above {knowledge_base.threshold}"
        yield Unmet("undecided", wanted, _came(knowledge_base, certainties), exceeding=leaders)


def _came(knowledge_base: Model, certainties: Mapping[Value, float]) -> str:
    """Say what came."""
    leaders = leading(knowledge_base, certainties)
    if len(leaders) > 1:
        return f"{_listed(knowledge_base, leaders)} are tied"
    if leaders:
        return f"{_name(knowledge_base, leaders[0])} is recommended"
    none = f"no candidate exceeds {knowledge_base.threshold}"
    answer = answer_of(knowledge_base, certainties)
    return (
        none
        if answer.recommendation is None
        else f"{none}, so {_name(knowledge_base, answer.recommendation)} is the default"
    )


def _listed(knowledge_base: Model, values: Iterable[Value]) -> str:
    return ", ".join(_name(knowledge_base, value) for value in values)


def _name(knowledge_base: Model, value: Value) -> str:
    """Name a candidate."""
    return shown(knowledge_base.attributes[knowledge_base.goal].value_label(value))
