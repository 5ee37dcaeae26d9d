"""An interview with a person: each question is asked, and each answer saved, until nothing is left to ask."""

from collections.abc import Callable, Mapping
from textwrap import wrap
from typing import Any

from click.exceptions import Exit

from expert.api.interview import Interview, Question
from expert.cli.interview.prompts import Prompt, Screen
from expert.cli.interview.typed import Typed
from expert.cli.terminal import bars, can_show, style, terminal_width
from expert.interview.question import DONT_KNOW
from expert.knowledge.model import Attribute
from expert.rendering.text.interview_text import (
    answer_text,
    certain_text,
    doubted,
    explain_text,
    more_text,
    one_left_text,
    progress_line,
    why_text,
    words_text,
)
from expert.rendering.text.text_page import wrapped

PICKING = "Type the number of an answer, its name, or the beginning of its name."

ANSWERING = f"{PICKING} If you are not sure: rather yes, perhaps yes, or with a certainty: yes (0.8)."

COMMANDS = {
    "back": "return to the previous question",
    "skip": "defer this question",
    "explain": "show the ranking so far, and why",
    "review": "show your answers, and change one",
    "done": "end now, with the best answer so far",
    "quit": "leave for now; your answers are saved",
}
"""What can be typed instead of an answer."""

CHECK = "Check your answers; pick one to change it."
"""Asks for a review."""

_CHECKING = {
    "back": "return to the question",
    **{word: COMMANDS[word] for word in ("explain", "done", "quit")},
}
"""What can be typed there."""

_CHANGE = "change "
"""Begins the name of a choice that is the change of an answer; no other name has a space."""


def confirm(prompt: Prompt, question: str) -> bool:
    """Ask for yes or no; the end of the input means no. Who quits leaves the command."""
    does = choose(prompt, question, {"no": "no", "yes": "yes"}, {"quit": "leave; everything stays as it is"})
    if does == "quit":
        raise Exit
    return does == "yes"


