"""How wide texts are in the fonts that are shipped, and how to wrap them.

Liberation Sans is as wide as Arial and Helvetica, letter by letter, so a picture looks alike where those are used in
its stead. DejaVu Sans has what Liberation Sans lacks.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files

FAMILY = "Liberation Sans, Arimo, Arial, Helvetica, DejaVu Sans, sans-serif"
"""As a style sheet names them."""

_FOLDER = files("expert.rendering.graph") / "fonts"
_REGULAR, _BOLD, _OTHERS = "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "DejaVuSans.ttf"

_PIECE = re.compile(r"[^\s_/.,:=-]*(?:(?:\.\w+)?:\d+$|[_/.,:=-]+)|[^\s_/.,:=-]+")
"""A part of a word after which a line may end, if the word is longer than a line.

The name of a file keeps its kind and the number of its line.
"""


def font_files() -> list[str]:
    """List the paths of the shipped fonts."""
    return [str(_FOLDER / name) for name in (_REGULAR, _BOLD, _OTHERS)]


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Measure a line of text."""
    widths = _widths(bold)
    # What no shipped font has is guessed: nothing for what changes another character, a whole letter size for the rest.
    return size * sum(
        [widths[code] if (code := ord(each)) in widths else not unicodedata.combining(each) for each in text]
    )


def widest_part(text: str, size: float, bold: bool = False) -> float:
    """Measure the widest part that is broken in no good place."""
    return max((text_width(part, size, bold) for part in _PIECE.findall(text)), default=0.0)


def wrapped(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Break a text into lines; words that are longer than a line are broken, too."""
    lines = [""]
    for word in text.split():
        for number, piece in enumerate(_pieces(word, width, size, bold)):
            longer = f"{lines[-1]} {piece}" if lines[-1] and number == 0 else lines[-1] + piece
            if lines[-1] and text_width(longer, size, bold) > width:
                lines.append(piece)
            else:
                lines[-1] = longer
    return lines


def _pieces(word: str, width: float, size: float, bold: bool) -> list[str]:
    """Break a word that is longer than a line, at signs where it has some."""
    if text_width(word, size, bold) <= width:
        return [word]
    pieces: list[str] = []
    for part in _PIECE.findall(word):
        pieces += [part] if text_width(part, size, bold) <= width else _characters(part)
    return pieces


def _characters(text: str) -> list[str]:
    """Take a text apart; what changes a character stays with it."""
    found: list[str] = []
    for character in text:
        if found and (unicodedata.combining(character) or character in "\u200d\ufe0f" or found[-1][-1] == "\u200d"):
            found[-1] += character
        else:
            found.append(character)
    return found


@cache
def _widths(bold: bool) -> dict[int, float]:
    """Tell how wide characters are, in letter sizes, by their code."""
    return _advances(_OTHERS) | _advances(_BOLD if bold else _REGULAR)


def _advances(name: str) -> dict[int, float]:
    """Read the widths of a font's characters."""
    from fontTools.ttLib import TTFont

    with TTFont(str(_FOLDER / name), lazy=True) as font:
        units = font["head"].unitsPerEm
        metrics = font["hmtx"]
        return {code: metrics[glyph][0] / units for code, glyph in font.getBestCmap().items()}
