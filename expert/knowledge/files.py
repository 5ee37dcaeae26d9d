"""Files that are written whole, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from expert.knowledge.problems import InputError, Place, Problem


@contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """Give a temporary file beside another, which takes its name when all has gone well, and is removed otherwise.

    Parameters
    ----------
    path : str or Path
        The file to write, there or not.

    Yields
    ------
    Path
        The temporary file, empty.

    Raises
    ------
    InputError
        If the file cannot be written.

    Examples
    --------
    >>> with whole_file("notes.txt") as temporary:
    ...     temporary.write_text("all of it")
    9
    >>> Path("notes.txt").read_text()
    'all of it'
    """
    target = Path(path)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        temporary.touch()
        yield temporary
        temporary.replace(target)
    except OSError as error:
        raise InputError([Problem(Place(str(path)), f"cannot be written: {error.strerror}")]) from None
    finally:
        with suppress(OSError):
            temporary.unlink()
