"""Files that are written whole, or not at all."""

import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedWriter
from pathlib import Path
from shutil import copymode
from time import time

from expert.knowledge.problems import InputError

STALE = 3600.0
"""From which age, in seconds, a temporary file without a lock is removed: a younger one may be about to be locked."""

_TEMPORARY = re.compile(r"\.expert-[0-9a-f]{16}\.partial")


@contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """Give a temporary file that replaces another when all has gone well, and is removed otherwise.

    Its content is on the disk before it takes the name, and the name is on the disk before this returns. Several
    threads and processes may write one file; the last to end wins. What killed processes left in the folder is removed.
    """
    with _reporting(path):
        target = _target(path)
        _sweep(target.parent)
        with _temporary_file(target.parent) as file:
            temporary = Path(file.name)
            yield temporary
            if target.exists():
                copymode(target, temporary)
            os.fsync(file.fileno())
            file.close()  # Windows cannot rename an open file
            temporary.replace(target)
        _sync_folder(target.parent)


def check_target(path: str | Path) -> None:
    """Make sure, before long work, that its result can be written, by trying."""
    with _reporting(path), _temporary_file(_target(path).parent):
        pass


def temporary_name(ending: str = "partial") -> str:
    """Make up a name that nobody can foresee, short enough for every folder."""
    return f".expert-{os.urandom(8).hex()}.{ending}"


def _target(path: str | Path) -> Path:
    """Follow links to the file to write; refuse what is not a regular file."""
    target = Path(os.path.realpath(path))  # Path.resolve raises an error where links form a cycle
    reason = ""
    if not target.parent.is_dir():
        reason = f"there is no folder {Path(path).parent}"
    elif target.exists() and not target.is_file():
        reason = "is a folder" if target.is_dir() else "is not a regular file"
    if reason:
        raise InputError.at(str(path), f"cannot be written: {reason}")
    return target


@contextmanager
def _temporary_file(folder: Path) -> Iterator[BufferedWriter]:
    """Create a new file, locked as long as it is open; remove it if it still has its name in the end."""
    temporary = folder / temporary_name()
    file = temporary.open("xb")
    try:
        with file:
            _lock(file.fileno())
            yield file
    finally:
        with suppress(OSError):
            temporary.unlink()


def _sweep(folder: Path) -> None:
    """Remove temporary files whose writers were killed: old ones, on which no living process has a lock."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    _remove_stale(Path(entry))


def _remove_stale(temporary: Path) -> None:
    """Remove a temporary file, unless it is young, or has a writer."""
    if time() - temporary.stat().st_mtime < STALE:
        return
    descriptor = os.open(temporary, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    try:
        if _lock(descriptor):
            temporary.unlink()
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Lock a file; False where another process has, or where files cannot be locked.

    On Windows no lock is needed: a file that a process has open cannot be removed.
    """
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    """Make a new name survive a power cut, where the system can."""
    if os.name != "posix":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:  # a folder may be writable without being readable
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some file systems cannot sync folders
            raise
    finally:
        os.close(descriptor)


@contextmanager
def _reporting(path: str | Path) -> Iterator[None]:
    """Turn an error of the system into a problem with its place."""
    try:
        yield
    except OSError as error:
        raise InputError.at(str(path), f"cannot be written: {error.strerror}") from None
