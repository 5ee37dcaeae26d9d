"""Facts that something rests on, and where they come from: given, concluded by rules, computed, or by default."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from expert.inference.consultation import Consultation
from expert.knowledge.rules import Pair, Value


class Ground(NamedTuple):
    """A fact that a rule matched.

    Parameters
    ----------
    attribute : str
        Its attribute.
    value : Value or None
        None where the rule matched that the attribute is unknown.
    certainty : float
        Its certainty factor.
    origin : str
        Where it was given, ``default`` or ``computed``; empty if rules alone concluded it.
    derived : bool
        Whether it follows from others: by rules, by default, or because it is computed.
    """

    attribute: str
    value: Value | None
    certainty: float = 1.0
    origin: str = ""
    derived: bool = False


def grounds_of(consultation: Consultation, matched: Iterable[tuple[str, Value | None]]) -> Iterator[Ground]:
    """Describe matched facts; where any fact about an attribute would do, all those that there are."""
    for attribute, value in matched:
        known = consultation.certainties.get(attribute, {})
        if not known:
            yield Ground(attribute, None)
        for each in known if value is None else (value,):
            yield ground_of(consultation, (attribute, each))


def ground_of(consultation: Consultation, pair: Pair) -> Ground:
    """Describe a fact that is known."""
    attribute, value = pair
    given = consultation.facts.get(pair)
    made = consultation.origin_of(pair)
    derived = bool(made) or any(piece.rule is not None for piece in consultation.evidence[pair])
    origin = made or (given.origin if given else "")
    return Ground(attribute, value, consultation.certainties[attribute][value], origin, derived)
