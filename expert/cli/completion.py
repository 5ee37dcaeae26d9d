"""``expert completion``: scripts for completion in shells, and the answers to what the scripts ask.

A script passes the line up to the cursor, not the words into which the shell splits it: bash splits at ``=``, too. It
gets a line of three fields for each completion: ``plain``, a word and a description; or ``file``, the beginning of a
path and what precedes it in the same word.
"""

import os
from pathlib import Path

import click
from click.shell_completion import ShellComplete, add_completion_class, split_arg_string

from expert.cli.terminal import print_text
from expert.knowledge.foreign_text import visible


class _Complete(ShellComplete):
    """Completes the last word of a line."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Split the line into the arguments before the cursor and the word at the cursor."""
        words = split_arg_string(f"{os.environ.get('COMP_LINE', '')}.")  # so that there is a last word
        return words[1:-1], words[-1][:-1]

    def complete(self) -> str:
        """Write the completions."""
        args, incomplete = self.get_completion_args()
        option, _, value = incomplete.partition("=") if incomplete.startswith("-") else ("", "", incomplete)
        option = f"{option}=" if option and "=" in incomplete else ""
        lines = []
        for item in self.get_completions(args, incomplete):
            if item.type == "file":
                lines.append(f"file\t{value}\t{option}")
            elif item.value == visible(item.value):
                lines.append(f"plain\t{self._word(option, item.value, incomplete)}\t{visible(item.help or '')}")
        return "\n".join(lines)

    def _word(self, option: str, value: str, incomplete: str) -> str:  # noqa: ARG002
        """Write what the shell substitutes for the word."""
        return option + value


@add_completion_class
class _Bash(_Complete):
    name = "bash"

    def _word(self, option: str, value: str, incomplete: str) -> str:
        """Leave out what bash keeps: it replaces only what follows the last ``=`` or ``:``."""
        replaced = "".join(split_arg_string(os.environ.get("COMP_WORD", "").lstrip("=:")))
        kept = len(incomplete) - len(replaced) if incomplete.endswith(replaced) else 0
        return (option + value)[kept:]


@add_completion_class
class _Zsh(_Complete):
    name = "zsh"

    def _word(self, option: str, value: str, incomplete: str) -> str:  # noqa: ARG002
        """Leave out the option, which the script sets aside."""
        return value


@add_completion_class
class _Fish(_Complete):
    name = "fish"


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a script for command completion in a shell.

    It completes commands, options, attributes with their values, candidates and names of rules. Let the shell load the
    script when it starts.

    \b
    Examples:
      expert completion bash > ~/.expert-completion.bash
      expert completion zsh > ~/.expert-completion.zsh
      expert completion fish > ~/.config/fish/completions/expert.fish
    """
    print_text((Path(__file__).parent / "completion_scripts" / f"expert.{shell}").read_text(encoding="utf-8"))
