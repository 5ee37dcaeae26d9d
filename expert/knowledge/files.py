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
    target = Path(os.path.realpath(path))  # Path.resolve does not take links that go in a circle
    temporary = target.with_name(f".{target.name}.{os.getpid()}.partial")
    if target.exists() and not target.is_file():
        kind = "is a folder" if target.is_dir() else "is no regular file"
        raise InputError([Problem(Place(str(path)), f"cannot be written: {kind}")])
    try:
        temporary.touch()
        yield temporary
        if target.exists():
            copymode(target, temporary)
        temporary.replace(target)
    except OSError as error:
        raise InputError([Problem(Place(str(path)), f"cannot be written: {error.strerror}")]) from None
    finally:
        with suppress(OSError):
            temporary.unlink()
