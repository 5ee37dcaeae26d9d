"""What the candidates become when the certainties of rules move, while the given facts stay.

Every certainty of a conclusion is a variable that lies in an interval; so do the certainty factors and degrees that
follow. Where all variables are points, so is the rest, and the numbers are those of a consultation, to the last bit.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from expert.inference.intervals import Interval, PartlyKnown, combined
from expert.knowledge.model import Fact, Model
from expert.knowledge.rules import Pair
from expert.knowledge.variants import reaching

Box: TypeAlias = Sequence[Interval]
"""Where each variable lies."""

Caps: TypeAlias = Mapping[Pair, Interval]
"""What some certainty factors are restricted to."""


class Variable(NamedTuple):
    """The certainty of a conclusion: the position of its rule, its pair, and its value in the knowledge base."""

    rule: int
    pair: Pair
    certainty: float


class Bounded(NamedTuple):
    """What follows when the variables lie in a box.

    `degrees` are those of the rules that are walked over, by position. `evidence` is the pieces for each pair, and the
    variable that each comes from; -1 for a given fact. `binding` are the caps that restrict something.
    """

    now: PartlyKnown
    degrees: dict[int, Interval]
    evidence: dict[Pair, list[tuple[Interval, int]]]
    binding: dict[Pair, Interval]

    def of(self, pair: Pair) -> Interval:
        """Look a certainty factor up."""
        return self.now.of(pair)


class Perturbation:
    """The rules that can hold on given facts, with certainties that move."""

    def __init__(self, knowledge_base: Model, given: Iterable[Fact]):
        self.model = knowledge_base
        self._given = {(fact.attribute, fact.value): fact.certainty for fact in given if fact.certainty != 0}
        relevant = reaching(knowledge_base, [knowledge_base.goal])
        rules = [
            position
            for position, rule in enumerate(knowledge_base.all_rules)
            if any(conclusion.attribute in relevant for conclusion in rule.conclusions)
        ]
        self._constant: dict[int, Interval] = {}
        self._arrange(rules)
        anything = self.bound([Interval(-1.0, 1.0)] * len(self.variables))
        assert anything is not None
        self._arrange([rule for rule in rules if anything.degrees[rule].high > knowledge_base.threshold])
        # What no certainty can move need not be worked out again.
        self._constant = {rule: degree for rule, degree in anything.degrees.items() if degree.is_point}

    def _arrange(self, rules: Sequence[int]) -> None:
        """Order these rules and the pairs that they conclude."""
        strata = list(self.model.strata.values())
        self.variables = [
            Variable(rule, (conclusion.attribute, conclusion.value), conclusion.certainty)
            for rule in rules
            for conclusion in self.model.all_rules[rule].conclusions
        ]
        self._behind: dict[Pair, list[int]] = {pair: [] for pair in self._given}
        self._concluded: dict[int, list[str]] = {rule: [] for rule in rules}
        closing: dict[Pair, int] = dict.fromkeys(self._given, 0)
        for position, (rule, pair, _) in enumerate(self.variables):
            self._behind.setdefault(pair, []).append(position)
            self._concluded[rule].append(pair[0])
            closing[pair] = max(closing.get(pair, 0), strata[rule])
        steps: list[tuple[int, int, int | Pair]] = [(strata[rule], 0, rule) for rule in rules]
        steps += [(stratum, 1, pair) for pair, stratum in closing.items()]
        self.steps = [step for *_, step in sorted(steps, key=lambda step: step[:2])]

    @property
    def certainties(self) -> list[float]:
        """The values of the variables in the knowledge base."""
        return [variable.certainty for variable in self.variables]

    def distance(self, point: Iterable[float]) -> float:
        """Measure how far the variables are moved, at the most."""
        return max(abs(value - before) for value, before in zip(point, self.certainties, strict=True))

    def upstream(self, pair: Pair) -> set[int]:
        """Collect the variables that a certainty factor depends on, by their positions."""
        found: set[int] = set()
        waiting = [pair]
        seen = {pair}
        while waiting:
            for position in self._behind.get(waiting.pop(), ()):
                found.add(position)
                read = set(self.model.pairs_read(self.model.all_rules[self.variables[position].rule].premise)) - seen
                seen |= read
                waiting.extend(read)
        return found

    def bound(self, box: Box, caps: Caps | None = None) -> Bounded | None:
        """Bound all certainty factors and degrees."""
        bounded = Bounded(PartlyKnown(attribute for attribute, _ in self._given), {}, {}, {})
        for step in self.steps:
            if isinstance(step, int):
                degree = self._constant.get(step) or bounded.now.degree_of_rule(self.model, step)
                bounded.degrees[step] = degree
                bounded.now.conclude(self._concluded[step], degree.above(self.model.threshold))
                continue
            certainty = self._weigh(step, box, bounded)
            if caps and step in caps:
                capped = Interval(max(certainty.low, caps[step].low), min(certainty.high, caps[step].high))
                if capped.low > capped.high:
                    return None
                if capped != certainty:
                    bounded.binding[step] = caps[step]
                certainty = capped
            bounded.now.certainties.setdefault(step[0], {})[step[1]] = certainty
        return bounded

    def _weigh(self, pair: Pair, box: Box, bounded: Bounded) -> Interval:
        """Bound a certainty factor, by the least and the greatest evidence; remember the evidence."""
        pieces: list[tuple[Interval, int]] = []
        if pair in self._given:
            pieces.append((Interval(self._given[pair], self._given[pair]), -1))
        for position in self._behind[pair]:
            degree = bounded.degrees[self.variables[position].rule].above(self.model.threshold)
            if degree.high > 0:
                pieces.append((degree.times(box[position]), position))
        bounded.evidence[pair] = pieces
        return combined(piece for piece, _ in pieces)
