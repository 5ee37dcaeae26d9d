"""How numbers were computed, or why they could not be."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from expert.explanation.grounds import Ground, ground_of
from expert.inference.computed import compute, most_certain
from expert.inference.consultation import Consultation
from expert.knowledge.attributes import Attribute
from expert.knowledge.formulas import Formula, finite, number


class Computation(NamedTuple):
    """How a number was computed, or why it could not be.

    Parameters
    ----------
    attribute : str
        The computed number.
    formula : str
        Its formula.
    words : str
        The formula with the words for its numbers in place of names.
    numbers : str
        The formula with the numbers in place of names; empty where some are unknown.
    inputs : tuple of Ground
        What it is computed from.
    lacks : str
        Why there is no result; empty where there is one.
    result : str
        The result; empty where there is none.
    """

    attribute: str
    formula: str
    words: str
    numbers: str
    inputs: tuple[Ground, ...]
    lacks: str = ""
    result: str = ""

    def __str__(self) -> str:
        parts = dict.fromkeys(filter(None, (self.words, self.numbers, self.result)))
        return " = ".join(parts)

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return self._asdict() | {"inputs": [ground._asdict() for ground in self.inputs]}


def computation(consultation: Consultation, name: str) -> Computation:
    """Show how a number was computed, or why it could not be."""
    attributes = consultation.knowledge_base.attributes
    formula = consultation.knowledge_base.formulas[name]
    found = {each: most_certain(each, consultation.certainties) for each in formula.inputs}
    values = {each: float(said.value) for each, said in found.items() if said}
    inputs = tuple(
        Ground(each, None) if said is None else ground_of(consultation, (each, said.value))
        for each, said in found.items()
    )
    words = formula.written(lambda each: attributes[each].words)
    numbers = formula.with_numbers(values) if len(values) == len(found) else ""
    result = compute(formula, consultation.certainties)
    if result:
        return Computation(name, str(formula), words, numbers, inputs, result=f"{result.value:,}")
    return Computation(name, str(formula), words, numbers, inputs, _lacks(formula, values, inputs, attributes))


def computations(consultation: Consultation, name: str) -> Iterator[Computation]:
    """Show how a number was computed, then those computed numbers that it rests on, each once."""
    formulas = consultation.knowledge_base.formulas
    waiting, seen = [name], {name}
    while waiting:
        found = computation(consultation, waiting.pop())
        yield found
        further = [each.attribute for each in reversed(found.inputs) if each.attribute in formulas]
        waiting += [each for each in dict.fromkeys(further) if each not in seen]
        seen.update(further)


def _lacks(
    formula: Formula, values: dict[str, float], inputs: tuple[Ground, ...], attributes: Mapping[str, Attribute]
) -> str:
    """Say why there is no result."""
    unknown = [attributes[ground.attribute].words for ground in inputs if ground.value is None]
    if unknown:
        return f"{' and '.join(unknown)} {'is' if len(unknown) == 1 else 'are'} unknown"
    try:
        formula.folded(finite, lambda name: finite(values[name]), number)
    except ZeroDivisionError:
        return "a division by zero"
    except ArithmeticError:
        return "not a finite number"
    doubtful = [attributes[ground.attribute].words for ground in inputs if ground.certainty == 0]
    return f"the certainty of {' and '.join(doubtful)} is 0"
