"""What the candidates become when the certainties of rules move, while the given facts stay.

Every certainty of a conclusion is a variable that lies in an interval. As in `expert.inference.bounds`, the certainty
factors and the degrees become intervals that are never too narrow. Where all variables are points, so is the rest, and
the numbers are those of a consultation, to the last bit.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from expert.inference.bounds import Interval
from expert.inference.certainty import certainty_factor
from expert.knowledge.model import Fact, Model
from expert.knowledge.rules import COMPARE, AllOf, AnyOf, Compare, Is, IsNot, Known, Pair, Premise, Test, Unknown, Value
from expert.knowledge.strata import pairs_read
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

    Parameters
    ----------
    certainties : dict
        Attribute to value to the bounds of its certainty factor.
    degrees : dict of int to Interval
        Bounds on the degree of each rule that is walked over, by its position.
    evidence : dict of Pair to list
        The bounds of each piece of evidence, and the variable that it came from; -1 for a given fact.
    known, maybe_known : set of str
        The attributes that are known in any case, and those that are known in some.
    binding : dict of Pair to Interval
        The caps that restrict something.
    """

    certainties: dict[str, dict[Value, Interval]]
    degrees: dict[int, Interval]
    evidence: dict[Pair, list[tuple[Interval, int]]]
    known: set[str]
    maybe_known: set[str]
    binding: dict[Pair, Interval]

    def of(self, pair: Pair) -> Interval:
        """Look a certainty factor up."""
        return self.certainties.get(pair[0], {}).get(pair[1], Interval(0.0, 0.0))


class Movable:
    """The rules that can hold on given facts, with certainties that move."""

    def __init__(self, knowledge_base: Model, given: Iterable[Fact]):
        self.model = knowledge_base
        self._given = {(fact.attribute, fact.value): fact.certainty for fact in given if fact.certainty != 0}
        relevant = reaching(knowledge_base, [knowledge_base.goal])
        rules = [
            position
            for position, rule in enumerate(knowledge_base.rules)
            if any(conclusion.attribute in relevant for conclusion in rule.conclusions)
        ]
        self._constant: dict[int, Interval] = {}
        self._arrange(rules)
        anything = self.bound([Interval(-1.0, 1.0)] * len(self.variables))
        assert anything is not None
        self._arrange([rule for rule in rules if anything.degrees[rule].high > knowledge_base.threshold])
        # What no certainty can move need not be worked out again.
        self._constant = {rule: degree for rule, degree in anything.degrees.items() if degree.low == degree.high}

    def _arrange(self, rules: Sequence[int]) -> None:
        """Order these rules and the pairs that they conclude."""
        strata = list(self.model.strata.values())
        self.variables = [
            Variable(rule, (conclusion.attribute, conclusion.value), conclusion.certainty)
            for rule in rules
            for conclusion in self.model.rules[rule].conclusions
        ]
        self._behind: dict[Pair, list[int]] = {pair: [] for pair in self._given}
        self._own: dict[int, list[int]] = {rule: [] for rule in rules}
        closing: dict[Pair, int] = dict.fromkeys(self._given, 0)
        for position, (rule, pair, _) in enumerate(self.variables):
            self._behind.setdefault(pair, []).append(position)
            self._own[rule].append(position)
            closing[pair] = max(closing.get(pair, 0), strata[rule])
        steps: list[tuple[int, int, int | Pair]] = [(strata[rule], 0, rule) for rule in rules]
        steps += [(stratum, 1, pair) for pair, stratum in closing.items()]
        self.steps = [step for *_, step in sorted(steps, key=lambda step: step[:2])]

    def upstream(self, pair: Pair) -> set[int]:
        """Collect the variables that a certainty factor depends on, by their positions."""
        found: set[int] = set()
        waiting = [pair]
        seen = {pair}
        concluded = self.model.concluded
        while waiting:
            for position in self._behind.get(waiting.pop(), ()):
                found.add(position)
                read = set(pairs_read(self.model.rules[self.variables[position].rule].premise, concluded)) - seen
                seen |= read
                waiting.extend(read)
        return found

    def bound(self, box: Box, caps: Caps | None = None) -> Bounded | None:
        """Bound all certainty factors and degrees."""
        threshold = self.model.threshold
        known = {attribute for attribute, _ in self._given}
        bounded = Bounded({}, {}, {}, known, set(known), {})
        for step in self.steps:
            if isinstance(step, int):
                degree = self._constant.get(step) or degree_within(self.model.rules[step].premise, bounded)
                bounded.degrees[step] = degree
                concluded = [self.variables[position].pair[0] for position in self._own[step]]
                if degree.low > threshold:
                    known.update(concluded)
                if degree.high > threshold:
                    bounded.maybe_known.update(concluded)
                continue
            certainty = self._weigh(step, box, bounded)
            if caps and step in caps:
                capped = Interval(max(certainty.low, caps[step].low), min(certainty.high, caps[step].high))
                if capped.low > capped.high:
                    return None
                if capped != certainty:
                    bounded.binding[step] = caps[step]
                certainty = capped
            bounded.certainties.setdefault(step[0], {})[step[1]] = certainty
        return bounded

    def _weigh(self, pair: Pair, box: Box, bounded: Bounded) -> Interval:
        """Bound a certainty factor, by the least and the greatest evidence; remember the evidence."""
        threshold = self.model.threshold
        pieces: list[tuple[Interval, int]] = []
        if pair in self._given:
            pieces.append((Interval(self._given[pair], self._given[pair]), -1))
        for position in self._behind[pair]:
            low, high = (end if end > threshold else 0.0 for end in bounded.degrees[self.variables[position].rule])
            if high > 0:
                least, most = box[position]
                ends = (low * least, high * least, low * most, high * most)
                pieces.append((Interval(min(ends), max(ends)), position))
        bounded.evidence[pair] = pieces
        lows, highs = [ends.low for ends, _ in pieces], [ends.high for ends, _ in pieces]
        return Interval(certainty_factor(lows), certainty_factor(highs))


def degree_within(premise: Premise, bounded: Bounded) -> Interval:
    """Bound the degree of a premise."""
    match premise:
        case AllOf(parts):
            lows, highs = zip(*(degree_within(part, bounded) for part in parts), strict=True)
            return Interval(min(lows), min(highs))
        case AnyOf(parts):
            lows, highs = zip(*(degree_within(part, bounded) for part in parts), strict=True)
            return Interval(max(lows), max(highs))
        case Unknown(attribute):
            return Interval(float(attribute not in bounded.maybe_known), float(attribute not in bounded.known))
        case Known(attribute):
            return Interval(float(attribute in bounded.known), float(attribute in bounded.maybe_known))
    strengths = [strength for _, _, strength in supports_within(premise, bounded)]
    return Interval(max(0.0, *(s.low for s in strengths), 0.0), max(0.0, *(s.high for s in strengths), 0.0))


def supports_within(test: Test, bounded: Bounded) -> list[tuple[Value, int, Interval]]:
    """List the pairs that can speak for a test: value, sign of its influence, and the bounds of its strength."""
    values = bounded.certainties.get(test.attribute, {})
    match test:
        case Is(_, value):
            return [(value, 1, values[value])] if value in values else []
        case IsNot(_, value):
            return [
                (v, -1, Interval(-ends.high, -ends.low)) if v == value else (v, 1, ends) for v, ends in values.items()
            ]
        case Compare(_, operator, bound):
            return [(v, 1, ends) for v, ends in values.items() if COMPARE[operator](v, bound)]
    return []
