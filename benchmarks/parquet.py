"""Parquet to Parquet with 10 rules, against a plain copy by the same library; and the peak memory of it.

Run as ``python -m benchmarks.parquet``; it takes some minutes and about 4 GB of disk. Every measurement is a process
of its own, so that its peak memory is its own. The table has the columns that the rules read, an identifier, two
texts, a date and two numbers, as tables have, all but the identifier and the name drawn at random; all pass through.
The copy is compressed as Polars does by itself (Zstandard, level 3), the decided table at level 2: without that, the
ratio is about 0.08 higher.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from benchmarks.columns import frame
from benchmarks.peers.__main__ import machine
from benchmarks.workload import knowledge_base
from expert.frames.files import decide, scan
from expert.knowledge.loading.knowledge_base_file import load_bytes

RULES = 10
MILLIONS = (10, 50)
ROUNDS = 5
PART = 1_000_000


def model():
    return load_bytes(knowledge_base(RULES).encode(), "workload.yaml")


def make(folder: Path, millions: int) -> None:
    """Write a table in parts of a million rows."""
    for part in range(millions):
        project = pl.int_range(part * PART, (part + 1) * PART, eager=True)
        team, day, cents, hours = (
            pl.int_range(most, eager=True).sample(PART, with_replacement=True, seed=part * 4 + column)
            for column, most in enumerate((5_000, 2_000, 100_000_000, 100_000))
        )
        pl.select(
            project=project,
            name=pl.format("project {}", project),
            owner=pl.format("team {}", team),
            started=pl.date(2020, 1, 1) + pl.duration(days=day),
            budget=cents / 100,
            hours=hours,
        ).hstack(frame(model(), PART, seed=part).cast(pl.String)).write_parquet(folder / f"{part:03}.parquet")


def run(what: str, folder: Path) -> None:
    """Copy or decide the table, and print the seconds that it took and the peak memory in MB."""
    out = folder.parent / f"{what}.parquet"
    out.unlink(missing_ok=True)
    start = time.perf_counter()
    table = scan([folder / "*.parquet"])
    if what == "copy":
        table.sink_parquet(out)
    else:
        decide(model(), table, out)
    print(time.perf_counter() - start, peak())


def peak() -> float:
    """Read the peak memory of this process in MB; `ru_maxrss` counts that of the process which started it, too."""
    (kilobytes,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(kilobytes) / 1024


def measure(what: str, folder: Path) -> tuple[float, float]:
    """Run it in a process of its own."""
    command = [sys.executable, "-m", __spec__.name, what, folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def table() -> str:
    """Measure, and write the table."""
    lines = [
        "| million rows | copy, s | with rules, s | ratio | copy, peak MB | with rules, peak MB |",
        "|---|" + "---|" * 5,
    ]
    for millions in MILLIONS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "table"
            folder.mkdir()
            make(folder, millions)
            pairs = [(measure("copy", folder), measure("decide", folder)) for _ in range(ROUNDS)]
        copy, decided = (statistics.median(pair[side][0] for pair in pairs) for side in (0, 1))
        copy_peak, decided_peak = (max(pair[side][1] for pair in pairs) for side in (0, 1))
        peaks = f"{copy_peak:,.0f} | {decided_peak:,.0f}"
        lines.append(f"| {millions} | {copy:.2f} | {decided:.2f} | {decided / copy:.2f} | {peaks} |")
    return "\n".join(lines)


def main() -> None:
    """Run one measurement, or all of them."""
    if len(sys.argv) == 3:
        run(sys.argv[1], Path(sys.argv[2]))
    else:
        print(f"On {machine()}, Polars {pl.__version__}.\n\n{table()}")


if __name__ == "__main__":
    main()
