"""``expert ask``: an interview that ends in the recommendation."""

import shlex
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import Any

import click

from expert.api.interview import Interview
from expert.api.knowledge_base import KnowledgeBase
from expert.cli.interview.dialogue import Dialogue, confirm
from expert.cli.interview.prompts import choose_prompt, wrapped
from expert.cli.interview.saved import SavedInterview, latest_unfinished, new_interview
from expert.cli.options import RULES, file_rules_option, goal_option, print_recommendation, set_option
from expert.cli.terminal import bars, is_terminal, print_line, print_text, style, terminal_height, terminal_width
from expert.knowledge.atomic_files import check_target, whole_file
from expert.knowledge.foreign_text import visible
from expert.knowledge.loading.facts_writing import facts_file
from expert.knowledge.model import Fact
from expert.knowledge.problems import InputError, Place
from expert.rendering.text.interview_text import early_text, plural, present_text, resumed_text


@click.command()
@click.option("--facts", type=click.Path(), metavar="FILE", help="A facts file; what it states is not asked.")
@set_option
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the answers to this facts file.",
)
@click.option("--force", is_flag=True, help="Let --out replace an existing file.")
@click.option("--resume", is_flag=True, help="Continue the last unfinished interview.")
@click.option(
    "--until-certain/--all",
    default=None,
    help="Stop as soon as all answers lead to one recommendation (the default), or ask everything.",
)
@goal_option
@file_rules_option
@click.pass_context
def ask(
    ctx: click.Context,
    facts: str | None,
    settings: tuple[str, ...],
    out: Path | None,
    force: bool,
    resume: bool,
    until_certain: bool | None,
    goal: str | None,
    knowledge_base: KnowledgeBase,
) -> None:
    """Answer as few questions as possible, and get a recommendation.

    The most informative question comes first. Type ? to see why a question is asked and what you can type. Each answer
    is saved before the next question is asked: in the folder EXPERT_STATE or, if that is not set, in your folder for
    application state.

    \b
    Examples:
      expert ask
      expert ask --facts facts.yaml --out answers.yaml
      expert ask --resume
    """
    if resume and (facts is not None or settings):
        raise click.UsageError("--resume continues an interview with its own facts; leave out --facts and --set.")
    if facts == "-":
        raise click.UsageError("--facts - cannot be used here, as answers are read from standard input.")
    if out is not None:
        check_target(out)
    command = _Command(knowledge_base, ctx.meta.get(RULES), goal)
    given = knowledge_base.read_facts(facts, settings)
    if out is not None and out.exists() and not force:
        command.confirm_replacing(out)
    interview, saved = command.resume() if resume else command.start(given)
    if until_certain is not None:
        interview.ask_all = not until_certain
    try:
        status = command.conduct(interview, saved, out)
    finally:
        saved.release()
    ctx.exit(status)


