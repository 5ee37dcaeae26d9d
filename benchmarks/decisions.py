"""A folder of ten decisions, rechecked by one command from a cold start.

Run as ``python -m benchmarks.decisions``. To keep a decision takes the flips and the robustness of it; to make it again
takes one consultation. The figures are the processor time of the whole process, in seconds, and the most memory that it
held at once.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import shapes
from benchmarks.commands import measure

DECISIONS = 10
BASES = {
    "article": None,
    "choices, 100": shapes.choices(100),
    "choices, 1,000": shapes.choices(1000),
}
"""The knowledge bases, by what the table calls them; None is the shipped one."""


def row(shape: shapes.Shape | None) -> tuple[str, str]:
    """Measure how long it takes to keep one decision, and to recheck ten."""
    script = str(Path(sys.executable).with_name("expert"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "decisions").mkdir()
        if shape:
            (folder / "rules.yaml").write_text(shape.rules, encoding="utf-8")
            (folder / "facts.yaml").write_text(shape.facts, encoding="utf-8")
        else:
            shutil.copy("docs/examples/detector.yaml", folder / "facts.yaml")
        rules = ["--rules", "rules.yaml"] if shape else []
        first = folder / "decisions" / "0.yaml"
        kept = measure([script, "recommend", "facts.yaml", *rules, "--save", str(first)], folder)
        for number in range(1, DECISIONS):
            shutil.copy(first, folder / "decisions" / f"{number}.yaml")
        rechecked = measure([script, "recheck", "decisions"], folder)
    return tuple(f"{figures[0]:.2f}, {figures[1]:.0f} MB" if figures else "stopped" for figures in (kept, rechecked))


def table() -> str:
    """Measure, and write the table."""
    lines = [f"| rules | recommend --save | recheck, {DECISIONS} decisions |", "|---|---|---|"]
    lines += [f"| {name} | {' | '.join(row(shape))} |" for name, shape in BASES.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
