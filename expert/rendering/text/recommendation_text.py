"""What ``expert recommend`` prints: the answer, the ranking, the reasons, and what could still change it."""

from collections.abc import Iterable, Iterator
from datetime import date

from expert.analysis.decisive import Decisive
from expert.explanation.reasons import reason_of
from expert.explanation.shown_certainties import number
from expert.inference.consultation import Consultation
from expert.inference.engine import Evidence
from expert.knowledge.variants import reaching
from expert.rendering.evidence import pieces
from expert.rendering.headline import beginning, extended_answer, label, overdue, still_possible
from expert.rendering.text.decisive_text import decisive_text
from expert.rendering.text.text_page import BARS, Style, TextPage, paragraphs, plain


def recommendation_text(
    consultation: Consultation,
    width: int = 80,
    style: Style = plain,
    bars: str = BARS,
    *,
    newer: Consultation | None = None,
    today: date | None = None,
) -> str:
    """Write the answer, the ranking, the reasons, what could still change it, and how to begin.

    `newer` is the same case by a knowledge base that extends this one; `today` tells whether this one has aged.
    """
    page = TextPage(consultation, width, style, bars)
    parts = (
        [*page.headline(), *page.wrapped(still_possible(consultation) or "", 0)],
        page.ranking(),
        _reasons(page),
        _derived(page),
        decisive_text(page, Decisive(consultation)),
        [*page.wrapped(beginning(consultation), 0), *_extended(page, newer)],
        [*page.wrapped(overdue(consultation.knowledge_base, today), 0), *page.basis()],
    )
    return paragraphs(parts)


def _extended(page: TextPage, newer: Consultation | None) -> list[str]:
    """Say what a knowledge base that extends this one answers."""
    return page.wrapped(extended_answer(page.consultation, newer), 0) if newer else []


def _reasons(page: TextPage) -> Iterator[str]:
    """Give the rules for and against the leaders, or else for the best that is not good enough."""
    best = page.consultation.ranking[0]
    for candidate in page.consultation.leaders or ([best] if best.supporting else []):
        name = label(page.consultation, candidate.value)
        yield page.style(f"For {name}", "heading")
        yield from _evidence(page, candidate.supporting)
        yield page.style(f"Against {name}", "heading") if candidate.opposing else f"Nothing speaks against {name}."
        yield from _evidence(page, candidate.opposing)
    yield from page.contradictions()


def _derived(page: TextPage) -> Iterator[str]:
    """Give the rules behind the derived facts that the reasons rest on."""
    base = page.consultation.knowledge_base
    behind = reaching(base, [base.goal])
    derived = [each for each in page.consultation.derived if each[0] in behind]
    if derived:
        yield page.style("Derived on the way", "heading")
    for attribute, value, certainty in derived:
        yield f"  {attribute} = {value}, certainty {number(certainty)}"
        yield from _evidence(page, page.consultation.evidence[attribute, value])


def _evidence(page: TextPage, evidence: Iterable[Evidence]) -> Iterator[str]:
    """List evidence, each piece with the facts that its rule matched."""
    reasons = (reason_of(page.consultation, piece) for piece in evidence)
    for piece in pieces(reasons, page.consultation.rules):
        yield from page.piece(piece)
        if piece.rule and piece.grounds:
            yield from page.faint(f"since {piece.briefly_since}", 9)
        yield from page.faint(piece.held, 9)
