"""What would change the answer, or settle it: the smallest sets of changes to the facts, in words."""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from expert.analysis.flip_sets import Flip
from expert.analysis.flips import flips_by_size, smallest_flips
from expert.inference.consultation import Consultation
from expert.knowledge.model import Model
from expert.rendering.graph.html_elements import folded
from expert.rendering.headline import answer, no_change, would_change
from expert.rendering.value_text import assigned

LISTED = 10
"""How many sets of changes are listed."""

_SAID = {
    1: "What {}",
    2: "No single fact {}; two together would",
    3: "Neither one nor two facts {}; three together would",
}
"""What is said of the smallest sets, by their size."""


class Changes(NamedTuple):
    """What is said of the smallest sets of changes, and each of them; without any, that there is none."""

    said: str
    lines: tuple[str, ...]

    def in_brief(self) -> str:
        """Name the first, and count the others."""
        if not self.lines:
            return self.said
        rest = len(self.lines) - 1
        more = f'; <a href="#changes">{rest} other{"s" * (rest != 1)}</a>' if rest else ""
        return f"{self.said}: {self.lines[0]}{more}"

    def section(self) -> Iterator[str]:
        """List them."""
        if self.lines:
            yield f'<section id="changes"><h2>{self.said}</h2>'
            yield from folded([f"<li>{line}</li>" for line in self.lines[:LISTED]], "change", "plain")
            rest = len(self.lines) - LISTED
            yield f"<p class='faint'>{rest} more are not listed here.</p>" if rest > 0 else ""
            yield "</section>"


def changes_of(consultation: Consultation) -> Changes:
    """Find the smallest sets of changes that would change the answer."""
    found = smallest_flips(flips_by_size(consultation))
    would = would_change(consultation)
    if not found:
        return Changes(no_change(found.searched, would), ())
    said = _SAID[len(found[0].changes)].format(would)
    return Changes(said, tuple(_line(consultation.knowledge_base, flip) for flip in found))


def _line(base: Model, flip: Flip) -> str:
    """Write a set of changes, and the answer after it."""
    attributes = [base.attributes[change.attribute] for change in flip.changes]
    changes = "; ".join(
        f"{attribute.words}: not known" if change.value is None else assigned(attribute, change.value, within)
        for attribute, change, within in zip(attributes, flip.changes, flip.ranges, strict=True)
    )
    after = answer(base.attributes[base.goal], flip.recommendation, flip.outcome)
    return f"{escape(changes)} → <b>{escape(after)}</b>"