def choose(prompt: Prompt, question: str, choices: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Ask a question about the interview itself; the end of the input means the first answer.

    The words, each with what it does, can be typed instead of an answer. If one is, it is returned.
    """
    screen = Screen(Attribute("", question=question, choices=choices), words=("why", *words))
    while True:
        try:
            typed = prompt.ask(screen)
        except EOFError:
            return next(iter(choices))
        if typed.word != "why":
            return typed.word or str(typed.value)
        prompt.tell(f"\n{style(question, 'heading')}\n{words_text(PICKING, words, terminal_width())}")


class Dialogue:
    """Conducts an interview."""

    def __init__(self, interview: Interview, prompt: Prompt, save: Callable[[Mapping[str, Any]], None]):
        self._interview = interview
        self._prompt = prompt
        self._save = save

    def run(self, first: str = "") -> bool:
        """Ask questions until one recommendation is left or nothing is left to ask; tell whether it ends for good.

        It also does where the person is done; it does not where the person quits for now. It begins with what the
        first word asks for: back, or a review.
        """
        interview, is_review, may_stop = self._interview, first == "review", False
        if first == "back":
            interview.back()
        while True:
            try:
                word = self._ask_questions(is_review)
            except EOFError:
                if not may_stop:
                    raise
                return True
            more = 0 if interview.ask_all else len(interview.open_questions)
            if word or not (more or (self._prompt.attended and interview.answers)):
                return word != "quit"
            is_review = False  # the answers are shown now
            does = self._offer(more)
            if does in ("no", "done", "quit"):
                return does != "quit"
            may_stop = does == "yes"  # the recommendation is certain, so one may stop at any time
            if may_stop:
                interview.ask_all = True
            elif does == "back":
                interview.back()
            else:
                interview.change(does.removeprefix(_CHANGE))

    def _ask_questions(self, is_review: bool) -> str:
        """Ask until no question is left, or the person is done or quits; return that word."""
        interview = self._interview
        while (question := interview.next_question()) is not None:
            typed = Typed("review") if is_review else self._prompt.ask(self._screen(question))
            is_review = False
            word = self._review() if typed.word == "review" else typed.word
            if word == "done":
                interview.keep()
            if word in ("done", "quit"):
                return word
            if word in ("why", "more"):
                self._explain_asking(question, word)
            elif word == "explain":
                self._explain()
            elif typed.word != "review" and self._take(question, typed):
                self._save(interview.to_dict())
        return ""

    def _screen(self, question: Question) -> Screen:
        """Put a question with how far the interview has come and, if it is asked again, the earlier answer."""
        interview = self._interview
        line = progress_line(question, interview.progress, interview.consultation())
        earlier = next((answer_text(each) for each in interview.answers if each.name == question.name), "")
        return Screen(question.attribute, line, question.answered, earlier)

    def _take(self, question: Question, typed: Typed) -> bool:
        """Answer a question, defer it or go back, and say so; tell whether that could be done."""
        interview = self._interview
        before = {fact.attribute for fact in interview.facts}
        if typed.word == "back":
            again = interview.back()
            self._tell("This is the first question.\n" if again is None else "Back.\n", "faint")
            return again is not None
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
        return True

    def _tell_answer(self, question: str, said: str) -> None:
        """Print a question with its answer, on one line if there is room."""
        mark, width = "✓" if can_show("✓") else "*", terminal_width()
        lines = wrap(question, width, initial_indent="  ", subsequent_indent="  ")
        space = " " if len(f"{lines[-1]} {said}") <= width else "\n  "
        text = "\n".join(lines)[2:]
        self._prompt.tell(f"{style(mark, 'for')} {text}{space}{style(said, 'heading')}\n")

    def _review(self) -> str:
        """Show the answers; if one is picked, ask its question again. Return what was picked or typed."""
        if not self._interview.answers:
            self._tell("Nothing has been answered yet.\n", "faint")
            return ""
        does = self._choose(CHECK, {"go on": "go on"} | self._changes(), _CHECKING)
        if does.startswith(_CHANGE):
            self._interview.change(does.removeprefix(_CHANGE))
        return does

    def _choose(self, question: str, choices: Mapping[str, str], words: Mapping[str, str]) -> str:
        """Ask a question about the interview itself; explain the ranking as often as that is asked for."""
        while (does := choose(self._prompt, question, choices, words)) == "explain":
            self._explain()
        return does

    def _changes(self, said: str = "") -> dict[str, str]:
        """Offer to change each answer; `said` says so where the question above does not."""
        return {
            f"{_CHANGE}{each.name}": f"{said}{each.attribute.question} {answer_text(each)}"
            for each in self._interview.answers
        }

    def _offer(self, more: int) -> str:
        """Show the answers before the end; offer to end, to ask what is left, or to change an answer."""
        if not more:
            question, choices = CHECK, {"done": "all right, show the recommendation"}
        else:
            self._prompt.tell("\n" + self._end_text(more))
            question = "Continue anyway?"
            choices = {"no": "no, show the recommendation with its reasons", "yes": "yes, ask the rest"}
        if self._interview.answers:
            choices["back"] = "back to the last question"
        words = {word: does for word, does in COMMANDS.items() if word in ("explain", "done", "quit", *choices)}
        return self._choose(question, choices | self._changes("change: " if more else ""), words)

    def _end_text(self, more: int) -> str:
        """Say that the recommendation is certain, or that one is left."""
        consultation = self._interview.consultation()
        # A question answered with "don't know" is not asked again, but it is open, and the report names it.
        if_found_out = not {*consultation.open_questions} <= {*self._interview.open_questions}
        one_left = self._interview.settled
        if one_left is None:
            return certain_text(consultation, more, terminal_width(), style, if_found_out)
        return one_left_text(consultation, one_left, more, terminal_width(), style, if_found_out)

    def _explain(self) -> None:
        """Show the ranking so far, and the reasons for it."""
        shown = explain_text(self._interview.consultation(), terminal_width(), style, bars())
        self._prompt.tell_all(f"\n{style('So far', 'heading')}\n{shown}")

    def _explain_asking(self, question: Question, word: str) -> None:
        """Say why a question is asked, in brief or in full."""
        consultation, width = self._interview.consultation(), terminal_width()
        why = self._interview.why()
        assert why is not None  # a question is being asked
        heading = "".join(f"{style(line, 'heading')}\n" for line in ("", *wrap(question.attribute.question, width)))
        if word == "more":
            words = words_text(ANSWERING, COMMANDS, width)
            self._prompt.tell_all(f"{heading}{more_text(why, consultation, width, style)}\n{words}")
            return
        further = "\n".join(wrapped("Type more for the rules behind it, and for all that you can type.", 0, width))
        self._prompt.tell(f"{heading}{why_text(why, consultation, width, style)}\n{style(further, 'faint')}\n")

    def _tell(self, text: str, role: str) -> None:
        self._prompt.tell(style(text, role))
