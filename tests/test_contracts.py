"""The import contracts hold what they say: each import that they forbid is planted in a copy, and breaks one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("knowledge", "inference", "explanation", "interview", "api", "cli")

MAY_IMPORT = {
    "click": {"cli"},
    "prompt_toolkit": {"cli"},
    "experta": set(),
    "networkx": {"explanation", "explanation.rendering"},
    "polars": {"inference", "interview", "explanation"},
    **{library: {"inference"} for library in ("duckdb", "narwhals", "pandas", "py4j", "pyarrow", "pyspark")},
}
"""The packages in which new modules may import a library."""


@pytest.fixture
def house(tmp_path):
    """A copy of the package, with the settings of its contracts."""
    shutil.copytree(ROOT / "expert", tmp_path / "expert", ignore=shutil.ignore_patterns("__pycache__", "fonts"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def parts(house):
    """List the packages, without those of data, and the floors that are a single module."""
    folders = [path.parent for path in (house / "expert").rglob("__init__.py") if path.parent.name != "expert"]
    modules = [house / "expert" / floor for floor in FLOORS if (house / "expert" / f"{floor}.py").exists()]
    return sorted(".".join(path.relative_to(house / "expert").parts) for path in folders + modules)


def plant(house, imports):
    """Add imports to packages, each in a new module, and to single modules; list what is planted where."""
    planted = set()
    for part, modules in imports.items():
        path = house / "expert" / Path(*part.split("."))
        name, file = (f"{part}.planted", path / "planted.py") if path.is_dir() else (part, path.with_suffix(".py"))
        with file.open("a") as opened:
            opened.writelines(f"import {module}\n" for module in modules)
        planted |= {(name, module) for module in modules}
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
    planted = plant(
        house, {floor: [f"expert.{higher}" for higher in FLOORS[place + 1 :]] for place, floor in enumerate(FLOORS)}
    )
    assert broken(house) == (1, planted)


def test_what_is_admitted_breaks_none(house):
    plant(house, {part: [library for library, where in MAY_IMPORT.items() if part in where] for part in parts(house)})
    plant(house, {floor: [f"expert.{lower}" for lower in FLOORS[:place]] for place, floor in enumerate(FLOORS)})
    assert broken(house) == (0, set())