class _Command:
    """One run of the command, for one knowledge base."""

    def __init__(self, knowledge_base: KnowledgeBase, rules: str | None, goal: str | None):
        self._knowledge_base = knowledge_base
        self._rules = f"--rules {shlex.quote(rules)}" if rules else ""
        self._goal = goal
        knowledge_base.asked_for(goal)  # what cannot be asked for is refused before anything else
        self._prompt = choose_prompt()

    def confirm_replacing(self, out: Path) -> None:
        """Ask whether a file may be replaced; if there is nobody to ask, it may not."""
        name = visible(out)
        if not (sys.stdin.isatty() and confirm(self._prompt, f"{name} already exists. Replace it at the end?")):
            raise InputError.at(name, "already exists; use --force to replace it")

    def start(self, given: Iterable[Fact]) -> tuple[Interview, SavedInterview]:
        """Start an interview; mention one that is unfinished, if any."""
        interview = self._knowledge_base.interview(given, goal=self._goal)
        if waiting := latest_unfinished(self._is_ours):
            waiting[0].release()
            command = self._ask("--resume").replace(" ", "\xa0")
            said = f"There is an unfinished interview; continue it with `{command}`."
            self._tell(f"{wrapped(said, terminal_width())}\n")
        return interview, new_interview(self._knowledge_base.name)

    def resume(self) -> tuple[Interview, SavedInterview]:
        """Continue the last interview about these rules, or offer the answers of the last one about other rules."""
        if ours := latest_unfinished(self._is_ours):
            saved, state = ours
            return self._read(saved, state), saved
        if other := latest_unfinished(lambda _: True):
            return self._adopt(*other)
        message = f"there is no unfinished interview; start one with `{self._ask()}`"
        raise InputError.at("--resume", message)

    def _read(self, saved: SavedInterview, state: Mapping[str, Any], adopt: bool = False) -> Interview:
        """Continue a saved interview; unlock it if it is broken."""
        try:
            return self._knowledge_base.interview(state=state, adopt=adopt, goal=self._goal)
        except InputError as error:
            saved.release()
            raise InputError([problem._replace(place=Place(str(saved.path))) for problem in error.problems]) from None

    def conduct(self, interview: Interview, saved: SavedInterview, out: Path | None) -> int:
        """Conduct an interview to its end; return the exit status."""
        base = self._knowledge_base.model
        self._prompt.tell(style(fill(base.title or base.name, terminal_width()), "heading") + "\n")
        about = f"{base.name} {base.version}. Type ? to see why a question is asked and what you can type."
        self._tell(f"{fill(about, terminal_width())}\n")
        if saved.path.exists():
            self._tell(f"\n{resumed_text(interview, terminal_width())}")
        dialogue, word = Dialogue(interview, self._prompt, saved.write), ""
        while True:
            try:
                ended = dialogue.run(word)
            except (EOFError, KeyboardInterrupt):
                self._interrupt(interview, saved, out)
                return 130
            if not ended:
                self._quit(interview, saved, out)
                return 0
            word = self._finish(interview, saved, out)
            if not word:
                return 0
            saved.write(interview.to_dict())  # it is unfinished again

    def _finish(self, interview: Interview, saved: SavedInterview, out: Path | None) -> str:
        """Write the facts file and show the recommendation; return the word, if any, that leads back to questions."""
        path = out or saved.path.with_suffix(".yaml")
        facts = facts_file(self._knowledge_base.model, self._knowledge_base.askable, interview.facts)
        with whole_file(path) as temporary:
            temporary.write_text(facts, encoding="utf-8")
        self._show(interview)
        saved.remove()
        if self._prompt.attended:
            from expert.cli.interview.ending import offer_more

            if word := offer_more(self._prompt, interview, "" if out else facts):
                return word
        self._tell_next(interview, path)
        return ""

    def _adopt(self, other: SavedInterview, state: Mapping[str, Any]) -> tuple[Interview, SavedInterview]:
        """Offer to keep the answers of an interview about other rules, which ends then; else start a new one."""
        interview = self._read(other, state, adopt=True)
        saved = new_interview(self._knowledge_base.name)
        about = state["knowledge_base"]
        name, version = about.get("name"), about.get("version")
        kind = "another version of these rules" if name == self._knowledge_base.name else "other rules"
        self._prompt.tell(f"The last interview was about {kind}: {name} {version}.\n")
        fitting, answers = _count_answers(interview.to_dict()), _count_answers(state)
        if not fitting:
            self._prompt.tell("None of its answers fit, so a new interview starts.\n")
        elif confirm(self._prompt, f"{fitting} of its {plural(answers, 'answer')} can be kept. Keep them?"):
            saved.write(interview.to_dict())
            other.remove()
            return interview, saved
        other.release()
        return self._knowledge_base.interview(ask_all=interview.ask_all, goal=self._goal), saved

    def _interrupt(self, interview: Interview, saved: SavedInterview, out: Path | None) -> None:
        """Say how to continue later: on a terminal that is too narrow for it, the command has a line of its own."""
        said, command = "interrupted; nothing was answered", ""
        if _is_kept(interview, saved):
            said = f"interrupted; {plural(len(interview.answers), 'answer')} saved; continue with"
            command = f"`{visible(self._ask(*self._continuing(out)))}`"
        is_narrow = self._prompt.attended and len(f"{said} {command}") > terminal_width()
        print_text(("\n" if is_narrow else " ").join(filter(None, (said, command))) + "\n", err=True)

    def _quit(self, interview: Interview, saved: SavedInterview, out: Path | None) -> None:
        """Show the ranking so far, and how to continue later."""
        self._prompt.tell(f"\nSo far:\n{present_text(interview.consultation(), terminal_width(), style, bars())}\n")
        if not _is_kept(interview, saved):
            self._prompt.tell("Nothing was answered, so nothing is saved.\n")
            return
        self._prompt.tell(f"{plural(len(interview.answers), 'answer')} saved. Continue with:\n")
        self._prompt.tell(self._to_copy("ask", self._rules, *self._continuing(out)))

    def _continuing(self, out: Path | None) -> tuple[str, ...]:
        """Write the options that continue this interview."""
        return ("--resume", *([f"--out {shlex.quote(str(out))}", "--force" * out.exists()] if out else ()))

    def _show(self, interview: Interview) -> None:
        """Show the recommendation; where more is offered then, on what is left of the screen."""
        consultation, early, lines = interview.consultation(), "", None
        if not interview.certain and interview.settled is None:
            early = early_text(consultation, interview.progress.left, terminal_width()) + "\n"
        if self._prompt.attended and is_terminal():
            from expert.cli.interview.ending import OFFER

            lines = terminal_height() - early.count("\n") - OFFER
        print_line("", err=True)
        self._tell(early)
        print_recommendation(consultation, date.today(), lines)
        sys.stdout.flush()

    def _tell_next(self, interview: Interview, path: Path) -> None:
        """Say how many questions it took, where the answers are, and what can be done with them."""
        progress, name = interview.progress, _short(path)
        base = interview.knowledge_base
        options = (self._rules, f"--goal {base.goal}" if base.asked_of else "")
        took = f"It took {progress.answered} of {plural(progress.questions, 'question')}. The answers are in {name}:"
        self._prompt.tell(
            f"\n{fill(took, terminal_width(), break_long_words=False, break_on_hyphens=False)}\n"
            + self._to_copy("explain", name, *options)
            + self._to_copy("graph", name, *options, "--open")
        )

    def _to_copy(self, command: str, *parts: str) -> str:
        """Write a command for the user to copy; on a terminal that is too narrow, it is broken between its parts."""
        lines = [f"  expert {command}"]
        for part in map(visible, filter(None, parts)):
            if self._prompt.attended and len(f"{lines[-1]} {part} \\") > terminal_width():
                lines.append(f"    {part}")
            else:
                lines[-1] += f" {part}"
        return " \\\n".join(lines) + "\n"

    def _is_ours(self, state: Mapping[str, Any]) -> bool:
        """Tell whether a saved interview is about exactly this knowledge base."""
        return bool(state["knowledge_base"].get("digest") == self._knowledge_base.digest)

    def _ask(self, *options: str) -> str:
        """Write the command as the user would type it."""
        return " ".join(filter(None, ("expert ask", self._rules, *options)))

    def _tell(self, text: str) -> None:
        self._prompt.tell(style(text, "faint"))


def _is_kept(interview: Interview, saved: SavedInterview) -> bool:
    """Tell whether an interview is saved; remove it if nothing was answered, but questions were deferred."""
    if not interview.answers:
        saved.remove()
    return saved.path.exists()


def _count_answers(state: Mapping[str, Any]) -> int:
    """Count the answers of a saved interview, including the facts that it started with."""
    return len(state["given"]) + sum(not turn["put_off"] for turn in state["turns"])


def _short(path: Path) -> str:
    """Write a path as the user would type it."""
    with suppress(ValueError, RuntimeError):  # it is not in the home folder, or there is no home folder
        return f"~/{shlex.quote(str(path.relative_to(Path.home())))}"
    return shlex.quote(str(path))
