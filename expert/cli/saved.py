"""Interviews on disk: each in a file of its own, replaced whole after every answer, so that nothing is lost."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from expert.knowledge.files import whole_file
from expert.knowledge.problems import InputError, Place, Problem


def state_folder() -> Path:
    """Choose the folder for what must survive: ``EXPERT_STATE``, or the user's own by the XDG convention.

    Raises
    ------
    InputError
        If it is in a home folder that cannot be told.
    """
    chosen = os.environ.get("EXPERT_STATE") or ""
    # The convention wants absolute paths; others count as not set.
    base = Path(os.environ.get("XDG_STATE_HOME") or "")
    try:
        if chosen:
            return Path(chosen).expanduser()
        return (base if base.is_absolute() else Path.home() / ".local" / "state") / "expert"
    except RuntimeError:
        message = "is in a home folder that cannot be told; set it to another folder for saved interviews"
        raise InputError([Problem(Place(f"EXPERT_STATE={chosen}"), message)]) from None


class SavedInterview:
    """One interview on disk, held by this process: no other takes it meanwhile.

    Parameters
    ----------
    path : Path
        Its file; beside it lies a lock, which the system lifts when the process ends, however it ends.
    """

    def __init__(self, path: Path):
        self.path = path
        self._lock = _lock(path)

    @property
    def is_ours(self) -> bool:
        """Whether this process holds it."""
        return self._lock is not None

    def read(self) -> Mapping[str, Any] | None:
        """Read it; None if it is broken, or does not tell which knowledge base it is about."""
        try:
            state = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        about = state.get("knowledge_base") if isinstance(state, dict) else None
        return state if isinstance(about, dict) else None

    def write(self, state: Mapping[str, Any]) -> None:
        """Replace it."""
        with whole_file(self.path) as temporary:
            temporary.write_text(json.dumps(state, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def remove(self) -> None:
        """Remove it: it is finished, or has no answers."""
        self.path.unlink(missing_ok=True)
        self.release()

    def release(self) -> None:
        """Let others take it."""
        if self._lock is not None:
            if not self.path.exists():
                _lock_path(self.path).unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = None


def new_interview(name: str) -> SavedInterview:
    """Make room for an interview about a knowledge base of this name.

    Raises
    ------
    InputError
        If the state folder cannot be written.
    """
    folder = state_folder() / "interviews"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        number = 1
        while True:
            saved = SavedInterview(folder / f"{name}-{number}.json")
            if saved.is_ours and not saved.path.exists() and not saved.path.with_suffix(".yaml").exists():
                return saved
            saved.release()
            number += 1
    except OSError as error:
        raise _no_folder(folder, error) from None


def latest_unfinished(
    wanted: Callable[[Mapping[str, Any]], bool],
) -> tuple[SavedInterview, Mapping[str, Any]] | None:
    """Take the latest interview that no process holds and that is wanted; none of the others is held any longer.

    Raises
    ------
    InputError
        If the state folder cannot be read, or has no room for locks.
    """
    folder = state_folder() / "interviews"
    try:
        for path in _latest_first(folder) if folder.is_dir() else ():
            saved = SavedInterview(path)
            state = saved.read() if saved.is_ours else None
            if state is not None and wanted(state):
                return saved, state
            saved.release()
    except OSError as error:
        raise _no_folder(folder, error) from None
    return None


def _latest_first(folder: Path) -> list[Path]:
    """List the interviews of a folder, without those that end meanwhile."""
    files = {}
    for path in folder.glob("*.json"):
        with suppress(FileNotFoundError):
            files[path] = path.stat().st_mtime_ns
    return sorted(files, key=lambda path: (-files[path], path.name))


def _lock_path(path: Path) -> Path:
    return path.with_suffix(".lock")


def _lock(path: Path) -> int | None:
    """Hold an interview by an open file; None if another process does."""
    file = os.open(_lock_path(path), os.O_RDWR | os.O_CREAT, 0o600)
    if sys.platform == "win32":
        return file
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # One that was removed before it was locked holds nothing.
        if os.path.samestat(os.fstat(file), _lock_path(path).stat()):
            return file
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(file)
    return None


def _no_folder(path: Path, error: OSError) -> InputError:
    """Say what to do where answers cannot be saved."""
    reason = error.strerror or str(error)
    message = f"cannot be written: {reason}; set EXPERT_STATE to a folder for saved interviews"
    return InputError([Problem(Place(str(path)), message)])
