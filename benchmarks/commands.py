"""Every command from a cold start, on knowledge bases of four shapes: choices, numbers, one chain, many candidates.

Run as ``python -m benchmarks.commands``. Half of the questions are answered; of the chain, the only one. The figures
are the processor time of the whole process, in seconds, and the most memory that it held at once; a command is stopped
after a minute.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import shapes

SIZES = (
    (shapes.choices, (10, 100, 1000, 5000)),
    (shapes.numbers, (10, 100, 1000, 5000)),
    (shapes.chain, (100, 1000, 3000)),
    (shapes.candidates, (150, 500, 2000)),
)
COMMANDS = {
    "loading": "rules show rule0",
    "recommend": "recommend FACTS",
    "recommend --json": "recommend FACTS --json",
    "explain": "explain FACTS",
    "graph": "graph FACTS --out graph.svg",
    "ask, first question": "ask",
    "facts list": "facts list",
    "rules list": "rules list",
}
LIMIT = 60
"""Seconds of processor time after which a command is stopped."""


def measure(command: list[str], folder: Path, limit: int = LIMIT) -> tuple[float, float] | None:
    """Run a command in a folder; give its processor time in seconds and its peak memory in MB, None if stopped."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))

    environment = os.environ | {"EXPERT_STATE": str(folder / "state")}
    with subprocess.Popen(
        command, cwd=folder, env=environment, preexec_fn=bounded, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stderr
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode == -signal.SIGXCPU:
        return None
    if process.returncode not in (0, 130):  # an interview ends for want of an answer
        raise RuntimeError(f"{' '.join(command)}: {said}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def row(shape: shapes.Shape, commands: dict[str, str]) -> list[str]:
    """Measure the commands on one knowledge base."""
    script = str(Path(sys.executable).with_name("expert"))
    cells = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "rules.yaml").write_text(shape.rules, encoding="utf-8")
        (folder / "facts.yaml").write_text(shape.facts, encoding="utf-8")
        first = shape.rules.partition("rules:\n")[2].partition(":")[0].strip()
        for command in commands.values():
            words = command.replace("FACTS", "facts.yaml").replace("rule0", first).split()
            figures = measure([script, *words, "--rules", "rules.yaml"], folder)
            cells.append(f"{figures[0]:.2f}, {figures[1]:.0f} MB" if figures else f"> {LIMIT}")
    return cells


def table() -> str:
    """Measure, and write the table."""
    lines = [f"| rules | {' | '.join(COMMANDS)} |", "|---" * (len(COMMANDS) + 1) + "|"]
    for make, sizes in SIZES:
        for size in sizes:
            line = f"| {make.__name__}, {size:,} | {' | '.join(row(make(size), COMMANDS))} |"
            print(line, file=sys.stderr, flush=True)
            lines.append(line)
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
