"""Files that are written whole, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copymode

from expert.knowledge.problems import InputError, Place, Problem


@contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """Give a temporary file beside another, which takes its name when all has gone well, and is removed otherwise.

    Parameters
    ----------
    path : str or Path
        The file to write, there or not. One that is there keeps its permissions; what a link leads to is replaced, not
        the link.

    Yields
    ------
    Path
        The temporary file, empty.

    Raises
    ------
    InputError
        If the file cannot be written, or is no regular file, such as a folder or a device.

    Examples
    --------
    >>> with whole_file("notes.txt") as temporary:
    ...     temporary.write_text("all of it")
    9
    >>> Path("notes.txt").read_text()
    'all of it'
    """
    with _reporting(path):
        target, temporary = _with_temporary(path)
        try:
            temporary.touch()
            yield temporary
            if target.exists():
                copymode(target, temporary)
            temporary.replace(target)
        finally:
            with suppress(OSError):
                temporary.unlink()


def check_target(path: str | Path) -> None:
    """Make sure, before long work, that a file can be written after it, by trying.

    Parameters
    ----------
    path : str or Path
        The file, there or not; it stays as it is.

    Raises
    ------
    InputError
        If `whole_file` could not write it.

    Examples
    --------
    >>> check_target("nowhere/notes.txt")
    Traceback (most recent call last):
    expert.knowledge.problems.InputError: nowhere/notes.txt: cannot be written: there is no folder nowhere
    """
    with _reporting(path):
        _, temporary = _with_temporary(path)
        temporary.touch()
        temporary.unlink()


def _with_temporary(path: str | Path) -> tuple[Path, Path]:
    """Follow links to the file to write, and name its temporary one; refuse what is no regular file."""
    target = Path(os.path.realpath(path))  # Path.resolve does not take links that go in a circle
    reason = ""
    if not target.parent.is_dir():
        reason = f"there is no folder {Path(path).parent}"
    elif target.exists() and not target.is_file():
        reason = "is a folder" if target.is_dir() else "is no regular file"
    if reason:
        raise InputError([Problem(Place(str(path)), f"cannot be written: {reason}")])
    return target, target.with_name(f".{target.name}.{os.getpid()}.partial")


@contextmanager
def _reporting(path: str | Path) -> Iterator[None]:
    """Turn what goes wrong with a file into one problem with its place."""
    try:
        yield
    except OSError as error:
        raise InputError([Problem(Place(str(path)), f"cannot be written: {error.strerror}")]) from None
