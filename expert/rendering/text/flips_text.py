"""Flips as text for a terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from math import prod
from typing import NamedTuple, TypeAlias

from expert.analysis.flip_sets import Flip, Flips
from expert.analysis.flips import MOST
from expert.analysis.hypothetical import Option
from expert.inference.ranking import Outcome
from expert.knowledge.model import Attribute
from expert.knowledge.ranges import Range
from expert.knowledge.rules import Value
from expert.rendering.headline import answer, answer_of, no_change, would_change
from expert.rendering.text.text_page import TextPage, glued, paragraphs
from expert.rendering.value_text import GLUE, assigned, meant

LINES = 20
"""How many flips of a size are listed."""

FEW = 5
"""How many flips the whole report lists."""

BRIEF = 2
"""How many values of an attribute are named where there is little room."""

_Values: TypeAlias = tuple[Value | None, ...]
"""What attributes become in one case; None stands for not known."""


class _Line(NamedTuple):
    """What is written on a line, and how many flips that is."""

    text: str
    flips: int


_SIZES = ("One change", "Two changes together", "Three changes together")


def flips_text(page: TextPage, flips: Flips) -> str:
    """List flips by their size."""
    sizes = groupby(flips, key=lambda flip: len(flip.changes))
    parts: list[Iterable[str]] = [_of_size(page, size, list(several)) for size, several in sizes]
    if flips:
        would = would_change(page.consultation)
        parts.insert(0, page.wrapped(f"The answer is {answer_of(page.consultation)}. What {would}:", 0))
    else:
        parts.append(page.wrapped(no_change(flips.searched, "changes the answer"), 0))
    return paragraphs([*parts, _end(page, flips)])


def first_flip(page: TextPage, flips: Flips, where: str = ": expert explain --flips") -> Iterator[str]:
    """Name the first of the smallest changes that would change the answer, and count the others of its size."""
    if not flips:
        yield from page.wrapped(no_change(flips.searched, would_change(page.consultation)), 0)
        return
    first, *others = _lines(page, _smallest(flips), BRIEF)
    more = f"; {_count(others)} more{where}".replace(" ", GLUE) if others else ""
    yield from page.hanging(f"{_what(page, flips)}: {first.text}{more}", 0)


def few_flips(page: TextPage, flips: Flips) -> Iterator[str]:
    """List the first flips of the smallest size, for the whole report."""
    if not flips:
        yield from page.wrapped(no_change(flips.searched, would_change(page.consultation)), 0)
        yield from _end(page, flips)
        return
    yield from page.heading(_what(page, flips, "; no fewer do"))
    lines = list(_lines(page, _smallest(flips)))
    for line in lines[:FEW]:
        yield from page.hanging(line.text, 2)
    if len(lines) > FEW:
        yield f"  {_count(lines[FEW:])} more: see --flips."
    elif len(flips[0].changes) < MOST:
        yield "  --flips looks for larger sets of changes, too."


def _smallest(flips: Flips) -> Sequence[Flip]:
    """Take the flips of the smallest size."""
    return [flip for flip in flips if len(flip.changes) == len(flips[0].changes)]


def _what(page: TextPage, flips: Flips, fewer: str = "") -> str:
    """Say what flips of the smallest size would do."""
    size = len(flips[0].changes)
    return f"What {would_change(page.consultation)}" + (f" ({size} changes together{fewer})" if size > 1 else "")


def _end(page: TextPage, flips: Flips) -> Iterator[str]:
    """Say where the search ended, if that was before all that was wanted."""
    if not flips.is_complete:
        sets = f"Sets of {flips.searched + 1} changes or more" if flips.searched else "Changes of numbers"
        how = "all " if any(len(flip.changes) > flips.searched for flip in flips) else ""
        yield from page.wrapped(f"{sets} are too many {how}to be searched.", 0)


def _of_size(page: TextPage, size: int, flips: Sequence[Flip]) -> Iterator[str]:
    """List the flips of one size."""
    yield page.style(_SIZES[size - 1] if size <= len(_SIZES) else f"{size} changes together", "heading")
    lines = _lines(page, flips)
    for line in islice(lines, LINES):
        yield from page.hanging(line.text, 2)
    if rest := _count(lines):
        yield f"  {rest} more: see --json."


def _count(lines: Iterable[_Line]) -> int:
    return sum(line.flips for line in lines)


def _lines(page: TextPage, flips: Sequence[Flip], most: int | None = None) -> Iterator[_Line]:
    """Write flips of one size, those of the same attributes and answer on few lines.

    Of each attribute up to `most` values are named, or all.
    """
    attributes = page.knowledge_base.attributes
    ranges: dict[Option, Range | None] = {}
    groups: dict[tuple[tuple[str, ...], Value | None, Outcome], list[_Values]] = {}
    for flip in flips:
        ranges.update(zip(flip.changes, flip.ranges, strict=False))
        names = tuple(change.attribute for change in flip.changes)
        groups.setdefault((names, flip.recommendation, flip.outcome), []).append(
            tuple(change.value for change in flip.changes)
        )
    for (names, recommendation, outcome), cases in groups.items():
        after = f"→ {answer(page.goal, recommendation, outcome)}".replace(" ", GLUE)
        for values in _joined(cases):
            changes = (
                _change(attributes[name], {value: ranges.get(Option(name, value)) for value in each}, most)
                for name, each in zip(names, values, strict=True)
            )
            text = f"{'; '.join(glued(change, page.width - 4) for change in changes)} {after}"
            yield _Line(text, prod(map(len, values)))


def _joined(cases: Sequence[_Values]) -> Iterable[Sequence[Sequence[Value | None]]]:
    """Put values together: of all attributes where each goes with each, else of the one that saves most lines."""
    choices = [list(dict.fromkeys(values)) for values in zip(*cases, strict=True)]
    if len(cases) == prod(map(len, choices)):
        return [choices]
    return min((_along(cases, position) for position in range(len(choices))), key=len)


def _along(cases: Iterable[_Values], position: int) -> list[list[list[Value | None]]]:
    """Put the values at a position together of those cases that are alike in all others."""
    alike: dict[tuple[_Values, _Values], list[Value | None]] = {}
    for case in cases:
        alike.setdefault((case[:position], case[position + 1 :]), []).append(case[position])
    return [
        [*([each] for each in first), values, *([each] for each in rest)] for (first, rest), values in alike.items()
    ]


def _change(attribute: Attribute, values: Mapping[Value | None, Range | None], most: int | None) -> str:
    """Write what an attribute becomes: of numbers the ranges, those next to one another as one."""
    known: list[tuple[Value, Range | None]] = []
    for value, within in values.items():
        if value is None:
            continue
        both = known[-1][1].joined(within) if known and known[-1][1] and within else None
        if both:
            known[-1] = known[-1][0], both
        else:
            known.append((value, within))
    if not known:
        return f"{attribute.words}:{GLUE}not{GLUE}known"
    texts = [assigned(attribute, *known[0]), *(meant(attribute, *each) for each in known[1:])]
    parts = [*texts, *["not known"] * (None in values)]
    if most and len(parts) > most + 1:
        parts[most:] = [f"{len(parts) - most} others"]
    return f" or{GLUE}".join(part.replace(" ", GLUE) for part in parts)
