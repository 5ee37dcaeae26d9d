"""A decision as an Architecture Decision Record in the form of MADR 4: sentences that a team can commit as they are."""

from collections.abc import Iterable, Iterator
from datetime import date

from expert.explanation.shown_certainties import Numbers, in_full, number
from expert.records.decision import Decision, RecordedCandidate, RecordedFact
from expert.records.making import decision_of
from expert.records.recheck import Recheck
from expert.rendering.records.arguments import Arguments
from expert.rendering.records.decision_words import (
    answer_then,
    capital,
    changing,
    firm,
    flip_words,
    listed,
)
from expert.rendering.records.markdown import clause, code, escaped, heading, linked, sentence
from expert.rendering.records.recheck_words import confirmed, replaced

QUESTIONS = 5
"""How many open questions are written out."""

FLIPS = 5
"""How many smallest changes are written out."""


def adr(decision: Decision, context: Iterable[str] = (), confirmation: Iterable[str] = ()) -> str:
    """Write a decision; `context` and `confirmation` are what a recheck adds to these sections."""
    numbers = Numbers((option.certainty for option in decision.ranking), decision.threshold)
    arguments = Arguments(decision)
    sections = (
        _front_matter(decision),
        [f"# {_title(decision)}"],
        ["## Context and Problem Statement", *_context(decision), *context],
        _section("## Decision Drivers", _drivers(decision, arguments)),
        ["## Considered Options", _bullets(_name(option) for option in decision.ranking)],
        ["## Decision Outcome", _outcome(decision, numbers, arguments)],
        ["### Consequences", _bullets(_consequences(decision, arguments))],
        ["### Confirmation", " ".join((*_confirmation(decision), *confirmation))],
        ["## Pros and Cons of the Options", *_options(decision, numbers, arguments)],
        ["## More Information", *_more(decision)],
    )
    return "\n\n".join(block for section in sections for block in section) + "\n"


def rechecked_adr(recheck: Recheck, on: date) -> str:
    """Write the decision that stands after a recheck: the one that was kept, or that of today."""
    if recheck.verdict == "unchanged":
        return adr(recheck.decision, confirmation=confirmed(recheck, on))
    return adr(decision_of(recheck.today, Decision, on, recheck.decision.review), context=replaced(recheck))


def _section(title: str, bullets: Iterable[str]) -> Iterator[str]:
    """Write a list under a heading; nothing where it is empty."""
    if text := _bullets(bullets):
        yield title
        yield text


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"* {item}" for item in items)


def _front_matter(decision: Decision) -> Iterator[str]:
    """Say whether it is decided, and since when."""
    status = "proposed" if decision.recommendation is None else "accepted"
    yield f'---\nstatus: "{status}"\ndate: {decision.date}\n---'


def _title(decision: Decision) -> str:
    """Name the problem, and the answer."""
    asked = decision.knowledge_base.title or decision.goal
    return f"{heading(asked)}{'' if asked.rstrip().endswith('?') else ':'} {heading(capital(answer_then(decision)))}"


def _name(option: RecordedCandidate) -> str:
    return heading(option.label)


def _context(decision: Decision) -> Iterator[str]:
    """Say what was asked, and list what was known."""
    base = decision.knowledge_base
    question = next((text for text in (base.title, decision.about) if text.rstrip().endswith("?")), "")
    topic = f" for {clause(decision.about)}." if decision.about else "."
    asked = f': "{escaped(question)}"' if question else topic
    known = "This was known of the case:" if decision.facts else "Nothing was known of the case."
    which = f"{escaped(base.name)}, version {escaped(base.version)}"
    yield f"The rules of the knowledge base {which}, were asked{asked} {known}"
    if decision.facts:
        yield _bullets(_fact(decision, fact) for fact in decision.facts)


def _fact(decision: Decision, fact: RecordedFact) -> str:
    """Answer the question of a fact."""
    said = fact.label or fact.value
    said = capital(said) if fact.question else said
    certainty = "" if fact.certainty == 1 else f", with certainty {in_full(fact.certainty)}"
    fixed = ", which cannot be otherwise" if fact.fixed else ""
    note = f" ({clause(fact.note)})" if fact.note else ""
    asked = sentence(fact.question) if fact.question else f"{_named(decision, fact.attribute)}:"
    return f"{asked} {clause(said)}{certainty}{fixed}{note}."


def _named(decision: Decision, attribute: str) -> str:
    """Name an attribute at the start of a line."""
    return sentence(decision.words(attribute)).rstrip(".")


def _drivers(decision: Decision, arguments: Arguments) -> Iterator[str]:
    """List what the rules rested on: given facts by their weight, then what was concluded on the way."""
    resting = {
        fact: sum(f"{fact.attribute} = {fact.value}" in firing.matched for firing in decision.firings)
        for fact in decision.facts
    }
    for fact in sorted(decision.facts, key=lambda fact: -resting[fact]):
        if resting[fact]:
            rules = _share(resting[fact], len(decision.firings))
            yield f"{_named(decision, fact.attribute)}: {escaped(fact.label or fact.value)}; {rules} on it."
    for attribute, value, why in arguments.derived():
        said = escaped(decision.value_words(attribute, value))
        yield f"{_named(decision, attribute)}: {said}, because {', and because '.join(why)}."


