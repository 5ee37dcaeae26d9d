"""What stands beside the graph on the page: the answer with its facts and reasons, and all about each node."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from html import escape
from typing import Any

import networkx as nx

from expert.explanation.graph import fact_id
from expert.explanation.reasons import Reason, reason_of
from expert.explanation.retired import retired_reasons
from expert.explanation.shown_certainties import Numbers, in_full, number, ranking_numbers
from expert.explanation.why import exact, step_of
from expert.explanation.why_not import WhyNot, why_not
from expert.inference.consultation import Consultation
from expert.knowledge.foreign_text import visible
from expert.knowledge.model import Model
from expert.knowledge.rules import Citation, Pair
from expert.rendering.evidence import (
    RETIRED,
    cited_sentence,
    cited_sources,
    exception_of,
    ground_text,
    held_back,
    lacking,
    pieces,
    retired_pieces,
    sentence,
    source_text,
)
from expert.rendering.headline import contradictions, label, named, overdue, still_possible_or_unknown

SHOWN = 8
"""How many rules that would have supported a candidate are listed."""


def overview(consultation: Consultation, standings: Mapping[str, Iterable[str]], first: str) -> Iterator[str]:
    """Write the ranking, the given facts, and for each tab what it shows in words."""
    yield '<div id="overview">'
    yield "<section><h2>Ranking</h2>"
    yield from _review(consultation.knowledge_base)
    if possible := still_possible_or_unknown(consultation):
        yield f"<p>{escape(possible)}</p>"
    yield from ranking_table(consultation)
    for said in contradictions(consultation):
        yield f"<p>{escape(said)}</p>"
    yield "</section>"
    for name, standing in standings.items():
        yield f'<section data-tab="{escape(name)}"{"" if name == first else " hidden"}>'
        yield from standing
        yield "</section>"
    yield from retired_rules(consultation)
    yield "<section><h2>Facts given</h2>"
    yield from given_facts(consultation)
    yield "</section>"
    yield from sources(consultation)
    yield "</div>"


def _review(knowledge_base: Model) -> Iterator[str]:
    """Say until when it counts as up to date; the script shows the other sentence when that day has passed."""
    review_by = knowledge_base.review_by
    if review_by:
        late = escape(overdue(knowledge_base, date.max))
        yield f'<p class="faint" data-review-by="{review_by}" data-late="{late}">To be reviewed by {review_by}.</p>'


def standing_of(consultation: Consultation, pairs: Iterable[Pair], level: str = "h2") -> Iterator[str]:
    """Write what spoke for and against conclusions; of candidates also which other rules would have supported them."""
    goal = consultation.knowledge_base.goal
    for attribute, value in pairs:
        name = escape(named(consultation, attribute, value))
        step = step_of(consultation, (attribute, value))
        supporting = [reason for reason in step.reasons if reason.strength > 0]
        opposing = [reason for reason in step.reasons if reason.strength < 0]
        for word, reasons in (("For", supporting), ("Against", opposing)):
            yield f"<{level}>{word} {name}</{level}>" if reasons else f"<p>Nothing speaks {word.lower()} {name}.</p>"
            yield from _reasons(consultation, reasons)
        yield from _arithmetic(step.arithmetic, len(step.reasons))
        if attribute == goal and value != consultation.recommendation:
            yield from _unfired(
                consultation, why_not(consultation, value), f"<{level}>Would have supported {name}</{level}>"
            )


def about_nodes(consultation: Consultation, graph: nx.DiGraph) -> Iterator[tuple[str, Iterator[str]]]:
    """Write all about each node: a rule in plain words, or where a fact comes from and which rules read it."""
    numbers = ranking_numbers(consultation)
    for node, details in graph.nodes(data=True):
        if details["kind"] == "source":
            continue
        is_rule = details["kind"] == "rule"
        said = _about_rule(consultation, details) if is_rule else _about_fact(consultation, graph, node, numbers)
        yield node, said


def _about_rule(consultation: Consultation, details: dict[str, Any]) -> Iterator[str]:
    """Write a rule in plain words, how strongly it held, what it gave, and its sources."""
    rule = consultation.rules[details["name"]]
    if rule.is_default:
        yield f"<h2>{escape(rule.conclusions[0].attribute)}: default</h2>"
        yield f"<p>{escape(details['because'])}</p>"
        return
    yield f"<h2>{escape(rule.name)}</h2>"
    yield f"<p>{escape(sentence(rule))}</p>"
    conclusions = "; ".join(f"{c.attribute} = {c.value} ({in_full(c.certainty, '+')})" for c in rule.conclusions)
    unless = f", unless {exception}" if (exception := exception_of(rule)) else ""
    yield f"<h3>Rule</h3><p>If {escape(str(rule.premise) + unless)}, then {escape(conclusions)}.</p>"
    firing = consultation.held.get(rule.name)
    if firing is None:
        yield f"<h3>It did not hold</h3><p>{escape(details.get('stopped', ''))}.</p>"
    else:
        reason = reason_of(consultation, firing.gave[0])
        yield f"<h3>It held to degree {number(firing.degree)}</h3><ul class='plain'>"
        for ground in reason.grounds:
            shown = escape(ground_text(ground))
            node = "" if ground.value is None else fact_id(ground.attribute, ground.value)
            yield f"<li>since {_link(node, shown) if node else shown}</li>"
        yield f"<li>{escape(held_back(reason))}</li>" if reason.exceptions else ""
        yield "</ul><h3>It gave</h3><ul>"
        for conclusion, piece in zip(rule.conclusions, firing.gave, strict=True):
            product = f"{exact(firing.degree)} × {exact(conclusion.certainty)} = {exact(piece.strength)}"
            fact = _link(fact_id(piece.attribute, piece.value), escape(f"{piece.attribute} = {piece.value}"))
            yield f"<li>{_strength(piece.strength)} for {fact}<br><span class='faint sum'>{product}</span></li>"
        yield "</ul>"
    for index, citation in enumerate(rule.citations):
        yield f"{'' if index else '<h3>Source</h3>'}<p>{_citation(consultation, citation)}</p>"


def _about_fact(consultation: Consultation, graph: nx.DiGraph, node: str, numbers: Numbers) -> Iterator[str]:
    """Write what a fact means, where it comes from, its evidence, and the rules that it led to."""
    details = graph.nodes[node]
    attribute = consultation.knowledge_base.attributes[details["attribute"]]
    yield f"<h2>{escape(details['attribute'])} = {escape(str(details['value']))}</h2>"
    if attribute.question or attribute.about:
        yield f"<p>{escape(attribute.question or attribute.about)}</p>"
    shown = details["label"]
    yield f"<p>{escape(shown)}</p>" if shown != str(details["value"]) else ""
    step = step_of(consultation, (details["attribute"], details["value"]))
    write = numbers.write if details["candidate"] else number
    yield f"<h3>Certainty {write(step.certainty)}</h3>"
    if not step.reasons:
        yield "<p>Nothing is known of it.</p>"
    yield from _reasons(consultation, step.reasons)
    yield from _arithmetic(step.arithmetic, len(step.reasons))
    readers = [after for after in graph.successors(node) if graph.nodes[after]["kind"] == "rule"]
    if readers:
        yield "<h3>Rules that read it</h3><ul class='plain'>"
        for reader in readers:
            stopped = " (did not hold)" if "stopped" in graph.nodes[reader] else ""
            yield f"<li>{_link(reader, escape(graph.nodes[reader]['name']))}{stopped}</li>"
        yield "</ul>"


def ranking_table(consultation: Consultation) -> Iterator[str]:
    """Draw a bar for each candidate."""
    numbers = ranking_numbers(consultation)
    yield "<table>"
    for candidate in consultation.ranking:
        name = escape(label(consultation, candidate.value))
        side = "for" if candidate.certainty > 0 else "against"
        yield (
            f'<tr><th scope="row">{name}</th><td><svg class="bar" viewBox="0 0 100 8" '
            'preserveAspectRatio="none" aria-hidden="true"><rect class="rest" width="100" height="8"/>'
            f'<rect class="{side}" width="{abs(candidate.certainty) * 100:.0f}" height="8"/></svg></td>'
            f"<td>{numbers.write(candidate.certainty, '+')}</td></tr>"
        )
    yield "</table>"


def given_facts(consultation: Consultation) -> Iterator[str]:
    """List the given facts, each with its question."""
    if not consultation.given:
        yield "<p>None.</p>"
        return
    yield "<ul class='plain'>"
    for fact in consultation.given:
        attribute = consultation.knowledge_base.attributes[fact.attribute]
        certainty = "" if fact.certainty == 1 else f", certainty {in_full(fact.certainty)}"
        note = f"<br>{escape(fact.note)}" if fact.note else ""
        asked = f"<br><span class='faint'>{escape(attribute.question)}</span>" if attribute.question else ""
        pair = _link(fact_id(fact.attribute, fact.value), escape(f"{fact.attribute} = {fact.value}"))
        yield f"<li>{pair}{certainty} <span class='faint'>({escape(fact.origin)})</span>{asked}{note}</li>"
    yield "</ul>"


def _reasons(consultation: Consultation, reasons: Iterable[Reason]) -> Iterator[str]:
    """List evidence, each piece with its rule's sentence and its sources."""
    yield "<ul>"
    for piece in pieces(reasons, consultation.rules):
        rule = _link(f"rule:{piece.rule}", escape(piece.rule)) if piece.rule else ""
        since = f"since {escape(piece.since)}" if piece.grounds else ""
        lines = filter(None, (", ".join(filter(None, (rule, since))), escape(piece.held)))
        small = "".join(f"<br><span class='faint'>{line}</span>" for line in lines)
        yield f"<li>{_strength(piece.strength)} {escape(piece.sentence)}{small}</li>"
    yield "</ul>"


