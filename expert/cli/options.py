"""Options and output that commands share."""

from typing import TYPE_CHECKING, Any

import click

from expert.cli.terminal import print_text
from expert.knowledge.foreign_text import as_json
from expert.knowledge.loading.knowledge_base_file import shipped_names

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from expert.api.consultation import Consultation
    from expert.api.knowledge_base import KnowledgeBase


RULES = "expert.rules"
"""Where a command's context keeps what `--rules` was given on the command line, if anything."""


class KnowledgeBaseName(click.ParamType):  # type: ignore[type-arg]
    """A knowledge base, loaded from its shipped name or its path."""

    name = "name|path"

    def __init__(self, stdin: bool = True):
        self._stdin = stdin

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "KnowledgeBase":
        """Load it."""
        from expert.api.knowledge_base import KnowledgeBase

        if isinstance(value, KnowledgeBase):
            return value
        if value == "-" and not self._stdin:
            raise click.UsageError("--rules - would leave nothing to read the answers from.", ctx)
        if ctx and param and ctx.get_parameter_source(str(param.name)) is click.core.ParameterSource.COMMANDLINE:
            ctx.meta[RULES] = str(value)
        return KnowledgeBase.load(value)

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> "list[CompletionItem]":
        """Offer the shipped names, and files."""
        from click.shell_completion import CompletionItem

        names = [CompletionItem(name) for name in shipped_names() if name.startswith(incomplete)]
        return names or [CompletionItem(incomplete, type="file")]


def complete_setting(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001
    """Offer ``attribute=value``."""
    knowledge_base = ctx.params["knowledge_base"]
    settings = [
        f"{attribute.name}={value}"
        for attribute in (knowledge_base.attributes.values() if knowledge_base else ())
        for value in attribute.choices or [""]
        if attribute.question
    ]
    return [setting for setting in settings if setting.startswith(incomplete)]


def complete_conclusion(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001
    """Offer the candidates; or else ``attribute=value`` of any attribute."""
    knowledge_base = ctx.params["knowledge_base"]
    if not knowledge_base:
        return []
    pairs = [f"{name}={value}" for name, each in knowledge_base.attributes.items() for value in each.choices or [""]]
    candidates = [candidate for candidate in knowledge_base.model.candidates if candidate.startswith(incomplete)]
    return candidates or [pair for pair in pairs if pair.startswith(incomplete)]


facts_argument = click.argument("facts", type=click.Path(allow_dash=True), required=False)
set_option = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="ATTRIBUTE=VALUE",
    shell_complete=complete_setting,
    help="Add a fact, or change one of the file, be it uncertain: a=yes (0.8); an empty value withdraws it. "
    "Can be repeated.",
)
row_option = click.option(
    "--row", type=int, metavar="N", help="Take the facts from row N of a table; rows count from 0."
)
rules_option, file_rules_option = (
    click.option(
        "--rules",
        "knowledge_base",
        type=KnowledgeBaseName(stdin),
        default="article",
        show_default=True,
        envvar="EXPERT_RULES",
        show_envvar=True,
        help="The knowledge base: a shipped name, or a path.",
    )
    for stdin in (True, False)
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def consult(
    knowledge_base: "KnowledgeBase", facts: str | None, settings: tuple[str, ...], row: int | None
) -> "Consultation":
    """Consult a knowledge base about the case that FACTS, --set and --row describe."""
    if facts is None and row is not None and settings:
        raise click.UsageError("--row goes with a table: name it as FACTS.")
    if facts is None and not settings:
        raise click.UsageError("Missing FACTS: name a facts file, or give facts with --set ATTRIBUTE=VALUE.")
    return knowledge_base.consult(knowledge_base.read_facts(facts, settings, row=row))


def print_json(data: Any) -> None:
    """Print data as JSON, readable and in a fixed order."""
    print_text(f"{as_json(data, indent=2)}\n")
