"""Consultations as text for a terminal."""

import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from expert.analysis.decisive import Decisive
from expert.explanation.shown_certainties import Numbers, in_full, number
from expert.inference.consultation import Consultation
from expert.inference.engine import Evidence, Matched
from expert.inference.ranking import is_tied
from expert.knowledge.foreign_text import visible
from expert.knowledge.rules import Value
from expert.rendering.text.decisive_text import decisive_text
from expert.rendering.text.rule_text import cited_sentence

Style: TypeAlias = Callable[[str, str], str]
"""From a text and its role (``answer``, ``heading``, ``for``, ``against``, ``faint``) to the text as it is shown."""

BAR = 20
"""Width of a bar, in characters, for a certainty factor of 1."""

BARS = "█░▒"
"""The characters of a bar: for support, for its rest, and for opposition."""


def _plain(text: str, role: str) -> str:  # noqa: ARG001
    """Show every role alike."""
    return text


def recommendation_text(
    consultation: Consultation,
    width: int = 80,
    style: Style = _plain,
    bars: str = BARS,
) -> str:
    """Write the answer, the ranking, the reasons, and what could still change it."""
    page = Page(consultation, width, style, bars)
    parts = (
        page.headline(),
        page.ranking(),
        page.reasons(),
        page.derived(),
        decisive_text(page, Decisive(consultation)),
        page.basis(),
    )
    return paragraphs(parts)


def paragraphs(parts: Iterable[Iterable[str]]) -> str:
    """Join the lines of paragraphs, with an empty line between them; those without lines are left out.

    Whatever texts went into a line, nothing in it acts on a terminal, and it stays one line.
    """
    return "\n".join("".join(f"{visible(line.rstrip())}\n" for line in part) for part in map(list, parts) if part)


