"""What excepts rules: their ``unless``, and the rows above them in a table where the first row counts."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from expert.explanation.grounds import Ground, grounds_of
from expert.inference.consultation import Consultation
from expert.inference.degrees import RuleDegrees, matched_facts
from expert.knowledge.rules import Premise, Rule


class Excepting(NamedTuple):
    """An exception to a rule, as far as it holds.

    Parameters
    ----------
    premise : Premise
        The rule's ``unless``, or the premise of the row.
    degree : float
        The degree to which it holds; the rule holds to no more than 1 less this.
    grounds : tuple of Ground
        The facts that make it hold.
    row : str
        The row above that excepts the rule; empty for an ``unless``.
    """

    premise: Premise
    degree: float
    grounds: tuple[Ground, ...]
    row: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        row = {"row": self.row} if self.row else {}
        grounds = [ground._asdict() for ground in self.grounds]
        return {"premise": str(self.premise), "degree": self.degree, "grounds": grounds} | row


class Held(NamedTuple):
    """The degree of a rule's own premise, and the exceptions that keep the rule below it."""

    own: float
    exceptions: tuple[Excepting, ...]


class Exceptions:
    """What excepts the rules, in one consultation."""

    def __init__(self, consultation: Consultation):
        self._consultation = consultation
        self._model = consultation.knowledge_base
        self._degrees = self._model.once(RuleDegrees)
        self._foremost: dict[int, tuple[int, float]] = {}

    def of(self, name: str) -> Held:
        """Tell what a rule's premise amounts to, and what excepts the rule."""
        position = self._model.positions[name]
        own = self._degrees.own(position, self._consultation.certainties)
        return Held(own, tuple(each for each in self._of(position) if 1.0 - each.degree < own))

    def bar(self, name: str) -> tuple[Excepting, ...]:
        """List the exceptions that alone keep a rule from holding."""
        found = self._of(self._model.positions[name])
        return tuple(each for each in found if 1.0 - each.degree <= self._model.threshold)

    def _of(self, position: int) -> Iterator[Excepting]:
        """List the exceptions of a rule that hold to any degree."""
        rule = self._model.all_rules[position]
        degree = self._degrees.unless(position, self._consultation.certainties)
        if rule.unless is not None and degree > 0:
            yield self._excepting(rule, degree)
        above = self._model.row_above.get(position)
        if above is not None:
            row, degree = self._foremost_row(above)
            if degree > 0:
                yield self._excepting(self._model.all_rules[row], degree, is_row=True)

    def _excepting(self, rule: Rule, degree: float, is_row: bool = False) -> Excepting:
        premise = rule.premise if is_row or rule.unless is None else rule.unless
        matched = matched_facts(premise, self._consultation.certainties)
        grounds = dict.fromkeys((attribute, value) for attribute, value, _ in matched)
        return Excepting(premise, degree, tuple(grounds_of(self._consultation, grounds)), rule.name if is_row else "")

    def _foremost_row(self, position: int) -> tuple[int, float]:
        """Find the row down to this one whose premise holds to the greatest degree; of several the first."""
        rows: list[int] = []
        row: int | None = position
        while row is not None and row not in self._foremost:
            rows.append(row)
            row = self._model.row_above[row]
        for each in reversed(rows):
            own = each, self._degrees.own(each, self._consultation.certainties)
            above = self._foremost[row] if row is not None else own
            self._foremost[each] = own if own[1] > above[1] else above
            row = each
        return self._foremost[position]
