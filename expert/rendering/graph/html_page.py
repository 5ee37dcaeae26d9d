"""The explanation as a page to look around in: one file that asks nothing of any other place.

Every candidate has a tab with its proof, and the last tab has everything. What can be read beside it is there from the
start; the script only shows and hides. The content-security policy admits this one style sheet and this one script.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
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
    style = STYLE.format_map({name: f"var(--{name})" for name in COLOURS} | {"family": FAMILY})
    style += (_ASSETS / "page.css").read_text(encoding="utf-8")
    script = (_ASSETS / "page.js").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; style-src 'sha256-{_hash(style)}'; script-src 'sha256-{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    base = consultation.knowledge_base
    said = headline(consultation).text
    nodes = nx.compose_all([tab.view.graph for tab in reversed(tabs)])
    lines = (
        "<!doctype html>",
        '<html lang="en">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(said)}</title>",
        f"<style>{style}</style></head>",
        "<body>",
        f'<header><div><h1>{escape(base.title or base.name)}</h1><p class="answer">{escape(said)}</p></div>',
        '<button id="theme" type="button">Light or dark</button></header>',
        '<nav aria-label="Proofs"><div role="tablist" aria-label="Proofs">',
        *(_tab(index, tab, tab is first) for index, tab in enumerate(tabs)),
        "</div></nav>",
        "<main>",
        *_tools(),
        *(line for index, tab in enumerate(tabs) for line in _panel(index, tab)),
        "</main>",
        '<aside aria-label="Explanation" tabindex="0">',
        '<button id="back" class="back" type="button" hidden>Back to the overview</button>',
        *overview(consultation, {tab.name: standing_of(consultation, tab.pairs) for tab in tabs}, first.name),
        *about_nodes(consultation, nodes),
        f"<footer>{escape(f'{base.name} {base.version} · {base.digest}')}</footer>",
        "</aside>",
        f"<script>{script}</script>",
        "</body>",
        "</html>",
    )
    return "\n".join(lines) + "\n"


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


def _tools() -> Iterator[str]:
    yield '<div class="tools">'
    yield '<input id="search" type="search" placeholder="Search" aria-label="Search the graph">'
    yield '<output id="hits"></output>'
    yield '<span class="gap"></span>'
    yield '<button id="farther" type="button" aria-label="Zoom out">−</button>'
    yield '<button id="nearer" type="button" aria-label="Zoom in">+</button>'
    yield '<button id="fit" type="button">Fit</button></div>'


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
