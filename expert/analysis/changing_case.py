"""A case that changes fact by fact: only the rules that a change can reach are evaluated again.

It starts from a consultation, and has the certainty factors of one at every moment, to the last bit: a pair whose
evidence changes is weighed anew from all of it, in the order of the file.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush
from typing import NamedTuple, TypeAlias

from expert.inference.certainty import certainty_factor
from expert.inference.computed import compute
from expert.inference.consultation import Consultation
from expert.inference.degrees import Certainties, RuleDegrees, degree_of
from expert.knowledge.crossings import TestedRanges
from expert.knowledge.model import Model
from expert.knowledge.ranges import Ranges
from expert.knowledge.rules import Compare, Is, Pair, Premise, Value

GIVEN = -1
"""Where a given fact, or what a formula gives, stands among the rules that give evidence: before them all."""

_OUTDATED = -1.0
"""The degree of a rule whose evidence has to be worked out again; no degree is negative."""

_Said: TypeAlias = tuple[Value, float]
"""What is given about an attribute, or computed: a value, and how certain that is."""


class _Stage(NamedTuple):
    """When something is worked out: the rules of a stratum, then one by one the numbers computed after it, from 1."""

    stratum: int
    place: int = 0


_Waiting: TypeAlias = dict[_Stage, set[int]]
"""The rules to evaluate again, by when; at the stage of a computed number, nothing."""


class ChangingCase:
    """The facts of a consultation, changed one at a time, and changed back."""

    def __init__(self, consultation: Consultation):
        self._model = consultation.knowledge_base
        self._strata = list(self._model.strata.values())
        self._readers = self._model.once(_Readers)
        self._rule_degrees = self._model.once(RuleDegrees)
        self._given = {fact.attribute: (fact.value, fact.certainty) for fact in consultation.given if fact.certainty}
        self._said: dict[str, _Said] = dict(self._given)
        index = self._model.positions
        self._degrees = {index[firing.rule]: firing.degree for firing in consultation.firings}
        self._evidence: dict[Pair, dict[int, float]] = {
            pair: {GIVEN if piece.rule is None else index[piece.rule]: piece.strength for piece in pieces}
            for pair, pieces in consultation.evidence.items()
        }
        self.certainties = {name: dict(values) for name, values in consultation.certainties.items()}
        self._covered: dict[int, float] = {}
        for row in self._model.row_above:
            self._rule_degrees.of(row, self.certainties, self._covered)
        self._computed: dict[str, _Said] = {
            attribute: (value, pieces[GIVEN])
            for (attribute, value), pieces in self._evidence.items()
            if attribute in self._model.formulas and GIVEN in pieces
        }
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
        self._replace(name, before, said)
        waiting: _Waiting = {}
        self._put(self._readers.telling_apart(name, before, said), _Stage(0), waiting)
        self._put_computed(name, waiting)
        self._run(waiting)

    def _replace(self, name: str, before: _Said | None, said: _Said | None) -> list[Pair]:
        """Replace the evidence that no rule gives; tell which pairs that moves."""
        if before:
            del self._evidence[name, before[0]][GIVEN]
        if said:
            self._evidence.setdefault((name, said[0]), {})[GIVEN] = said[1]
        return [pair for pair in dict.fromkeys((name, each[0]) for each in (before, said) if each) if self._weigh(pair)]

    def under(self, variant: Model, rule: int) -> dict[Value, float] | None:
        """Tell the certainty factors of the goal's values under a variant in which one rule is another.

        None where it moves nothing. What the rule reads is the same under the variant, since rules go in no circle; so
        nothing moves where it holds to the same degree, with the same certainties.
        """
        if not self._would_move(variant, rule):
            return None
        model = self._model
        self._run_instead(variant, rule)
        certainties = dict(self.certainties.get(model.goal, {}))
        self._run_instead(model, rule)
        return certainties

    def _would_move(self, variant: Model, rule: int) -> bool:
        """Tell whether a rule may give other evidence, or bar the rows below it otherwise."""
        if rule in variant.row_above:
            return True
        degree = variant.once(RuleDegrees).of(rule, self.certainties, self._covered)
        degree = degree if degree > variant.threshold else 0.0
        is_other = variant.all_rules[rule].conclusions != self._model.all_rules[rule].conclusions
        return degree != self._degrees.get(rule, 0.0) or (is_other and degree > 0)

    def _run_instead(self, variant: Model, rule: int) -> None:
        """From now on, run the rules of a variant."""
        self._model = variant
        self._strata = list(variant.strata.values())
        self._readers = variant.once(_Readers)
        self._rule_degrees = variant.once(RuleDegrees)
        self._degrees[rule] = _OUTDATED
        self._run({_Stage(self._strata[rule]): {rule}})

    def holds(self, premise: Premise) -> bool:
        """Tell whether the degree of a premise exceeds the threshold now."""
        return degree_of(premise)(self.certainties) > self._model.threshold

    def _put(self, rules: Iterable[int], now: _Stage, waiting: _Waiting) -> None:
        """Have rules evaluated again that come later."""
        for rule in rules:
            if self._strata[rule] > now.stratum:
                waiting.setdefault(_Stage(self._strata[rule]), set()).add(rule)

    def _put_computed(self, name: str, waiting: _Waiting) -> None:
        """Have the numbers computed again that an attribute is an input of; they always come later."""
        for stage in self._readers.computed_from.get(name, ()):
            waiting.setdefault(stage, set())

    def _run(self, waiting: _Waiting) -> None:
        """Evaluate what waits again, and all that it moves, stage by stage."""
        while waiting:
            stage = min(waiting)
            rules = waiting.pop(stage)
            moved = self._compute(self._readers.computed[stage]) if stage.place else self._evaluate(rules, waiting)
            for pair in moved:
                self._put(self._readers.of_pair(pair), stage, waiting)
                self._put_computed(pair[0], waiting)

    def _evaluate(self, rules: Iterable[int], waiting: _Waiting) -> list[Pair]:
        """Evaluate rules of one stratum, rows of a table from above; tell which pairs that moves."""
        touched: set[Pair] = set()
        queue = list(rules)
        heapify(queue)
        queued = set(queue)
        while queue:
            rule = heappop(queue)
            covered = self._covered.get(rule)
            if self._has_changed(rule):
                touched.update((attribute, value) for attribute, value, _ in self._model.all_rules[rule].conclusions)
            below = self._readers.row_below.get(rule)
            if below is None or below in queued or self._covered.get(rule) == covered:
                continue
            if self._strata[below] == self._strata[rule]:
                queued.add(below)
                heappush(queue, below)
            else:
                waiting.setdefault(_Stage(self._strata[below]), set()).add(below)
        return [pair for pair in touched if self._weigh(pair)]

    def _compute(self, name: str) -> list[Pair]:
        """Compute a number again; tell which pairs that moves."""
        self.work += 1
        before = self._computed.pop(name, None)
        said = compute(self._model.formulas[name], self.certainties)
        if said:
            self._computed[name] = said
        return [] if said == before else self._replace(name, before, said)

    def _has_changed(self, rule: int) -> bool:
        """Work out the degree of a rule; where it has changed, change the evidence for what the rule concludes."""
        self.work += 1
        known = self._without(rule) if self._model.all_rules[rule].is_default else self.certainties
        degree = self._rule_degrees.of(rule, known, self._covered)
        degree = degree if degree > self._model.threshold else 0.0
        if degree == self._degrees.get(rule, 0.0):
            return False
        self._degrees[rule] = degree
        for attribute, value, certainty in self._model.all_rules[rule].conclusions:
            pieces = self._evidence.setdefault((attribute, value), {})
            if degree:
                pieces[rule] = degree * certainty
            else:
                pieces.pop(rule, None)
        return True

    def _without(self, default: int) -> Certainties:
        """Give the certainty factors of the attribute of a default as they are before it."""
        ((attribute, value, _),) = self._model.all_rules[default].conclusions
        values = dict(self.certainties.get(attribute, {}))
        values.pop(value, None)
        pieces = self._evidence.get((attribute, value), {})
        before = [pieces[rule] for rule in sorted(pieces) if rule != default]
        if before:
            values[value] = certainty_factor(before)
        return {attribute: values} if values else {}

    def _weigh(self, pair: Pair) -> bool:
        """Combine the evidence for a pair; tell whether that may move what reads it.

        It does where something else comes out than before. The pair of a default may look the same in spite of new
        evidence; the default reads that evidence without its own, so it has to be looked at again.
        """
        attribute, value = pair
        pieces = self._evidence[pair]
        self.work += len(pieces)
        values = self.certainties.setdefault(attribute, {})
        before = values.pop(value, None)
        if pieces:
            values[value] = certainty_factor(pieces[rule] for rule in sorted(pieces))
        elif not values:
            del self.certainties[attribute]
        return values.get(value) != before or pair in self._readers.of_defaults


class _Readers:
    """The rules that read a pair, those that tell two facts apart, the rows below, and what is computed when."""

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base
        self.of_defaults = {(name, a.default) for name, a in knowledge_base.attributes.items() if a.default is not None}
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
        self.row_below = {above: row for row, above in knowledge_base.row_above.items() if above is not None}
        self.computed: dict[_Stage, str] = {}
        self.computed_from: dict[str, list[_Stage]] = {}
        for stratum, names in knowledge_base.computed.items():
            for place, name in enumerate(names, start=1):
                self.computed[_Stage(stratum, place)] = name
                for attribute in knowledge_base.formulas[name].inputs:
                    self.computed_from.setdefault(attribute, []).append(_Stage(stratum, place))

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
            ranges = self._model.once(TestedRanges).of(name)
            turns = sorted((ranges.turns_at(test), rule) for test, rule in self._compare[name])
            self._turning[name] = ranges, [turn for turn, _ in turns], [rule for _, rule in turns]
        ranges, turns_at, rules = self._turning[name]
        low, high = sorted(ranges.effect(value)[0] for value in numbers)
        return rules[bisect_right(turns_at, low) : bisect_right(turns_at, high)]