def _share(some: int, all_: int) -> str:
    """Say how many of the rules that held rest on something."""
    if some == all_:
        return "the rule that held rests" if all_ == 1 else f"all {all_} rules that held rest"
    return f"{some} of the {all_} rules that held rest{'s' * (some == 1)}"


def _outcome(decision: Decision, numbers: Numbers, arguments: Arguments) -> str:
    """Say which option was chosen, and why."""
    best = decision.ranking[0]
    threshold = in_full(decision.threshold)
    if decision.recommendation is None:
        if decision.outcome == "tie":
            tied = listed([heading(decision.label(value)) for value in decision.leaders])
            return (
                f"No option was chosen, because {tied} are tied, with certainty {numbers.write(best.certainty)} each."
            )
        return f"No option was chosen, because the certainty of none exceeds {threshold}."
    chosen = f'Chosen option: "{heading(decision.label(decision.recommendation))}", because'
    if decision.outcome == "default":
        if decision.leaders:
            return f"{chosen} it holds by default, and nothing says otherwise."
        return f"{chosen} the certainty of no option exceeds {threshold}, and it is the default then."
    why = arguments.for_(decision.goal, best.value)
    above_all = f" Above all, {why[0]}." if why else ""
    return f"{chosen} {_ahead(decision, numbers)}.{above_all}"


def _ahead(decision: Decision, numbers: Numbers) -> str:
    """Say how far the best option is ahead."""
    best, *others = decision.ranking
    if not others:
        return f"it has certainty {numbers.write(best.certainty)}"
    how = "clearly" if best.certainty - others[0].certainty > decision.threshold else "narrowly"
    second = f"{numbers.write(others[0].certainty)} for {_name(others[0])}"
    return f"it comes out {how} ahead, with certainty {numbers.write(best.certainty)} against {second}"


def _consequences(decision: Decision, arguments: Arguments) -> Iterator[str]:
    """Say what speaks against what was chosen, and what was left open."""
    against = [
        (decision.label(value), argument)
        for value in decision.leaders or filter(None, [decision.recommendation])
        for argument in arguments.against(decision.goal, value)
    ]
    if decision.recommendation is None:
        yield "Bad, because the question stays open until more is known."
    elif not against:
        yield "Good, because nothing that is known speaks against it."
    several = len(decision.leaders) > 1
    for label, argument in against:
        yield f"Bad, because {argument}{f', which speaks against {heading(label)}' if several else ''}."
    asked = [sentence(each.question or each.attribute) for each in decision.open_questions]
    if asked:
        more = f" And {len(asked) - QUESTIONS} more." if len(asked) > QUESTIONS else ""
        open_ = (
            "a question was open whose answer" if len(asked) == 1 else f"{len(asked)} questions were open whose answers"
        )
        word = "changed" if decision.recommendation is not None else "settled"
        yield f"Neutral, because {open_} could have {word} it: {' '.join(asked[:QUESTIONS])}{more}"


def _confirmation(decision: Decision) -> Iterator[str]:
    """Say how to see whether it still stands, and how firm it was."""
    if decision.file:
        again = "decides again from the same facts under today's rules, and fails if the answer is another."
        yield f"{code(f'expert recheck {decision.file.as_posix()}')} {again}"
    else:
        yield "The same facts under the same rules lead to the same answer; `expert recommend` decides again."
    if decision.review:
        yield f"The decision is to be reviewed on {decision.review}."
    yield escaped(firm(decision))


def _options(decision: Decision, numbers: Numbers, arguments: Arguments) -> Iterator[str]:
    """Write what speaks for and against each option."""
    for option in decision.ranking:
        yield f"### {_name(option)}"
        yield f"Its certainty is {numbers.write(option.certainty)}."
        found = [
            f"{'Good' if strength > 0 else 'Bad'}, because {argument}, with evidence {number(strength, '+')}."
            for strength, argument in arguments.of(decision.goal, option.value)
        ]
        yield _bullets(found or ["Neutral, because no rule that held speaks for it or against it."])


def _more(decision: Decision) -> Iterator[str]:
    """Say what would have changed it, and list what it rests on."""
    yield escaped(changing(decision))
    if decision.flips:
        yield _bullets(escaped(flip_words(decision, flip)) for flip in decision.flips[:FLIPS])
    if decision.sources:
        yield "The rules cite:"
        yield _bullets(
            f"{escaped(source.name)}: "
            + ", ".join(filter(None, (linked(source.title, source.url), escaped(source.by), escaped(source.year))))
            + "."
            for source in decision.sources
        )
    base = decision.knowledge_base
    yield f"The content of {escaped(base.name)} {escaped(base.version)} has the digest {code(base.digest)}."
