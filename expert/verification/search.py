"""The search for a small case that notices a change of a rule."""

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from random import Random
from typing import NamedTuple

from expert.analysis.changing_case import ChangingCase
from expert.inference.consultation import Consultation, consult
from expert.inference.ranking import answer_of, leading
from expert.knowledge.distinctions import distinguishing_values
from expert.knowledge.model import Case, Expectation, Fact, Model
from expert.knowledge.rules import AllOf, Compare, Premise, Rule, Test, Value, negate
from expert.verification.mutants import Mutant
from expert.verification.scenarios import NEAR
from expert.verification.witnesses import Given, Witnesses, merged

RANDOM = 100
"""How many random cases are tried where none that was made on purpose notices a change."""

KEPT = 500
"""How many cases that were tried are kept for other mutants."""

DECIMALS = 10
"""To how many decimals a suggested case expects certainty factors."""


class Difference(NamedTuple):
    """How a mutant shows in a case: whether by another answer, and by the certainty factors of which candidates."""

    answer: bool
    candidates: tuple[Value, ...]


class Attempt:
    """A possible case, as it is and as it would be under mutants."""

    def __init__(self, nothing_given: Consultation, given: Given):
        self._model = knowledge_base = nothing_given.knowledge_base
        self.given = given
        self.facts = tuple(Fact(name, given[name]) for name in knowledge_base.attributes if name in given)
        self._now = ChangingCase(nothing_given)
        for fact in self.facts:
            self._now.answer(fact.attribute, fact.value)
        self._certainties = dict(self._now.certainties.get(knowledge_base.goal, {}))
        self._leaders = leading(knowledge_base, self._certainties)

    def difference(self, mutant: Mutant, variant: Model) -> Difference | None:
        """Tell how a mutant shows; None where it does not."""
        then = self._now.under(variant, self._model.positions[mutant.rule])
        if then is None:
            return None
        moved = tuple(
            value
            for value in self._model.candidates
            if abs(then.get(value, 0.0) - self._certainties.get(value, 0.0)) > 2 * NEAR
        )
        return Difference(leading(self._model, then) != self._leaders, moved) if moved else None

    def case(self, differences: Iterable[Difference]) -> Case:
        """Write it as a case that expects what it takes to notice all these."""
        moved = {value for each in differences if not each.answer for value in each.candidates[:1]}
        expected = {value: self._certainties.get(value, 0.0) for value in self._model.candidates if value in moved}
        expect = Expectation(
            recommendation=answer_of(self._model, self._certainties).recommendation,
            certainty={value: round(certainty, DECIMALS) for value, certainty in expected.items()} or None,
            tie=self._leaders if len(self._leaders) > 1 else None,
            undecided=None if self._leaders else True,
        )
        said = (f"{fact.attribute} {fact.value}" for fact in self.facts)
        return Case(", ".join(said) or "nothing is known", self.facts, expect)


class Search:
    """Finds cases that notice changes, among those that it has found, then those made on purpose, then random ones."""

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base
        self._nothing_given = consult(knowledge_base, (), Consultation)
        self._witnesses = Witnesses(knowledge_base)
        self._attempt = lru_cache(KEPT)(self._new_attempt)
        self._found: dict[Attempt, None] = {}

    def noticing(self, mutant: Mutant) -> Attempt | None:
        """Find a case that notices a change; None if none is found."""
        variant = mutant.of(self._model)
        assert variant is not None  # it has been tried before
        for attempt in self._found:
            if attempt.difference(mutant, variant):
                return attempt
        for given in chain(self._made_for(mutant), self._random):
            attempt = self._attempt(frozenset(given.items()))
            if attempt.difference(mutant, variant):
                smallest = self._smallest(attempt, mutant, variant)
                self._found[smallest] = None
                return smallest
        return None

    def _new_attempt(self, facts: frozenset[tuple[str, Value]]) -> Attempt:
        return Attempt(self._nothing_given, dict(facts))

    def _made_for(self, mutant: Mutant) -> list[Given]:
        """Make cases in which a rule and what it has become may differ, and what it concludes can reach the goal."""
        rule = self._model.rules_by_name[mutant.rule]
        named = _numbers_around(test for each in (rule, mutant.changed) for test in each.tests())
        cases: dict[frozenset[tuple[str, Value]], Given] = {}
        for premise in _telling_apart(rule, mutant.changed):
            for given in merged([self._witnesses.of(premise, named=named), self._witnesses.behind(rule)]):
                cases[frozenset(given.items())] = given
        return sorted(cases.values(), key=len)

    @cached_property
    def _random(self) -> list[Given]:
        """Make random cases, the same each time."""
        random = Random(0)
        values = {
            name: distinguishing_values(self._model, attribute)
            for name, attribute in self._model.attributes.items()
            if self._model.is_askable(attribute)
        }
        shares = [random.random() for _ in range(RANDOM)]
        cases = (
            {name: random.choice(some) for name, some in values.items() if some and random.random() < share}
            for share in shares
        )
        return sorted(cases, key=len)

    def _smallest(self, attempt: Attempt, mutant: Mutant, variant: Model) -> Attempt:
        """Leave out every fact that it does not take."""
        for name in [fact.attribute for fact in attempt.facts]:
            smaller = self._attempt(frozenset(each for each in attempt.given.items() if each[0] != name))
            if smaller.difference(mutant, variant):
                attempt = smaller
        return attempt


def _telling_apart(rule: Rule, changed: Rule) -> Iterator[Premise]:
    """List premises that make a rule hold and what it has become not, or the other way round; or either of them."""
    for before, after in zip(rule.tests(), changed.tests(), strict=False):
        if before != after:
            for each in (_unexcepted(rule), rule.premise):
                yield AllOf((before, negate(after), each))
            for each in (_unexcepted(changed), changed.premise):
                yield AllOf((after, negate(before), each))
    yield _unexcepted(rule)
    if rule.unless is not None:
        yield AllOf((rule.premise, rule.unless))


def _numbers_around(tests: Iterable[Test]) -> list[float]:
    """List the bounds of tests, what lies between them, and what is next to them."""
    bounds = sorted({test.bound for test in tests if isinstance(test, Compare)})
    between = [low / 2 + high / 2 for low, high in pairwise(bounds)]
    return [*bounds, *between, *(bound + step for bound in bounds for step in (-1, 1))]


def _unexcepted(rule: Rule) -> Premise:
    """Join the premise of a rule and the opposite of its exception."""
    return rule.premise if rule.unless is None else AllOf((rule.premise, negate(rule.unless)))
