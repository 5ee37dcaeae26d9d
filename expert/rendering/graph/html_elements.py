"""What the panel, the texts about nodes and the comparison have in common: evidence, bars, links and copy buttons."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from urllib.parse import quote

from expert.explanation.reasons import Reason
from expert.explanation.shown_certainties import number
from expert.inference.consultation import Consultation
from expert.knowledge.foreign_text import visible
from expert.knowledge.rules import Citation
from expert.rendering.axis import Axis
from expert.rendering.evidence import pieces, source_text

FIRST = 2
"""How many items of a list are shown before the others are folded away."""


def node_address(node: str) -> str:
    """Name what is said about a node in an address on its page."""
    return f"node={escape(quote(visible(node), safe=''))}"


def link(node: str, shown: str) -> str:
    """Link to what is said about a node."""
    return f'<a href="#{node_address(node)}">{shown}</a>'


def strength(evidence: float) -> str:
    """Write how strong a piece of evidence is."""
    side = "for" if evidence > 0 else "against"
    return f'<strong class="{side}">{number(evidence, "+")}</strong>'


def reason_items(consultation: Consultation, reasons: Iterable[Reason], in_full: bool = True) -> Iterator[str]:
    """Write evidence, each piece with its rule's sentence, the facts that it matched, and its sources, or the first."""
    for reason in reasons:
        (piece,) = pieces([reason], consultation.knowledge_base, with_sources=False)
        since = f"since {piece.since}" if piece.since else ""
        cited, rest = ("; ".join(reason.sources[: None if in_full else 1]), 0 if in_full else len(reason.sources) - 1)
        more = f" and {rest} more source{'s' * (rest != 1)}" if rest > 0 else ""
        small = escape(" · ".join(filter(None, (since, piece.held, cited + more))))
        below = f'<br><span class="faint">{small}</span>' if small else ""
        said = escape(piece.sentence)
        sentence = link(f"rule:{piece.rule}", said) if piece.rule else said
        yield f"<li>{strength(piece.strength)} {sentence}{below}</li>"


def folded(items: Sequence[str], what: str, kind: str = "", folds: bool = True) -> Iterator[str]:
    """List items, those beyond the first ones folded away, if it is where one can unfold them."""
    shown = FIRST if folds else len(items)
    yield f'<ul class="{kind}">{"".join(items[:shown])}</ul>' if items else ""
    if rest := items[shown:]:
        summary = f"{len(rest)} more {what}{'s' * (len(rest) != 1)}"
        yield f'<details class="rest"><summary>{summary}</summary><ul class="{kind}">{"".join(rest)}</ul></details>'


def bar(certainty: float, axis: Axis) -> str:
    """Draw a certainty from an axis at 0: to the left below 0."""
    side = "for" if certainty > 0 else "against"
    start, length = (f"{100 * share:.1f}" for share in axis.span(certainty))
    return (
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rest" y="2" width="100" height="4"/>'
        f'<rect class="{side}" x="{start}" width="{length}" height="8"/>'
        f'<path class="axis" d="M{100 * axis.zero:.1f} 0V8"/></svg>'
    )


def citation_text(consultation: Consultation, citation: Citation) -> str:
    """Write a citation in full, with its address as a link."""
    source = consultation.knowledge_base.sources[citation.source]
    details = escape(source_text(source))
    url = source.get("url", "")
    if url.startswith(("https://", "http://")):
        details = f'<a href="{escape(url)}" rel="noreferrer">{details or escape(url)}</a>'
    note = f" ({escape(source['note'])})" if "note" in source else ""
    return f"{escape(citation.where)}, in: {details}" if citation.where else f"{details}{note}"


def copy_button(text: str, what: str) -> str:
    """Write a button that copies a text; the script shows it, for without it, it would do nothing."""
    return f'<button class="copy" type="button" hidden data-copy="{escape(text)}">Copy {what}</button>'
