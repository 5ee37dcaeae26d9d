"""The package as users get it: built from its source distribution, installed elsewhere, away from the checkout."""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Give an empty environment in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    ignored = shutil.ignore_patterns(".*", "*.egg-info", "build", "dist", "docs", "tests", "__pycache__")
    shutil.copytree(CHECKOUT, source, ignore=ignored)
    shutil.copytree(CHECKOUT / "docs" / "man", source / "docs" / "man")
    shutil.copy(CHECKOUT / "docs" / "certainty-factors.md", source / "docs")
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", folder / "dist", source], check=True, capture_output=True
    )
    venv.create(folder / "venv")
    (wheel,) = (folder / "dist").glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--python", folder / "venv", "install", "--quiet", wheel]
    subprocess.run(pip, check=True, capture_output=True)
    return folder / "venv"


def run(environment, *words):
    done = subprocess.run(
        [environment / "bin" / words[0], *words[1:]],
        cwd=environment,
        env={"HOME": str(environment / "home"), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_shipped_knowledge_base_is_found_in_the_installed_package(environment):
    assert run(environment, "expert", "recommend", "--set", "dataset_size=small").startswith("Keras is recommended")
    code = "import expert; kb = expert.KnowledgeBase.load(); print(expert.__file__, kb.name, len(kb.rules))"
    where, name, rules = run(environment, "python", "-c", code).split()
    assert Path(where).is_relative_to(environment)
    assert (name, int(rules) > 30) == ("article", True)


def test_scripts_and_pages_are_in_the_wheel(environment):
    assert run(environment, "expert", "completion", "bash").startswith("_expert_completion() {")
    words = ("graph", "--set", "dataset_size=small", "--format", "html", "--out", "-")
    assert run(environment, "expert", *words).startswith("<!doctype html>")


def test_the_man_pages_are_installed(environment):
    installed = {path.name: path.read_bytes() for path in (environment / "share" / "man" / "man1").glob("expert*")}
    assert installed == {path.name: path.read_bytes() for path in (CHECKOUT / "docs" / "man").iterdir()}


def test_the_page_that_the_first_output_names_is_printed(environment):
    assert "expert certainty\n" in run(environment, "expert", "recommend", "--set", "dataset_size=small")
    here = subprocess.run(
        [sys.executable, "-m", "expert", "certainty"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert run(environment, "expert", "certainty") == here.stdout


def test_every_module_is_in_the_wheel(environment):
    (installed,) = environment.glob("lib/*/site-packages/expert")

    def modules(folder):
        return {path.relative_to(folder) for path in folder.rglob("*.py")}

    assert modules(installed) == modules(CHECKOUT / "expert")


def test_the_command_and_the_distribution_have_one_version(environment):
    code = "from importlib.metadata import version; print(version('framework-expert'))"
    assert run(environment, "expert", "--version") == f"expert, version {run(environment, 'python', '-c', code)}"


def test_the_same_knowledge_base_is_found_from_the_checkout(environment):
    code = "import expert; print(expert.KnowledgeBase.load().digest)"
    here = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert run(environment, "python", "-c", code) == here.stdout
