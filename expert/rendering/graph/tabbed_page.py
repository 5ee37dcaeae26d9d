"""A page to look around in graphs: one file that asks nothing of any other place.

Each graph has a tab. All that can be read is there from the start: without the script one below the other, and the
script only shows and hides. The content-security policy admits this one style sheet and this one script.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import NamedTuple

from expert.rendering.graph.boxes import Drawing
from expert.rendering.graph.fitting import ROOM, Room
from expert.rendering.graph.look import style_on_page
from expert.rendering.graph.svg import graph_content, legend_entries

MARGIN = 12
"""Around a picture."""

SCRIPTS = ("stage.js", "sides.js", "page.js")
"""Together they are the page's script: its pictures, the candidates side by side, and the rest."""


class Tab(NamedTuple):
    """A tab: its name in the page's address, its text, a number beside that, and what it shows, with its label.

    Where all of it could not be read at first sight, the script shows the short of it first: there is one for each room
    that is too small.
    """

    name: str
    text: str
    number: str
    label: str
    shows: Drawing | str
    shorts: Mapping[Room, Drawing] = {}


class Part(NamedTuple):
    """A tab that comes from outside, with the style sheet and the script that it needs."""

    tab: Tab
    style: str
    script: str


def tabbed_page(
    own_tabs: Sequence[Tab],
    first: str,
    overview: Iterable[str],
    about: Iterable[str],
    below: str = "",
    part: Part | None = None,
) -> str:
    """Write the page; `first` names the tab that is open, beside it stands the overview or what is about a box.

    A sentence may stand below what is said on top.
    """
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
        below=f'<p class="below">{below}</p>' if below else "",
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
    for number, (room, short) in enumerate(tab.shorts.items()):
        kind = "picture short" if room == ROOM else "picture small"
        yield from _picture(short, f"{tab.label}, in short", f"short{index}-{number}-", kind, room)
    yield from _picture(tab.shows, tab.label, f"box{index}-", "picture")
    yield "</section>"


def _picture(drawn: Drawing, label: str, prefix: str, kind: str, room: Room = ROOM) -> Iterator[str]:
    """Draw a graph with its legend."""
    parts, width, height = graph_content(drawn, prefix, room=room)
    if width > ROOM.width or height > ROOM.height:
        kind += " large"
    across, down = f"{width + 2 * MARGIN:.0f}", f"{height + 2 * MARGIN:.0f}"
    yield f'<div class="{kind}"><svg class="expert stage" role="group" aria-label="{escape(label)}" '
    yield f'width="{across}" height="{down}" viewBox="0 0 {across} {down}" preserveAspectRatio="xMinYMin">'
    yield f'<g transform="translate({MARGIN} {MARGIN})">'
    yield from parts
    yield "</g></svg>"
    yield '<ul class="legend" aria-label="Legend">'
    for symbol, symbol_width, said in legend_entries(drawn):
        box = f'width="{symbol_width + 2}" height="18" viewBox="-1 -1 {symbol_width + 2} 18"'
        drawn_symbol = f'<svg class="expert" {box} aria-hidden="true">{"".join(symbol)}</svg>' if symbol else ""
        yield f"<li>{drawn_symbol}{said}</li>"
    yield "</ul></div>"
