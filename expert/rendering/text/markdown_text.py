"""A page of the documentation as text for a terminal."""

import re
from collections.abc import Iterator

from expert.rendering.text.text_page import hanging, paragraphs, styled, wrapped
from expert.rendering.text.text_style import Style, plain

_CODE = re.compile(r"^```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\[([^]]+)\]\([^)]+\)")
_EMPHASIS = re.compile(r"(\*+)([^*]+)\1")


def markdown_text(source: str, width: int = 80, style: Style = plain) -> str:
    """Lay out headings, paragraphs, lists and blocks of code; of links only the words stay."""
    return paragraphs(
        _code(block, width) if number % 2 else _prose(block, width, style)
        for number, part in enumerate(_CODE.split(source))
        for block in ([part] if number % 2 else part.split("\n\n"))
    )


def _code(code: str, width: int) -> Iterator[str]:
    """Indent code; what is too long for a line goes on below it."""
    for line in code.splitlines():
        yield from hanging(line.strip(), 2 + len(line) - len(line.lstrip()), width)


def _prose(block: str, width: int, style: Style) -> Iterator[str]:
    """Lay out a heading, a paragraph or a list."""
    words = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", block)).strip()
    if words.startswith("#"):
        yield from styled(words.lstrip("# "), "heading", 0, width, style)
    elif words.startswith("- "):
        for item in re.split(r"\n- ", words[2:]):
            yield from hanging(f"• {' '.join(item.split())}", 0, width)
    elif words:
        yield from wrapped(words, 0, width)
