"""Texts that link to what they name, where the terminal shows links: sources to the web, places to their files."""

from collections.abc import Mapping
from pathlib import Path

from expert.knowledge.problems import Place
from expert.rendering.text.text_style import Style


def source_link(text: str, source: Mapping[str, str], style: Style) -> str:
    """Link to a source, if it is on the web."""
    url = source.get("url", "")
    return style(text, url) if url.startswith("https://") else text


def place_link(text: str, place: Place, style: Style) -> str:
    """Link to the file of a place, if it is one."""
    path = Path(place.file)
    return style(text, path.resolve().as_uri()) if place.line and path.is_file() else text
