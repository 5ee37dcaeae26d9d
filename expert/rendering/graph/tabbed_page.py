"""A page to look around in graphs: one file that asks nothing of any other place.

Each graph has a tab. All that can be read is there from the start: without the script one below the other, and the
script only shows and hides. The content-security policy admits this one style sheet and this one script.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import NamedTuple

from expert.rendering.graph.boxes import Drawing
from expert.rendering.graph.look import style_on_page
from expert.rendering.graph.svg import graph_content, legend

MARGIN = 12
"""Around a picture."""

SCRIPTS = ("stage.js", "sides.js", "page.js")
"""Together they are the page's script: its pictures, the candidates side by side, and the rest."""


class Tab(NamedTuple):
    """A tab: its name in the page's address, its text, a number beside that, and what it shows, with its label."""

    name: str
    text: str
    number: str
    label: str
    shows: Drawing | str


class Part(NamedTuple):
    """A tab that comes from outside, with the style sheet and the script that it needs."""

    tab: Tab
    style: str
    script: str


def tabbed_page(
    own_tabs: Sequence[Tab], first: str, overview: Iterable[str], about: Iterable[str], part: Part | None = None
) -> str:
    """Write the page; `first` names the tab that is open, and the rest stands beside it: the one or the other."""
    tabs = [*own_tabs, part.tab] if part else own_tabs
    style = style_on_page() + asset("said.css") + asset("page.css") + (part.style if part else "")
    script = "".join(map(asset, SCRIPTS)) + (part.script if part else "")
    drawn = next(tab.shows for tab in tabs if isinstance(tab.shows, Drawing))
    base = drawn.knowledge_base
    return Template(asset("page.html")).substitute(
        style=style,
        style_hash=content_hash(style),
        script=script,
        script_hash=content_hash(script),
        title=escape(drawn.title),
        said=escape(drawn.said),
        tabs="\n".join(_tab(index, tab, tab.name == first) for index, tab in enumerate(tabs)),
        panels="\n".join(line for index, tab in enumerate(tabs) for line in _panel(index, tab)),
        overview="\n".join(overview),
        about="\n".join(about),
        knowledge_base=escape(f"{base.name} {base.version} · {base.digest}"),
    )


def content_hash(content: str) -> str:
    """Compute what the content-security policy knows a style sheet or a script by."""
    return b64encode(hashlib.sha256(content.encode()).digest()).decode()


def asset(name: str, package: str = "expert.rendering.graph") -> str:
    """Read a template, a style sheet or a script."""
    return (files(package) / "assets" / name).read_text(encoding="utf-8")


def _tab(index: int, tab: Tab, is_first: bool) -> str:
    beside = f'<span class="number">{tab.number}</span>' if tab.number else ""
    selected = "true" if is_first else "false"
    return (
        f'<button role="tab" type="button" id="tab{index}" aria-controls="panel{index}" aria-selected="{selected}" '
        f'data-name="{escape(tab.name)}">{escape(tab.text)}{beside}</button>'
    )


def _panel(index: int, tab: Tab) -> Iterator[str]:
    """Write what a tab shows, under its label for where all are shown one below the other."""
    yield f'<section role="tabpanel" id="panel{index}" aria-labelledby="tab{index}"><h2>{escape(tab.label)}</h2>'
    if isinstance(tab.shows, str):
        yield f'<div class="content">{tab.shows}</div></section>'
        return
    parts, width, height = graph_content(tab.shows, prefix=f"box{index}-")
    legend_parts, legend_width = legend(tab.shows)
    size = f"{width + 2 * MARGIN:.0f} {height + 2 * MARGIN:.0f}"
    yield f'<svg class="expert stage" role="group" aria-label="{escape(tab.label)}" viewBox="0 0 {size}" '
    yield f'preserveAspectRatio="xMinYMin"><g transform="translate({MARGIN} {MARGIN})">'
    yield from parts
    yield "</g></svg>"
    yield f'<svg class="expert legend" width="{legend_width:.0f}" height="18" '
    yield f'viewBox="-1 -1 {legend_width:.0f} 18" role="img"><title>Legend</title>'
    yield from legend_parts
    yield "</svg></section>"
