"""Console blocks: commands with the output that they show, and how to run and compare them."""

import os
import re
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from tests.spark_cluster import quick_variables

NOT_RUN = ("make",)
"""Programs whose commands are shown but not run here: continuous integration runs them itself."""


@dataclass(frozen=True)
class Command:
    """One command of a block: what is typed, the output shown, and its line in the block, from 0."""

    text: str
    shown: str
    line: int

    @property
    def is_run(self) -> bool:
        return self.text.split()[0] not in NOT_RUN


def commands(block: str) -> list[Command]:
    """Take a block apart: ``$`` starts a command, ``>`` right below continues it, the rest is output.

    Raises
    ------
    ValueError
        If the block does not start with a command, or a command is empty.
    """
    found: list[tuple[int, list[str], list[str]]] = []
    for number, line in enumerate(block.splitlines()):
        if line.startswith("$ "):
            found.append((number, [line[2:]], []))
        elif not found:
            raise ValueError("a console block must start with a command: '$ …'")
        elif (line.startswith("> ") or line == ">") and not found[-1][2]:
            found[-1][1].append(line[2:])
        else:
            found[-1][2].append(line)
    if any(not typed[0].strip() for _, typed, _ in found):
        raise ValueError("a command is empty")
    return [Command("\n".join(typed), "\n".join(output).strip("\n"), number) for number, typed, output in found]


def fits(shown: str, printed: str) -> bool:
    """Compare an output with the one shown.

    There, ``...`` within a line stands for any text, alone on a line for any number of lines. White space at the ends
    of lines, and empty lines at both ends, count for nothing.
    """
    pattern = ""
    for line in _lines(shown):
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(map(re.escape, line.split("..."))) + r"\n"
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _lines(printed))) is not None


def _lines(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return lines


def environment(home: Path) -> dict[str, str]:
    """Make a clean environment: the installed ``expert``, a home of its own, UTF-8, and nothing of the caller's.

    Spark, where it is used, starts soon.
    """
    path = os.pathsep.join([sysconfig.get_path("scripts"), "/usr/local/bin", "/usr/bin", "/bin"])
    if shutil.which("expert", path=path) is None:
        raise RuntimeError("the project must be installed for its documentation to be run")
    return {"PATH": path, "HOME": str(home), "LANG": "C.UTF-8"} | quick_variables()


def run(command: Command, folder: Path, variables: dict[str, str]) -> str:
    """Run a command by bash; say what is wrong with its output or its exit status, or nothing."""
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.text],
        cwd=folder,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=180,
        check=False,
    )
    printed = done.stdout.decode()
    if done.returncode != 0:
        return f"$ {command.text}\nleft with exit status {done.returncode}:\n{printed}"
    if fits(command.shown, printed):
        return ""
    difference = unified_diff(_lines(command.shown), _lines(printed), "shown", "printed", lineterm="", n=100)
    return "\n".join([f"$ {command.text}", *difference])
