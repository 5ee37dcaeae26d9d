"""How answers can still change the recommendation: the one proof behind all that is said of open questions.

The recommendation is *certain* once it is the same for every way to answer what is still open, "don't know" included:
the same candidates lead, or none does. The bounds of the certainty factors prove that, or a table of all ways to answer
where it is small enough; never a sample. Answers still to come are taken as certain, or as not known.

What is *possible* is what all ways lead to in which every question that may be put has an answer other than "don't
know". If that is a single candidate, it holds whatever the answers are.
"""

from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import product
from math import prod
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from expert.inference.bounds import Bounds
from expert.inference.consultation import Consultation
from expert.inference.ranking import leading
from expert.knowledge.model import Fact, Model
from expert.knowledge.rules import Value
from expert.open_questions.gates import Gates, OpenQuestions
from expert.open_questions.ways import Ways

if TYPE_CHECKING:
    from expert.open_questions.answer_sets import AnswerSets, Table

CHOICE = 20_000
"""Up to so many ways to answer are all looked at at once."""

PROOF = 200_000
"""Up to so many are, to prove that the recommendation is certain where a sample suggests it."""

WORK = 8_000_000
"""But no more than this in ways to answer times rules and candidates, so that large bases do not take long."""

DRAWS = 40
"""So many ways to answer are tried one by one, before columns are loaded to decide them all."""


class Possible(NamedTuple):
    """The recommendations that definite answers lead to, in the order of the file; `always` if all lead to one."""

    values: tuple[Value, ...]
    always: bool

    @property
    def only(self) -> Value | None:
        """The recommendation that all definite answers lead to."""
        return self.values[0] if self.always and len(self.values) == 1 else None


class Prospect(NamedTuple):
    """All questions that may still be asked, and those of them that matter.

    These could still change the recommendation as far as the bounds tell; none can once it is certain. `table` has the
    ways to answer them; it is None where there are too many for a proof.
    """

    open_questions: OpenQuestions
    matter: tuple[str, ...]
    table: "Table | None" = None


def open_questions(consultation: Consultation) -> tuple[str, ...]:
    """Name the questions, about what is still unknown, that could be answered so that the recommendation changes."""
    model, given = consultation.knowledge_base, consultation.given
    matter = model.once(Prospects).matter(given, consultation.given_attributes)
    return tuple(name for name in matter if not consultation.is_known(name))


def possible(consultation: Consultation) -> Possible | None:
    """Tell what definite answers to the open questions can still lead to; None where they are too many."""
    prospects = consultation.knowledge_base.once(Prospects)
    return prospects.possible(consultation.given, consultation.given_attributes)


def can_ask(consultation: Consultation) -> bool:
    """Tell whether any question may be put, whether its answer matters or not."""
    gates = consultation.knowledge_base.once(Prospects).gates
    return bool(gates.possible(consultation.given, consultation.given_attributes).ready)


