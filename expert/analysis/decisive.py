"""Which answers to open questions would change the recommendation: one alone, or else the fewest together.

Answers are certain. The questions are tried in the order of the file, until the work allowed is done; what is called
impossible has been tried in full.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from expert.analysis.changing_case import ChangingCase
from expert.analysis.single_changes import case_ranges
from expert.inference.consultation import Consultation
from expert.inference.ranking import Answer, answer_of
from expert.knowledge.crossings import CaseRanges, is_moved_by, share_an_input
from expert.knowledge.distinctions import distinguishing_values, numbers_of_ranges
from expert.knowledge.model import Attribute, Model
from expert.knowledge.ranges import Range, Ranges
from expert.knowledge.rules import Value
from expert.open_questions.prospects import open_questions

ALONE = 400_000
"""How many rules are evaluated, and pieces of evidence weighed, before the search for a single answer ends."""

TOGETHER = 50_000
"""The same, for the search for several answers."""


class DecisiveQuestion(NamedTuple):
    """An open question with answers that, on their own, change the recommendation, and to what.

    For each answer that is a number, `ranges` has the numbers that have the same effect.
    """

    attribute: Attribute
    answers: tuple[tuple[Value, Value], ...]
    ranges: tuple[Range | None, ...] = ()


class JointAnswers(NamedTuple):
    """Answers that, together, change the recommendation, where no fewer do; and what is recommended then.

    For each answer that is a number, `ranges` has the numbers that have the same effect.
    """

    answers: tuple[tuple[Attribute, Value], ...]
    ranges: tuple[Range | None, ...]
    then: Answer


class Decisive:
    """What answers to the open questions of a consultation would change its recommendation."""

    def __init__(self, consultation: Consultation, alone: int = ALONE, together: int = TOGETHER):
        self.searched = self.size = 0
        self._model = consultation.knowledge_base
        self._now = consultation.recommendation
        self.open_questions = consultation.once(open_questions)
        ranges = consultation.once(case_ranges)
        self._open = [_Question(self._model, name, ranges) for name in self.open_questions]
        self._case = ChangingCase(consultation)
        self._alone, self._together = alone, together
        self._last = 0
        self._single: JointAnswers | None = None

    @property
    def work(self) -> int:
        """How much has been done so far."""
        return self._case.work

    @property
    def is_searched(self) -> bool:
        """Whether all open questions have been tried alone."""
        return self.searched == len(self._open)

    @property
    def is_exhausted(self) -> bool:
        """Whether sets of all sizes have been tried in full: nothing changes the recommendation."""
        return self.size >= sum(bool(question.values) for question in self._open)

    def questions(self) -> Iterator[DecisiveQuestion]:
        """Find the questions that alone can change the recommendation, each when it is asked for."""
        self._last = self._case.work + self._alone
        for question in self._open:
            attribute, answers = question.attribute, []
            for value in question.distinguishing if self._would_be_asked(attribute) else ():
                if self._is_spent:
                    break
                self._case.answer(attribute.name, value)
                then = self._answer()
                if then.recommendation != self._now:
                    self._single = self._single or self._written([(question, value)], then)
                    if then.recommendation is not None:
                        answers.append((value, then.recommendation))
            self._case.answer(attribute.name, None)
            self.searched += question.is_whole and not self._is_spent
            if answers:
                yield DecisiveQuestion(attribute, tuple(answers), tuple(question.range(value) for value, _ in answers))
            if self._is_spent:
                return

    def together(self) -> JointAnswers | None:
        """Find the fewest answers that, together, change the recommendation, once `questions` has tried them alone."""
        if self._single or not self.is_searched:
            return self._single
        self.size = 1
        self._last = self._case.work + self._together
        questions = [question for question in self._open if question.values]
        for size in range(2, len(questions) + 1):
            found = self._first(questions, size, ())
            for question in questions:
                self._case.answer(question.attribute.name, None)
            if found or self._is_spent:
                return found
            if self._is_every_answer_tried:
                self.size = size
        return None

    @property
    def _is_every_answer_tried(self) -> bool:
        """Whether answers stand for all others, together, too: not where one number has several open inputs."""
        return not share_an_input(self._model, self.open_questions)

    def _first(
        self, questions: Sequence["_Question"], size: int, taken: tuple[tuple["_Question", Value], ...]
    ) -> JointAnswers | None:
        """Find the first set with so many answers more; they come in the order of the file."""
        if size == 0:
            return self._joint(taken)
        for position in range(len(questions) - size + 1):
            question = questions[position]
            for value in question.values:
                if self._is_spent:
                    return None
                self._case.answer(question.attribute.name, value)
                found = self._first(questions[position + 1 :], size - 1, (*taken, (question, value)))
                if found:
                    return found
            self._case.answer(question.attribute.name, None)
        return None

    def _joint(self, taken: Sequence[tuple["_Question", Value]]) -> JointAnswers | None:
        """Tell what comes of the answers taken, if it is something else and each of them would be asked for."""
        then = self._answer()
        if then.recommendation == self._now:
            return None
        for question, value in taken:
            self._case.answer(question.attribute.name, None)
            would_be_asked = self._would_be_asked(question.attribute)
            self._case.answer(question.attribute.name, value)
            if not would_be_asked:
                return None
        return self._written(taken, then)

    def _written(self, taken: Sequence[tuple["_Question", Value]], then: Answer) -> JointAnswers:
        """Write answers with what they stand for."""
        answers = tuple((question.attribute, value) for question, value in taken)
        names = [question.attribute.name for question, _ in taken]
        moves = [is_moved_by(self._model, name, names) for name in names]
        ranges = (
            None if is_moved else question.range(value)
            for (question, value), is_moved in zip(taken, moves, strict=True)
        )
        return JointAnswers(answers, tuple(ranges), then)

    @property
    def _is_spent(self) -> bool:
        """Whether the work allowed is done."""
        return self._case.work >= self._last

    def _answer(self) -> Answer:
        """Tell what is recommended now."""
        self._case.work += len(self._model.candidates)
        return answer_of(self._model, self._case.certainties.get(self._model.goal, {}))

    def _would_be_asked(self, attribute: Attribute) -> bool:
        """Tell whether a question's condition for asking holds now."""
        return attribute.ask_if is None or self._case.holds(attribute.ask_if)


