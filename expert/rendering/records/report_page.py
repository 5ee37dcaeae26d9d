"""A decision as one page to send or to print: the answer, its proof, why not another, and how firm it is.

It asks nothing of any other place, and has no script: what a link leads to stands on the page.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from string import Template

from expert.explanation.graph_views import View, foremost, view
from expert.explanation.retired import retired_reasons
from expert.explanation.why_not import why_not
from expert.inference.consultation import Consultation
from expert.knowledge.foreign_text import visible, visible_lines
from expert.records.decision import Decision
from expert.rendering.graph.about_nodes import about_nodes
from expert.rendering.graph.consultation_boxes import consultation_drawing
from expert.rendering.graph.fitting import can_be_read
from expert.rendering.graph.html_elements import node_address
from expert.rendering.graph.html_panel import given_facts, ranking_table, retired_rules, sources, standing_of
from expert.rendering.graph.look import style_on_page
from expert.rendering.graph.short_drawing import short_drawing
from expert.rendering.graph.svg import graph_content, legend
from expert.rendering.graph.tabbed_page import asset, content_hash
from expert.rendering.headline import beginning, contradictions, headline, overdue, still_possible_or_unknown
from expert.rendering.losing import standing
from expert.rendering.records.decision_words import changing, firm, flip_words

_ADDRESS = re.compile(r"https?://[^\s<>&]+")


def report_page(consultation: Consultation, decision: Decision) -> str:
    """Write the page of a consultation, and of the decision that was made of it."""
    base = consultation.knowledge_base
    proof = view(consultation, foremost(consultation))
    style = style_on_page() + asset("said.css") + asset("report.css", __package__)
    page = Template(asset("report.html", __package__)).substitute(
        style=style,
        style_hash=content_hash(style),
        title=escape(base.title or base.name),
        said=escape(headline(consultation).text),
        made=escape(_made(decision)),
        sections="\n".join(_sections(consultation, decision, proof)),
    )
    return visible_lines(page)


def _made(decision: Decision) -> str:
    """Say when it was made, and when it is to be looked at again."""
    base = decision.knowledge_base
    review = f" To be reviewed on {decision.review}." if decision.review else ""
    return f"Decided on {decision.date} by the rules of {base.name} {base.version}.{review}"


def _sections(consultation: Consultation, decision: Decision, proof: View) -> Iterator[str]:
    """Write the sections in the order in which one reads them."""
    goal = consultation.knowledge_base.goal
    best = [leader.value for leader in consultation.leaders or consultation.ranking[:1]]
    yield "<div>"
    yield from _section("Ranking", _answer(consultation, decision))
    yield from _section("Reasons", standing_of(consultation, [(goal, value) for value in best], "h3", folds=False))
    yield "</div><div>"
    yield from _section("How firm it is", _firmness(decision))
    yield from _section("Facts given", given_facts(consultation))
    yield "</div>"
    yield from _section("Proof", _picture(proof))
    yield from _section("Why not another", _others(consultation, best))
    if retired_reasons(consultation):
        yield from retired_rules(consultation, folds=False)
    yield from sources(consultation)
    yield from _section("Every fact and rule", _details(consultation))


def _section(title: str, content: Iterable[str]) -> Iterator[str]:
    """Write a section, unless it has no content."""
    lines = list(content)
    if lines:
        yield f"<section><h2>{title}</h2>"
        yield from lines
        yield "</section>"


def _answer(consultation: Consultation, decision: Decision) -> Iterator[str]:
    """Write the ranking, and what is to be said of it."""
    yield from ranking_table(consultation)
    said = (
        *contradictions(consultation),
        still_possible_or_unknown(consultation),
        beginning(consultation),
        overdue(consultation.knowledge_base, decision.date),
    )
    yield from (f"<p>{_ADDRESS.sub(_linked, escape(each))}</p>" for each in said if each)


def _linked(address: re.Match[str]) -> str:
    """Link to an address, which may be broken after its slashes."""
    return f'<a href="{address[0]}" rel="noreferrer">{re.sub("(?<=[^/]/)", "<wbr>", address[0])}</a>'


def _picture(proof: View) -> Iterator[str]:
    """Draw the proof, or as much of it as can be read."""
    whole = consultation_drawing(proof)
    drawn = whole if can_be_read(whole) else short_drawing(proof)
    parts, width, height = graph_content(drawn)
    legend_parts, legend_width = legend(drawn)
    yield f'<figure tabindex="0"><svg class="expert stage" width="{width + 4:.0f}" height="{height + 4:.0f}" '
    yield f'viewBox="-2 -2 {width + 4:.0f} {height + 4:.0f}" role="img"><title>Proof</title>'
    yield from parts
    yield f'</svg><svg class="expert legend" width="{legend_width:.0f}" height="18" '
    yield f'viewBox="-1 -1 {legend_width:.0f} 18" role="img"><title>Legend</title>'
    yield from legend_parts
    yield "</svg></figure>"


def _firmness(decision: Decision) -> Iterator[str]:
    """Say how firm it is, what would have changed it, and what was open."""
    yield f"<p>{escape(visible(firm(decision)))}</p>"
    yield f"<h3>What would change it</h3><p>{escape(changing(decision))}</p>"
    yield from _list(flip_words(decision, flip) for flip in decision.flips)
    if decision.open_questions:
        yield "<h3>Open questions</h3>"
        yield from _list(each.question or each.attribute for each in decision.open_questions)


def _list(texts: Iterable[str]) -> Iterator[str]:
    yield f'<ul class="marked">{"".join(f"<li>{escape(visible(text))}</li>" for text in texts)}</ul>'


def _others(consultation: Consultation, best: Iterable[object]) -> Iterator[str]:
    """Explain of each other candidate why it is not the answer."""
    goal = consultation.knowledge_base.goal
    for candidate in consultation.ranking:
        if candidate.value not in (*best, consultation.recommendation):
            yield f"<h3>{escape(visible(standing(why_not(consultation, candidate.value))))}</h3>"
            yield from standing_of(consultation, [(goal, candidate.value)], "h4", folds=False)


def _details(consultation: Consultation) -> Iterator[str]:
    """Write by which rules, and what links lead to: all about each fact and each rule."""
    base = consultation.knowledge_base
    yield f'<p class="faint">{escape(f"{base.name} {base.version} · {base.digest}")}</p>'
    yield '<div class="details">'
    for node, said in about_nodes(consultation, view(consultation, None).graph):
        yield f'<section id="{node_address(node)}">'
        yield from said
        yield "</section>"
    yield "</div>"
