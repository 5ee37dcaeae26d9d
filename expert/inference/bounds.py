"""What the certainty factors can still become, whatever is answered to the questions that are open.

Intervals forget that one answer excludes another, except within one premise, so they may be wider than what can really
happen, never narrower. Answers still to come are taken as certain, or as not known.
"""

from collections.abc import Collection, Iterable

from expert.inference.exclusions import Exclusions
from expert.inference.intervals import NOTHING, Interval, PartlyKnown, combined
from expert.inference.ranking import is_tied
from expert.knowledge.model import Fact, Model
from expert.knowledge.rules import Pair, Premise, Value, tests


class Bounds:
    """The intervals of one knowledge base and some given facts."""

    def __init__(self, knowledge_base: Model, given: Iterable[Fact], answerable: Collection[str]):
        self._model = knowledge_base
        self._given = {fact.attribute: fact for fact in given if fact.certainty != 0}
        self._answerable = frozenset(answerable).difference(self._given)
        asked = ((name, knowledge_base.attributes[name].number) for name in self._answerable)
        numbers = {name: number for name, number in asked if number}
        found = knowledge_base.once(Exclusions).found
        never = {premise for premise, exclusion in found.items() if exclusion.rests_on.isdisjoint(self._given)}
        self._now = PartlyKnown(self._given, self._answerable, numbers, never)
        self.certainties = self._now.certainties
        self.degree = self._now.degree
        self.evidence: dict[int, Interval] = {}
        self._bound_given()
        self._bound_rules()

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

        An attribute that may be asked depends on what can open or close its question, too.
        """
        pairs = [(self._model.goal, value) for value in candidates]
        if not pairs:
            return set()
        found = {self._model.goal}
        premises = [*self._premises_moving(pairs), *self._premises_of_question(self._model.goal)]
        seen = set(pairs)
        seen_tests = set()
        while premises:
            for test in tests(premises.pop()):
                if test in seen_tests:
                    continue
                seen_tests.add(test)
                if self.degree(test).is_point:
                    continue
                if test.attribute not in found:
                    found.add(test.attribute)
                    premises += self._premises_of_question(test.attribute)
                for name in self._model.computed_from.get(test.attribute, ()):
                    if name not in found:
                        found.add(name)
                        premises += self._premises_of_question(name)
                new = set(self._model.pairs_read(test)) - seen
                seen |= new
                premises += self._premises_moving(new)
        return found

    def _bound_given(self) -> None:
        """Bound what is given and what can be answered, before any rule runs."""
        for attribute in self._model.attributes.values():
            self.certainties[attribute.name] = {}
            fact = self._given.get(attribute.name)
            concluded = self._model.concluded.get(attribute.name, ())
            for value in (*attribute.choices, *concluded, *([fact.value] if fact else [])):
                self._bound((attribute.name, value))

    def _bound_rules(self) -> None:
        """Bound the evidence of each rule and of what it concludes, stratum by stratum, and the computed numbers."""
        self._compute(after=0)
        for stratum, positions in enumerate(self._model.rules_by_stratum, start=1):
            changed: dict[Pair, None] = {}
            for position in positions:
                rule = self._model.all_rules[position]
                degree = self._now.degree_of_rule(self._model, position).above(self._model.threshold)
                self.evidence[position] = degree
                if degree != NOTHING:
                    self._now.conclude([conclusion.attribute for conclusion in rule.conclusions], degree)
                    changed.update(dict.fromkeys((c.attribute, c.value) for c in rule.conclusions))
                if rule.is_default:
                    self._now.known.add(rule.conclusions[0].attribute)  # by its default, or else by what prevents it
            for pair in changed:
                self._bound(pair)
            self._compute(after=stratum)

    def _compute(self, after: int) -> None:
        """Bound the computed numbers whose inputs are bounded once a stratum has run."""
        for name in self._model.computed.get(after, ()):
            self._now.compute(name, self._model.formulas[name])

    def _bound(self, pair: Pair) -> None:
        """Bound a certainty factor by the least and the greatest evidence for its pair."""
        attribute, value = pair
        pieces = []
        fact = self._given.get(attribute)
        if fact and fact.value == value:
            pieces.append(Interval(fact.certainty, fact.certainty))
        elif attribute in self._answerable:
            pieces.append(Interval(0.0, 1.0))
        for position, certainty in self._model.conclusions_by_pair.get(pair, ()):
            degree = self.evidence.get(position, NOTHING)
            if degree != NOTHING:
                pieces.append(degree.scaled(certainty))
        self.certainties[attribute][value] = combined(pieces)

    def _premises_of_question(self, name: str) -> list[Premise]:
        """List the premises that can still open or close an attribute's question; none where it cannot be answered."""
        if name not in self._answerable:
            return []
        pairs = [(name, value) for value in self._model.concluded.get(name, ())]
        ask_if = self._model.attributes[name].ask_if
        waits = ask_if is not None and self.degree(ask_if).low <= self._model.threshold
        return [*([ask_if] if ask_if and waits else []), *self._premises_moving(pairs)]

    def _premises_moving(self, pairs: Iterable[Pair]) -> list[Premise]:
        """List the premises, and exceptions, of rules that conclude these pairs and can still go either way."""
        positions = {position for pair in pairs for position, _ in self._model.conclusions_by_pair.get(pair, ())}
        return self._model.premises(each for each in positions if not self.evidence[each].is_point)
