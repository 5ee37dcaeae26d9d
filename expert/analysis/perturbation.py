"""What the candidates become when the certainties of rules move, while the given facts stay.

Every certainty of a conclusion is a variable that lies in an interval; so do the certainty factors and degrees that
follow. Where all variables are points, so is the rest, and the numbers are those of a consultation, to the last bit.
What a default gives is no variable: it is certain, where there is nothing else.
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


GIVEN, BY_DEFAULT = -1, -2
"""What a piece of evidence comes from that no variable moves: a given fact, and the default of the attribute."""


class BeforeDefault(NamedTuple):
    """A pair as it is before the default of its attribute, which reads it, adds to its evidence."""

    pair: Pair


Step: TypeAlias = int | Pair | BeforeDefault | str
"""What is worked out at a time: the degree of a rule, a certainty factor, or a computed number."""


class Variable(NamedTuple):
    """The certainty of a conclusion: the position of its rule, its pair, and its value in the knowledge base."""

    rule: int
    pair: Pair
    certainty: float


class Bounded(NamedTuple):
    """What follows when the variables lie in a box.

    `degrees` are those of the rules that are walked over, by position. `evidence` is the pieces for each pair, and the
    variable that each comes from, or one of the above. `binding` are the caps that restrict something.
    """

    now: PartlyKnown
    degrees: dict[int, Interval]
    evidence: dict[Pair | BeforeDefault, list[tuple[Interval, int]]]
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
        # What no certainty can move need not be worked out again; but the rows below need what the rows above cover.
        rows = self.model.row_above
        self._constant = {
            rule: degree for rule, degree in anything.degrees.items() if degree.is_point and rule not in rows
        }

    def _arrange(self, rules: Sequence[int]) -> None:
        """Order these rules, the rows above them, the pairs that they conclude, and the computed numbers."""
        strata = list(self.model.strata.values())
        self.variables = [
            Variable(rule, (conclusion.attribute, conclusion.value), conclusion.certainty)
            for rule in rules
            for conclusion in self.model.all_rules[rule].conclusions
            if not self.model.all_rules[rule].is_default
        ]
        walked = self.model.with_rows_above(rules)
        self._behind: dict[Pair, list[int]] = {pair: [] for pair in self._given}
        self._concluded: dict[int, list[str]] = {rule: [] for rule in walked}
        closing: dict[Pair | BeforeDefault, int] = dict.fromkeys(self._given, 0)
        for position, (rule, pair, _) in enumerate(self.variables):
            self._behind.setdefault(pair, []).append(position)
            self._concluded[rule].append(pair[0])
            closing[pair] = max(closing.get(pair, 0), strata[rule])
        self.defaults: dict[Pair, int] = {}
        for rule in rules:
            if self.model.all_rules[rule].is_default:
                ((attribute, value, _),) = self.model.all_rules[rule].conclusions
                pair = (attribute, value)
                self._concluded[rule].append(attribute)
                self.defaults[pair] = rule
                if pair in closing:
                    closing[BeforeDefault(pair)] = closing[pair]
                self._behind.setdefault(pair, [])
                closing[pair] = strata[rule]
        steps: list[tuple[int, int, Step]] = [(strata[rule], 0, rule) for rule in walked]
        steps += [(stratum, 1, pair) for pair, stratum in closing.items()]
        steps += [(stratum, 2, name) for stratum, names in self.model.computed.items() for name in names]
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
            pair = waiting.pop()
            positions = self._behind.get(pair, ())
            found.update(positions)
            rules = [self.variables[position].rule for position in positions]
            if pair in self.defaults:
                rules.append(self.defaults[pair])
            for premise in self.model.premises(rules):
                read = set(self.model.pairs_read(premise)) - seen
                seen |= read
                waiting.extend(read)
        return found

    def bound(self, box: Box, caps: Caps | None = None) -> Bounded | None:
        """Bound all certainty factors and degrees."""
        bounded = Bounded(PartlyKnown(attribute for attribute, _ in self._given), {}, {}, {})
        for step in self.steps:
            match step:
                case int():
                    self._bound_rule(step, bounded)
                case str():
                    bounded.now.compute(step, self.model.formulas[step])
                case BeforeDefault((attribute, value)):
                    certainty = self._weigh((attribute, value), step, box, bounded)
                    bounded.now.certainties.setdefault(attribute, {})[value] = certainty
                case attribute, value:
                    certainty = self._weigh(step, step, box, bounded)
                    if caps and step in caps:
                        capped = Interval(max(certainty.low, caps[step].low), min(certainty.high, caps[step].high))
                        if capped.low > capped.high:
                            return None
                        if capped != certainty:
                            bounded.binding[step] = caps[step]
                        certainty = capped
                    bounded.now.certainties.setdefault(attribute, {})[value] = certainty
        return bounded

    def _bound_rule(self, rule: int, bounded: Bounded) -> None:
        """Bound the degree of a rule, and note what it makes known."""
        degree = self._constant.get(rule) or bounded.now.degree_of_rule(self.model, rule)
        bounded.degrees[rule] = degree
        bounded.now.conclude(self._concluded[rule], degree.above(self.model.threshold))
        if self.model.all_rules[rule].is_default:
            bounded.now.known.update(self._concluded[rule])  # by its default, or else by what prevents it

    def _weigh(self, pair: Pair, step: Pair | BeforeDefault, box: Box, bounded: Bounded) -> Interval:
        """Bound a certainty factor, by the least and the greatest evidence; remember the evidence."""
        threshold = self.model.threshold
        pieces: list[tuple[Interval, int]] = []
        if pair in self._given:
            pieces.append((Interval(self._given[pair], self._given[pair]), GIVEN))
        for position in self._behind[pair]:
            degree = bounded.degrees[self.variables[position].rule].above(threshold)
            if degree.high > 0:
                pieces.append((degree.times(box[position]), position))
        if step == pair and pair in self.defaults:
            degree = bounded.degrees[self.defaults[pair]].above(threshold)
            if degree.high > 0:
                pieces.append((degree, BY_DEFAULT))
        bounded.evidence[step] = pieces
        return combined(piece for piece, _ in pieces)
