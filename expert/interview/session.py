"""An interview as a dialogue: the question that is put, the answers so far, back and forth. It knows no terminal."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from expert.inference.consultation import AnyConsultation, Consultation, consult
from expert.interview import saved_state as states
from expert.interview.question import Progress, Question
from expert.interview.question_choice import Choice, Outlook
from expert.interview.saved_state import Turn
from expert.interview.why_asked import WhyAsked, why_asked
from expert.knowledge.loading.facts_reading import facts_from_python
from expert.knowledge.model import Fact, Model
from expert.knowledge.problems import InputError, Place, Problem, suggestion


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
        return f"<Interview {self.knowledge_base.name}, answers: {sum(not t.put_off for t in self._turns.values())}>"

    def __reduce__(self) -> tuple[Any, ...]:
        # Copied as it is saved: what it has worked out is made anew.
        return type(self).resume, (self.knowledge_base, self.to_dict())

    @classmethod
    def resume(
        cls,
        knowledge_base: Model,
        state: Mapping[str, Any],
        adopt: bool = False,
    ) -> Self:
        """Go on with a saved interview.

        Parameters
        ----------
        knowledge_base : Model
            As for a new one.
        state : mapping
            What `to_dict` gave.
        adopt : bool
            Whether to take it over from another knowledge base, or from another version of this one: with the facts
            and answers that fit, and without the others.

        Returns
        -------
        Interview
            At the question where it was left.

        Raises
        ------
        InputError
            If it is no saved interview; or one about another knowledge base, unless `adopt` is set.
        """
        saved = states.read(state, knowledge_base, adopt)
        interview = cls(knowledge_base, saved.given, saved.ask_all)
        for turn in saved.turns:
            interview._turns[turn.name] = turn
        interview._drop_what_does_not_fit()
        interview._again = saved.again if saved.again in interview._turns else None
        return interview

    def next_question(self) -> Question | None:
        """Give the question to put now; the same until it is answered.

        Returns
        -------
        Question or None
            None when the recommendation is certain, or nothing is left to ask.
        """
        name = self._again or self._chosen()
        if name is None:
            return None
        names = list(self._turns)
        before = names[: names.index(name)] if self._again else names
        position = 1 + sum(not self._turns[other].put_off for other in before)
        turn = self._turns.get(name)
        return Question(self.knowledge_base.attributes[name], position, turn.fact if turn else None)

    def answer(self, name: str, value: Any) -> None:
        """Answer a question: the one that is put, or any other that is open or has been answered.

        Parameters
        ----------
        name : str
            The attribute.
        value : object
            As in facts: the value; a mapping with ``value``, and, if wanted, ``certainty`` and ``note``; None or
            ``"unknown"`` where the answer is not known.

        Raises
        ------
        InputError
            If the attribute does not admit the value, or its question is not open. Nothing changes then.
        """
        facts = facts_from_python({name: value}, self.knowledge_base)
        if name not in self._turns:
            self._refuse_unless_open(name)
        fact = facts[0]._replace(origin="answer") if facts and facts[0].certainty != 0 else None
        self._take(Turn(name, fact))

    def skip(self) -> None:
        """Put the present question off until no other is left; one that comes back and is skipped again stays open."""
        question = self.next_question()
        if question is not None:
            before = self._turns.get(question.name)
            comes_back = before is not None and before.put_off and self._again is None
            self._take(Turn(question.name, None, put_off=not comes_back))

    def back(self) -> Question | None:
        """Put the question before the present one again; all later answers that still fit stay.

        Returns
        -------
        Question or None
            The question; None if there is none before.
        """
        names = list(self._turns)
        position = names.index(self._again) if self._again else len(names)
        if position == 0:
            return None
        self._again = names[position - 1]
        self._forget()
        return self.next_question()

    def why(self) -> WhyAsked | None:
        """Tell why the present question is put: what waits for its answer, and what that could move."""
        question = self.next_question()
        if question is None:
            return None
        return why_asked(question.attribute, self.consultation(), self._outlook().open_questions)

    def consultation(self) -> Consultation:
        """Consult the knowledge base about what is known so far."""
        return self._consulted(Consultation)

    def _consulted(self, kind: type[AnyConsultation]) -> AnyConsultation:
        """Consult it, once for the present answers."""
        if not isinstance(self._known_consultation, kind):
            self._known_consultation = consult(self.knowledge_base, self.facts, kind)
        return self._known_consultation

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts given first, then the answers; without the one to a question that is put again."""
        answers = (turn.fact for turn in self._turns.values() if turn.fact and turn.name != self._again)
        return (*self._given, *answers)

    @property
    def certain(self) -> bool:
        """Whether nothing that may still be answered changes the recommendation."""
        return not self._outlook().matter

    @property
    def open_questions(self) -> tuple[str, ...]:
        """The names of the questions that may still be asked, be it that they can change the recommendation or not."""
        found = self._outlook().open_questions
        return tuple(name for name in self._choice.gates.questions if name in found.all)

    @property
    def progress(self) -> Progress:
        """How far it has come."""
        answered = sum(not turn.put_off for turn in self._turns.values() if turn.name != self._again)
        again = {self._again} if self._again else set()
        open_ones = again.union(self.open_questions)
        left = open_ones if self.ask_all else again.union(self._outlook().left)
        leaders = tuple(candidate.value for candidate in self.consultation().leaders)
        return Progress(answered, len(left), answered + len(open_ones), leaders)

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data, to go on another time.

        Returns
        -------
        dict
            Format ``expert.interview/1``; made of dicts, lists, texts, numbers, booleans and None alone.
        """
        return states.write(self.knowledge_base, self.ask_all, self._given, self._turns.values(), self._again)

    def _take(self, turn: Turn) -> None:
        """Put a turn in the place of the one that is put again, or at the end."""
        if self._again != turn.name:
            self._turns.pop(turn.name, None)
        self._turns[turn.name] = turn
        self._again = None
        self._drop_what_does_not_fit()

    def _refuse_unless_open(self, name: str) -> None:
        """Raise if a question may not be answered."""
        possible = self._choice.gates.possible(self.facts, self._settled()).all
        if name not in possible:
            open_ones = [other for other in self._choice.gates.questions if other in possible]
            raise InputError(
                [Problem(Place("answer"), f"'{name}' is not an open question{suggestion(name, open_ones)}")]
            )

    def _drop_what_does_not_fit(self) -> None:
        """Drop turns whose questions would not be put beside the others."""
        self._forget()
        answers = {turn.name: turn.fact for turn in self._turns.values() if not turn.put_off}
        fitting = self._choice.gates.fitting(self._given, answers)
        self._turns = {name: turn for name, turn in self._turns.items() if turn.put_off or name in fitting}
        if len(self._turns) > len(fitting):  # what is put off may be shut as well
            possible = self._choice.gates.possible(self.facts, self._settled()).all
            self._turns = {n: turn for n, turn in self._turns.items() if not turn.put_off or n in possible}

    def _forget(self) -> None:
        """Forget what was worked out for other answers."""
        self._known_outlook = self._known_consultation = None

    def _settled(self) -> set[str]:
        """Collect the questions that are not put any more."""
        settled = {turn.name for turn in self._turns.values() if not turn.put_off and turn.name != self._again}
        return settled | {fact.attribute for fact in self._given}

    def _outlook(self) -> Outlook:
        """Tell what is still open."""
        if self._known_outlook is None:
            self._known_outlook = self._choice.outlook(self.facts, self._settled())
        return self._known_outlook

    def _chosen(self) -> str | None:
        """Choose the best question; those put off come last."""
        outlook = self._outlook()
        names = (*outlook.best, *(outlook.open_questions.ready if self.ask_all else ()))
        fresh = [name for name in names if name not in self._turns]
        return next(iter(fresh or names), None)
