"""Knowledge bases as they were at a revision of a git repository, such as ``HEAD~1:rules/triage.yaml``."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from tempfile import TemporaryDirectory

from expert.knowledge.loading.file_formats import KNOWLEDGE_BASES, check_size, parse
from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.loading.table_content import ENDING
from expert.knowledge.loading.tree import MappingNode, Node, ScalarNode
from expert.knowledge.model import Model
from expert.knowledge.problems import InputError, Place

_PLAIN = {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1"}
"""Messages in English, and nothing fetched over a network."""


def is_revision(text: str) -> bool:
    """Tell whether a text names a file at a revision; a single letter before the colon is a drive of Windows."""
    revision, _, path = text.partition(":")
    return len(revision) > 1 and bool(path) and not Path(text).exists()


def load_revision(text: str) -> Model:
    """Load a knowledge base as it was; the files that it names are those of that revision, too."""
    if text.startswith("-"):
        raise InputError.at(text, "a revision does not begin with a hyphen")
    data = check_size(_content(text), Place(text))
    folder = text[: max(text.rfind("/"), text.find(":")) + 1]
    with TemporaryDirectory() as temporary:
        _fetch(data, text, folder, Path(temporary))
        return load_bytes(data, text, Path(temporary))


def _fetch(data: bytes, file: str, folder: str, target: Path) -> None:
    """Write the files that a knowledge base names, and those that these name; loading tells which are missing."""
    for name in _named(data, file):
        path = PureWindowsPath(name)  # it knows the separators of all systems
        written = target / path.as_posix()
        if path.anchor or ".." in path.parts or written.exists():
            continue
        with suppress(InputError):
            content = _content(folder + path.as_posix())
            written.parent.mkdir(parents=True, exist_ok=True)
            written.write_bytes(content)
            if path.suffix.lower() != ENDING:
                _fetch(content, name, folder, target)


def _named(data: bytes, file: str) -> Iterator[str]:
    """Name the files that a knowledge base may need: the one that it extends, and those of its tables."""
    try:
        tree, _ = parse(data, file, KNOWLEDGE_BASES)
    except InputError:
        return
    extended, tables = _part(tree, "extends"), _part(tree, "tables")
    if isinstance(extended, ScalarNode):
        yield from (extended.text, f"{extended.text}.yaml")
    for table in tables.fields.values() if isinstance(tables, MappingNode) else ():
        if isinstance(found := _part(table, "file"), ScalarNode):
            yield found.text


def _part(node: Node, key: str) -> Node | None:
    """Look a part of a tree up; None where there is none."""
    return node.get(key) if isinstance(node, MappingNode) else None


def _content(text: str) -> bytes:
    """Let git read a file at a revision; what it says of a failure becomes the problem."""
    command = ("git", "cat-file", "blob", text)
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, env={**os.environ, **_PLAIN})
    except FileNotFoundError:
        raise InputError.at(text, "git is needed to read a revision, and was not found") from None
    except (OSError, ValueError) as error:
        raise InputError.at(text, f"git cannot be asked: {error}") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or [f"it failed with {done.returncode}"]
        raise InputError.at(text, f"git cannot read it: {said[0].removeprefix('fatal: ')}")
    return done.stdout
