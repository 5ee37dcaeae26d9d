"""How answers can still change the recommendation: the one proof behind all that is said of open questions.

The recommendation is *certain* once it is the same for every way to answer what is still open, "don't know" included:
the same candidates lead, or none does. The bounds of the certainty factors prove that, or a table of all ways to answer
where it is small enough; never a sample. Answers still to come are taken as certain, or as not known.
"""

from collections.abc import Collection, Iterable
from functools import cached_property
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
    matter = model.once(Prospects).matter(given, {fact.attribute for fact in given if fact.certainty != 0})
    return tuple(name for name in matter if not consultation.is_known(name))


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
            answers = [(name, pick.choice(self._ways[name].values)) for name in ready]
            if self._leaders([*facts, *(Fact(name, value) for name, value in answers if value is not None)]) != now:
                return True
        return False

    def _leaders(self, facts: Iterable[Fact]) -> tuple[Value, ...]:
        """Find which candidates lead where nothing else is answered: the bounds are exact then."""
        exact = Bounds(self._model, facts, ()).certainties[self._model.goal]
        return leading(self._model, {value: interval.low for value, interval in exact.items()})
