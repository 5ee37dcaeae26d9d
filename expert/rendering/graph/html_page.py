"""The explanation as a page to look around in: one file that asks nothing of any other place.

Every candidate has a tab with its proof, and the last tab has everything. What can be read beside it is there from the
start; the script only shows and hides. The content-security policy admits this one style sheet and this one script.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import NamedTuple

import networkx as nx

from expert.explanation.graph import fact_id
from expert.explanation.graph_views import View
from expert.explanation.shown_certainties import ranking_numbers
from expert.knowledge.rules import Pair
from expert.rendering.graph.boxes import drawing
from expert.rendering.graph.fonts import FAMILY
from expert.rendering.graph.html_panel import about_nodes, overview, standing_of
from expert.rendering.graph.svg import COLOURS, STYLE, graph_content, legend
from expert.rendering.headline import headline, label, named

_ASSETS = files("expert.rendering.graph") / "assets"


class Tab(NamedTuple):
    """A tab: its name in the page's address, its text, a number beside that, and what it shows and proves."""

    name: str
    text: str
    number: str
    view: View
    pairs: Sequence[Pair] = ()


def html_page(view: View) -> str:
    """Write the page."""
    consultation = view.consultation
    tabs, first = _tabs(view)
    style = STYLE.format_map({name: f"var(--{name})" for name in COLOURS} | {"family": FAMILY}) + _asset("page.css")
    script = _asset("page.js")
    base = consultation.knowledge_base
    nodes = nx.compose_all([tab.view.graph for tab in reversed(tabs)])
    standings = {tab.name: standing_of(consultation, tab.pairs) for tab in tabs}
    return Template(_asset("page.html")).substitute(
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        title=escape(base.title or base.name),
        said=escape(headline(consultation).text),
        tabs="\n".join(_tab(index, tab, tab is first) for index, tab in enumerate(tabs)),
        panels="\n".join(line for index, tab in enumerate(tabs) for line in _panel(index, tab)),
        explanation="\n".join([*overview(consultation, standings, first.name), *about_nodes(consultation, nodes)]),
        knowledge_base=escape(f"{base.name} {base.version} · {base.digest}"),
    )


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """Compute what the content-security policy knows a style sheet or a script by."""
    return b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _tabs(view: View) -> tuple[list[Tab], Tab]:
    """Make a tab for each candidate, in the order of the ranking, and one for everything; tell which comes first."""
    consultation, pairs = view.consultation, view.pairs
    goal = consultation.knowledge_base.goal
    numbers = ranking_numbers(consultation)
    tabs = []
    for candidate in consultation.ranking:
        proved = [(goal, candidate.value)]
        certainty = numbers.write(candidate.certainty, "+")
        tabs.append(Tab(_name(proved), label(consultation, candidate.value), certainty, view.of(proved), proved))
    tabs.append(Tab("everything", "Everything", "", view.of(None)))
    if pairs is None:
        return tabs, tabs[-1]
    for tab in tabs:
        if list(tab.pairs) == list(pairs):
            return tabs, tab
    names = (named(consultation, attribute, value) for attribute, value in pairs)
    first = Tab(_name(pairs), " and ".join(names), "", view, pairs)
    return [first, *tabs], first


def _name(pairs: Sequence[Pair]) -> str:
    """Name a tab by what it proves; the one for everything has a name without ``=``."""
    return " and ".join(fact_id(attribute, value) for attribute, value in pairs)


def _tab(index: int, tab: Tab, is_first: bool) -> str:
    beside = f'<span class="number">{tab.number}</span>' if tab.number else ""
    selected = "true" if is_first else "false"
    return (
        f'<button role="tab" type="button" id="tab{index}" aria-controls="panel{index}" aria-selected="{selected}" '
        f'data-name="{escape(tab.name)}">{escape(tab.text)}{beside}</button>'
    )


def _panel(index: int, tab: Tab) -> Iterator[str]:
    """Draw the picture of a tab."""
    drawn = drawing(tab.view)
    parts, width, height = graph_content(drawn, prefix=f"box{index}-")
    legend_parts, legend_width = legend(drawn)
    label = "Everything that was concluded" if not tab.pairs else f"Proof of {tab.text}"
    yield f'<section role="tabpanel" id="panel{index}" aria-labelledby="tab{index}">'
    yield (
        f'<svg class="expert stage" role="group" aria-label="{escape(label)}" viewBox="0 0 {width + 48:.0f} '
        f'{height + 48:.0f}" preserveAspectRatio="xMinYMin"><g transform="translate(24 24)">'
    )
    yield from parts
    yield "</g></svg>"
    yield f'<svg class="expert legend" width="{legend_width:.0f}" height="18" '
    yield f'viewBox="-1 -1 {legend_width:.0f} 18" role="img"><title>Legend</title>'
    yield from legend_parts
    yield "</svg></section>"
