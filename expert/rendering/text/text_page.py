"""How a terminal lays text out: lines of a width, in styles; and the sections that more than one text has."""

import re
import textwrap
from collections.abc import Iterable, Iterator

from expert.explanation.shown_certainties import number, ranking_numbers
from expert.inference.consultation import Consultation
from expert.knowledge.foreign_text import visible
from expert.knowledge.rules import Rule
from expert.rendering.axis import Axis
from expert.rendering.evidence import Piece, cited_sources, source_text
from expert.rendering.headline import contradictions, headline, label
from expert.rendering.text.links import source_link
from expert.rendering.text.text_style import Style, plain
from expert.rendering.value_text import GLUE

BAR = 20
"""Width of a bar, in characters, for a certainty factor of 1, where there is room."""

SHORTEST = 10
"""Width that bars have at the least."""

BARS = "█░▒│"
"""The characters of a bar: for support, for its rest, for opposition, and for the axis between them."""

NOT_PROBABILITIES = "certainty factors, not probabilities: expert certainty"
"""Said below the first bars that people see, with the command that says more."""

SUM = "a ⊕ b = a + b − a × b: evidence on one side adds up, and never exceeds 1."
"""Said once where sums of certainty factors are shown."""

_TOGETHER = re.compile(r"\[[^][]+\]| = |[+−][\d.]+ (?=\w)")
"""A citation, and the spaces of ``name = value`` and of a strength before what it is for."""


def paragraphs(parts: Iterable[Iterable[str]]) -> str:
    """Join the lines of paragraphs, with an empty line between them; those without lines are left out.

    Whatever texts went into a line, nothing in it acts on a terminal, and it stays one line.
    """
    return "\n".join("".join(f"{visible(line.rstrip())}\n" for line in part) for part in map(list, parts) if part)


def wrapped(text: str, indent: int, width: int) -> list[str]:
    """Break a text into indented lines; no word is cut, and what belongs together only where it does not fit on one."""
    words = visible(" ".join(text.splitlines()))
    room = max(width, indent + 20)
    lines = _broken(_TOGETHER.sub(lambda found: glued(found[0], room - indent), words), indent, room)
    if any(len(line) > room for line in lines):
        lines = _broken(words.replace(GLUE, " "), indent, room)
    return [line.replace(GLUE, " ") for line in lines]


def glued(text: str, room: int) -> str:
    """Keep a text on one line, if it fits on one."""
    return text.replace(" ", GLUE) if len(text) <= room else text


def whole(facts: str) -> str:
    """Glue each fact of a list, so that lines are broken between facts."""
    return ", ".join(fact.replace(" ", GLUE) for fact in facts.split(", "))


def _broken(text: str, indent: int, width: int) -> list[str]:
    space = " " * indent
    return textwrap.wrap(
        text,
        width,
        initial_indent=space,
        subsequent_indent=space,
        break_long_words=False,
        break_on_hyphens=False,
    )


def hanging(text: str, indent: int, width: int) -> Iterator[str]:
    """Break a text into indented lines, those after the first indented further."""
    first, *rest = wrapped(text, indent + 2, width)
    yield from (first[2:], *rest)


def beside(name: str, longest: int, text: str, width: int) -> Iterator[str]:
    """Write a text beside a name; the longest such name says where it stands."""
    first, *rest = wrapped(text, longest + 4, width)
    yield f"  {name:<{longest}}  {first.strip()}"
    yield from rest


def styled(text: str, role: str, indent: int, width: int, style: Style) -> Iterator[str]:
    """Break a text into indented lines of one style."""
    for line in wrapped(text, indent, width):
        yield style(line, role)


