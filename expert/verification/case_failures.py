"""Whether a case comes out as expected."""

from expert.inference.consultation import Consultation, consult
from expert.knowledge.cases import Case
from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Model
from expert.knowledge.rules import Value

CLOSE = 1e-9
"""How far a certainty may be from the one expected."""


def failures(model: Model, case: Case) -> list[str]:
    """Say in a sentence each what a case expects that does not come."""
    consultation, expect = consult(model, case.given, Consultation), case.expect
    found = []
    ranking = tuple(candidate.value for candidate in consultation.ranking)
    certainties = {candidate.value: candidate.certainty for candidate in consultation.ranking}
    leaders = {leader.value for leader in consultation.leaders}
    came = consultation.outcome if consultation.recommendation is None else shown(consultation.recommendation)
    if expect.recommendation is not None and consultation.recommendation != expect.recommendation:
        found.append(f"expected {shown(expect.recommendation)}, came {came}")
    if expect.ranking is not None and ranking != expect.ranking:
        found.append(f"expected the ranking {_listed(expect.ranking)}, came {_listed(ranking)}")
    for value, certainty in (expect.certainty or {}).items():
        if abs(certainties[value] - certainty) > CLOSE:
            found.append(f"expected {shown(value)} with certainty {certainty}, came {certainties[value]}")
    if expect.tie is not None and (consultation.outcome != "tie" or leaders != set(expect.tie)):
        found.append(f"expected a tie of {_listed(expect.tie)}, came {came}")
    if expect.undecided is not None and (consultation.outcome in ("undecided", "default")) is not expect.undecided:
        found.append(f"expected {'' if expect.undecided else 'not '}undecided, came {came}")
    return found


def _listed(values: tuple[Value, ...]) -> str:
    return ", ".join(map(shown, values))
