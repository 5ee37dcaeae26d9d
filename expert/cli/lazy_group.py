"""A group of commands, each imported only when it is used, so that each starts fast."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from expert.cli.help_text import FittedContext


class LazyGroup(click.Group):
    """Commands by their names, each with its line in the help; each is in a module of the package with its name."""

    context_class = FittedContext

    def __init__(self, *arguments: Any, lines: Mapping[str, str], package: str, **options: Any):
        super().__init__(*arguments, **options)
        self.lines = lines
        self._package = package

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name the commands."""
        return list(self.lines)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in self.lines:
            return None
        command: click.Command = getattr(import_module(f"{self._package}.{cmd_name}"), cmd_name)
        command.context_class = FittedContext
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the lines of the help."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.lines.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant, or suggest one."""
        if args and args[0] not in self.lines and not args[0].startswith("-"):
            from expert.knowledge.foreign_text import shown
            from expert.knowledge.problems import suggestion

            hint = self._where_it_is(ctx, args[0]) or suggestion(args[0], self.lines)
            ctx.fail(f"No such command '{shown(args[0])}'{hint}")
        return super().resolve_command(ctx, args)

    def _where_it_is(self, ctx: click.Context, name: str) -> str:
        """Say in which of its groups there is a command of this name, if in any."""
        commands = {each: self.get_command(ctx, each) for each in self.lines}
        groups = [
            each
            for each, group in commands.items()
            if isinstance(group, click.Group) and name in group.list_commands(ctx)
        ]
        meant = " or ".join(f"'{ctx.command_path} {each} {name}'" for each in groups)
        return f"; did you mean {meant}?" if meant else ""