class TextPage:
    """Lays out the text of one consultation."""

    def __init__(self, consultation: Consultation, width: int = 80, style: Style = plain, bars: str = BARS):
        self.consultation = consultation
        self.knowledge_base = consultation.knowledge_base
        self.goal = self.knowledge_base.attributes[self.knowledge_base.goal]
        self.numbers = ranking_numbers(consultation)
        self.width = width
        self.style = style
        self.bars = bars

    def wrapped(self, text: str, indent: int) -> list[str]:
        """Break a text into indented lines of the page's width."""
        return wrapped(text, indent, self.width)

    def hanging(self, text: str, indent: int) -> Iterator[str]:
        """Break a text into indented lines, those after the first indented further."""
        yield from hanging(text, indent, self.width)

    def heading(self, text: str) -> Iterator[str]:
        """Break a heading into lines, those after the first indented."""
        yield from (self.style(line, "heading") for line in self.hanging(text, 0))

    def faint(self, text: str, indent: int) -> Iterator[str]:
        """Break a text into indented lines of little emphasis."""
        yield from styled(text, "faint", indent, self.width, self.style)

    def grounds(self, text: str) -> Iterator[str]:
        """Break what evidence rests on into lines of little emphasis, between facts where these fit."""
        yield from self.faint(whole(text), 9)

    def headline(self) -> Iterator[str]:
        """State the answer, in its style, and how clear it is."""
        answer, rest = headline(self.consultation)
        left = len(" ".join(answer.split()))
        for line in self.wrapped(answer + rest, 0):
            yield (self.style(line[:left], "answer") if left > 0 else "") + line[max(left, 0) :]
            left -= len(line) + 1

    def ranking(self, most: int | None = None) -> Iterator[str]:
        """Draw a bar for each candidate, or the first ones; those below 0 to the left of an axis."""
        whole = self.consultation.ranking
        ranking = whole if most is None or len(whole) <= most + 1 else whole[:most]  # a line counts the others
        names = [label(self.consultation, candidate.value) for candidate in ranking]
        written = [self.numbers.write(candidate.certainty, "+") for candidate in ranking]
        longest, widest = max(map(len, names)), max(5, *map(len, written))
        axis = Axis(candidate.certainty for candidate in ranking)
        room = self.width - longest - widest - 7
        is_below = room < SHORTEST  # the bars do not fit beside the names
        width = min(self.width - widest - 7 if is_below else room, round(BAR / (1 - axis.zero)))
        for name, certainty, candidate in zip(names, written, ranking, strict=True):
            if is_below:
                yield from self.wrapped(name, 2)
            beside = "  " if is_below else f"  {name:<{longest}}"
            yield f"{beside}  {self._bar(axis, candidate.certainty, width)}  {certainty:>5}"
        if rest := whole[len(ranking) :]:
            yield from self.faint(f"{len(rest)} more, down to {self.numbers.write(rest[-1].certainty, '+')}", 2)

    def _bar(self, axis: Axis, certainty: float, width: int) -> str:
        """Draw a bar, and the axis where there is anything left of it."""
        full, empty, opposing, line = tuple(self.bars)
        zero, length = round(axis.zero * width), round(abs(certainty) * (1 - axis.zero) * width)
        left, right = (0, length) if certainty > 0 else (min(length, zero), 0)
        below = " " * (zero - left) + self.style(opposing * left, "against")
        above = self.style(full * right, "for") + self.style(empty * (width - zero - right), "faint")
        return f"{below}{self.style(line, 'faint')}{above}" if zero else above

    def piece(self, piece: Piece, most: int | None = None) -> Iterator[str]:
        """Write the sentence of a piece of evidence behind its strength; where it takes more lines, its beginning."""
        first, *rest = self._cut(self.wrapped(piece.sentence, 9), most)
        yield f"  {self.style(number(piece.strength, '+'), piece.side)}  {first.strip()}"
        yield from rest

    def _cut(self, lines: list[str], most: int | None) -> list[str]:
        """Take the first lines, and mark the end of the last where there are others."""
        if most is None or len(lines) <= most:
            return lines
        *kept, last = lines[:most]
        return [*kept, f"{last if len(last) + 2 <= self.width else last.rpartition(' ')[0]} …"]

    def contradictions(self) -> Iterator[str]:
        """Report what is both certain and certainly not so."""
        for said in contradictions(self.consultation):
            word, *_ = said.partition(":")
            first, *rest = self.wrapped(said, 0)
            yield self.style(word, "against") + first.removeprefix(word)
            yield from rest

    @property
    def counts(self) -> str:
        """How much all this rests on."""
        base, given = self.knowledge_base, len(self.consultation.given)
        held = f"{len(self.consultation.rules_held)} of {len(base.rules)} rules held"
        return f"{base.name} {base.version}: {given} fact{'s' * (given != 1)} given, {held}."

    def basis(self, others: Iterable[Rule]) -> Iterator[str]:
        """Say what all this rests on, with the sources of other rules that are told besides."""
        yield from self.faint(self.counts, 0)
        for name in cited_sources(self.consultation, others):
            source = self.knowledge_base.sources[name]
            for line in self.hanging(f"[{name}] {source_text(source)}", 0):
                yield source_link(self.style(line, "faint"), source, self.style)