def _arithmetic(sums: Iterable[str], pieces: int) -> Iterator[str]:
    """Write how evidence was combined, where there is more than one piece."""
    for line in sums if pieces > 1 else ():
        yield f'<p class="sum">{escape(line)}</p>'


def _unfired(consultation: Consultation, lost: WhyNot, heading: str) -> Iterator[str]:
    """List the strongest rules that would have supported a candidate, with the tests that failed."""
    unfired = lost.aims[0].missed
    if not unfired:
        return
    yield f"{heading}<ul>"
    for each in unfired[:SHOWN]:
        sentence = escape(cited_sentence(consultation.rules[each.rule]))
        yield f"<li>{_strength(each.certainty)} {sentence}<br><span class='faint'>{escape(lacking(each))}</span></li>"
    yield "</ul>"
    if len(unfired) > SHOWN:
        yield f"<p class='faint'>and {len(unfired) - SHOWN} more rules</p>"


def retired_rules(consultation: Consultation) -> Iterator[str]:
    """List rules that would have held and no longer count."""
    reasons = retired_reasons(consultation)
    if reasons:
        yield f"<section><h2>{RETIRED}</h2><ul>"
        for reason, piece in zip(reasons, retired_pieces(reasons), strict=True):
            word = "for" if reason.strength > 0 else "against"
            concluded = escape(named(consultation, reason.attribute, reason.value))
            small = f"<br><span class='faint'>{escape(piece.held)}</span>"
            yield f"<li>({number(reason.strength, '+')} {word} {concluded}) {escape(piece.sentence)}{small}</li>"
        yield "</ul></section>"


