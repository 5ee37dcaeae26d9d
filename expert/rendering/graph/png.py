"""The graph as a picture in PNG: the SVG picture, drawn with the shipped fonts alone."""

from math import sqrt

from expert.rendering.graph.drawings import Subject
from expert.rendering.graph.fonts import font_files
from expert.rendering.graph.svg import picture

ZOOM = 2.0
"""How many pixels one of the SVG picture's becomes, both ways, so that text is sharp."""

MOST_PIXELS = 40_000_000
"""Larger pictures get a smaller zoom: they take four bytes of memory for each."""


def png(subject: Subject) -> bytes:
    """Draw a graph as a picture."""
    import resvg_py

    text, width, height = picture(subject)
    zoom = min(ZOOM, sqrt(MOST_PIXELS / (width * height)))
    return bytes(resvg_py.svg_to_bytes(svg_string=text, skip_system_fonts=True, font_files=font_files(), zoom=zoom))
