"""Robustness: how far off the certainties of rules may be before the recommendation changes."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from expert.analysis.flip_sets import Flip
from expert.analysis.flips import flips
from expert.analysis.perturbation import Perturbation
from expert.analysis.single_changes import single_changes
from expert.analysis.worst_case import WORK, GivenUpError, WorstCase
from expert.inference.consultation import Consultation
from expert.inference.degrees import degree_of
from expert.inference.ranking import TIE, Outcome
from expert.knowledge.foreign_text import shown
from expert.knowledge.rules import Value

TOLERANCE = TIE
"""How close to the truth δ is: no closer than ties can be told."""

BEYOND = tuple(round(times * TIE, 12) for times in (10, 100, 1000))
"""How much farther a counterexample may go to make a tie a clear win for another candidate."""

WIDEST = 2.0
"""Certainties lie in [-1, 1], so none moves by more."""

TRIES = 5
"""How many searches for one threat may be given up before the rest is left open."""

SEARCHES = 40
"""How many searches' work is done in all; threats after that are only bounded."""


class Move(NamedTuple):
    """A certainty of a rule's conclusion, before and after."""

    rule: str
    attribute: str
    value: Value
    before: float
    after: float


class Counterexample(NamedTuple):
    """Certainties of rules that give another recommendation.

    Parameters
    ----------
    delta : float
        How far the certainties are moved, at the most.
    moves : tuple of Move
        Those that are moved, in the order of the file.
    recommendation : Value or None
        What is recommended then; None for a tie or undecided.
    outcome : str
        The outcome then.
    """

    delta: float
    moves: tuple[Move, ...]
    recommendation: Value | None
    outcome: Outcome

    def __repr__(self) -> str:
        moves = f"{len(self.moves)} certainties moved by up to {self.delta:.4g}"
        return f"<Counterexample {moves} → {shown(self.recommendation or self.outcome)}>"

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return self._asdict() | {"moves": [move._asdict() for move in self.moves]}


class Robustness(NamedTuple):
    """How much it takes to change the recommendation.

    Parameters
    ----------
    delta : float or None
        While no certainty of a rule is off by more than this, the recommendation surely stays; None where there is
        no recommendation.
    counterexample : Counterexample or None
        Certainties just beyond that take it away; None if none can.
    changes : int
        How many changes of a single fact there are.
    kept : int
        After how many of them the recommendation stays.
    """

    delta: float | None
    counterexample: Counterexample | None
    changes: int
    kept: int

    def __repr__(self) -> str:
        delta = "no recommendation" if self.delta is None else f"δ {'=' if self.is_tight else '≥'} {self.delta:.4g}"
        return f"<Robustness {delta}, kept after {self.kept} of {self.changes} single changes>"

    @property
    def is_tight(self) -> bool:
        """Whether `delta` is the largest there is; otherwise the search was given up before that was certain."""
        if self.delta is None or self.counterexample is None:
            return self.delta in (None, WIDEST)
        return self.counterexample.delta - self.delta <= 2 * max(BEYOND)

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return {
            "delta": self.delta,
            "is_tight": self.is_tight,
            "counterexample": self.counterexample and self.counterexample.to_dict(),
            "single_changes": {"kept": self.kept, "of": self.changes},
        }


def robustness(
    consultation: Consultation, fixed: Iterable[str] = (), work: int = WORK, singles: Sequence[Flip] | None = None
) -> Robustness:
    """Measure how far off the certainties of rules may be, and how many changes of a single fact change nothing."""
    fixed = tuple(fixed)
    changes = _count_changes(consultation, fixed)
    kept = changes - len(flips(consultation, fixed, most=1) if singles is None else singles)
    recommendation = consultation.recommendation
    if recommendation is None:
        return Robustness(None, None, changes, kept)
    perturbation = Perturbation(consultation.knowledge_base, consultation.given)
    worst_case = WorstCase(perturbation, recommendation, work)
    delta, point = _largest(worst_case)
    beyond = point and _beyond(worst_case, point)
    return Robustness(delta, _counterexample(worst_case, beyond) if beyond else None, changes, kept)


def _count_changes(consultation: Consultation, fixed: Iterable[str]) -> int:
    """Count the changes of a single fact: an answer that would not be asked for is none."""
    base, known = consultation.knowledge_base, consultation.given_attributes

    def can_change(name: str) -> bool:
        ask_if = base.attributes[name].ask_if
        return name in known or ask_if is None or degree_of(ask_if)(consultation.certainties) > base.threshold

    several = [changes for name, changes in single_changes(consultation, fixed).items() if can_change(name)]
    return sum(len(alternative.values) for alternatives in several for alternative in alternatives)


def _largest(worst_case: WorstCase) -> tuple[float, list[float] | None]:
    """Close in on the largest δ; give what is certain, and the values of the variables just beyond."""
    nearest, point = WIDEST, None
    surely = WIDEST
    threats = worst_case.threats()
    for place, threat in enumerate(threats):
        if worst_case.spent > SEARCHES * worst_case.work:
            surely = min(surely, worst_case.safe(threats[place:], nearest))
            break
        low, high = 0.0, nearest
        tried, close, tries = high, False, TRIES
        while high - low > TOLERANCE and tries:
            try:
                found = worst_case.find(threat, tried)
            except GivenUpError:
                high = tried
                tries -= 1
            else:
                if found is None:
                    low = tried
                else:
                    point = _shortened(worst_case, threat, found, low)
                    high = nearest = worst_case.perturbation.distance(point)
            # Most often nothing is nearer than the point found; in turn with that, the middle makes sure of progress.
            close = not close
            tried = max(low, high - TOLERANCE) if close else (low + high) / 2
        surely = min(surely, low)
    return surely, point


def _shortened(worst_case: WorstCase, threat: Value | None, point: list[float], surely: float) -> list[float]:
    """Take back moves, all in proportion, as long as a threat still comes true; at `surely` it does not."""
    now = worst_case.perturbation.certainties
    whole = worst_case.perturbation.distance(point)
    short, enough = min(surely / whole, 1.0), 1.0
    shortest = point
    while (enough - short) * whole > TOLERANCE / 4:
        share = (short + enough) / 2
        tried = [before + share * (value - before) for value, before in zip(point, now, strict=True)]
        if worst_case.comes_true(threat, tried):
            shortest, enough = tried, share
        else:
            short = share
    return shortest


def _beyond(worst_case: WorstCase, point: list[float]) -> list[float] | None:
    """Move the variables a little farther, until another candidate wins, or else the recommendation is lost."""
    now = worst_case.perturbation.certainties
    signs = [(value > before) - (value < before) for value, before in zip(point, now, strict=True)]
    lost = None
    for beyond in (0.0, *BEYOND):
        farther = [min(max(value + sign * beyond, -1.0), 1.0) for value, sign in zip(point, signs, strict=True)]
        then = worst_case.answer(farther).recommendation
        if then not in (None, worst_case.recommendation):
            return farther
        if then is None:
            lost = lost or farther
    return lost


def _counterexample(worst_case: WorstCase, point: list[float]) -> Counterexample:
    """Say which certainties are moved, and what comes out."""
    perturbation = worst_case.perturbation
    moves = tuple(
        Move(perturbation.model.all_rules[variable.rule].name, *variable.pair, variable.certainty, after)
        for variable, after in zip(perturbation.variables, point, strict=True)
        if after != variable.certainty
    )
    return Counterexample(perturbation.distance(point), moves, *worst_case.answer(point))
