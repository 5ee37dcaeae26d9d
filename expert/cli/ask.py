"""``expert ask``: an interview that ends in the recommendation."""

import shlex
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from textwrap import fill
from typing import Any

import click

from expert.api.interview import Interview
from expert.api.knowledge_base import KnowledgeBase
from expert.cli.interview.dialogue import Dialogue, confirm
from expert.cli.interview.saved import SavedInterview, latest_unfinished, new_interview
from expert.cli.interview.screen import choose_prompt
from expert.cli.options import RULES, file_rules_option, set_option
from expert.cli.terminal import bars, print_line, print_text, style, terminal_width
from expert.knowledge.atomic_files import check_target, whole_file
from expert.knowledge.foreign_text import visible
from expert.knowledge.model import Fact
from expert.knowledge.problems import InputError, Place, Problem
from expert.rendering.text.facts_text import facts_file
from expert.rendering.text.interview_text import plural
from expert.rendering.text.recommendation_text import recommendation_text


@click.command()
@click.option("--facts", type=click.Path(), metavar="FILE", help="A facts file; what it says is not asked again.")
@set_option
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the answers as a facts file."
)
@click.option("--force", is_flag=True, help="Let --out replace a file that is there.")
@click.option("--resume", is_flag=True, help="Go on with the last interview that was left unfinished.")
@click.option(
    "--until-certain/--all",
    default=None,
    help="Stop as soon as no answer can change the recommendation (so it is if left out), or ask everything.",
)
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
    knowledge_base: KnowledgeBase,
) -> None:
    """Answer questions, as few as it takes, and get the recommendation.

    Each question is the one that is expected to bring the end nearest. Type ? to see why it is asked, and what else can
    be typed. Every answer is on disk before the next question is put: in EXPERT_STATE, or else in the user's own folder
    for the state of programs.

    \b
    Examples:
      expert ask
      expert ask --facts docs/examples/prototype.yaml --out answers.yaml
      expert ask --resume
    """
    if resume and (facts is not None or settings):
        raise click.UsageError("--resume goes on with the facts that the interview started from; leave out the others.")
    if facts == "-":
        raise click.UsageError("--facts - would leave nothing to read the answers from.")
    if out is not None:
        check_target(out)
    command = _Command(knowledge_base, ctx.meta.get(RULES))
    given = knowledge_base.read_facts(facts, settings)
    if out is not None and out.exists() and not force:
        command.confirm_replacing(out)
    interview, saved = command.resume() if resume else command.start(given)
    if until_certain is not None:
        interview.ask_all = not until_certain
    try:
        status = command.lead(interview, saved, out)
    finally:
        saved.release()
    ctx.exit(status)


