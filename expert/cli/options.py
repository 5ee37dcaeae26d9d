"""Options and output that commands share."""

from typing import TYPE_CHECKING, Any

import click

from expert.knowledge.loading.knowledge_base import shipped_names

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from expert.api import KnowledgeBase


class KnowledgeBaseName(click.ParamType):  # type: ignore[type-arg]
    """A knowledge base, loaded from its shipped name or its path."""

    name = "name|path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "KnowledgeBase":  # noqa: ARG002
        """Load it."""
        from expert.api import KnowledgeBase

        return value if isinstance(value, KnowledgeBase) else KnowledgeBase.load(value)

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


rules_option = click.option(
    "--rules",
    "knowledge_base",
    type=KnowledgeBaseName(),
    default="article",
    show_default=True,
    envvar="EXPERT_RULES",
    show_envvar=True,
    help="The knowledge base: a shipped name, or a path.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def print_json(data: Any) -> None:
    """Print data as JSON, readable and in a fixed order."""
    import json

    click.echo(json.dumps(data, indent=2, ensure_ascii=False))
