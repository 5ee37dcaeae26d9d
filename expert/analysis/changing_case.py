"""A case that changes fact by fact: only the rules that a change can reach are evaluated again.

It starts from a consultation, and has the certainty factors of one at every moment, to the last bit: a pair whose
evidence changes is weighed anew from all of it, in the order of the file.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from expert.inference.certainty import certainty_factor
from expert.inference.consultation import Consultation
from expert.inference.degrees import RuleDegrees, degree_of
from expert.knowledge.model import Model
from expert.knowledge.ranges import Ranges
from expert.knowledge.rules import Compare, Is, Pair, Premise, Value

GIVEN = -1
"""Where a given fact stands among the rules that give evidence: before them all."""

_Said: TypeAlias = tuple[Value, float]
"""What is given about an attribute: a value, and how certain that is."""


class ChangingCase:
    """The facts of a consultation, changed one at a time, and changed back."""

    def __init__(self, consultation: Consultation):
        self._model = consultation.knowledge_base
        self._strata = list(self._model.strata.values())
        self._readers = self._model.once(_Readers)
        self._rule_degrees = self._model.once(RuleDegrees)
        self._given = {fact.attribute: (fact.value, fact.certainty) for fact in consultation.given if fact.certainty}
        self._said: dict[str, _Said] = dict(self._given)
        index = {rule.name: position for position, rule in enumerate(self._model.all_rules)}
        self._degrees = {index[firing.rule]: firing.degree for firing in consultation.firings}
        self._evidence: dict[Pair, dict[int, float]] = {
            pair: {GIVEN if piece.rule is None else index[piece.rule]: piece.strength for piece in pieces}
            for pair, pieces in consultation.evidence.items()
        }
        self.certainties = {name: dict(values) for name, values in consultation.certainties.items()}
        self.work = 0

    def answer(self, name: str, value: Value | None) -> None:
        """Give an attribute a value, for certain; None withdraws what is given about it."""
        self._say(name, None if value is None else (value, 1.0))

    def restore(self, name: str) -> None:
        """Take back what was answered about an attribute."""
        self._say(name, self._given.get(name))

    def _say(self, name: str, said: _Said | None) -> None:
        """Change what is given about an attribute."""
        before = self._said.pop(name, None)
        if said:
            self._said[name] = said
        if said == before:
            return
        if before:
            del self._evidence[name, before[0]][GIVEN]
            self._weigh((name, before[0]))
        if said:
            self._evidence.setdefault((name, said[0]), {})[GIVEN] = said[1]
            self._weigh((name, said[0]))
        self._run(self._readers.telling_apart(name, before, said))

    def holds(self, premise: Premise) -> bool:
        """Tell whether the degree of a premise exceeds the threshold now."""
        return degree_of(premise)(self.certainties) > self._model.threshold

    def _run(self, rules: Iterable[int]) -> None:
        """Evaluate rules again, and all that they move, stratum by stratum."""
        waiting: dict[int, set[int]] = {}

        def put(rules: Iterable[int], stratum: int) -> None:
            for rule in rules:
                if self._strata[rule] > stratum:
                    waiting.setdefault(self._strata[rule], set()).add(rule)

        put(rules, 0)
        while waiting:
            stratum = min(waiting)
            moved: set[Pair] = set()
            for rule in waiting.pop(stratum):
                if self._has_changed(rule):
                    moved.update((attribute, value) for attribute, value, _ in self._model.all_rules[rule].conclusions)
            for pair in moved:
                if self._weigh(pair):
                    put(self._readers.of_pair(pair), stratum)

    def _has_changed(self, rule: int) -> bool:
        """Work out the degree of a rule; where it has changed, change the evidence for what the rule concludes."""
        self.work += 1
        degree = self._rule_degrees.of(rule, self.certainties, {})
        degree = degree if degree > self._model.threshold else 0.0
        if degree == self._degrees.get(rule, 0.0):
            return False
        self._degrees[rule] = degree
        for attribute, value, certainty in self._model.all_rules[rule].conclusions:
            pieces = self._evidence.setdefault((attribute, value), {})
            if degree:
                pieces[rule] = degree * certainty
            else:
                del pieces[rule]
        return True

    def _weigh(self, pair: Pair) -> bool:
        """Combine the evidence for a pair; tell whether anything comes out of it that was not there before."""
        attribute, value = pair
        pieces = self._evidence[pair]
        self.work += len(pieces)
        values = self.certainties.setdefault(attribute, {})
        before = values.pop(value, None)
        if pieces:
            values[value] = certainty_factor(pieces[rule] for rule in sorted(pieces))
        elif not values:
            del self.certainties[attribute]
        return values.get(value) != before


class _Readers:
    """The rules that read a pair, and those that tell two facts apart."""

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base
        self._equal: dict[Pair, list[int]] = {}
        self._compare: dict[str, list[tuple[Compare, int]]] = {}
        self._other: dict[str, list[int]] = {}
        for position, rule in enumerate(knowledge_base.all_rules):
            for test in rule.tests():
                if isinstance(test, Is):
                    self._equal.setdefault((test.attribute, test.value), []).append(position)
                elif isinstance(test, Compare):
                    self._compare.setdefault(test.attribute, []).append((test, position))
                else:
                    self._other.setdefault(test.attribute, []).append(position)
        self._turning: dict[str, tuple[Ranges, list[int], list[int]]] = {}

    def of_pair(self, pair: Pair) -> Iterator[int]:
        """List the rules that read a pair."""
        yield from self._equal.get(pair, ())
        yield from self._other.get(pair[0], ())
        yield from (rule for _, rule in self._compare.get(pair[0], ()))

    def telling_apart(self, name: str, *both: _Said | None) -> Iterator[int]:
        """List the rules that may tell apart two things that are given about an attribute; None is nothing."""
        for said in both:
            yield from self._equal.get((name, said[0]), ()) if said else ()
        yield from self._other.get(name, ())
        compare = self._compare.get(name, [])
        numbers = [said[0] for said in both if said and said[1] == 1]
        # Where rules conclude numbers as well, or one is in doubt, certainties count besides the numbers.
        if len(numbers) < len(both) or name in self._model.concluded:
            yield from (rule for _, rule in compare)
        elif compare:
            yield from self._that_turn(name, numbers)

    def _that_turn(self, name: str, numbers: Iterable[Value]) -> list[int]:
        """List the rules with a comparison that one of two numbers passes, and the other does not."""
        if name not in self._turning:
            ranges = Ranges(self._model, self._model.attributes[name])
            turns = sorted((ranges.turns_at(test), rule) for test, rule in self._compare[name])
            self._turning[name] = ranges, [turn for turn, _ in turns], [rule for _, rule in turns]
        ranges, turns_at, rules = self._turning[name]
        low, high = sorted(ranges.effect(value)[0] for value in numbers)
        return rules[bisect_right(turns_at, low) : bisect_right(turns_at, high)]
