"""A decision as an Architecture Decision Record in the form of MADR 4: sentences that a team can commit as they are."""

from collections.abc import Iterable, Iterator
from datetime import date

from expert.analysis.robustness import Counterexample, Robustness
from expert.explanation.shown_certainties import Numbers, in_full, number
from expert.knowledge.foreign_text import visible
from expert.records.decision import Change, Decision, Option, RecordedFact, RecordedFiring, RecordedFlip
from expert.records.making import decision_of
from expert.records.recheck import Recheck
from expert.rendering.evidence import called
from expert.rendering.firmness import firmness
from expert.rendering.records.markdown import clause, escaped, heading, listed, sentence
from expert.rendering.records.recheck_words import confirmed, replaced

QUESTIONS = 5
"""How many open questions are written out."""

FLIPS = 5
"""How many smallest changes are written out."""


def adr(decision: Decision, recheck: Recheck | None = None, on: date | None = None) -> str:
    """Write a decision; after a recheck, say what that confirmed, or what decision this one replaces."""
    numbers = Numbers((option.certainty for option in decision.ranking), decision.threshold)
    sections = (
        _front_matter(decision),
        [f"# {_title(decision)}"],
        ["## Context and Problem Statement", *_context(decision), *(replaced(recheck) if recheck else ())],
        _section("## Decision Drivers", _drivers(decision)),
        ["## Considered Options", _bullets(_name(option) for option in decision.ranking)],
        ["## Decision Outcome", _outcome(decision, numbers)],
        ["### Consequences", _bullets(_consequences(decision))],
        ["### Confirmation", " ".join((*_confirmation(decision), *(confirmed(recheck, on) if recheck and on else ())))],
        ["## Pros and Cons of the Options", *_options(decision, numbers)],
        ["## More Information", *_more(decision)],
    )
    return "\n\n".join(block for section in sections for block in section) + "\n"


def rechecked_adr(recheck: Recheck, on: date) -> str:
    """Write the decision that stands after a recheck: the one that was kept, or that of today."""
    if recheck.verdict == "unchanged":
        return adr(recheck.decision, recheck, on)
    return adr(decision_of(recheck.today, Decision, on, recheck.decision.review), recheck)


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
    return f"{heading(asked)}{'' if asked.rstrip().endswith('?') else ':'} {heading(_answer(decision))}"


def _answer(decision: Decision) -> str:
    """Name the answer."""
    if decision.recommendation is not None:
        return decision.label(decision.recommendation)
    if decision.outcome == "tie":
        return f"a tie between {listed([decision.label(value) for value in decision.leaders])}"
    return "undecided"


def _name(option: Option) -> str:
    return heading(option.label)


def _context(decision: Decision) -> Iterator[str]:
    """Say what was asked, and list what was known."""
    base = decision.knowledge_base
    asked = f'"{escaped(base.title)}"' if base.title.rstrip().endswith("?") else clause(decision.about)
    what = (
        f" were asked: {asked}" if asked.startswith('"') else f" were asked for {asked}." if asked else " were asked."
    )
    known = "This was known of the case:" if decision.facts else "Nothing was known of the case."
    yield f"The rules of the knowledge base {escaped(base.name)}, version {escaped(base.version)},{what} {known}"
    if decision.facts:
        yield _bullets(map(_fact, decision.facts))


def _fact(fact: RecordedFact) -> str:
    """Answer the question of a fact."""
    said = fact.label or fact.value
    said = said[:1].upper() + said[1:] if fact.question else said
    certainty = "" if fact.certainty == 1 else f", with certainty {in_full(fact.certainty)}"
    fixed = ", which cannot be otherwise" if fact.fixed else ""
    note = f" ({clause(fact.note)})" if fact.note else ""
    asked = sentence(fact.question) if fact.question else f"{sentence(_words(fact.attribute)).rstrip('.')}:"
    return f"{asked} {escaped(said)}{certainty}{fixed}{note}."


def _words(attribute: str) -> str:
    """Write the name of an attribute as words."""
    return attribute.replace("_", " ")


def _drivers(decision: Decision) -> Iterator[str]:
    """List what the rules rested on: given facts by their weight, then what was concluded on the way."""
    count = len(decision.firings)
    resting = {
        fact: sum(_pair(fact.attribute, fact.value) in each.matched for each in decision.firings)
        for fact in decision.facts
    }
    for fact in sorted(decision.facts, key=lambda fact: -resting[fact]):
        if resting[fact]:
            rules = f"{resting[fact]} of the {count} rules that held rest{'s' * (resting[fact] == 1)} on it"
            yield f"{sentence(_words(fact.attribute)).rstrip('.')}: {escaped(fact.value)}; {rules}."
    derived = dict.fromkeys(
        (gave.attribute, gave.value)
        for firing in decision.firings
        for gave in firing.gave
        if gave.attribute != decision.goal and gave.evidence > 0
    )
    for attribute, value in derived:
        why = [_argument(firing) for evidence, firing in _arguments(decision, attribute, value) if evidence > 0]
        yield f"{sentence(_words(attribute)).rstrip('.')}: {escaped(value)}, because {', and because '.join(why)}."


def _pair(attribute: str, value: str) -> str:
    return f"{attribute} = {value}"


def _argument(firing: RecordedFiring) -> str:
    """Write what a rule says, and who says so."""
    said = clause(firing.because) if firing.because else f"the {called(escaped(firing.rule))} says so"
    cited = f" ({escaped('; '.join(firing.sources))})" if firing.sources else ""
    return said + cited


