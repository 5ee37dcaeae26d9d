"""Options and output that commands share."""

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from expert.cli.terminal import bars, print_text, style, terminal_width
from expert.knowledge.foreign_text import as_json, visible
from expert.knowledge.loading.knowledge_base_file import extension_of, shipped_names
from expert.knowledge.problems import InputError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from click.shell_completion import CompletionItem

    from expert.api.consultation import Consultation
    from expert.api.knowledge_base import KnowledgeBase


RULES = "expert.rules"
"""The key in a command's context for the value of `--rules` on the command line, if any."""


class KnowledgeBaseName(click.ParamType):  # type: ignore[type-arg]
    """A knowledge base, by its shipped name or its path; loaded, unless its name alone is wanted."""

    name = "name|path"

    def __init__(self, stdin: bool = True, load: bool = True):
        self._stdin = stdin
        self._load = load

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "KnowledgeBase | str":
        """Load it."""
        if not self._load:
            return str(value)
        from expert.api.knowledge_base import KnowledgeBase

        if isinstance(value, KnowledgeBase):
            return value
        if value == "-" and not self._stdin:
            raise click.UsageError("--rules - cannot be used here, as answers are read from standard input.", ctx)
        if ctx and param and ctx.get_parameter_source(str(param.name)) is click.core.ParameterSource.COMMANDLINE:
            ctx.meta[RULES] = str(value)
        return KnowledgeBase.load(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        """Offer what `complete_knowledge_base` offers."""
        return complete_knowledge_base(ctx, param, incomplete)


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day, such as 2027-05-31."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read it."""
        day = None
        with suppress(ValueError):
            day = date.fromisoformat(str(value))
        if day is None or str(day) != str(value):  # Python knows other ways to write it
            self.fail(f"'{visible(value)}' is not a day such as 2027-05-31.", param, ctx)
        return day


def complete_knowledge_base(
    ctx: click.Context,  # noqa: ARG001
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> "list[CompletionItem]":
    """Offer the shipped names, or else files."""
    from click.shell_completion import CompletionItem

    names = [CompletionItem(name) for name in shipped_names() if name.startswith(incomplete)]
    return names or [CompletionItem(incomplete, type="file")]


def completion_of(names: "Callable[[KnowledgeBase], Iterable[Any]]") -> "Callable[..., list[str]]":
    """Complete names of the knowledge base that --rules chooses."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001
        knowledge_base = ctx.params["knowledge_base"]
        known = map(str, names(knowledge_base)) if knowledge_base else ()
        return [name for name in known if name.startswith(incomplete)]

    return complete


def _pairs(knowledge_base: "KnowledgeBase", asked: bool = False) -> list[str]:
    """Write ``attribute=value`` for all attributes, or those that are asked; without the value if it is a number."""
    attributes = [each for each in knowledge_base.attributes.values() if each.question or not asked]
    return [f"{attribute.name}={value}" for attribute in attributes for value in attribute.choices or [""]]


complete_setting = completion_of(lambda knowledge_base: _pairs(knowledge_base, asked=True))
complete_attribute = completion_of(lambda knowledge_base: [attribute.name for attribute in knowledge_base.askable])
complete_rule = completion_of(lambda kb: [*(rule.name for rule in kb.rules), *kb.model.why_retired, *kb.attributes])
complete_goal = completion_of(lambda knowledge_base: knowledge_base.goals)
_complete_pair = completion_of(_pairs)


def complete_conclusion(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete candidates; or else ``attribute=value`` of any attribute."""
    knowledge_base, goal = ctx.params["knowledge_base"], ctx.params.get("goal")
    goal = goal if knowledge_base and goal in knowledge_base.goals else None
    complete_candidate = completion_of(lambda knowledge_base: knowledge_base.asked_for(goal).candidates)
    return complete_candidate(ctx, param, incomplete) or _complete_pair(ctx, param, incomplete)


facts_argument = click.argument("facts", type=click.Path(allow_dash=True), required=False)
set_option = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="ATTRIBUTE=VALUE",
    shell_complete=complete_setting,
    help="Add or change a fact, with a certainty if needed: a=yes (0.8); an empty value withdraws it. Can be repeated.",
)
row_option = click.option("--row", type=int, metavar="N", help="Take the facts from row N of a table, counting from 0.")
rules_option, file_rules_option, rules_name_option = (
    click.option(
        "--rules",
        "knowledge_base",
        type=kind,
        default="article",
        show_default=True,
        envvar="EXPERT_RULES",
        show_envvar=True,
        help="The knowledge base: a shipped name or a path.",
    )
    for kind in (KnowledgeBaseName(), KnowledgeBaseName(stdin=False), KnowledgeBaseName(load=False))
)
goal_option = click.option(
    "--goal",
    metavar="ATTRIBUTE",
    shell_complete=complete_goal,
    help="Ask for another attribute that rules conclude, instead of the goal.",
)
as_of_option = click.option(
    "--as-of",
    type=Day(),
    default=date.today,
    metavar="DATE",
    help="The day, such as 2027-05-31, that counts as today.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def check_named_once(ctx: click.Context, file: object) -> None:
    """Refuse a knowledge base as FILE where --rules names one, too."""
    if file and ctx.get_parameter_source("knowledge_base") is click.core.ParameterSource.COMMANDLINE:
        raise click.UsageError("Name the knowledge base once: as FILE, or with --rules.")


def consult(
    knowledge_base: "KnowledgeBase",
    facts: str | None,
    settings: tuple[str, ...],
    row: int | None,
    goal: str | None = None,
) -> "Consultation":
    """Consult a knowledge base about the case described by FACTS, --set and --row."""
    if facts is None and row is not None and settings:
        raise click.UsageError("--row needs a table: name it as FACTS.")
    if facts is None and not settings:
        raise click.UsageError("Missing FACTS: name a facts file, or give facts with --set ATTRIBUTE=VALUE.")
    try:
        given = knowledge_base.read_facts(facts, settings, row=row)
    except InputError as error:
        extension = None if facts == "-" else extension_of(knowledge_base.model)  # it has been read to its end
        if extension is None or not _takes(extension, facts, settings, row):
            raise
        hint = f"{extension}, which extends {knowledge_base.name}, takes all of these facts"
        raise InputError([*error.problems, Problem(Place("--rules"), hint)]) from None
    return knowledge_base.consult(given, goal=goal)


def _takes(name: str, facts: str | None, settings: tuple[str, ...], row: int | None) -> bool:
    """Tell whether a shipped knowledge base takes the facts."""
    from expert.api.knowledge_base import KnowledgeBase

    try:
        KnowledgeBase.load(name).read_facts(facts, settings, row=row)
    except InputError:
        return False
    return True


def print_recommendation(consultation: "Consultation", today: date, lines: int | None = None) -> None:
    """Print what is recommended, also by a shipped knowledge base that extends this one; on so many lines if it can."""
    from expert.api.knowledge_base import KnowledgeBase
    from expert.rendering.text.recommendation_text import recommendation_text

    extension = None if consultation.knowledge_base.asked_of else extension_of(consultation.knowledge_base)
    newer = KnowledgeBase.load(extension).consult(consultation.given) if extension else None
    looks = (terminal_width(), style, bars())
    print_text(recommendation_text(consultation, *looks, newer=newer, today=today, lines=lines))


def print_json(data: Any) -> None:
    """Print data as indented JSON."""
    print_text(f"{as_json(data, indent=2)}\n")