class _Question:
    """An open question, with the answers that rules tell apart."""

    def __init__(self, knowledge_base: Model, name: str, ranges: CaseRanges):
        self._model = knowledge_base
        self.attribute = knowledge_base.attributes[name]
        self._case = ranges

    @cached_property
    def distinguishing(self) -> tuple[Value, ...]:
        """A value of each range, or each choice that rules tell apart, while all else stays."""
        number = self.attribute.number
        if self._ranges is None or not number:
            return distinguishing_values(self._model, self.attribute)
        if self.attribute.name in self._model.inputs:
            return numbers_of_ranges(self._ranges, number)
        return _first(distinguishing_values(self._model, self.attribute), self._ranges.of)

    @cached_property
    def values(self) -> list[Value]:
        """The first distinguishing value of each effect; and some others where other answers move the effects."""
        if self._ranges is None:
            return list(self.distinguishing)
        more = distinguishing_values(self._model, self.attribute) if self.attribute.name in self._model.inputs else ()
        return list(dict.fromkeys([*_first(self.distinguishing, self._ranges.effect), *more]))

    @property
    def is_whole(self) -> bool:
        """Whether every answer has the effect of a distinguishing value, for sure."""
        return self._ranges is None or self._ranges.is_whole

    def range(self, value: Value) -> Range | None:
        """Give the numbers that have the effect of an answer."""
        return None if self._ranges is None else self._ranges.of(value)

    @cached_property
    def _ranges(self) -> Ranges | None:
        return self._case.of(self.attribute.name) if self.attribute.number else None


def _first(values: Iterable[Value], key: Callable[[Value], Hashable]) -> tuple[Value, ...]:
    """Keep the first of those that are alike."""
    first: dict[Hashable, Value] = {}
    for value in values:
        first.setdefault(key(value), value)
    return tuple(first.values())
