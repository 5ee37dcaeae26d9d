"""The import contracts hold what they say: each import that they forbid is planted in a copy, and breaks one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = (
    ("knowledge",),
    ("inference",),
    ("frames",),
    ("open_questions",),
    ("analysis", "interview"),
    ("explanation", "verification"),
    ("records",),
    ("rendering",),
    ("page",),
    ("api",),
    ("cli",),
)
"""The lowest first; those on one floor do not import one another."""

MAY_IMPORT = {
    "click": {"cli", "cli.interview", "cli.rules"},
    "prompt_toolkit": {"cli", "cli.interview", "cli.rules"},
    "experta": set(),
    "networkx": {
        "explanation",
        "verification",
        "rendering",
        "rendering.decision_tables",
        "rendering.graph",
        "rendering.site",
        "rendering.text",
        "records",
        "rendering.records",
        "api",
    },
    "polars": {"frames", "frames.adapters", "open_questions", "analysis", "interview", "verification"},
    **{
        library: {"frames", "frames.adapters"}
        for library in ("duckdb", "narwhals", "pandas", "py4j", "pyarrow", "pyspark")
    },
}
"""The packages in which new modules may import a library."""


@pytest.fixture
def house(tmp_path):
    """A copy of the package, with the settings of its contracts."""
    shutil.copytree(ROOT / "expert", tmp_path / "expert", ignore=shutil.ignore_patterns("__pycache__", "fonts"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def parts(house):
    """List the packages, without those of data."""
    folders = [path.parent for path in (house / "expert").rglob("__init__.py") if path.parent.name != "expert"]
    return sorted(".".join(path.relative_to(house / "expert").parts) for path in folders)


def below(room):
    """List the rooms that a room may import."""
    floor = next(place for place, rooms in enumerate(FLOORS) if room in rooms)
    return [lower for rooms in FLOORS[:floor] for lower in rooms]


ROOMS = [room for rooms in FLOORS for room in rooms]


def plant(house, imports):
    """Add imports to packages, each in a new module; list what is planted where."""
    planted = set()
    for part, modules in imports.items():
        with (house / "expert" / Path(*part.split(".")) / "planted.py").open("a") as opened:
            opened.writelines(f"import {module}\n" for module in modules)
        planted |= {(f"{part}.planted", module) for module in modules}
    return planted


def broken(house):
    """Check the contracts; give the exit status, and the imports that break one."""
    code = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    environment = {**os.environ, "PYTHONPATH": str(house), "COLUMNS": "200"}
    words = [sys.executable, "-c", code, "--no-cache"]
    done = subprocess.run(words, cwd=house, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, set(re.findall(r"-\s+expert\.([\w.]+) -> (\w[\w.]*) \(l", done.stdout))


def test_every_forbidden_library_in_every_package_breaks_a_contract(house):
    planted = plant(
        house,
        {part: [library for library, where in MAY_IMPORT.items() if part not in where] for part in parts(house)},
    )
    assert broken(house) == (1, planted)


def test_every_import_of_a_higher_floor_breaks_a_contract(house):
    forbidden = {room: sorted({*ROOMS} - {*below(room), room}) for room in ROOMS}
    planted = plant(house, {room: [f"expert.{other}" for other in others] for room, others in forbidden.items()})
    assert broken(house) == (1, planted)


def test_what_is_admitted_breaks_none(house):
    plant(house, {part: [library for library, where in MAY_IMPORT.items() if part in where] for part in parts(house)})
    plant(house, {room: [f"expert.{lower}" for lower in below(room)] for room in ROOMS})
    assert broken(house) == (0, set())
