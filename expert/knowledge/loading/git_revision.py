"""Knowledge bases as they were at a revision of a git repository, such as ``HEAD~1:rules/triage.yaml``."""

import subprocess
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.model import Model
from expert.knowledge.problems import InputError

_ENDINGS = (".yaml", ".yml", ".json", ".toml", ".csv")
"""Of the files that a knowledge base may need beside its own."""


def is_revision(text: str) -> bool:
    """Tell whether a text names a file at a revision, and not a file that is there."""
    revision, colon, path = text.partition(":")
    return bool(revision and colon and path) and not Path(text).exists() and len(revision) > 1


def load_revision(text: str) -> Model:
    """Load a knowledge base as it was; the files beside it are those of that revision, too."""
    revision, _, path = text.partition(":")
    if revision.startswith("-"):
        raise InputError.at(text, "a revision does not begin with a hyphen")
    data = _git(text, "show", f"{revision}:{path}")
    folder = PurePosixPath(path).parent
    listed = _git(text, "ls-tree", "-z", "--name-only", f"{revision}:{'' if folder == PurePosixPath('.') else folder}")
    with TemporaryDirectory() as temporary:
        for name in listed.decode(errors="surrogateescape").split("\0"):
            if name.endswith(_ENDINGS):
                (Path(temporary) / name).write_bytes(_git(text, "show", f"{revision}:{folder / name}"))
        return load_bytes(data, text, Path(temporary))


def _git(text: str, *words: str) -> bytes:
    """Run git; what it says of a failure becomes the problem."""
    command: Sequence[str] = ("git", *words)
    try:
        return subprocess.run(command, capture_output=True, check=True).stdout
    except FileNotFoundError:
        raise InputError.at(text, "git is needed to read a revision, and was not found") from None
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode(errors="replace").strip().splitlines() or [f"git failed with {error.returncode}"]
        raise InputError.at(text, f"git cannot read it: {shown(lines[0].removeprefix('fatal: '))}") from None
