"""When a question may be put: where its ``ask_if`` holds, and its rules leave it unknown.

Both can depend on other answers, so a question waits until nothing that may still be answered can open or shut it: then
the order of the questions does not change which of them are put. It waits neither for itself nor for questions whose
``ask_if`` waits for it. Questions that go on waiting for one another are judged by what is known already.
"""

from collections.abc import Collection, Iterable
from graphlib import TopologicalSorter
from typing import NamedTuple

from expert.inference.bounds import Bounds, Interval
from expert.knowledge.model import Fact, Model
from expert.knowledge.premises import Premise, tests

SHUT, WAITS, OPEN = Interval(0.0, 0.0), Interval(0.0, 1.0), Interval(1.0, 1.0)


class OpenQuestions(NamedTuple):
    """The questions that may still be put.

    Parameters
    ----------
    ready : tuple of str
        Those that may be put now, in the order of the file.
    waiting : tuple of str
        Those that other answers may still open or shut.
    bounds : Bounds
        What the certainty factors can still become when only these are answered.
    """

    ready: tuple[str, ...]
    waiting: tuple[str, ...]
    bounds: Bounds


class Gates:
    """The questions of a knowledge base, and what each of them waits for.

    Parameters
    ----------
    knowledge_base : Model
        Free of cycles.

    Attributes
    ----------
    questions : tuple of str
        The attributes that have a question, in the order of the file.
    behind : dict of str to frozenset of str
        For each question the questions, except itself, that can tell whether it may be put.
    levels : dict of str to int
        For each question that is settled by those behind it, one more than the highest of theirs. Left out are those
        that nothing is behind, and those for which the order of answers counts.
    """

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base
        self.questions = tuple(a.name for a in knowledge_base.attributes.values() if a.question)
        self._concluding: dict[str, list[int]] = {}
        for index, rule in enumerate(knowledge_base.rules):
            for name in {conclusion.attribute for conclusion in rule.conclusions}:
                self._concluding.setdefault(name, []).append(index)
        conditions = {name: self._attributes_behind(self._condition(name)) for name in self.questions}
        everything = {name: self._attributes_behind(self._gate_premises(name)) for name in self.questions}
        self.behind = {name: everything[name].intersection(self.questions) - {name} for name in self.questions}
        # What a condition depends on, although it comes later: the question itself, and those that wait for it.
        self._later = {
            name: {
                other
                for other in self.questions
                if other in everything[name] and (other == name or name in conditions[other])
            }
            for name in self.questions
        }
        self.levels = self._find_levels()

    def concluding(self, name: str) -> list[int]:
        """List the rules that conclude an attribute, by their positions."""
        return self._concluding.get(name, [])

    def open_questions(self, given: Iterable[Fact], settled: Collection[str]) -> OpenQuestions:
        """Tell which questions may still be put.

        Parameters
        ----------
        given : iterable of Fact
            What is known so far.
        settled : collection of str
            The questions that are not put any more: answered, or not known.

        Returns
        -------
        OpenQuestions
            None that is settled; none that its condition or its rules have shut.
        """
        facts = tuple(given)
        names = [name for name in self.questions if name not in settled]
        while True:
            bounds = Bounds(self._model, facts, frozenset(names))
            gates = {name: self._gate_so_far(name, facts, names, bounds) for name in names}
            left = [name for name in names if gates[name] != SHUT]
            if len(left) < len(names):
                names = left
                continue
            ready = [name for name in left if gates[name] == OPEN]
            if not ready and left:
                now = Bounds(self._model, facts, ())
                ready = [name for name in left if self._gate(name, now) == OPEN]
                if not ready:  # each waits for another, so none is ever put
                    return OpenQuestions((), (), now)
            return OpenQuestions(tuple(ready), tuple(name for name in left if name not in ready), bounds)

    def is_shut(self, name: str, given: Iterable[Fact], settled: Collection[str]) -> bool:
        """Tell whether a question would not be put, whatever is answered to those that are not settled."""
        if not self._gate_premises(name):
            return False
        unsettled = frozenset(self.questions).difference(settled, [name])
        return self._gate(name, Bounds(self._model, given, unsettled)) == SHUT

    def _gate_so_far(self, name: str, facts: Iterable[Fact], names: Iterable[str], bounds: Bounds) -> Interval:
        """Bound whether a question may be put, by the answers that come before it."""
        gate = self._gate(name, bounds)
        later = self._later[name]
        if gate != WAITS or not later:
            return gate
        gate = self._gate(name, Bounds(self._model, facts, frozenset(names) - later))
        # Where others may come first after all, their answers may yet open it.
        return WAITS if gate == SHUT and later - {name} else gate

    def _gate(self, name: str, bounds: Bounds) -> Interval:
        """Bound whether a question may be put."""
        condition = [bounds.degree(premise) for premise in self._condition(name)]
        evidence = [bounds.evidence[index] for index in self.concluding(name)]
        if any(e.low > 0 for e in evidence) or any(d.high <= self._model.threshold for d in condition):
            return SHUT
        if all(e.high == 0 for e in evidence) and all(d.low > self._model.threshold for d in condition):
            return OPEN
        return WAITS

    def _condition(self, name: str) -> list[Premise]:
        """Take an attribute's ``ask_if`` as a list; empty if it has none."""
        ask_if = self._model.attributes[name].ask_if
        return [] if ask_if is None else [ask_if]

    def _gate_premises(self, name: str) -> list[Premise]:
        """List the premises that tell whether an attribute is asked, or what it becomes without being asked."""
        return [*self._condition(name), *(self._model.rules[index].premise for index in self.concluding(name))]

    def _attributes_behind(self, premises: Iterable[Premise]) -> set[str]:
        """Collect the attributes that premises depend on, through rules and conditions."""
        behind: set[str] = set()
        waiting = [*premises]
        while waiting:
            for test in tests(waiting.pop()):
                if test.attribute not in behind:
                    behind.add(test.attribute)
                    waiting += self._gate_premises(test.attribute)
        return behind

    def _find_levels(self) -> dict[str, int]:
        """Number the questions that are settled by those behind them, whatever the order of answers."""
        settled = {name for name in self.questions if self.behind[name] and not self._later[name] - {name}}
        circles = {name for name in settled if any(name in self.behind[o] for o in self.behind[name] & settled)}
        settled -= circles
        levels: dict[str, int] = {}
        for name in TopologicalSorter({name: self.behind[name] & settled for name in sorted(settled)}).static_order():
            levels[name] = 1 + max((levels[before] for before in self.behind[name] & settled), default=0)
        return levels
