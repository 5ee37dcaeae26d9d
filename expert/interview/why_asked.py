"""Why a question is asked: which rules wait for its answer, and which candidates it could move."""

from typing import NamedTuple

from expert.inference.consultation import Consultation, consult
from expert.knowledge.distinctions import distinguishing_values
from expert.knowledge.model import Attribute, Fact
from expert.knowledge.rules import Rule, Value, tests
from expert.open_questions.gates import OpenQuestions


class Move(NamedTuple):
    """How an answer could move a candidate.

    Parameters
    ----------
    candidate : Value
        A candidate.
    now : float
        Its certainty factor at present.
    least, most : float
        The lowest and the highest that one answer alone can lead to.
    least_by, most_by : Value or None
        The first answer that leads to it; None if the present value is the extreme.
    """

    candidate: Value
    now: float
    least: float
    most: float
    least_by: Value | None
    most_by: Value | None


class Push(NamedTuple):
    """Which way an answer alone would push.

    Parameters
    ----------
    answer : Value
        The answer; of numbers with the same effect, one.
    up, down : tuple of Value
        The candidates whose certainty factor would rise, and those whose would fall, in the order of the file.
    """

    answer: Value
    up: tuple[Value, ...]
    down: tuple[Value, ...]


class WhyAsked(NamedTuple):
    """Why a question is asked.

    Parameters
    ----------
    attribute : Attribute
        What is asked.
    rules : tuple of Rule
        The rules that test it and may still turn out either way, in the order of the file.
    opens : tuple of str
        The questions that its answer may open or close.
    moves : tuple of Move
        The candidates that its answer alone would move, in the order of the file.
    pushes : tuple of Push
        The answers that alone would move a candidate.
    """

    attribute: Attribute
    rules: tuple[Rule, ...]
    opens: tuple[str, ...]
    moves: tuple[Move, ...]
    pushes: tuple[Push, ...] = ()


def why_asked(
    attribute: Attribute,
    consultation: Consultation,
    found: OpenQuestions,
) -> WhyAsked:
    """Explain why a question is asked."""
    model = consultation.knowledge_base
    bounds = found.bounds
    rules = [
        rule
        for index, rule in enumerate(model.all_rules)
        if bounds.evidence[index].low < bounds.evidence[index].high
        and any(test.attribute == attribute.name for test in rule.tests())
    ]
    opens = [
        name
        for name in found.waiting
        if (ask_if := model.attributes[name].ask_if) and any(t.attribute == attribute.name for t in tests(ask_if))
    ]
    answers = distinguishing_values(model, attribute)
    given = consultation.given
    then = {value: consult(model, (*given, Fact(attribute.name, value)), Consultation) for value in answers}
    moves = (_move(candidate, consultation, then) for candidate in model.candidates)
    pushes = (_push(value, consultation, found) for value, found in then.items())
    return WhyAsked(
        attribute,
        tuple(rules),
        tuple(opens),
        tuple(move for move in moves if move.least < move.most),
        tuple(push for push in pushes if push.up or push.down),
    )


def _certainty(consultation: Consultation, candidate: Value) -> float:
    return consultation.certainties.get(consultation.knowledge_base.goal, {}).get(candidate, 0.0)


def _move(candidate: Value, consultation: Consultation, then: dict[Value, Consultation]) -> Move:
    """Find the lowest and the highest certainty factor of a candidate after one answer."""
    now = _certainty(consultation, candidate)
    reached = [(now, None), *((_certainty(found, candidate), value) for value, found in then.items())]
    least = min(reached, key=lambda pair: pair[0])
    most = max(reached, key=lambda pair: pair[0])
    return Move(candidate, now, least[0], most[0], least[1], most[1])


def _push(answer: Value, now: Consultation, then: Consultation) -> Push:
    """Find which candidates an answer raises, and which it lowers."""
    changes = {each: _certainty(then, each) - _certainty(now, each) for each in now.knowledge_base.candidates}
    return Push(
        answer,
        tuple(candidate for candidate, change in changes.items() if change > 0),
        tuple(candidate for candidate, change in changes.items() if change < 0),
    )