def sources(consultation: Consultation) -> Iterator[str]:
    """List the sources of the rules that held, in full."""
    found = cited_sources(consultation)
    if found:
        yield "<section><h2>Sources</h2>"
        for name in found:
            yield f"<p>[{escape(name)}] {_citation(consultation, Citation(name))}</p>"
        yield "</section>"


def _citation(consultation: Consultation, citation: Citation) -> str:
    """Write a citation in full, with its address as a link."""
    source = consultation.knowledge_base.sources[citation.source]
    details = escape(source_text(source))
    url = source.get("url", "")
    if url.startswith(("https://", "http://")):
        details = f'<a href="{escape(url)}" rel="noreferrer">{details or escape(url)}</a>'
    note = f" ({escape(source['note'])})" if "note" in source else ""
    return f"{escape(citation.where)}, in: {details}" if citation.where else f"{details}{note}"


def _link(node: str, shown: str) -> str:
    """Link to what is said about a node."""
    return f'<a href="#{node_address(node)}">{shown}</a>'


def node_address(node: str) -> str:
    """Name what is said about a node in an address on its page."""
    from urllib.parse import quote

    return f"node={escape(quote(visible(node), safe=''))}"


def _strength(strength: float) -> str:
    side = "for" if strength > 0 else "against"
    return f'<strong class="{side}">{number(strength, "+")}</strong>'
