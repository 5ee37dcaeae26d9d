"""What is said of evidence: of each piece its strength, its sentence with sources, and the facts that it rests on.

Terminal, page and notebook lay these pieces out; none words them anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from expert.explanation.exceptions import Excepting
from expert.explanation.grounds import Ground
from expert.explanation.reasons import Reason
from expert.explanation.shown_certainties import Numbers, number
from expert.inference.consultation import Consultation
from expert.knowledge.model import Model
from expert.knowledge.rules import Is, Rule, Unknown
from expert.rendering.words import fact_words, premise_words

if TYPE_CHECKING:
    from expert.explanation.retired import RetiredReason
    from expert.explanation.unfired_rules import Failure, Missed

NEVER = "cannot be: no rule concludes it, and it is not asked"
"""Said of what is not known where no facts can be given about it either."""

_FAILED = {"contrary": "known not to hold", "unknown": "not known", "weak": "too weak"}


class Piece(NamedTuple):
    """A piece of evidence in words; without a rule where the fact was given, computed, or stands by default.

    `since` names the facts that it rests on, and says which of them are derived; `briefly_since` names them alone.
    """

    strength: float
    sentence: str
    rule: str = ""
    degree: str = ""
    since: str = ""
    briefly_since: str = ""
    held: str = ""

    @property
    def side(self) -> str:
        """Which side it is on: the role of its strength on a terminal, and the class of that on a page."""
        return "for" if self.strength > 0 else "against"


def pieces(reasons: Iterable[Reason], model: Model, with_sources: bool = True) -> Iterator[Piece]:
    """Word evidence."""
    for reason in reasons:
        since = ", ".join(ground_words(ground, model) for ground in reason.grounds)
        if reason.made:
            sentence_ = f"Computed: {reason.because}." if reason.made == "computed" else reason.because
            yield Piece(reason.strength, sentence_, since=since)
            continue
        if reason.rule is None:
            note = f": {reason.because}" if reason.because else "."
            yield Piece(reason.strength, f"It was given ({reason.origin}){note}")
            continue
        said = sentence(model.rules_by_name[reason.rule], model)
        degree = "" if reason.degree == 1 else f" to degree {number(reason.degree)}"
        held = held_back(reason, model)
        said = cited(said, reason.sources) if with_sources else said
        briefly = ", ".join(ground_text(g._replace(origin="", derived=False), model) for g in reason.grounds)
        yield Piece(reason.strength, said, reason.rule, degree, since, briefly, held)


RETIRED = "Rules that would have held, and no longer count"
"""The heading of what `retired_pieces` words."""


def retired_pieces(reasons: "Iterable[RetiredReason]", model: Model) -> Iterator[Piece]:
    """Word what retired rules would have said, each with why it does not count."""
    for reason in reasons:
        rule = reason.retired.rule
        yield Piece(
            reason.strength, cited_sentence(rule, model), rule.name, held=f"no longer counts: {reason.retired.reason}"
        )


def sentence(rule: Rule, model: Model) -> str:
    """Say what a rule says: its sentence, or else what it concludes."""
    if rule.because:
        return rule.because
    supported, opposed = (
        " and ".join(
            fact_words(model.attributes[c.attribute], c.value)
            for c in rule.conclusions
            if (c.certainty > 0) is positive
        )
        for positive in (True, False)
    )
    parts = [supported and f"concludes {supported}", opposed and f"speaks against {opposed}"]
    return f"{called(rule.name, 'R')} {', and '.join(filter(None, parts))}."


def is_below(rule: Rule) -> bool:
    """Tell whether a rule is a row that counts only as far as no row above it does."""
    return rule.first and not rule.name.endswith("/1")


def exception_of(rule: Rule) -> str:
    """Write what excepts a rule; nothing where nothing can."""
    row = "a row above it holds" if is_below(rule) else ""
    return " or ".join(filter(None, (str(rule.unless or ""), row)))


def called(name: str, initial: str = "r") -> str:
    """Name a rule, or a row of a decision table as a row."""
    return f"{initial}{'ow' if '/' in name else 'ule'} {name}"


def cited(said: str, sources: Iterable[str]) -> str:
    """Write what a rule says, and who says so."""
    names = "; ".join(sources)
    return " ".join(filter(None, (said, f"[{names}]" if names else "")))


def cited_sentence(rule: Rule, model: Model) -> str:
    """Say what a rule says, and who says so."""
    return cited(sentence(rule, model), map(str, rule.citations))


def ground_text(ground: Ground, model: Model) -> str:
    """Write a fact with its certainty where that is not 1, and where it comes from."""
    attribute = model.attributes[ground.attribute]
    if ground.value is None:
        return f"{attribute.words} is unknown"
    certainty = "" if ground.certainty == 1 else number(ground.certainty)
    derived = "derived" if ground.derived and not _is_made(ground) else ""
    details = ", ".join(filter(None, (certainty, ground.origin, derived)))
    return fact_words(attribute, ground.value) + (f" ({details})" if details else "")


def ground_words(ground: Ground, model: Model) -> str:
    """Write a fact without the place where it was given."""
    return ground_text(ground if _is_made(ground) else ground._replace(origin=""), model)


def _is_made(ground: Ground) -> bool:
    """Tell whether a fact is computed, or stands by default."""
    return ground.derived and ground.origin in ("computed", "default")


def held_back(reason: Reason, model: Model) -> str:
    """Say which exceptions keep a rule below the degree of its premise; nothing where none does."""
    if not reason.exceptions:
        return ""
    numbers = Numbers([reason.own, reason.degree])
    excepted = " and by ".join(excepting_text(each, model) for each in reason.exceptions)
    return f"held to {numbers.write(reason.degree)}, not {numbers.write(reason.own)}: excepted by {excepted}"


def excepting_text(excepting: Excepting, model: Model) -> str:
    """Write an exception with the facts that make it hold."""
    grounds = ", ".join(ground_text(ground, model) for ground in excepting.grounds)
    if excepting.row:
        degree = "" if excepting.degree == 1 else f" to degree {number(excepting.degree)}"
        return f"{excepting.row}, which holds{degree}" + (f", since {grounds}" if grounds else "")
    is_itself = len(excepting.grounds) == 1 and isinstance(excepting.premise, Is | Unknown)
    return grounds if is_itself else f"{premise_words(model, excepting.premise)}, since {grounds}"


def counted(missed: "Missed", model: Model) -> str:
    """Say how many there are of so many that are needed; nothing where a rule does not count."""
    parts = []
    for count in missed.counts:
        held = ", ".join(premise_words(model, each) for each in count.held)
        parts.append(f"{len(count.held)} of the {count.needed} needed" + (f" ({held})" if held else ""))
    return " and ".join(parts)


def lacking(missed: "Missed", model: Model) -> str:
    """Say in brief what kept a rule from holding."""
    has = counted(missed, model)
    tests = (f"{premise_words(model, failure.test)} ({failed(failure)})" for failure in missed.failures)
    exceptions = (f"excepted by {excepting_text(each, model)}" for each in missed.exceptions)
    return "; ".join((*([f"has {has}"] if has else ()), *tests, *exceptions))


def known_of(failure: "Failure", model: Model) -> str:
    """Write what is known of the attribute of a test that failed: facts, or the sums behind a computed number."""
    if not failure.computed:
        return ", ".join(ground_text(ground, model) for ground in failure.grounds)
    others = [ground_text(ground, model) for ground in failure.grounds if ground.origin != "computed"]
    certainties = (f" ({number(g.certainty)})" for g in failure.grounds if g.origin == "computed" and g.certainty != 1)
    first, *rest = (
        f"{model.attributes[each.attribute].words} = {each}" + (each.lacks and f": {each.lacks}")
        for each in failure.computed
    )
    return "; ".join([*others, first + next(certainties, ""), *rest])


def stopped(missed: "Missed", model: Model) -> str:
    """Say which tests of a rule failed, how, and since what; and what excepts it."""
    tests = (f"{premise_words(model, each.test)}: {_how(each, model)}" for each in missed.failures)
    exceptions = (f"excepted by {excepting_words(each, model)}" for each in missed.exceptions)
    return "; ".join((*tests, *exceptions))


def _how(failure: "Failure", model: Model) -> str:
    """Say in which way a test failed, and since what."""
    if failure.kind == "contrary":
        return f"not so, since {known_of(failure, model)}"
    if failure.kind == "weak":
        return f"too weak, to degree {Numbers([failure.degree], model.threshold).write(failure.degree)}"
    return "not known"


def excepting_words(excepting: Excepting, model: Model) -> str:
    """Name an exception: a row, or a premise."""
    return excepting.row or premise_words(model, excepting.premise)


def failed(failure: "Failure") -> str:
    """Say in brief in which way a test failed."""
    never = failure.kind == "unknown" and not failure.attainable
    return _FAILED[failure.kind] + (f", and {NEVER}" if never else "")


def cited_sources(consultation: Consultation, others: Iterable[Rule] = ()) -> list[str]:
    """Name the sources that the rules cite which held, and others, in the order of the knowledge base."""
    rules = chain((consultation.rules[firing.rule] for firing in consultation.firings), others)
    cited = {citation.source for rule in rules for citation in rule.citations}
    return [name for name in consultation.knowledge_base.sources if name in cited]


def source_text(source: Mapping[str, str], keys: Iterable[str] = ("title", "by", "year")) -> str:
    """Describe a source on one line."""
    return ", ".join(source[key] for key in keys if key in source)
