"""What the certainty factors can still become, whatever is answered to the questions that are open.

Every certainty factor and every degree becomes an interval. Combining evidence is monotone (more support never lowers
a certainty factor, more opposition never raises it), so the ends of an interval follow from the ends of the evidence.
Intervals forget that one answer excludes another, so they may be wider than what can really happen, never narrower.
Answers still to come are taken as definite, or as not known.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from expert.inference.certainty import certainty_factor
from expert.inference.degrees import COMPARE
from expert.inference.ranking import is_tied
from expert.knowledge.model import Fact, Model
from expert.knowledge.rules import AllOf, AnyOf, Compare, Is, IsNot, Known, Pair, Premise, Unknown, Value, tests
from expert.knowledge.strata import pairs_read


class Interval(NamedTuple):
    """All numbers from ``low`` to ``high``."""

    low: float
    high: float


NOTHING = Interval(0.0, 0.0)
ANYTHING = Interval(0.0, 1.0)


class Bounds:
    """The intervals of one knowledge base and some given facts."""

    def __init__(self, knowledge_base: Model, given: Iterable[Fact], answerable: Collection[str]):
        self._model = knowledge_base
        self._given = {fact.attribute: fact for fact in given if fact.certainty != 0}
        self._answerable = frozenset(answerable).difference(self._given)
        self._concluded = knowledge_base.concluded
        self.conclusions: dict[Pair, list[tuple[int, float]]] = {}
        for index, rule in enumerate(knowledge_base.rules):
            for conclusion in rule.conclusions:
                pair = (conclusion.attribute, conclusion.value)
                self.conclusions.setdefault(pair, []).append((index, conclusion.certainty))
        self._known = set(self._given)
        self._maybe_known = self._known | self._answerable
        self.certainties: dict[str, dict[Value, Interval]] = {}
        self.evidence: dict[int, Interval] = {}
        self._bound_given()
        self._bound_rules()

    def degree(self, premise: Premise) -> Interval:
        """Bound the degree of a premise."""
        match premise:
            case AllOf(parts):
                lows, highs = zip(*(self.degree(part) for part in parts), strict=True)
                return Interval(min(lows), min(highs))
            case AnyOf(parts):
                lows, highs = zip(*(self.degree(part) for part in parts), strict=True)
                return Interval(max(lows), max(highs))
            case Unknown(attribute):
                return Interval(float(attribute not in self._maybe_known), float(attribute not in self._known))
            case Known(attribute):
                return Interval(float(attribute in self._known), float(attribute in self._maybe_known))
        values = self.certainties.get(premise.attribute, {})
        match premise:
            case Is(_, value):
                strengths = [values[value]] if value in values else []
            case IsNot(_, value):
                strengths = [Interval(-b.high, -b.low) if v == value else b for v, b in values.items()]
            case Compare(_, operator, bound):
                strengths = [b for v, b in values.items() if COMPARE[operator](v, bound)]
        if premise.attribute in self._answerable and self._model.attributes[premise.attribute].number:
            strengths.append(ANYTHING)
        return Interval(max(0.0, *(s.low for s in strengths), 0.0), max(0.0, *(s.high for s in strengths), 0.0))

    def contenders(self) -> list[Value]:
        """List the candidates that may still lead; none once the outcome is certain."""
        threshold = self._model.threshold
        bounds = {value: self.certainties[self._model.goal][value] for value in self._model.candidates}
        surely = max(interval.low for interval in bounds.values())
        contenders = [
            value for value, interval in bounds.items() if is_tied(surely, interval.high) and interval.high > threshold
        ]
        return [] if len(contenders) == 1 and surely > threshold else contenders

    def behind(self, candidates: Iterable[Value]) -> set[str]:
        """Collect the attributes that can still move candidates, through rules and tests that can go either way.

        An attribute that may be asked depends on what can open or shut its question, too.
        """
        pairs = [(self._model.goal, value) for value in candidates]
        found = {self._model.goal} if pairs else set()
        premises = [*self._premises_moving(pairs), *(self._gate(self._model.goal) if pairs else ())]
        seen = set(pairs)
        while premises:
            for test in tests(premises.pop()):
                low, high = self.degree(test)
                if low == high:
                    continue
                if test.attribute not in found:
                    found.add(test.attribute)
                    premises += self._gate(test.attribute)
                new = set(pairs_read(test, self._concluded)) - seen
                seen |= new
                premises += self._premises_moving(new)
        return found

    def _bound_given(self) -> None:
        """Bound what is given and what can be answered, before any rule runs."""
        for attribute in self._model.attributes.values():
            self.certainties[attribute.name] = {}
            fact = self._given.get(attribute.name)
            for value in (
                *attribute.choices,
                *self._concluded.get(attribute.name, ()),
                *([fact.value] if fact else []),
            ):
                self._bound((attribute.name, value))

    def _bound_rules(self) -> None:
        """Bound the evidence of each rule and of what it concludes, stratum by stratum."""
        threshold = self._model.threshold
        by_stratum: dict[int, list[int]] = {}
        for index, stratum in enumerate(self._model.strata.values()):
            by_stratum.setdefault(stratum, []).append(index)
        for stratum in sorted(by_stratum):
            changed: dict[Pair, None] = {}
            for index in by_stratum[stratum]:
                rule = self._model.rules[index]
                low, high = (end if end > threshold else 0.0 for end in self.degree(rule.premise))
                self.evidence[index] = Interval(low, high)
                if high > 0:
                    changed.update(dict.fromkeys((c.attribute, c.value) for c in rule.conclusions))
                    self._maybe_known |= {c.attribute for c in rule.conclusions}
                if low > 0:
                    self._known |= {c.attribute for c in rule.conclusions}
            for pair in changed:
                self._bound(pair)

    def _bound(self, pair: Pair) -> None:
        """Bound a certainty factor by the least and the greatest evidence for its pair."""
        attribute, value = pair
        least, greatest = [], []
        fact = self._given.get(attribute)
        if fact and fact.value == value:
            least.append(fact.certainty)
            greatest.append(fact.certainty)
        elif attribute in self._answerable:
            greatest.append(1.0)
        for index, certainty in self.conclusions.get(pair, ()):
            ends = [end * certainty for end in self.evidence.get(index, NOTHING)]
            least.append(min(ends))
            greatest.append(max(ends))
        low = certainty_factor(least)
        high = certainty_factor(greatest)
        self.certainties[attribute][value] = Interval(low, high)

    def _gate(self, name: str) -> list[Premise]:
        """List the premises that can still open or shut an attribute's question; none where it cannot be answered."""
        if name not in self._answerable:
            return []
        pairs = [(name, value) for value in self._concluded.get(name, ())]
        ask_if = self._model.attributes[name].ask_if
        waits = ask_if is not None and self.degree(ask_if).low <= self._model.threshold
        return [*([ask_if] if ask_if and waits else []), *self._premises_moving(pairs)]

    def _premises_moving(self, pairs: Iterable[Pair]) -> list[Premise]:
        """List the premises of rules that conclude these pairs and can still go either way."""
        rules = {index for pair in pairs for index, _ in self.conclusions.get(pair, ())}
        return [
            self._model.rules[index].premise
            for index in sorted(rules)
            if self.evidence[index].low < self.evidence[index].high
        ]
