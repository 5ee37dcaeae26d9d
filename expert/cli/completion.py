"""``expert completion``: scripts for completion in shells, and the answers to what the scripts ask.

A script passes the line up to the cursor, not the words into which the shell splits it: bash splits at ``=``, too. It
gets a line of three fields for each completion: ``plain``, a word and a description; or ``file``, the beginning of a
path and what precedes it in the same word.
"""

import os

import click
from click.shell_completion import ShellComplete, add_completion_class, split_arg_string

from expert.cli.terminal import print_text
from expert.knowledge.foreign_text import visible

_BASH = r"""%(complete_func)s() {
    local word=${COMP_WORDS[COMP_CWORD]} kind value about
    COMPREPLY=()
    while IFS=$'\t' read -r kind value about; do
        if [[ $kind == file ]]; then
            compopt -o default 2>/dev/null
        elif [[ $kind == plain ]]; then
            [[ $value == *= ]] && compopt -o nospace 2>/dev/null
            [[ $word == [\'\"]* ]] || printf -v value %%q "$value"
            COMPREPLY+=("$value")
        fi
    done < <(COMP_LINE=${COMP_LINE:0:COMP_POINT} COMP_WORD=$word %(complete_var)s=bash_complete "${1/#~\//$HOME/}")
}
complete -F %(complete_func)s %(prog_name)s
"""

_ZSH = r"""#compdef %(prog_name)s
%(complete_func)s() {
    local line="${(j: :)words[1,CURRENT-1]} $PREFIX" kind value about
    local -a whole begun
    [[ $PREFIX == -*=* ]] && compset -P 1 '*='
    COMP_LINE=$line %(complete_var)s=zsh_complete ${~words[1]} | while IFS=$'\t' read -r kind value about; do
        if [[ $kind == file ]]; then
            _files
        elif [[ $value == *= ]]; then
            begun+=("${value//:/\\:}${about:+:$about}")
        elif [[ $kind == plain ]]; then
            whole+=("${value//:/\\:}${about:+:$about}")
        fi
    done
    (( $#begun )) && _describe -V %(prog_name)s begun -S ''
    (( $#whole )) && _describe -V %(prog_name)s whole
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""

_FISH = r"""function %(complete_func)s
    for line in (COMP_LINE=(commandline -cp | string collect) %(complete_var)s=fish_complete %(prog_name)s)
        set -l item (string split -m 2 \t -- $line)
        if test "$item[1]" = file
            printf '%%s\n' "$item[3]"(__fish_complete_path "$item[2]")
        else
            printf '%%s\t%%s\n' "$item[2]" "$item[3]"
        end
    end
end
complete --command %(prog_name)s --no-files --arguments '(%(complete_func)s)'
"""


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
    source_template = _BASH

    def _word(self, option: str, value: str, incomplete: str) -> str:
        """Leave out what bash keeps: it replaces only what follows the last ``=`` or ``:``."""
        replaced = "".join(split_arg_string(os.environ.get("COMP_WORD", "").lstrip("=:")))
        kept = len(incomplete) - len(replaced) if incomplete.endswith(replaced) else 0
        return (option + value)[kept:]


@add_completion_class
class _Zsh(_Complete):
    name = "zsh"
    source_template = _ZSH

    def _word(self, option: str, value: str, incomplete: str) -> str:  # noqa: ARG002
        """Leave out the option, which the script sets aside."""
        return value


@add_completion_class
class _Fish(_Complete):
    name = "fish"
    source_template = _FISH


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print a script for command completion in a shell.

    It completes commands, options, attributes with their values, candidates and names of rules. Let the shell load the
    script when it starts.

    \b
    Examples:
      expert completion bash > ~/.expert-completion.bash
      expert completion zsh > ~/.expert-completion.zsh
      expert completion fish > ~/.config/fish/completions/expert.fish
    """
    complete = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}[shell]
    print_text(complete(ctx.find_root().command, {}, "expert", "_EXPERT_COMPLETE").source())
