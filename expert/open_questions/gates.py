"""Which questions may be asked: those whose condition (``ask_if``) holds, and whose rules leave them unknown.

Both can depend on other answers. The questions that may be asked at all are one fixpoint: those without conditions,
then those that answers to these could open, and so on; questions that only one another could open are never asked.
Which of them are still asked depends on what can read the answer. Which answers stay when others change is found by
asking them again.

A question waits until nothing that may still be answered can open or close it: then the order of the questions does not
change which of them are asked. It waits neither for itself nor for questions whose condition waits for it. Where all
wait for one another, what is known already decides.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Literal, NamedTuple, TypeAlias

from expert.inference.bounds import Bounds
from expert.knowledge.model import Fact, Model
from expert.knowledge.rules import Premise, tests

State: TypeAlias = Literal["closed", "waits", "open"]


class OpenQuestions(NamedTuple):
    """The questions that may still be asked: now, in the order of the file, or once other answers have opened them.

    `bounds` say what the certainty factors can still become when only these are answered.
    """

    ready: tuple[str, ...]
    waiting: tuple[str, ...]
    bounds: Bounds

    @property
    def all(self) -> set[str]:
        """Both kinds."""
        return {*self.ready, *self.waiting}


class Gates:
    """The questions of a knowledge base, and what each of them waits for."""

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base
        self.questions = tuple(a.name for a in knowledge_base.attributes.values() if a.question)

    def open_questions(self, given: Iterable[Fact], settled: Collection[str]) -> OpenQuestions:
        """Find the questions that may still be asked, and whose answers something can still read."""
        facts = tuple(given)
        names, bounds = self._possible(facts, settled)
        read = bounds.behind(self._model.candidates)
        return self._standing(facts, names, [name for name in names if name in read], bounds)

    def possible(self, given: Iterable[Fact], settled: Collection[str]) -> OpenQuestions:
        """Find the questions that may still be asked, whether anything can read their answers or not."""
        facts = tuple(given)
        names, bounds = self._possible(facts, settled)
        return self._standing(facts, names, names, bounds)

    def fitting(self, given: Iterable[Fact], answers: Mapping[str, Fact | None]) -> set[str]:
        """Find the answers that stay: their questions would be asked given the others that stay."""
        base = tuple(given)
        kept: dict[str, Fact | None] = {}
        left = list(answers)
        while left:
            facts = (*base, *(fact for fact in kept.values() if fact))
            found = self.possible(facts, {*kept, *(fact.attribute for fact in base)})
            left = [name for name in left if name in found.all]
            ready = [name for name in left if name in found.ready]
            take = [name for name in ready if name in self.levels or not self.behind[name]] or ready[:1]
            if not take:  # they wait for what has not been answered
                take = [name for name in left if not self.behind[name].intersection(left)] or left[:1]
            kept |= {name: answers[name] for name in take}
            left = [name for name in left if name not in kept]
        return set(kept)

    @cached_property
    def behind(self) -> Mapping[str, frozenset[str]]:
        """For each question the questions, except itself, that decide whether it may be asked."""
        return {n: frozenset(self._everything[n].intersection(self.questions) - {n}) for n in self.questions}

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """Number the questions that others settle, whatever the order of answers: one more than the highest of these.

        Left out are those that nothing is behind, and those for which the order of answers counts.
        """
        settled = {name for name in self.questions if self.behind[name] and not self.later[name] - {name}}
        cyclic = {name for name in settled if any(name in self.behind[o] for o in self.behind[name] & settled)}
        settled -= cyclic
        levels: dict[str, int] = {}
        for name in TopologicalSorter({name: self.behind[name] & settled for name in sorted(settled)}).static_order():
            levels[name] = 1 + max((levels[before] for before in self.behind[name] & settled), default=0)
        return levels

    def _possible(self, facts: Iterable[Fact], settled: Collection[str]) -> tuple[list[str], Bounds]:
        """Find all questions that may be asked, whatever is answered to others of them, and the bounds then."""
        names = [name for name in self.questions if name not in settled]
        found = {name for name in names if not self._deciding_premises(name)}
        while True:
            bounds = Bounds(self._model, facts, found)
            opened = {name for name in names if name in found or self._state(name, bounds) != "closed"}
            if len(opened) == len(found):
                return [name for name in names if name in found], bounds
            found = opened

    def _standing(
        self, facts: Iterable[Fact], possible: Collection[str], names: Collection[str], bounds: Bounds
    ) -> OpenQuestions:
        """Divide some of the possible questions: those that may be asked now, and those that wait."""
        ready = [name for name in names if self._state_so_far(name, facts, possible, bounds) == "open"]
        if names and not ready:
            now = Bounds(self._model, facts, ())
            opened = [name for name in names if self._state(name, now) == "open"]
            ready = [name for name in opened if name not in self.levels] or opened
        return OpenQuestions(tuple(ready), tuple(name for name in names if name not in ready), bounds)

    def _state_so_far(self, name: str, facts: Iterable[Fact], possible: Collection[str], bounds: Bounds) -> State:
        """Tell whether a question is open, closed or waits, by the answers that come before it."""
        state = self._state(name, bounds)
        if state != "waits" or not self.later[name]:
            return state
        state = self._state(name, Bounds(self._model, facts, frozenset(possible) - self.later[name]))
        # Where others may come first after all, their answers may yet open it.
        return "waits" if state == "closed" else state

    def _state(self, name: str, bounds: Bounds) -> State:
        """Tell whether a question is open, closed or waits."""
        condition = [bounds.degree(premise) for premise in self._condition(name)]
        evidence = [bounds.evidence[index] for index in self._closing(name)]
        if any(e.low > 0 for e in evidence) or any(d.high <= self._model.threshold for d in condition):
            return "closed"
        if all(e.high == 0 for e in evidence) and all(d.low > self._model.threshold for d in condition):
            return "open"
        return "waits"

    def _condition(self, name: str) -> list[Premise]:
        """Take an attribute's ``ask_if`` as a list; empty if it has none."""
        ask_if = self._model.attributes[name].ask_if
        return [] if ask_if is None else [ask_if]

    def _closing(self, name: str) -> list[int]:
        """List the positions of the rules that leave nothing to ask where they hold; a default does not."""
        return [i for i in self._model.rules_concluding.get(name, ()) if not self._model.all_rules[i].is_default]

    def _deciding_premises(self, name: str) -> list[Premise]:
        """List the premises that decide whether an attribute is asked, or what it becomes without being asked."""
        return [*self._condition(name), *self._model.premises(self._closing(name))]

    @cached_property
    def _everything(self) -> Mapping[str, set[str]]:
        """For each question the attributes that its condition and its rules depend on."""
        return {name: self.attributes_behind(self._deciding_premises(name)) for name in self.questions}

    @cached_property
    def later(self) -> Mapping[str, set[str]]:
        """For each question what it depends on and yet comes before: itself, and those whose condition waits for it."""
        conditions = {name: self.attributes_behind(self._condition(name)) for name in self.questions}
        return {
            name: {
                other
                for other in self._everything[name].intersection(self.questions)
                if other == name or name in conditions[other]
            }
            for name in self.questions
        }

    @cached_property
    def _tested(self) -> Mapping[str, set[str]]:
        """For each attribute those that its condition and its rules test."""
        return {
            name: {test.attribute for premise in self._condition(name) for test in tests(premise)}
            | self._model.attributes_read.get(name, set())
            for name in self._model.attributes
        }

    def attributes_behind(self, premises: Iterable[Premise]) -> set[str]:
        """Collect the attributes that premises depend on, through rules and conditions."""
        behind: set[str] = set()
        waiting = [test.attribute for premise in premises for test in tests(premise)]
        while waiting:
            name = waiting.pop()
            if name not in behind:
                behind.add(name)
                waiting += self._tested[name]
        return behind
