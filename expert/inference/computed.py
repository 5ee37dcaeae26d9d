"""Computed numbers: what a formula makes of its inputs, as far as these are known."""

from typing import NamedTuple

from expert.inference.degrees import Certainties
from expert.knowledge.formulas import Formula
from expert.knowledge.numbers import without_fraction
from expert.knowledge.rules import Value


class Said(NamedTuple):
    """A value, and how certain it is."""

    value: Value
    certainty: float


def compute(formula: Formula, known: Certainties) -> Said | None:
    """Compute a number; None where an input is unknown, or the result is not a finite number.

    It is as certain as the least certain of its inputs.
    """
    inputs = {name: most_certain(name, known) for name in formula.inputs}
    found = {name: said for name, said in inputs.items() if said}
    if len(found) < len(inputs):
        return None
    certainty = min((said.certainty for said in found.values()), default=1.0)
    value = formula.value({name: float(said.value) for name, said in found.items()})
    return None if value is None or certainty == 0 else Said(without_fraction(value), certainty)


def most_certain(name: str, known: Certainties) -> Said | None:
    """Choose the value of a number with the greatest certainty factor; of equally certain ones, the smallest."""
    values = known.get(name, {})
    return min((Said(*each) for each in values.items()), key=lambda said: (-said.certainty, said.value), default=None)
