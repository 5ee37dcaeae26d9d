"""The explanation as a page to look around in.

Every candidate has a tab with its proof; the last tabs have everything, and the candidates side by side.
"""

from collections.abc import Iterator, Sequence
from html import escape

import networkx as nx

from expert.explanation.graph import fact_id
from expert.explanation.graph_views import View, foremost
from expert.explanation.shown_certainties import ranking_numbers
from expert.inference.consultation import Consultation
from expert.knowledge.rules import Pair
from expert.rendering.graph.about_nodes import about_nodes
from expert.rendering.graph.again import again
from expert.rendering.graph.changes import changes_of
from expert.rendering.graph.consultation_boxes import consultation_drawing
from expert.rendering.graph.fitting import ROOM, SMALL_ROOMS, too_small
from expert.rendering.graph.html_elements import node_address
from expert.rendering.graph.html_panel import overview, standing_of
from expert.rendering.graph.short_drawing import short_drawing
from expert.rendering.graph.side_by_side import side_by_side
from expert.rendering.graph.tabbed_page import Part, Tab, tabbed_page
from expert.rendering.headline import label, named


def consultation_page(view: View, part: Part | None = None) -> str:
    """Write the page, with a part from outside as its last tab."""
    consultation = view.consultation
    proofs, first = _proofs(view)
    nodes = nx.compose_all([shown.graph for _, shown in reversed(proofs)])
    standings = {tab.name: standing_of(consultation, shown.pairs or foremost(consultation)) for tab, shown in proofs}
    repeating = {tab.name for tab, shown in proofs if _is_of_several_candidates(shown)}
    tabs = [tab for tab, _ in proofs]
    if len(consultation.ranking) > 1:
        sides = "".join(side_by_side(consultation, view.whole))
        tabs.append(Tab("side by side", "Side by side", "", "Candidates side by side", sides))
    changes = changes_of(consultation)
    beside = [*overview(consultation, standings, repeating, changes), *again(view)]
    return tabbed_page(tabs, first, beside, _about(consultation, nodes), changes.in_brief(), part)


def _is_of_several_candidates(view: View) -> bool:
    """Tell whether a view shows what the views of each candidate show together."""
    goal = view.consultation.knowledge_base.goal
    return view.pairs is None or (len(view.pairs) > 1 and all(attribute == goal for attribute, _ in view.pairs))


def _about(consultation: Consultation, nodes: nx.DiGraph) -> Iterator[str]:
    """Write about each node what is shown when it is chosen."""
    for node, said in about_nodes(consultation, nodes):
        yield f'<section class="about" id="{node_address(node)}" data-node="{escape(node)}">'
        yield from said
        yield "</section>"


def _proofs(view: View) -> tuple[list[tuple[Tab, View]], str]:
    """Prove each candidate, in the order of the ranking, then everything; name the tab that comes first."""
    consultation, pairs = view.consultation, view.pairs
    goal = consultation.knowledge_base.goal
    numbers = ranking_numbers(consultation)
    proofs = []
    for candidate in consultation.ranking:
        name = label(consultation, candidate.value)
        number = numbers.write(candidate.certainty, "+")
        proofs.append(_proof(view.of([(goal, candidate.value)]), name, number))
    everything = consultation_drawing(view.of(None))
    proofs.append((Tab("everything", "Everything", "", "Everything that was concluded", everything), view.of(None)))
    if pairs is None:
        return proofs, "everything"
    first = _name(pairs)
    if all(tab.name != first for tab, _ in proofs):
        names = [named(consultation, attribute, value) for attribute, value in pairs]
        text = "All candidates" if len(names) == len(consultation.ranking) > 2 else " and ".join(names)
        proofs.insert(0, _proof(view, text))
    return proofs, first


def _proof(view: View, text: str, number: str = "") -> tuple[Tab, View]:
    """Make the tab that proves what a view is of."""
    whole = consultation_drawing(view)
    shorts = {room: short_drawing(view, room) for room in too_small(whole, (*SMALL_ROOMS, ROOM))}
    return Tab(_name(view.pairs or ()), text, number, f"Proof of {text}", whole, shorts), view


def _name(pairs: Sequence[Pair]) -> str:
    """Name a tab by what it proves; the one for everything has a name without ``=``."""
    return " and ".join(fact_id(attribute, value) for attribute, value in pairs)
