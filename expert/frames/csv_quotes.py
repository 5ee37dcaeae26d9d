"""Quotes in CSV: to look through each text for what needs them takes a quarter of the time that writing does."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Literal

import polars as pl

from expert.frames.file_faults import kind_of

BLOCK = 2**20
"""How many bytes of a file are looked at together."""

COMPRESSED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"x\x01", b"x^", b"x\x9c", b"x\xda")
"""How files begin that Polars decompresses: gzip, Zstandard, and zlib at each level."""


def quote_style(frame: pl.LazyFrame, passed: Collection[str], files: Sequence[str]) -> Literal["never", "necessary"]:
    """Tell whether a frame may need quotes in CSV; the columns that it passes on are those of these files."""
    if not files or kind_of(files) != "CSV":
        return "necessary"
    added = {name: dtype for name, dtype in frame.collect_schema().items() if name not in passed}
    texts = list(added)
    for dtype in added.values():
        if isinstance(dtype, pl.Enum):
            texts.extend(dtype.categories)
        elif not dtype.is_numeric():
            return "necessary"
    is_plain = _are_plain(texts) and all(map(_is_plain, files))
    return "never" if is_plain else "necessary"


def _are_plain(texts: Iterable[str]) -> bool:
    """Tell whether texts are the same in CSV without quotes; an empty one would read as none at all."""
    return all(text and not set(',"\r\n') & set(text) for text in texts)


def _is_plain(path: str) -> bool:
    """Tell whether a CSV file has no quotes, and no text that would get them."""
    if not Path(path).is_file():
        return False
    with Path(path).open("rb") as file:
        if file.read(4).startswith(COMPRESSED):
            return False
        file.seek(0)
        while block := file.read(BLOCK):
            block += file.read(1) if block.endswith(b"\r") else b""
            if b'"' in block or (b"\r" in block and block.count(b"\r") != block.count(b"\r\n")):
                return False
    return True
