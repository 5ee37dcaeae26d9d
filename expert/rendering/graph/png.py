"""The graph as a picture in PNG: the SVG picture, drawn with the shipped fonts alone."""

from math import sqrt

import networkx as nx

from expert.inference.consultation import Consultation
from expert.rendering.graph.fonts import font_files
from expert.rendering.graph.svg import svg

ZOOM = 2.0
"""How many pixels one of the SVG picture's becomes, both ways, so that text is sharp."""

MOST_PIXELS = 40_000_000
"""Larger pictures get a smaller zoom: they take four bytes of memory for each."""


def png(consultation: Consultation, view: nx.DiGraph) -> bytes:
    """Draw a view as a picture."""
    import re

    import resvg_py

    picture = svg(consultation, view)
    width, height = map(float, re.findall(r'(?:width|height)="([\d.]+)"', picture)[:2])
    zoom = min(ZOOM, sqrt(MOST_PIXELS / (width * height)))
    return bytes(resvg_py.svg_to_bytes(svg_string=picture, skip_system_fonts=True, font_files=font_files(), zoom=zoom))
