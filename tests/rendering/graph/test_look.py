"""The colours: legible on light and on dark paper, and a picture that stands alone has both."""

import pytest

from expert import KnowledgeBase
from expert.rendering.graph.look import COLOURS, DARK

FILLS = ("page", "panel", "given", "rule", "default", "derived", "candidate", "best", "missed")


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", [COLOURS, DARK], ids=["light", "dark"])
def test_letters_and_lines_stand_out(colours):
    letters = [(ink, fill) for ink in ("text", "faint") for fill in FILLS]
    letters += [(side, fill) for side in ("for", "against") for fill in ("page", "panel")]
    lines = [(f"{kind}-line", kind) for kind in FILLS[2:] if kind != "best"]
    lines += [(line, "page") for line in ("line", "led-to", "followed", "accent")]
    assert {
        pair: contrast(*map(colours.get, pair)) for pair in letters if contrast(*map(colours.get, pair)) < 4.5
    } == {}
    assert {pair: contrast(*map(colours.get, pair)) for pair in lines if contrast(*map(colours.get, pair)) < 3} == {}


def test_a_picture_follows_the_scheme_of_its_reader():
    picture = KnowledgeBase.load().consult({"dataset_size": "small"}).draw("svg").decode()
    light, _, dark = picture.partition("@media (prefers-color-scheme:dark)")
    assert f".paper{{fill:{COLOURS['page']}}}" in light
    assert f".paper{{fill:{DARK['page']}}}" in dark
