"""An interview with a person: each question is asked, and each answer saved, until nothing is left to ask."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from textwrap import wrap
from typing import Any

from expert.api.interview import Interview, Question
from expert.cli.interview.prompts import Prompt, Screen
from expert.cli.interview.typed import DONT_KNOW, Typed
from expert.cli.terminal import bars, can_show, style, terminal_width
from expert.knowledge.model import Attribute
from expert.knowledge.rules import Value
from expert.rendering.text.interview_text import (
    certain_text,
    doubted,
    one_left_text,
    present_text,
    progress_line,
    why_text,
)

HELP = """\
Type the number of an answer, its name, or the beginning of its name. If you are
not sure: rather yes, perhaps yes, or with a certainty: yes (0.8).
  back     return to the previous question
  skip     defer this question
  explain  show the ranking so far
  quit     leave; your answers are saved
"""
"""What can be typed."""


def confirm(prompt: Prompt, question: str) -> bool:
    """Ask for yes or no; the end of the input means no."""
    return _choose(prompt, question, {"no": "no", "yes": "yes"}) == "yes"


def _choose(prompt: Prompt, question: str, choices: Mapping[str, str]) -> Value | None:
    """Ask a question about the interview itself; the end of the input means the first answer."""
    try:
        return prompt.ask(Screen(Attribute("", question=question, choices=choices))).value
    except EOFError:
        return next(iter(choices))


class Dialogue:
    """Conducts an interview."""

    def __init__(self, interview: Interview, prompt: Prompt, save: Callable[[Mapping[str, Any]], None]):
        self._interview = interview
        self._prompt = prompt
        self._save = save

    def run(self) -> None:
        """Ask questions until one recommendation is left or nothing is left to ask."""
        self._ask_questions()
        while not self._interview.ask_all and (more := len(self._interview.open_questions)):
            does = self._offer(more)
            if does == "no":
                return
            if does == "back":
                self._interview.back()
                self._ask_questions()
                continue
            self._interview.ask_all = True
            with suppress(EOFError):  # the recommendation is certain, so one may stop at any time
                self._ask_questions()

    def _ask_questions(self) -> None:
        interview = self._interview
        while (question := interview.next_question()) is not None:
            line = progress_line(question, interview.progress, interview.consultation())
            typed = self._prompt.ask(Screen(question.attribute, line, question.answered))
            if typed.word == "quit":
                raise EOFError
            if typed.word in ("why", "explain"):
                self._tell(f"\n{question.attribute.question}\n", "heading")
                self._prompt.tell(self._why() if typed.word == "why" else self._ranking())
                continue
            self._take(question, typed)
            self._save(interview.to_dict())

    def _take(self, question: Question, typed: Typed) -> None:
        """Answer a question, defer it or go back, and say so."""
        interview = self._interview
        before = {fact.attribute for fact in interview.facts}
        if typed.word == "back":
            again = interview.back()
            self._tell("This is the first question.\n" if again is None else "Back.\n", "faint")
            return
        if typed.word == "skip":
            interview.skip()
            said = "skipped for now"
        else:
            interview.answer(question.name, {"value": typed.value, "certainty": typed.certainty})
            label = question.attribute.value_label
            said = DONT_KNOW if typed.value is None else doubted(label(typed.value), typed.certainty)
        self._tell_answer(question.attribute.question, said)
        dropped = before - {fact.attribute for fact in interview.facts}
        for name in sorted(dropped - {question.name}):
            asked = interview.knowledge_base.attributes[name].question
            self._tell(f"  Dropped, as it no longer fits: {asked}\n", "faint")

    def _tell_answer(self, question: str, said: str) -> None:
        """Print a question with its answer, on one line if there is room."""
        mark, width = "✓" if can_show("✓") else "*", terminal_width()
        lines = wrap(question, width, initial_indent="  ", subsequent_indent="  ")
        space = " " if len(f"{lines[-1]} {said}") <= width else "\n  "
        text = "\n".join(lines)[2:]
        self._prompt.tell(f"{style(mark, 'for')} {text}{space}{style(said, 'heading')}\n")

    def _offer(self, more: int) -> Value | None:
        """Say that the recommendation is certain, or that one is left; offer to end, to continue or to go back."""
        consultation = self._interview.consultation()
        # A question answered with "don't know" is not asked again, but it is open, and the report names it.
        if_found_out = not {*consultation.open_questions} <= {*self._interview.open_questions}
        one_left = self._interview.settled
        if one_left is None:
            said = certain_text(consultation, more, terminal_width(), style, if_found_out)
        else:
            said = one_left_text(consultation, one_left, more, terminal_width(), style, if_found_out)
        self._prompt.tell("\n" + said)
        choices = {"no": "no, show the recommendation with its reasons", "yes": "yes, ask the rest"}
        if self._interview.progress.answered:
            choices["back"] = "back to the last question"
        return _choose(self._prompt, "Continue anyway?", choices)

    def _why(self) -> str:
        why = self._interview.why()
        assert why is not None  # a question is being asked
        return f"{why_text(why, self._interview.consultation(), terminal_width(), style)}\n{HELP}"

    def _ranking(self) -> str:
        return present_text(self._interview.consultation(), terminal_width(), style, bars())

    def _tell(self, text: str, role: str) -> None:
        self._prompt.tell(style(text, role))
