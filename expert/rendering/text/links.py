"""Texts that link to what they name, where the terminal shows links: sources to the web, places to their files."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from expert.knowledge.model import Model
from expert.knowledge.problems import Place
from expert.rendering.text.text_style import Style


def source_link(text: str, source: Mapping[str, str], style: Style) -> str:
    """Link to a source, if it is on the web."""
    url = source.get("url", "")
    return style(text, url) if url.startswith("https://") else text


def place_link(text: str, place: Place, model: Model, style: Style) -> str:
    """Link from a place to its file: to that which the knowledge base was read from, not to another of its name."""
    folder = model.folders.get(place.file)
    path = folder / Path(place.file).name if folder else Path(place.file)
    return _file_link(text, path, style) if place.line else text


def with_origins(text: str, origins: Iterable[str], style: Style) -> str:
    """Link wherever a text names the origin of a fact, a line of a facts file, to that file."""
    named = "|".join(re.escape(each) for each in dict.fromkeys(origins) if re.search(r":\d+$", each))

    def linked(found: re.Match[str]) -> str:
        return _file_link(found[0], Path(found[0].rpartition(":")[0]), style)

    return re.sub(rf"(?<![\w./-])(?:{named})(?!\d)", linked, text) if named else text


def _file_link(text: str, path: Path, style: Style) -> str:
    return style(text, path.resolve().as_uri()) if path.is_file() else text
