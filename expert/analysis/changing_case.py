"""A case that changes answer by answer: only the rules that an answer can reach are looked at again.

It starts from a consultation, and has the certainty factors of one at every moment, to the last bit: a pair whose
evidence changes is weighed anew from all of it, in the order of the file.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush

from expert.inference.certainty import certainty_factor
from expert.inference.consultation import Consultation
from expert.inference.degrees import Degree, degree_of
from expert.knowledge.model import Model
from expert.knowledge.ranges import Ranges
from expert.knowledge.rules import Compare, Is, Pair, Premise, Value, tests

GIVEN = -1
"""Where a given fact stands among the rules that give evidence: before them all."""


class ChangingCase:
    """The facts of a consultation, with answers that are given, changed and taken back one at a time."""

    def __init__(self, consultation: Consultation):
        self._model = consultation.knowledge_base
        self._strata = list(self._model.strata.values())
        self._readers = _Readers(self._model)
        self._compiled: dict[int, Degree] = {}
        self._answers: dict[str, Value] = {}
        index = {rule.name: position for position, rule in enumerate(self._model.rules)}
        self._degrees = {index[firing.rule]: firing.degree for firing in consultation.firings}
        self._evidence: dict[Pair, dict[int, float]] = {
            pair: {GIVEN if piece.rule is None else index[piece.rule]: piece.strength for piece in pieces}
            for pair, pieces in consultation.evidence.items()
        }
        self.certainties = {name: dict(values) for name, values in consultation.certainties.items()}
        self.work = 0

    def answer(self, name: str, value: Value | None) -> None:
        """Give or change the answer to a question about which no fact is given; None takes it back."""
        before = self._answers.pop(name, None)
        if value is not None:
            self._answers[name] = value
        if value == before:
            return
        if before is not None:
            del self._evidence[name, before][GIVEN]
            self._weigh((name, before))
        if value is not None:
            self._evidence.setdefault((name, value), {})[GIVEN] = 1.0
            self._weigh((name, value))
        self._run(self._readers.of_answers(name, before, value))

    def holds(self, premise: Premise) -> bool:
        """Tell whether the degree of a premise exceeds the threshold now."""
        return degree_of(premise)(self.certainties) > self._model.threshold

    def _run(self, rules: Iterable[int]) -> None:
        """Look at rules again, and at all that they move, stratum by stratum."""
        waiting: set[int] = set()
        queue: list[tuple[int, int]] = []

        def put(rules: Iterable[int], stratum: int) -> None:
            for rule in rules:
                if rule not in waiting and self._strata[rule] > stratum:
                    waiting.add(rule)
                    heappush(queue, (self._strata[rule], rule))

        put(rules, 0)
        while queue:
            stratum = queue[0][0]
            moved: dict[Pair, None] = {}
            while queue and queue[0][0] == stratum:
                moved.update(dict.fromkeys(self._look_at(heappop(queue)[1])))
            for pair in moved:
                if self._weigh(pair):
                    put(self._readers.of_pair(pair), stratum)

    def _look_at(self, rule: int) -> Iterator[Pair]:
        """Work out the degree of a rule; where it has changed, so has the evidence for what the rule concludes."""
        self.work += 1
        if rule not in self._compiled:
            self._compiled[rule] = degree_of(self._model.rules[rule].premise)
        degree = self._compiled[rule](self.certainties)
        degree = degree if degree > self._model.threshold else 0.0
        if degree == self._degrees.get(rule, 0.0):
            return
        self._degrees[rule] = degree
        for attribute, value, certainty in self._model.rules[rule].conclusions:
            pieces = self._evidence.setdefault((attribute, value), {})
            if degree:
                pieces[rule] = degree * certainty
            else:
                del pieces[rule]
            yield attribute, value

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
    """The rules that read a pair, and those that tell two answers apart."""

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base
        self._equal: dict[Pair, list[int]] = {}
        self._compare: dict[str, list[tuple[Compare, int]]] = {}
        self._other: dict[str, list[int]] = {}
        for position, rule in enumerate(knowledge_base.rules):
            for test in tests(rule.premise):
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

    def of_answers(self, name: str, *answers: Value | None) -> Iterator[int]:
        """List the rules that may tell two answers apart, of which None is no answer."""
        for value in answers:
            yield from self._equal.get((name, value), ()) if value is not None else ()
        yield from self._other.get(name, ())
        yield from self._that_turn(name, answers)

    def _that_turn(self, name: str, answers: Sequence[Value | None]) -> list[int]:
        """List the rules with a comparison that one of two numbers passes, and the other does not."""
        compare = self._compare.get(name, [])
        # Where rules conclude numbers as well, certainties count besides the numbers.
        if not compare or None in answers or name in self._model.derived:
            return [rule for _, rule in compare]
        if name not in self._turning:
            ranges = Ranges(self._model, self._model.attributes[name])
            turns = sorted((ranges.turns_at(test), rule) for test, rule in compare)
            self._turning[name] = ranges, [turn for turn, _ in turns], [rule for _, rule in turns]
        ranges, turns_at, rules = self._turning[name]
        low, high = sorted(ranges.effect(value)[0] for value in answers if value is not None)
        return rules[bisect_right(turns_at, low) : bisect_right(turns_at, high)]
