"""Interviews on disk: each in its own file, which is replaced as a whole after every answer."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from expert.knowledge.atomic_files import whole_file
from expert.knowledge.problems import InputError


def state_folder() -> Path:
    """Choose the folder for saved interviews: ``EXPERT_STATE``, or the user's folder for application state."""
    chosen = os.environ.get("EXPERT_STATE")
    if not chosen:
        from platformdirs import user_state_path

        return user_state_path("expert", appauthor=False)
    try:
        return Path(chosen).expanduser()
    except RuntimeError:
        message = "the home folder cannot be determined; choose another folder for saved interviews"
        raise InputError.at(f"EXPERT_STATE={chosen}", message) from None


class SavedInterview:
    """One interview on disk, locked by this process unless another has locked it."""

    def __init__(self, path: Path):
        from filelock import FileLock, Timeout

        self.path = path
        self._lock = FileLock(path.with_suffix(".lock"), timeout=0, mode=0o600)
        with suppress(Timeout):  # another process has locked it
            self._lock.acquire()

    @property
    def is_ours(self) -> bool:
        """Whether this process has locked it."""
        return self._lock.is_locked

    def read(self) -> Mapping[str, Any] | None:
        """Read it; None if it is broken or does not name its knowledge base."""
        try:
            state = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        about = state.get("knowledge_base") if isinstance(state, dict) else None
        return state if isinstance(about, dict) else None

    def write(self, state: Mapping[str, Any]) -> None:
        """Replace its content."""
        with whole_file(self.path) as temporary:
            temporary.write_text(json.dumps(state, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def remove(self) -> None:
        """Remove it, as it is finished."""
        self.path.unlink(missing_ok=True)
        self.release()

    def release(self) -> None:
        """Unlock it."""
        if self.is_ours:
            if not self.path.exists():
                with suppress(OSError):  # some systems cannot remove an open file
                    Path(self._lock.lock_file).unlink(missing_ok=True)
            self._lock.release()


def new_interview(name: str) -> SavedInterview:
    """Lock a new file name for an interview about a knowledge base of this name."""
    with _interviews() as folder:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        number = 1
        while True:
            saved = SavedInterview(folder / f"{name}-{number}.json")
            if saved.is_ours and not saved.path.exists() and not saved.path.with_suffix(".yaml").exists():
                return saved
            saved.release()
            number += 1


def latest_unfinished(wanted: Callable[[Mapping[str, Any]], bool]) -> tuple[SavedInterview, Mapping[str, Any]] | None:
    """Lock and read the latest interview that is wanted and not locked by another process; None if there is none."""
    with _interviews() as folder:
        for path in _latest_first(folder) if folder.is_dir() else ():
            saved = SavedInterview(path)
            state = saved.read() if saved.is_ours else None
            if state is not None and wanted(state):
                return saved, state
            saved.release()
    return None


@contextmanager
def _interviews() -> Iterator[Path]:
    """Give the folder of interviews; say what to do if answers cannot be saved there."""
    folder = state_folder() / "interviews"
    try:
        yield folder
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}; set EXPERT_STATE to a folder for saved interviews"
        raise InputError.at(str(folder), message) from None


def _latest_first(folder: Path) -> list[Path]:
    """List the interviews of a folder, the latest first; those that end meanwhile are left out."""
    files = {}
    for path in folder.glob("*.json"):
        with suppress(FileNotFoundError):
            if path.is_file():  # reading a named pipe would wait for a writer
                files[path] = path.stat().st_mtime_ns
    return sorted(files, key=lambda path: (-files[path], path.name))
