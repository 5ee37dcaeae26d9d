"""What is said of evidence: of each piece its strength, its sentence with sources, and the facts that it rests on.

Terminal, page and notebook lay these pieces out; none words them anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from expert.explanation.shown_certainties import number
from expert.explanation.unfired_rules import Failure
from expert.explanation.grounds import Ground
from expert.explanation.reasons import Reason
from expert.inference.consultation import Consultation
from expert.knowledge.rules import Rule

NEVER = "never to be: no rule concludes it, and it is not asked"
"""Said of what is not known where no facts can be given about it either."""

_FAILED = {"contrary": "known not to hold", "unknown": "not known", "weak": "too weak"}


class Piece(NamedTuple):
    """A piece of evidence in words; without a rule where the fact was given."""

    strength: float
    sentence: str
    rule: str = ""
    degree: str = ""
    grounds: tuple[Ground, ...] = ()

    @property
    def side(self) -> str:
        """Which side it is on: the role of its strength on a terminal, and the class of that on a page."""
        return "for" if self.strength > 0 else "against"

    @property
    def since(self) -> str:
        """The facts that it rests on, and which of them are derived."""
        return ", ".join(ground_text(ground._replace(origin="")) for ground in self.grounds)

    @property
    def briefly_since(self) -> str:
        """The facts that it rests on, no more."""
        return ", ".join(ground_text(ground._replace(origin="", derived=False)) for ground in self.grounds)


def pieces(reasons: Iterable[Reason], rules: Mapping[str, Rule] | None = None) -> Iterator[Piece]:
    """Word evidence; a rule without a sentence needs the rules to be put into words."""
    for reason in reasons:
        if reason.rule is None:
            note = f": {reason.because}" if reason.because else "."
            yield Piece(reason.strength, f"It was given ({reason.origin}){note}")
            continue
        said = sentence(rules[reason.rule]) if rules else reason.because
        degree = "" if reason.degree == 1 else f" to degree {number(reason.degree)}"
        yield Piece(reason.strength, cited(said, reason.sources), reason.rule, degree, reason.grounds)


def sentence(rule: Rule) -> str:
    """Say what a rule says: its sentence, or else what it concludes."""
    if rule.because:
        return rule.because
    supported, opposed = (
        " and ".join(f"{c.attribute} = {c.value}" for c in rule.conclusions if (c.certainty > 0) is positive)
        for positive in (True, False)
    )
    parts = [supported and f"concludes {supported}", opposed and f"speaks against {opposed}"]
    return f"Rule {rule.name} {', and '.join(filter(None, parts))}."


def cited(said: str, sources: Iterable[str]) -> str:
    """Write what a rule says, and who says so."""
    names = "; ".join(sources)
    return " ".join(filter(None, (said, f"[{names}]" if names else "")))


def cited_sentence(rule: Rule) -> str:
    """Say what a rule says, and who says so."""
    return cited(sentence(rule), map(str, rule.citations))


def ground_text(ground: Ground) -> str:
    """Write a fact with its certainty where that is not 1, and where it comes from."""
    if ground.value is None:
        return f"{ground.attribute} is unknown"
    certainty = "" if ground.certainty == 1 else number(ground.certainty)
    details = ", ".join(filter(None, (certainty, ground.origin, "derived" if ground.derived else "")))
    return f"{ground.attribute} = {ground.value}" + (f" ({details})" if details else "")


def failed(failure: Failure) -> str:
    """Say in brief in which way a test failed."""
    never = failure.kind == "unknown" and not failure.attainable
    return _FAILED[failure.kind] + (f", and {NEVER}" if never else "")


def cited_sources(consultation: Consultation) -> list[str]:
    """Name the sources that the rules cite which held, in the order of the knowledge base."""
    cited = {c.source for firing in consultation.firings for c in consultation.rules[firing.rule].citations}
    return [name for name in consultation.knowledge_base.sources if name in cited]


def source_text(source: Mapping[str, str], keys: Iterable[str] = ("title", "by", "year")) -> str:
    """Describe a source on one line."""
    return ", ".join(source[key] for key in keys if key in source)