class Prospects:
    """Tells what can still change the recommendation, for one knowledge base."""

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base
        self.gates = Gates(knowledge_base)
        self._ways = Ways(knowledge_base)
        allowed = WORK // max(len(knowledge_base.all_rules) + len(knowledge_base.candidates), 1)
        self._choice, self._proof = min(CHOICE, allowed), min(PROOF, allowed)

    @cached_property
    def answer_sets(self) -> "AnswerSets":
        """What decides ways to answer; columns are loaded for it alone."""
        from expert.open_questions.answer_sets import AnswerSets

        return AnswerSets(self._model, self.gates, self._ways)

    def prospect(self, given: Iterable[Fact], settled: Collection[str]) -> Prospect:
        """Tell what is still open, and what of it could change the recommendation."""
        facts = tuple(given)
        return self._proved(facts, *self._bounded(facts, settled))

    def _proved(self, facts: tuple[Fact, ...], found: OpenQuestions, matter: tuple[str, ...]) -> Prospect:
        """Decide all ways to answer what the bounds leave, where they are few enough."""
        if not matter or not self._ways.are_within(matter, self._proof):
            return Prospect(found, matter)
        table = self.answer_sets.table(facts, matter, found.waiting, self._choice)
        if not table.complete and table.ends_alike:
            table = self.answer_sets.table(facts, matter, found.waiting, self._proof)
        return Prospect(found, () if table.complete and table.ends_alike else matter, table)

    def matter(self, given: Iterable[Fact], settled: Collection[str]) -> tuple[str, ...]:
        """Tell what could change the recommendation, without columns where a few ways to answer show that it can."""
        facts = tuple(given)
        found, matter = self._bounded(facts, settled)
        if not matter or self._can_change(facts, [name for name in matter if name in found.ready]):
            return matter
        return self._proved(facts, found, matter).matter

    def possible(self, given: Iterable[Fact], settled: Collection[str]) -> Possible | None:
        """Tell what definite answers can still lead to; None where they are too many to look at all of them."""
        facts = tuple(given)
        found, matter = self._bounded(facts, settled)
        if not matter:
            return self._possible([self._leaders(facts)])
        counts = self._definite_counts(matter)
        if counts is None:
            return None
        if prod(counts) <= DRAWS and not found.waiting:
            ways = product(*(self._ways[name].values[:count] for name, count in zip(matter, counts, strict=True)))
            return self._possible({self._leaders_with(facts, matter, answers) for answers in ways})
        return self._possible(self.answer_sets.definite_ends(facts, matter, found.waiting))

    def one_left(self, facts: Collection[Fact], prospect: Prospect, table: "Table") -> Value | None:
        """Give the one recommendation that all definite answers lead to; None where another is possible, or none.

        Nor is it where the rules decide otherwise as it is. Where a table is a sample, it is looked at first.
        """
        only = self._only_possible(facts, prospect, table)
        now = self._leaders(facts)
        return only if len(now) != 1 or now[0] == only else None

    def _only_possible(self, facts: Collection[Fact], prospect: Prospect, table: "Table") -> Value | None:
        """Give the one recommendation that all definite answers lead to."""
        found, matter, _ = prospect
        if self._definite_counts(matter) is None:
            return None
        ends = self.answer_sets.definite_ends_in(table, matter)
        if not table.complete and (not ends or self._possible(ends).only is not None):
            ends = self.answer_sets.definite_ends(facts, matter, found.waiting)
        return self._possible(ends).only

    def _possible(self, ends: Iterable[tuple[Value, ...]]) -> Possible:
        """Collect what is recommended where these candidates lead."""
        found = {self.recommended(leaders) for leaders in ends}
        return Possible(tuple(value for value in self._model.candidates if value in found), None not in found)

    def recommended(self, leaders: tuple[Value, ...]) -> Value | None:
        """Tell what is recommended where these candidates lead."""
        if leaders:
            return leaders[0] if len(leaders) == 1 else None
        return self._model.attributes[self._model.goal].otherwise

    def _definite_counts(self, names: Collection[str]) -> list[int] | None:
        """Count the definite answers to each question; None where all ways to answer are too many.

        Nor are they looked at where the order in which the questions are put counts.
        """
        if not self._model.inputs.isdisjoint(names):
            return None
        if any(self.gates.behind[name] and name not in self.gates.levels for name in names):
            return None
        counts = [self._ways.definite(name) for name in names]
        return counts if prod(counts) <= self._proof else None

    def _bounded(self, facts: Collection[Fact], settled: Collection[str]) -> tuple[OpenQuestions, tuple[str, ...]]:
        """Find the open questions, and those of them that the bounds leave."""
        found = self.gates.open_questions(facts, settled)
        wanted = found.bounds.behind(found.bounds.contenders()) & found.all
        return found, tuple(name for name in self.gates.questions if name in wanted)

    def _can_change(self, facts: Collection[Fact], ready: Collection[str]) -> bool:
        """Look for a way to answer that changes who leads, among some that are always the same."""
        if not self._ways.are_within(ready, self._proof):
            return False
        now, pick = self._leaders(facts), Random(0)
        for _ in range(DRAWS):
            if self._leaders_with(facts, ready, [pick.choice(self._ways[name].values) for name in ready]) != now:
                return True
        return False

    def _leaders_with(
        self, facts: Iterable[Fact], names: Iterable[str], answers: Iterable[Value | None]
    ) -> tuple[Value, ...]:
        """Find which candidates lead after some answers, of which None says nothing."""
        said = [Fact(name, value) for name, value in zip(names, answers, strict=True) if value is not None]
        return self._leaders([*facts, *said])

    def _leaders(self, facts: Iterable[Fact]) -> tuple[Value, ...]:
        """Find which candidates lead where nothing else is answered: the bounds are exact then."""
        exact = Bounds(self._model, facts, ()).certainties[self._model.goal]
        return leading(self._model, {value: interval.low for value, interval in exact.items()})
