"""The state of an interview: the present question and the answers so far. It does not depend on a terminal."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from expert.inference.consultation import AnyConsultation, Consultation, consult
from expert.interview import saved_state as states
from expert.interview.question import Progress, Question
from expert.interview.question_choice import Choice, Outlook
from expert.interview.saved_state import Turn
from expert.interview.why_asked import WhyAsked, why_asked
from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.facts_reading import facts_from_python
from expert.knowledge.model import Fact, Model
from expert.knowledge.problems import InputError, suggestion
from expert.knowledge.rules import Value


class Interview:
    """A dialogue that asks as few questions as it can."""

    def __init__(
        self,
        knowledge_base: Model,
        given: Iterable[Fact] = (),
        ask_all: bool = False,
    ):
        self.knowledge_base = knowledge_base
        self.ask_all = ask_all
        self._choice = Choice(knowledge_base)
        self._given = tuple(fact for fact in given if fact.certainty != 0)
        self._turns: dict[str, Turn] = {}
        self._again: str | None = None
        self._known_outlook: Outlook | None = None
        self._known_consultation: Consultation | None = None

    def __repr__(self) -> str:
        return f"<Interview {self.knowledge_base.name}, answers: {sum(not t.deferred for t in self._turns.values())}>"

    def __reduce__(self) -> tuple[Any, ...]:
        # Copied as it is saved; what it has computed is computed anew.
        return type(self).resume, (self.knowledge_base, self.to_dict())

    @classmethod
    def resume(
        cls,
        knowledge_base: Model,
        state: Mapping[str, Any],
        adopt: bool = False,
    ) -> Self:
        """Continue a saved interview.

        Parameters
        ----------
        knowledge_base : Model
            As for a new one.
        state : mapping
            What `to_dict` gave.
        adopt : bool
            Whether to accept an interview about another knowledge base, or about another version of this one; facts
            and answers that do not fit are left out.

        Returns
        -------
        Interview
            At the question where it stopped.

        Raises
        ------
        InputError
            If it is not a saved interview; or if it is about another knowledge base, unless `adopt` is set.
        """
        saved = states.read(state, knowledge_base, adopt)
        interview = cls(knowledge_base, saved.given, saved.ask_all)
        for turn in saved.turns:
            interview._turns[turn.name] = turn
        interview._drop_what_is_closed()
        interview._again = saved.again if saved.again in interview._turns else None
        return interview

    def next_question(self) -> Question | None:
        """Return the question to ask now; the same one until it is answered, skipped or left.

        Returns
        -------
        Question or None
            None once one outcome is left (the recommendation is `certain`, or the case `settled`) or nothing to ask.
        """
        name = self._again or self._chosen()
        if name is None:
            return None
        names = list(self._turns)
        before = names[: names.index(name)] if self._again else names
        position = 1 + sum(not self._turns[other].deferred for other in before)
        turn = self._turns.get(name)
        return Question(self.knowledge_base.attributes[name], position, turn.fact if turn else None)

    def answer(self, name: str, value: Any) -> None:
        """Answer the present question, or any other that is open or has been answered.

        Parameters
        ----------
        name : str
            The attribute.
        value : object
            As in facts: the value; a mapping with ``value`` and, optionally, ``certainty`` and ``note``; None or
            ``"unknown"`` if the answer is not known.

        Raises
        ------
        InputError
            If the attribute does not admit the value, or if its question is not open. The interview is unchanged then.
        """
        facts = facts_from_python({name: value}, self.knowledge_base)
        if name not in self._turns:
            self._refuse_unless_open(name)
        fact = facts[0]._replace(origin="answer") if facts and facts[0].certainty != 0 else None
        self._take(Turn(name, fact))

    def skip(self) -> None:
        """Defer the present question until no other is left; if it is skipped once more then, it stays open."""
        question = self.next_question()
        if question is not None:
            before = self._turns.get(question.name)
            comes_back = before is not None and before.deferred and self._again is None
            self._take(Turn(question.name, None, deferred=not comes_back))

    def back(self) -> Question | None:
        """Return to the question before the present one; later answers are kept as long as they fit.

        Returns
        -------
        Question or None
            That question; None if there is none.
        """
        names = list(self._turns)
        position = names.index(self._again) if self._again else len(names)
        if position == 0:
            return None
        return self.change(names[position - 1])

    def change(self, name: str) -> Question | None:
        """Ask a question again that was answered or deferred; the other answers are kept as long as they fit.

        Parameters
        ----------
        name : str
            The attribute.

        Returns
        -------
        Question or None
            That question.

        Raises
        ------
        InputError
            If it was neither answered nor deferred.
        """
        if name not in self._turns:
            message = f"'{shown(name)}' is not an answered question{suggestion(name, self._turns)}"
            raise InputError.at("change", message)
        self._again = name
        self._forget()
        return self.next_question()

    def keep(self) -> None:
        """Keep the earlier answer to a question that is being asked again."""
        self._again = None
        self._forget()

    def why(self) -> WhyAsked | None:
        """Explain why the present question is asked: which rules depend on it, and what its answer could change."""
        question = self.next_question()
        if question is None:
            return None
        return why_asked(question.attribute, self.consultation(), self._outlook().open_questions)

    def consultation(self) -> Consultation:
        """Consult the knowledge base about what is known so far."""
        return self._consulted(Consultation)

    def _consulted(self, kind: type[AnyConsultation]) -> AnyConsultation:
        """Consult it, once for each set of answers."""
        if not isinstance(self._known_consultation, kind):
            self._known_consultation = consult(self.knowledge_base, self.facts, kind)
        return self._known_consultation

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts given first, then the answers; without the answer to a question that is being asked again."""
        answers = (turn.fact for turn in self._turns.values() if turn.fact and turn.name != self._again)
        return (*self._given, *answers)

    @property
    def given(self) -> tuple[Fact, ...]:
        """The facts known before the first question."""
        return self._given

    @property
    def answers(self) -> tuple[Question, ...]:
        """The questions answered so far, in order; those answered with "don't know" have no fact."""
        turns = [turn for turn in self._turns.values() if not turn.deferred]
        attributes = self.knowledge_base.attributes
        return tuple(Question(attributes[turn.name], i, turn.fact) for i, turn in enumerate(turns, start=1))

    @property
    def certain(self) -> bool:
        """Whether no answer to an open question can change the recommendation."""
        return not self._outlook().matter

    @property
    def settled(self) -> Value | None:
        """The recommendation that all definite answers to open questions lead to, where it is not certain.

        Only "don't know" could lead elsewhere, or leave it undecided. None where definite answers could.
        """
        return self._outlook().one_left

    @property
    def open_questions(self) -> tuple[str, ...]:
        """The names of the questions that may still be asked, whether they can change the recommendation or not."""
        found = self._outlook().open_questions
        return tuple(name for name in self._choice.gates.questions if name in found.all)

    @property
    def progress(self) -> Progress:
        """How far the interview has come."""
        answered = sum(not turn.deferred for turn in self._turns.values() if turn.name != self._again)
        again = {self._again} if self._again else set()
        open_ones = again.union(self.open_questions)
        left = open_ones if self.ask_all else again.union(self._outlook().left)
        leaders = tuple(candidate.value for candidate in self.consultation().leaders)
        return Progress(answered, len(left), answered + len(open_ones), leaders)

    def to_dict(self) -> dict[str, Any]:
        """Convert it to plain data, from which it can be continued.

        Returns
        -------
        dict
            In the format ``expert.interview/1``: only dicts, lists, strings, numbers, booleans and None.
        """
        return states.write(self.knowledge_base, self.ask_all, self._given, self._turns.values(), self._again)

    def _take(self, turn: Turn) -> None:
        """Record a turn: in its old place if the question was asked again, else at the end."""
        if self._again != turn.name:
            self._turns.pop(turn.name, None)
        self._turns[turn.name] = turn
        self._again = None
        self._drop_what_is_closed()

    def _refuse_unless_open(self, name: str) -> None:
        """Raise if a question may not be answered."""
        possible = self._choice.gates.possible(self.facts, self._settled()).all
        if name not in possible:
            open_ones = [other for other in self._choice.gates.questions if other in possible]
            raise InputError.at("answer", f"'{shown(name)}' is not an open question{suggestion(name, open_ones)}")

    def _drop_what_is_closed(self) -> None:
        """Drop turns whose questions would not be asked given the other answers."""
        self._forget()
        answers = {turn.name: turn.fact for turn in self._turns.values() if not turn.deferred}
        fitting = self._choice.gates.fitting(self._given, answers)
        self._turns = {name: turn for name, turn in self._turns.items() if turn.deferred or name in fitting}
        if len(self._turns) > len(fitting):  # deferred questions may be closed, too
            possible = self._choice.gates.possible(self.facts, self._settled()).all
            self._turns = {n: turn for n, turn in self._turns.items() if not turn.deferred or n in possible}

    def _forget(self) -> None:
        """Discard what was computed for earlier answers."""
        self._known_outlook = self._known_consultation = None

    def _settled(self) -> set[str]:
        """Collect the questions that are not asked any more."""
        settled = {turn.name for turn in self._turns.values() if not turn.deferred and turn.name != self._again}
        return settled | {fact.attribute for fact in self._given}

    def _outlook(self) -> Outlook:
        """Find what is still open, once for each set of answers."""
        if self._known_outlook is None:
            self._known_outlook = self._choice.outlook(self.facts, self._settled())
        return self._known_outlook

    def _chosen(self) -> str | None:
        """Choose the best question; deferred ones come last."""
        outlook = self._outlook()
        names = (*outlook.best, *(outlook.open_questions.ready if self.ask_all else ()))
        fresh = [name for name in names if name not in self._turns]
        return next(iter(fresh or names), None)