class _Command:
    """The command at work, for one knowledge base."""

    def __init__(self, knowledge_base: KnowledgeBase, rules: str | None):
        self._knowledge_base = knowledge_base
        self._rules = f" --rules {shlex.quote(rules)}" if rules else ""
        self._prompt = choose_prompt()

    def confirm_replacing(self, out: Path) -> None:
        """Ask whether a file may be replaced; where there is nobody to ask, it may not."""
        name = visible(out)
        if not (sys.stdin.isatty() and confirm(self._prompt, f"{name} is there already. Replace it at the end?")):
            raise InputError([Problem(Place(name), "is there already; --force replaces it")])

    def start(self, given: Iterable[Fact]) -> tuple[Interview, SavedInterview]:
        """Start an interview; say where one waits to be gone on with."""
        interview = self._knowledge_base.interview(given)
        if waiting := latest_unfinished(self._is_ours):
            waiting[0].release()
            self._tell(f"An unfinished interview is saved; {self._ask('--resume')} goes on with it.\n")
        return interview, new_interview(self._knowledge_base.name)

    def resume(self) -> tuple[Interview, SavedInterview]:
        """Go on with the last interview about these rules; or offer the answers of the last one about others."""
        if ours := latest_unfinished(self._is_ours):
            saved, state = ours
            interview = self._read(saved, state)
            self._tell(f"Resumed, with {plural(interview.progress.answered, 'answer')}.\n")
            return interview, saved
        if other := latest_unfinished(lambda _: True):
            return self._adopt(*other)
        message = f"there is no unfinished interview; {self._ask()} starts one"
        raise InputError([Problem(Place("--resume"), message)])

    def _read(self, saved: SavedInterview, state: Mapping[str, Any], adopt: bool = False) -> Interview:
        """Take up a saved interview; let it go if it is broken."""
        try:
            return self._knowledge_base.interview(state=state, adopt=adopt)
        except InputError as error:
            saved.release()
            raise InputError([problem._replace(place=Place(str(saved.path))) for problem in error.problems]) from None

    def lead(self, interview: Interview, saved: SavedInterview, out: Path | None) -> int:
        """Lead an interview to its end; give the exit status."""
        base = self._knowledge_base.model
        self._prompt.tell(style(fill(base.title or base.name, terminal_width()), "heading") + "\n")
        about = f"{base.name} {base.version}. ? says why a question is asked, and what can be typed."
        self._tell(f"{fill(about, terminal_width())}\n")
        try:
            Dialogue(interview, self._prompt, saved.write).run()
        except (EOFError, KeyboardInterrupt):
            return self._leave(interview, saved, out)
        path = out or saved.path.with_suffix(".yaml")
        with whole_file(path) as temporary:
            temporary.write_text(facts_file(base, self._knowledge_base.askable, interview.facts), encoding="utf-8")
        self._end(interview, path)
        saved.remove()
        return 0

    def _adopt(self, other: SavedInterview, state: Mapping[str, Any]) -> tuple[Interview, SavedInterview]:
        """Offer the answers of an interview about other rules, which ends with that; start anew without them."""
        interview = self._read(other, state, adopt=True)
        saved = new_interview(self._knowledge_base.name)
        about = state["knowledge_base"]
        name, version = about.get("name"), about.get("version")
        kind = "an earlier form of these rules" if name == self._knowledge_base.name else "other rules"
        self._prompt.tell(f"The last interview was about {kind}: {name} {version}.\n")
        fitting, answers = _count_answers(interview.to_dict()), _count_answers(state)
        if not fitting:
            self._prompt.tell("None of its answers would fit, so a new one starts.\n")
        elif confirm(self._prompt, f"{fitting} of its {plural(answers, 'answer')} would fit. Take them over?"):
            saved.write(interview.to_dict())
            other.remove()
            return interview, saved
        other.release()
        return self._knowledge_base.interview(ask_all=interview.ask_all), saved

    def _leave(self, interview: Interview, saved: SavedInterview, out: Path | None) -> int:
        """Say how to go on another time."""
        answered = interview.progress.answered
        if saved.path.exists():
            target = f" --out {shlex.quote(str(out))}{' --force' if out.exists() else ''}" if out else ""
            message = f"interrupted; {plural(answered, 'answer')} saved, {self._ask(f'--resume{target}')} goes on"
        else:
            message = "interrupted; nothing was answered"
        print_line(message, err=True)
        return 130

    def _end(self, interview: Interview, path: Path) -> None:
        """Show the recommendation, what it took, and where to go from here."""
        consultation = interview.consultation()
        print_line("", err=True)
        print_text(recommendation_text(consultation, terminal_width(), style, bars()))
        sys.stdout.flush()
        progress, name = interview.progress, _short(path)
        took = f"It took {progress.answered} of {plural(progress.questions, 'question')}. The answers are in {name}:"
        self._prompt.tell(
            f"\n{fill(took, terminal_width(), break_long_words=False, break_on_hyphens=False)}\n"
            f"  expert explain {name}{self._rules}\n"
            f"  expert graph {name}{self._rules} --open\n"
        )

    def _is_ours(self, state: Mapping[str, Any]) -> bool:
        """Tell whether a saved interview is about this very knowledge base."""
        return bool(state["knowledge_base"].get("digest") == self._knowledge_base.digest)

    def _ask(self, options: str = "") -> str:
        """Write the command as it would be typed."""
        return f"`expert ask{self._rules}{f' {options}' if options else ''}`"

    def _tell(self, text: str) -> None:
        self._prompt.tell(style(text, "faint"))


def _count_answers(state: Mapping[str, Any]) -> int:
    """Count the answers of a saved interview, with the facts that it started from."""
    return len(state["given"]) + sum(not turn["put_off"] for turn in state["turns"])


def _short(path: Path) -> str:
    """Write a path as one would type it."""
    with suppress(ValueError, RuntimeError):  # it is not in the home folder, or there is none
        return f"~/{shlex.quote(str(path.relative_to(Path.home())))}"
    return shlex.quote(str(path))
