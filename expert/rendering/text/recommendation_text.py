"""What ``expert recommend`` prints: the answer, the ranking, the strongest reasons, and what could still change it."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from expert.analysis.decisive import Decisive
from expert.explanation.reasons import reason_of
from expert.inference.consultation import Consultation
from expert.inference.engine import Evidence
from expert.rendering.evidence import cited_sources, pieces
from expert.rendering.headline import beginning, extended_answer, label, overdue, still_possible
from expert.rendering.text.decisive_text import QUESTIONS, decisive_text
from expert.rendering.text.links import source_link
from expert.rendering.text.text_page import BARS, NOT_PROBABILITIES, TextPage, paragraphs
from expert.rendering.text.text_style import Style, plain

SCREEN = 24
"""How many lines there may be."""


class Shown(NamedTuple):
    """How much is shown: how many reasons on each side and decisive questions, and whether with all about them."""

    reasons: int
    questions: int
    with_questions: bool = True
    with_facts: bool = True


LESS = (
    *(Shown(reasons, QUESTIONS) for reasons in (6, 5, 4, 3, 2)),
    *(Shown(2, 2, with_questions) for with_questions in (True, False)),
    *(Shown(reasons, 1, False, with_facts) for reasons in (2, 1) for with_facts in (True, False)),
)
"""What is tried to be shown, until it fits."""


def recommendation_text(
    consultation: Consultation,
    width: int = 80,
    style: Style = plain,
    bars: str = BARS,
    *,
    newer: Consultation | None = None,
    today: date | None = None,
) -> str:
    """Write the answer, the ranking, the strongest reasons, what could still change it, and how to begin.

    `newer` is the same case by a knowledge base that extends this one; `today` tells whether this one has aged.
    """
    page = TextPage(consultation, width, style, bars)
    decisive = Decisive(consultation)
    found = list(islice(decisive.questions(), QUESTIONS))
    top = [*page.headline(), *page.wrapped(still_possible(consultation) or "", 0)]
    end = [
        *page.wrapped(beginning(consultation), 0),
        *page.wrapped(extended_answer(consultation, newer) if newer else "", 0),
        *page.wrapped(overdue(consultation.knowledge_base, today), 0),
        *_basis(page),
    ]
    together = [] if found else [*decisive_text(page, decisive, found, 0)]
    for shown in LESS:
        change = together or decisive_text(page, decisive, found, shown.questions, shown.with_questions)
        ranking = [*page.ranking(), *page.faint(NOT_PROBABILITIES, 2)]
        text = paragraphs([top, ranking, _reasons(page, shown), [*change, *end]])
        if text.count("\n") <= SCREEN:
            break
    return text


def _reasons(page: TextPage, shown: Shown) -> Iterator[str]:
    """Give the strongest reasons for and against the leaders, or else for the best that is not good enough."""
    best = page.consultation.ranking[0]
    for candidate in page.consultation.leaders or ([best] if best.supporting else []):
        name = label(page.consultation, candidate.value)
        for word, evidence in (("For", candidate.supporting), ("Against", candidate.opposing)):
            if evidence:
                most = min(shown.reasons, len(evidence))
                some = f": {most} of {len(evidence)} reasons (all: expert explain)" if most < len(evidence) else ""
                yield from page.heading(f"{word} {name}{some}")
            else:
                yield from page.wrapped(f"Nothing speaks {word.lower()} {name}.", 0)
            yield from _strongest(page, evidence, shown)
    yield from page.contradictions()


def _strongest(page: TextPage, evidence: Iterable[Evidence], shown: Shown) -> Iterator[str]:
    """List the strongest evidence, each piece with the facts that its rule matched."""
    strongest = sorted(evidence, key=lambda piece: -abs(piece.strength))[: shown.reasons]
    reasons = (reason_of(page.consultation, piece) for piece in strongest)
    for piece in pieces(reasons, page.knowledge_base, with_sources=False):
        yield from page.piece(piece)
        if shown.with_facts and piece.rule and piece.since:
            yield from page.faint(f"since {piece.briefly_since}", 9)
        yield from page.faint(piece.held, 9)


def _basis(page: TextPage) -> Iterator[str]:
    """Say on a line what all this rests on: the sources by their names, if these fit."""
    names = cited_sources(page.consultation)
    if names and len(f"{page.counts} Sources: {', '.join(names)}.") <= page.width:
        links = (source_link(name, page.knowledge_base.sources[name], page.style) for name in names)
        yield page.style(f"{page.counts} Sources: {', '.join(links)}.", "faint")
    else:
        yield from page.faint(f"{page.counts} Sources: {len(names)}." if names else page.counts, 0)
