"""``expert recommend`` from a cold start, against importing what it cannot do without.

Run as ``python -m benchmarks.start_up``. The two are started in turn, as processes of their own; the figures are
medians. (``import experta`` needs a name that Python 3.10 took away; the baseline gives it back.)
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

IMPORTS = "import collections.abc; collections.Mapping = collections.abc.Mapping; import click, yaml, experta"
ROUNDS = 40
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def seconds(command):
    """Time one process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    return time.perf_counter() - start


def table():
    """Measure, and write the table."""
    script = shutil.which("expert", path=str(Path(sys.executable).parent))
    baseline = [sys.executable, "-c", IMPORTS]
    lines = ["| facts | import click, yaml, experta, ms | expert recommend, ms | ratio |", "|---|---|---|---|"]
    for example in ("prototype.yaml", "detector.yaml"):
        command = [script, "recommend", f"docs/examples/{example}"]
        seconds(baseline)
        seconds(command)
        times = [(seconds(baseline), seconds(command)) for _ in range(ROUNDS)]
        base, ours = (statistics.median(column) * 1000 for column in zip(*times, strict=True))
        lines.append(f"| {example} | {base:.0f} | {ours:.0f} | {ours / base:.2f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
