"""What ``expert recommend`` prints: the answer, the ranking, the strongest reasons, and what could still change it."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from expert.analysis.decisive import Decisive
from expert.analysis.flips import flips
from expert.explanation.reasons import reason_of
from expert.inference.consultation import Consultation
from expert.inference.engine import Evidence
from expert.rendering.evidence import cited_sources, pieces
from expert.rendering.headline import beginning, extended_answer, label, overdue, still_possible
from expert.rendering.text.decisive_text import QUESTIONS, decisive_text
from expert.rendering.text.flips_text import first_flip
from expert.rendering.text.links import source_link
from expert.rendering.text.text_page import BARS, NOT_PROBABILITIES, TextPage, paragraphs
from expert.rendering.text.text_style import Style, plain

SCREEN = 24
"""How many lines there may be."""


class Shown(NamedTuple):
    """How much is shown: how many reasons on each side, decisive questions and candidates, and how much about each.

    Sentences end after so many `lines`; None is all of them. `with_more` comes what is still possible,
    and how to begin.
    """

    reasons: int
    questions: int = QUESTIONS
    with_questions: bool = True
    with_facts: bool = True
    lines: int | None = None
    candidates: int | None = None
    against: int | None = None
    with_more: bool = True
    with_basis: bool = True
    with_change: bool = True


_LITTLE = Shown(2, 1, with_questions=False, with_facts=False)
_LEAST = _LITTLE._replace(lines=2, against=1, with_more=False)

LESS = (
    *map(Shown, (6, 5, 4, 3, 2)),
    *(Shown(2, 2, with_questions) for with_questions in (True, False)),
    Shown(2, 1, with_questions=False),
    _LITTLE,
    *(_LITTLE._replace(lines=lines) for lines in (4, 3, 2)),
    _LITTLE._replace(lines=2, against=1),
    *(_LEAST._replace(candidates=candidates) for candidates in (None, 6, 5, 4, 3, 2)),
    *(_LEAST._replace(lines=1, candidates=candidates) for candidates in (3, 2)),
    _LEAST._replace(lines=1, candidates=2, with_basis=False),
    _LEAST._replace(lines=1, candidates=2, with_basis=False, with_change=False),
)
"""What is tried to be shown, until it fits: the two strongest reasons always are."""

SEARCHED = 500
"""Up to how many rules single facts are searched for a change: of more, that would take longer than all the rest."""

LEADERS = 2
"""Of how many tied leaders the reasons are shown."""


def recommendation_text(
    consultation: Consultation,
    width: int = 80,
    style: Style = plain,
    bars: str = BARS,
    *,
    newer: Consultation | None = None,
    today: date | None = None,
    lines: int | None = None,
) -> str:
    """Write the answer, the ranking, the strongest reasons, what could still change it, and how to begin.

    `newer` is the same case by a knowledge base that extends this one; `today` tells whether this one has aged.
    It is to fit so many lines, or a screen.
    """
    page = TextPage(consultation, width, style, bars)
    most = SCREEN if lines is None else min(lines, SCREEN)
    decisive = Decisive(consultation)
    found = list(islice(decisive.questions(), QUESTIONS))
    headline, still = [*page.headline()], page.wrapped(still_possible(consultation) or "", 0)
    end = [
        *page.wrapped(beginning(consultation), 0),
        *page.wrapped(extended_answer(consultation, newer) if newer else "", 0),
    ]
    basis = [*page.wrapped(overdue(consultation.knowledge_base, today), 0), *_basis(page)]
    is_small = len(consultation.knowledge_base.all_rules) <= SEARCHED
    single = first_flip(page, flips(consultation, most=1)) if is_small and not found else ()
    otherwise = [] if found else [*single, *decisive_text(page, decisive, found, 0)]
    for shown in LESS:
        change = otherwise or decisive_text(page, decisive, found, shown.questions, shown.with_questions)
        ranking = [*page.ranking(shown.candidates), *page.faint(NOT_PROBABILITIES, 2)]
        more, last = (still, [*change, *end]) if shown.with_more else ([], change if shown.with_change else [])
        text = paragraphs(
            [
                [*headline, *more],
                ranking,
                _reasons(page, shown),
                [*last, *(basis if shown.with_basis else ())],
            ]
        )
        if text.count("\n") <= most:
            break
    return text


def _reasons(page: TextPage, shown: Shown) -> Iterator[str]:
    """Give the strongest reasons for and against the leaders, or else for the best that is not good enough."""
    best = page.consultation.ranking[0]
    leaders = page.consultation.leaders or ([best] if best.supporting else [])
    for candidate in leaders[:LEADERS]:
        name = label(page.consultation, candidate.value)
        for word, evidence, wanted in (
            ("For", candidate.supporting, shown.reasons),
            ("Against", candidate.opposing, shown.against or shown.reasons),
        ):
            most = min(wanted, len(evidence))
            if evidence:
                some = f": {most} of {len(evidence)} reasons (all: expert explain)" if most < len(evidence) else ""
                yield from page.heading(f"{word} {name}{some}")
            else:
                yield from page.wrapped(f"Nothing speaks {word.lower()} {name}.", 0)
            yield from _strongest(page, evidence, most, shown)
    if rest := len(leaders[LEADERS:]):
        yield from page.faint(f"and {rest} more that are tied with these (all: expert explain)", 0)
    yield from page.contradictions()


def _strongest(page: TextPage, evidence: Iterable[Evidence], most: int, shown: Shown) -> Iterator[str]:
    """List the strongest evidence, each piece with the facts that its rule matched."""
    strongest = sorted(evidence, key=lambda piece: -abs(piece.strength))[:most]
    reasons = (reason_of(page.consultation, piece) for piece in strongest)
    for piece in pieces(reasons, page.knowledge_base, with_sources=False):
        yield from page.piece(piece, shown.lines)
        if shown.with_facts and piece.rule and piece.since:
            yield from page.grounds(f"since {piece.briefly_since}")
        yield from page.faint(piece.held, 9)


def _basis(page: TextPage) -> Iterator[str]:
    """Say on a line what all this rests on: the sources by their names, if these fit."""
    names = cited_sources(page.consultation)
    if names and len(f"{page.counts} Sources: {', '.join(names)}.") <= page.width:
        links = (source_link(name, page.knowledge_base.sources[name], page.style) for name in names)
        yield page.style(f"{page.counts} Sources: {', '.join(links)}.", "faint")
    else:
        cited = f" {len(names)} source{'s' * (len(names) != 1)}." if names else ""
        yield from page.faint(f"{page.counts}{cited}", 0)
