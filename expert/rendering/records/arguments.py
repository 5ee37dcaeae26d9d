"""What a record has for and against each conclusion, as parts of sentences."""

import re
from collections.abc import Iterator

from expert.records.decision import Decision, RecordedFiring
from expert.rendering.evidence import called
from expert.rendering.records.markdown import clause, escaped

_WORD = re.compile(r"\b[a-z][a-z'-]*\b")

STARTERS = frozenset(
    (
        *("a", "an", "as", "at", "by", "each", "every", "for", "from", "if", "in", "it", "its", "most", "no", "not"),
        *("nothing", "of", "on", "one", "only", "that", "the", "there", "these", "this", "those", "to", "under"),
        *("until", "what", "when", "where", "who", "with", "without"),
    )
)
"""First words of sentences that are no names."""


class Arguments:
    """The arguments of a decision, each with its strength."""

    def __init__(self, decision: Decision):
        self._decision = decision
        texts = (*(firing.because for firing in decision.firings), *(fact.question for fact in decision.facts))
        self._common = frozenset(word for text in texts for word in _WORD.findall(text))

    def of(self, attribute: str, value: str) -> list[tuple[float, str]]:
        """List the evidence for and against a conclusion, the strongest first."""
        found = [
            (gave.evidence, self._argument(firing))
            for firing in self._decision.firings
            for gave in firing.gave
            if (gave.attribute, gave.value) == (attribute, value)
        ]
        return sorted(found, key=lambda each: -abs(each[0]))

    def for_(self, attribute: str, value: str) -> list[str]:
        """List what speaks for a conclusion."""
        return [argument for strength, argument in self.of(attribute, value) if strength > 0]

    def against(self, attribute: str, value: str) -> list[str]:
        """List what speaks against a conclusion."""
        return [argument for strength, argument in self.of(attribute, value) if strength < 0]

    def derived(self) -> Iterator[tuple[str, str, list[str]]]:
        """List what was concluded on the way to the goal, each with what speaks for it."""
        pairs = dict.fromkeys(
            (gave.attribute, gave.value)
            for firing in self._decision.firings
            for gave in firing.gave
            if gave.attribute != self._decision.goal and gave.evidence > 0
        )
        for attribute, value in pairs:
            yield attribute, value, self.for_(attribute, value)

    def _argument(self, firing: RecordedFiring) -> str:
        """Write what a rule says, and who says so."""
        said = self._within(firing.because) if firing.because else f"the {called(escaped(firing.rule))} says so"
        return said + (f" ({escaped('; '.join(firing.sources))})" if firing.sources else "")

    def _within(self, sentence: str) -> str:
        """Write a sentence as a part of another: its first word small, where that is how the record writes it."""
        first, space, rest = sentence.partition(" ")
        word = first.lower().rstrip(",;:")
        small = word in self._common or word in STARTERS
        return clause(f"{first.lower() if small else first}{space}{rest}")
