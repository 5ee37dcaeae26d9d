"""The pages of the documentation, and their examples, ready to be run."""

import doctest
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sybil import Document, Example
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

from expert import InputError, KnowledgeBase
from expert.knowledge.loading.knowledge_base_file import load_bytes
from tests.documentation.console import commands, environment, run

TOP = Path(__file__).resolve().parents[2]
PAGES = (TOP / "README.md", *sorted((TOP / "docs").glob("*.md")))
DATA = ("yaml", "json", "toml")
"""Languages of blocks that hold a facts file or a knowledge base."""


@dataclass(frozen=True)
class Fence:
    """A fenced block, found without help from the library that runs the examples."""

    page: Path
    language: str
    first: int
    source: str

    @property
    def last(self) -> int:
        return self.first + self.source.count("\n") + 1


def page_name(page: Path) -> str:
    """Name a page for people."""
    return page.relative_to(TOP).as_posix()


def fences(page: Path) -> Iterator[Fence]:
    """Walk over the fenced blocks of a page; lines count from 1."""
    fence = re.compile(r"^```(?P<language>[^\n]*)\n(?P<source>.*?)^```$", re.MULTILINE | re.DOTALL)
    text = page.read_text(encoding="utf-8")
    for match in fence.finditer(text):
        yield Fence(page, match["language"], text.count("\n", 0, match.start()) + 1, match["source"])


def prepare(page: Path, folder: Path) -> None:
    """Lay out the folder where the commands of a page run.

    Those of the README run at the top of a checkout, those of the other pages beside the example files.
    """
    examples = TOP / "docs" / "examples"
    shutil.copytree(examples, folder / "docs" / "examples" if page.parent == TOP else folder, dirs_exist_ok=True)


def parse(page: Path, folder: Path) -> Document:
    """Find the examples of a page, to be run in a folder."""
    (folder.parent / "home").mkdir(exist_ok=True)
    variables = environment(folder.parent / "home")

    def console(example: Example) -> str:
        outcomes = [run(command, folder, variables) for command in commands(example.parsed) if command.is_run]
        return "\n".join(filter(None, outcomes))

    parsers = [
        PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS),
        CodeBlockParser("console", console),
        *(CodeBlockParser(language, _data(language, folder)) for language in DATA),
    ]
    return Document.parse(str(page), *parsers)


def _data(language: str, folder: Path):
    """Make what reads a block as a knowledge base if it starts as one does, else as facts for the shipped one.

    A knowledge base is kept in the folder under its name, for the commands further down the page.
    """

    def read(example: Example) -> str:
        source = str(example.parsed)
        try:
            if source.startswith("knowledge_base:"):
                model = load_bytes(source.encode(), f"block.{language}")
                (folder / f"{model.name}.{language}").write_text(source, encoding="utf-8")
                return wrong_cases(KnowledgeBase(model))
            file = folder / f"block.{language}"
            file.write_text(source, encoding="utf-8")
            KnowledgeBase.load().read_facts(file)
        except InputError as error:
            return str(error)
        return ""

    return read


def wrong_cases(knowledge_base: KnowledgeBase) -> str:
    """Say which cases of a knowledge base do not come out as they expect."""
    return "\n".join(
        f"{result.case.name}: {unmet}" for result in knowledge_base.test().failed for unmet in result.unmet
    )