class Page:
    """The parts of the text, each a few lines."""

    def __init__(self, consultation: Consultation, width: int = 80, style: Style = _plain, bars: str = BARS):
        self.consultation = consultation
        self.knowledge_base = consultation.knowledge_base
        self.goal = self.knowledge_base.attributes[self.knowledge_base.goal]
        self.firings = {firing.rule: firing for firing in consultation.firings}
        certainties = (candidate.certainty for candidate in consultation.ranking)
        self.numbers = Numbers(certainties, self.knowledge_base.threshold)
        self.width = width
        self.style = style
        self.bars = bars

    def headline(self) -> Iterator[str]:
        """Say the answer, and how clear it is."""
        answer, rest = self._answer()
        left = len(" ".join(answer.split()))
        for line in self.wrapped(answer + rest, 0):
            yield (self.style(line[:left], "answer") if left > 0 else "") + line[max(left, 0) :]
            left -= len(line) + 1

    def _answer(self) -> tuple[str, str]:
        """Say the answer; then how clear it is."""
        outcome, recommendation = self.consultation.outcome, self.consultation.recommendation
        best, *others = self.consultation.ranking
        certainty = self.numbers.write(best.certainty)
        if outcome == "recommended":
            ahead = f", {self._ahead()}" if others else ""
            return self.label(best.value), f" is recommended with certainty {certainty}{ahead}."
        if outcome == "tie":
            *names, last = [self.label(candidate.value) for candidate in self.consultation.leaders]
            return f"A tie between {', '.join(names)} and {last}", f", with certainty {certainty} each."
        none = f"no candidate's certainty exceeds {in_full(self.knowledge_base.threshold)}."
        if recommendation is None:
            return "Undecided", f": {none}"
        return self.label(recommendation), f" is the default answer: {none}"

    def _ahead(self) -> str:
        """Say how far the best candidate is ahead, and of whom."""
        best, second, *others = self.consultation.ranking
        clearly = "clearly" if self.consultation.margin > self.knowledge_base.threshold else "narrowly"
        tied = others and is_tied(second.certainty, others[0].certainty)
        whom = "the others" if tied else self.label(second.value)
        return f"{clearly} ahead of {whom} (by {self.numbers.difference(best.certainty, second.certainty)})"

    def ranking(self) -> Iterator[str]:
        """Draw a bar for each candidate."""
        full, empty, opposing = tuple(self.bars)
        longest = max(len(self.label(candidate.value)) for candidate in self.consultation.ranking)
        for candidate in self.consultation.ranking:
            length = round(abs(candidate.certainty) * BAR)
            char, role = (full, "for") if candidate.certainty > 0 else (opposing, "against")
            bar = self.style(char * length, role) + self.style(empty * (BAR - length), "faint")
            certainty = self.numbers.write(candidate.certainty, "+")
            yield f"  {self.label(candidate.value):<{longest}}  {bar}  {certainty:>5}"

    def reasons(self) -> Iterator[str]:
        """Give the rules for and against the leaders, or else for the best that is not good enough."""
        best = self.consultation.ranking[0]
        for candidate in self.consultation.leaders or ([best] if best.supporting else []):
            label = self.label(candidate.value)
            yield self.style(f"For {label}", "heading")
            yield from self._evidence(candidate.supporting)
            yield (
                self.style(f"Against {label}", "heading") if candidate.opposing else f"Nothing speaks against {label}."
            )
            yield from self._evidence(candidate.opposing)
        yield from self.contradictions()

    def contradictions(self) -> Iterator[str]:
        """Report what is both certain and certainly not so."""
        for attribute, value in self.consultation.contradictions:
            yield self.style("Contradiction", "against") + f": {attribute} = {value} is certain, and certainly not so."

    def derived(self) -> Iterator[str]:
        """Give the rules behind the derived facts that the reasons rest on."""
        if self.consultation.derived:
            yield self.style("Derived on the way", "heading")
        for attribute, value, certainty in self.consultation.derived:
            yield f"  {attribute} = {value}, certainty {number(certainty)}"
            yield from self._evidence(self.consultation.evidence[attribute, value])

    def basis(self) -> Iterator[str]:
        """Say what all this rests on."""
        base = self.knowledge_base
        given, fired = len(self.consultation.given), len(self.consultation.firings)
        facts = f"{given} fact{'s' * (given != 1)} given"
        yield from self.faint(f"{base.name} {base.version}: {facts}, {fired} of {len(base.rules)} rules held.", 0)
        cited = {citation.source for name in self.firings for citation in self.consultation.rules[name].citations}
        for name, source in base.sources.items():
            if name in cited:
                details = [source[key] for key in ("title", "by", "year") if key in source]
                yield from self.faint(f"[{name}] {', '.join(details)}", 0)

    def _evidence(self, evidence: Iterable[Evidence]) -> Iterator[str]:
        """List evidence, each with its rule's sentence, its source, and the facts that the rule matched."""
        for piece in evidence:
            if piece.rule is None:
                sentence, since = "It was given.", ""
            else:
                sentence = cited_sentence(self.consultation.rules[piece.rule])
                since = ", ".join(map(self._matched, self.firings[piece.rule].matched))
            first, *rest = self.wrapped(sentence, indent=9)
            role = "for" if piece.strength > 0 else "against"
            yield f"  {self.style(number(piece.strength, '+'), role)}  {first.strip()}"
            yield from rest
            if since:
                yield from self.faint(f"since {since}", indent=9)

    def _matched(self, fact: Matched) -> str:
        """Say a matched fact; its certainty only where it is not definite."""
        if fact.value is None:
            known = fact.attribute in self.consultation.certainties
            return f"{fact.attribute} is {'known' if known else 'unknown'}"
        certainty = "" if fact.certainty == 1 else f" ({number(fact.certainty)})"
        return f"{fact.attribute} = {fact.value}{certainty}"

    def named(self, attribute: str, value: Value) -> str:
        """Name a conclusion: a candidate by its label."""
        return self.label(value) if attribute == self.goal.name else f"{attribute} = {value}"

    def label(self, value: Value) -> str:
        """Name a candidate."""
        return visible(self.goal.label(value))

    def wrapped(self, text: str, indent: int) -> list[str]:
        """Break a text into indented lines; neither long words nor ``attribute = value`` are cut."""
        space = " " * indent
        lines = textwrap.wrap(
            visible(" ".join(text.splitlines())).replace(" = ", "\xa0=\xa0"),
            max(self.width, indent + 20),
            initial_indent=space,
            subsequent_indent=space,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return [line.replace("\xa0=\xa0", " = ") for line in lines]

    def faint(self, text: str, indent: int) -> Iterator[str]:
        """Break a text into indented lines that stand back."""
        for line in self.wrapped(text, indent):
            yield self.style(line, "faint")
