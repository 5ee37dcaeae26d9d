"""Evidence with its rules, and how it was combined, as text for a terminal."""

from collections.abc import Iterable, Iterator, Sequence

from expert.explanation.reasons import Reason
from expert.rendering.evidence import called, pieces
from expert.rendering.text.text_page import TextPage

STRONGEST = 4
"""How many pieces of evidence are shown where there is little room."""


def reasons_text(page: TextPage, reasons: Iterable[Reason]) -> Iterator[str]:
    """List evidence, each piece with its rule and the facts that the rule matched."""
    for piece in pieces(reasons, page.knowledge_base):
        yield from page.piece(piece)
        if piece.rule:
            since = f", since {piece.since}" if piece.since else ""
            yield from page.grounds(f"{called(piece.rule)}{piece.degree}{since}")
        elif piece.since:
            yield from page.grounds(f"since {piece.since}")
        yield from page.faint(piece.held, 9)


def strongest_text(page: TextPage, reasons: Iterable[Reason]) -> Iterator[str]:
    """List the strongest evidence in sentences alone, and count the rest."""
    by_strength = sorted(reasons, key=lambda reason: -abs(reason.strength))
    for piece in pieces(by_strength[:STRONGEST], page.knowledge_base, with_sources=False):
        yield from page.piece(piece)
    if rest := len(by_strength[STRONGEST:]):
        yield f"  and {rest} weaker reason{'s' * (rest != 1)}."


def arithmetic_text(page: TextPage, reasons: Sequence[Reason], sums: Iterable[str]) -> Iterator[str]:
    """Write how evidence was combined, where there is more than one piece."""
    for line in sums if len(reasons) > 1 else ():
        yield from page.wrapped(line, 2)
