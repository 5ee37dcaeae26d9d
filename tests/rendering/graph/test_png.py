"""The picture as PNG: drawn with the shipped fonts, not too large, the same bytes every time."""

import re
import struct
import zlib

import pytest

from expert import KnowledgeBase
from expert.explanation.graph_views import view
from expert.rendering.graph import png as png_module
from expert.rendering.graph.png import png
from tests import nasty


def size(picture):
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", picture[16:24])


def colours(picture):
    """Count the different pixels of a picture, by its rows as they are packed."""
    data = b""
    at = 8
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        if picture[at + 4 : at + 8] == b"IDAT":
            data += picture[at + 8 : at + 8 + length]
        at += 12 + length
    return len(set(zlib.decompress(data)))


@pytest.fixture(scope="module")
def consultation():
    return KnowledgeBase.load().consult({"dataset_size": "small"})


def test_a_picture_is_twice_as_large_as_its_svg(consultation):
    width, height = re.search(r'width="([\d.]+)" height="([\d.]+)"', consultation.draw("svg").decode()).groups()
    assert size(consultation.draw("png")) == pytest.approx((2 * float(width), 2 * float(height)), abs=1)


def test_letters_are_drawn(consultation, monkeypatch):
    with_letters = png(view(consultation, None))
    monkeypatch.setattr(png_module, "font_files", list)
    assert len(png(view(consultation, None))) < len(with_letters) / 2


def test_the_bytes_are_the_same_every_time(consultation):
    assert consultation.draw("png") == consultation.draw("png")


def test_a_large_picture_gets_fewer_pixels(consultation, monkeypatch):
    monkeypatch.setattr(png_module, "MOST_PIXELS", 100_000)
    width, height = size(png(view(consultation, None)))
    assert 80_000 < width * height < 110_000


@nasty.every_text
def test_texts_of_all_kinds_are_drawn(text):
    consultation = nasty.consult(text)
    assert colours(consultation.draw("png", everything=True)) > 20
