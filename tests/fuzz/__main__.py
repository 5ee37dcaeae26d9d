"""Fuzz every reader, guided by coverage: ``python -m tests.fuzz [--share 0.01] [READER...]``.

Each reader runs in a process of its own. What it finds is said as a line of bytes that `corpus/READER.txt` takes.
"""

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.fuzz.corpus import inputs, keep

RUNS = {
    "number": 300_000, "typed": 200_000, "settings": 120_000, "facts_json": 120_000, "facts_toml": 120_000,
    "facts_yaml": 120_000, "knowledge_base": 60_000, "state": 50_000, "row_csv": 5_000, "row_ndjson": 5_000,
    "table_csv": 3_000, "decision": 20_000,
}  # fmt: skip
"""How many inputs of each reader are tried: in all, more than a million, the fewer the longer one takes."""

SECONDS, MEGABYTES, BYTES = 10, 2048, 4096
"""The most that one input may take, and the most that it may be."""


class Ran(NamedTuple):
    """What came of one reader."""

    name: str
    executed: int
    covered: int
    """Places in the code of `expert` and `tomllib` that have been reached, counted by the branch."""
    findings: list[str]
    output: str


def fuzz(name, runs, seed, keeping=False):
    """Fuzz one reader, and keep, if wanted, the fewest of the new inputs that reach what the kept ones do not."""
    with TemporaryDirectory() as folder:
        kept, grown = Path(folder, "kept"), Path(folder, "grown")
        for part in (kept, grown):
            part.mkdir()
        for index, data in enumerate(inputs(name)):
            (kept / f"{index:04}").write_bytes(data)
        output = _child(name, folder, f"-runs={runs}", f"-seed={seed}", grown, kept)
        if keeping:
            _child(name, folder, "-set_cover_merge=1", kept, grown)
            keep(name, [path.read_bytes() for path in kept.iterdir()])
        findings = re.findall(r"^FINDING (.*)", output, re.MULTILINE)
        findings += [f"{path.read_bytes()!r}  # {path.name.partition('-')[0]}" for path in Path(folder).glob("*-*")]
    executed = re.search(r"number_of_executed_units: (\d+)", output)
    covered = re.findall(r"cov: (\d+)", output)
    return Ran(name, int(executed[1]) if executed else 0, int(covered[-1]) if covered else 0, findings, output)


def _child(name, folder, *options):
    limits = [f"-timeout={SECONDS}", f"-rss_limit_mb={MEGABYTES}", f"-max_len={BYTES}", f"-artifact_prefix={folder}/"]
    words = [sys.executable, "-m", "tests.fuzz.target", name, *options, "-print_final_stats=1", *limits]
    settled = {"PYTHONHASHSEED": "0", "POLARS_MAX_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(words, capture_output=True, check=False, env=os.environ | settled)
    return (done.stdout + done.stderr).decode(errors="replace")


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Fuzz every reader.")
    parser.add_argument("readers", nargs="*", choices=[*RUNS, []], metavar="READER")
    parser.add_argument("--share", type=float, default=1.0, help="how many of the usual inputs to try")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="add the fewest inputs that reach more to the corpus")
    options = parser.parse_args()
    found = 0
    for name in options.readers or RUNS:
        ran = fuzz(name, int(RUNS[name] * options.share), options.seed, options.keep)
        print(f"{name:15} {ran.executed:9,} inputs  {ran.covered:6,} places  {len(ran.findings):3} findings")
        for finding in ran.findings:
            print(f"  {finding}")
        sys.stdout.flush()
        if not ran.executed:
            sys.exit(ran.output)
        found += len(ran.findings)
    sys.exit(found > 0)


if __name__ == "__main__":
    main()