def _arguments(decision: Decision, attribute: str, value: str) -> list[tuple[float, RecordedFiring]]:
    """List the evidence for and against a conclusion, the strongest first."""
    found = [
        (gave.evidence, firing)
        for firing in decision.firings
        for gave in firing.gave
        if (gave.attribute, gave.value) == (attribute, value)
    ]
    return sorted(found, key=lambda each: -abs(each[0]))


def _outcome(decision: Decision, numbers: Numbers) -> str:
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
    why = [firing for evidence, firing in _arguments(decision, decision.goal, best.value) if evidence > 0]
    above_all = f" Above all, {_argument(why[0])}." if why else ""
    return f"{chosen} {_ahead(decision, numbers)}.{above_all}"


def _ahead(decision: Decision, numbers: Numbers) -> str:
    """Say how far the best option is ahead."""
    best, *others = decision.ranking
    if not others:
        return f"it has certainty {numbers.write(best.certainty)}"
    how = "clearly" if best.certainty - others[0].certainty > decision.threshold else "narrowly"
    second = f"{numbers.write(others[0].certainty)} for {_name(others[0])}"
    return f"it comes out {how} ahead, with certainty {numbers.write(best.certainty)} to {second}"


def _consequences(decision: Decision) -> Iterator[str]:
    """Say what speaks against what was chosen, and what was left open."""
    against = [
        (decision.label(value), firing)
        for value in decision.leaders
        for evidence, firing in _arguments(decision, decision.goal, value)
        if evidence < 0
    ]
    if decision.recommendation is None and decision.outcome != "tie":
        yield "Bad, because the question stays open until more is known."
    elif not against:
        yield "Good, because nothing that is known speaks against it."
    several = len(decision.leaders) > 1
    for label, firing in against:
        yield f"Bad, because {_argument(firing)}{f', which speaks against {heading(label)}' if several else ''}."
    asked = [sentence(each.question or each.attribute) for each in decision.open_questions]
    if asked:
        more = f" And {len(asked) - QUESTIONS} more." if len(asked) > QUESTIONS else ""
        open_ = (
            "a question was open whose answer" if len(asked) == 1 else f"{len(asked)} questions were open whose answers"
        )
        yield f"Neutral, because {open_} could have changed it: {' '.join(asked[:QUESTIONS])}{more}"


def _confirmation(decision: Decision) -> Iterator[str]:
    """Say how to see whether it still stands, and how firm it was."""
    if decision.file:
        again = "decides again from the same facts under today's rules, and fails if the answer is another."
        yield f"`expert recheck {visible(decision.file.as_posix())}` {again}"
    else:
        yield "The same facts under the same rules lead to the same answer; `expert recommend` decides again."
    if decision.review:
        yield f"The decision is to be reviewed on {decision.review}."
    stays = _answer(decision) + (", the default," if decision.outcome == "default" else "")
    yield escaped(firmness(stays, _robustness(decision)))


def _robustness(decision: Decision) -> Robustness:
    """Give the robustness as it was worked out, without the certainties that were tried."""
    kept = decision.robustness
    beyond = None if kept.beyond is None else Counterexample(kept.beyond, (), None, "undecided")
    return Robustness(kept.delta, beyond, kept.changes, kept.kept)


def _options(decision: Decision, numbers: Numbers) -> Iterator[str]:
    """Write what speaks for and against each option."""
    for option in decision.ranking:
        yield f"### {_name(option)}"
        yield f"Its certainty is {numbers.write(option.certainty)}."
        arguments = [
            f"{'Good' if evidence > 0 else 'Bad'}, because {_argument(firing)}, with evidence {number(evidence, '+')}."
            for evidence, firing in _arguments(decision, decision.goal, option.value)
        ]
        yield _bullets(arguments or ["Neutral, because no rule that held speaks for it or against it."])


def _more(decision: Decision) -> Iterator[str]:
    """Say what would have changed it, and list what it rests on."""
    if decision.flips:
        word = "settled" if decision.recommendation is None else "changed"
        size = len(decision.flips[0].changes)
        which = "A change of one fact" if size == 1 else f"{size} changes together, and no fewer,"
        yield f"{which} would have {word} it, such as these:"
        yield _bullets(_flip(decision, flip) for flip in decision.flips[:FLIPS])
    elif decision.searched:
        facts = "a single fact" if decision.searched == 1 else f"up to {decision.searched} facts"
        yield f"No change of {facts} would have led to another answer."
    if decision.sources:
        yield "The rules cite:"
        yield _bullets(
            f"{escaped(source.name)}: "
            + ", ".join(filter(None, (_linked(source.title, source.url), escaped(source.by), escaped(source.year))))
            + "."
            for source in decision.sources
        )
    base = decision.knowledge_base
    yield f"The content of {escaped(base.name)} {escaped(base.version)} has the digest `{base.digest}`."


def _linked(title: str, url: str) -> str:
    """Write a title as a link, where there is an address that a browser opens."""
    is_address = url.startswith(("https://", "http://")) and not set(url) & set(" <>")
    return f"[{escaped(title)}](<{url}>)" if is_address else escaped(title)


def _flip(decision: Decision, flip: RecordedFlip) -> str:
    """Say what other facts would have led to."""
    changes = listed([_change(change) for change in flip.changes])
    if flip.recommendation is None:
        return f"With {changes}, it would be {'a tie' if flip.outcome == 'tie' else 'undecided'}."
    return f"With {changes}, it would be {heading(decision.label(flip.recommendation))}."


def _change(change: Change) -> str:
    """Write a changed fact."""
    became = "unknown" if change.value is None else change.within or change.value
    return escaped(f"{_words(change.attribute)} {became}")
