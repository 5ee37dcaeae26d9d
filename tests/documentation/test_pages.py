"""README and docs do what they show: every command and every Python example is run, every data block is read."""

import re
from pathlib import Path

import pytest
from sybil.example import SybilFailure

from expert import KnowledgeBase
from tests.documentation.console import commands
from tests.documentation.pages import DATA, PAGES, TOP, fences, page_name, parse, prepare, wrong_cases
from tests.spark_cluster import needs_spark

RUN = ("console", "python")
UNRUN = ("text", "{toctree}", "{eval-rst}", "{literalinclude} _build/gallery/decision.md")

GALLERY = re.findall(r'"([\w-]+\.(?:svg|png|html))"', (TOP / "docs" / "conf.py").read_text(encoding="utf-8"))
"""What is drawn while the site is built."""

every_page = pytest.mark.parametrize("page", PAGES, ids=page_name)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def run(example):
    """Run an example; say what is wrong with it, so that those after it are still run."""
    try:
        example.evaluate()
    except SybilFailure as failure:
        return failure.result


def commands_of(fence):
    """List the commands of a block; those that are no console blocks have none."""
    return commands(fence.source) if fence.language == "console" else []


@every_page
def test_the_examples_of_a_page_do_what_they_show(page, folder):
    if page.name == "spark.md":
        needs_spark()
    prepare(page, folder)
    wrong = [
        f"{page_name(page)}:{example.line}:\n{result}" for example in parse(page, folder) if (result := run(example))
    ]
    if wrong:
        pytest.fail("\n\n".join(wrong), pytrace=False)


@every_page
def test_every_block_of_a_page_is_found_and_run_or_known_not_to_be(page, folder):
    found = [example.line for example in parse(page, folder)]
    for fence in fences(page):
        where = f"{page_name(page)}:{fence.first}"
        assert fence.language in (*RUN, *DATA, *UNRUN), (
            f"{where}: a block in '{fence.language}' is neither run nor read"
        )
        if fence.language not in UNRUN:
            assert any(fence.first <= line < fence.last for line in found), f"{where}: is not run"
        else:
            assert not re.search(r"^(\$|>>>) ", fence.source, re.MULTILINE), f"{where}: shows commands but is not run"


@every_page
def test_every_prompt_of_a_page_is_in_a_block_that_is_run(page):
    inside = {number for fence in fences(page) for number in range(fence.first, fence.last + 1)}
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        if re.match(r"\s*(\$|>>>) ", line):
            assert number in inside, f"{page_name(page)}:{number}: {line}"
        assert number in inside or not re.match(r"\s*(```|~~~)", line), f"{page_name(page)}:{number}: an odd fence"


def test_every_page_of_the_documentation_is_looked_at():
    assert {"README.md", "docs/index.md", "docs/semantics.md"} <= set(map(page_name, PAGES))
    examples = [fence for page in PAGES for fence in fences(page) if fence.language in RUN]
    assert len(examples) > 30


def test_make_is_shown_with_targets_that_exist():
    makefile = (TOP / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))
    for page in PAGES:
        shown = re.findall(r"`make ([\w-]+)`", page.read_text(encoding="utf-8"))
        for fence in fences(page):
            shown += [command.text.split()[1] for command in commands_of(fence) if not command.is_run]
        assert set(shown) <= targets, page_name(page)


def test_the_readme_shows_the_command_that_make_demo_runs():
    shown = [command.text for fence in fences(TOP / "README.md") for command in commands_of(fence)]
    demo = re.search(r"^demo:.*\n((?:\t.*\n)+)", (TOP / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert f"$(BIN)/{shown[shown.index('make demo') + 1]}\n" in demo[1]


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "README.md"], ids=page_name)
def test_every_page_is_in_the_table_of_contents(page):
    index = (TOP / "docs" / "index.md").read_text(encoding="utf-8")
    assert page.stem == "index" or re.search(f"^{page.stem}$", index, re.MULTILINE)


@every_page
def test_links_to_files_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        drawn = target.startswith("_build/gallery/") and target.rpartition("/")[2] in GALLERY
        assert target.startswith("https://") or drawn or (page.parent / target).exists(), target


EXAMPLES = sorted(path for path in (TOP / "docs" / "examples").rglob("*") if path.is_file())
OTHER_RULES = {"vulnerability.yaml": "patch-triage.yaml"}
"""Example facts that are not for a shipped knowledge base, with the one beside them."""
SHIPPED = {"examples": "article", "profiles": "current"}
"""Which shipped knowledge base the facts in a folder are for."""


@pytest.mark.parametrize(
    "path", [path for path in EXAMPLES if path.name not in OTHER_RULES.values()], ids=lambda path: path.name
)
def test_every_example_of_facts_is_read(path: Path):
    knowledge_base = KnowledgeBase.load(
        path.with_name(OTHER_RULES[path.name]) if path.name in OTHER_RULES else SHIPPED[path.parent.name]
    )
    consultation = knowledge_base.consult(knowledge_base.read_facts(path))
    expected = {"tie.json": "tie", "undecided.yaml": "undecided"}
    assert consultation.outcome == expected.get(path.name, "recommended")


@pytest.mark.parametrize("name", OTHER_RULES.values())
def test_the_cases_of_every_example_of_rules_come_out(name):
    knowledge_base = KnowledgeBase.load(TOP / "docs" / "examples" / name)
    assert knowledge_base.model.cases
    assert wrong_cases(knowledge_base) == ""


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_file_says_what_it_is_about(path: Path):
    assert path.suffix == ".json" or path.read_text(encoding="utf-8").startswith("# ")
