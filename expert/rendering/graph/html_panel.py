"""What stands beside the graph on the page: the ranking, the reasons, why not another, and what would change it."""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from html import escape
from pathlib import PureWindowsPath

from expert.explanation.graph import fact_id
from expert.explanation.reasons import reason_of
from expert.explanation.retired import RetiredReason, retired_reasons
from expert.explanation.shown_certainties import in_full, number, ranking_numbers
from expert.explanation.unfired_rules import Missed
from expert.explanation.why import step_of
from expert.explanation.why_not import why_not
from expert.inference.consultation import Consultation
from expert.inference.ranking import Candidate
from expert.knowledge.model import Model
from expert.knowledge.rules import Citation, Pair
from expert.rendering.axis import Axis
from expert.rendering.evidence import RETIRED, Piece, cited_sources, lacking, retired_pieces, sentence
from expert.rendering.graph.about_nodes import arithmetic
from expert.rendering.graph.changes import Changes
from expert.rendering.graph.html_elements import bar, citation_text, folded, link, reason_items
from expert.rendering.headline import contradictions, label, named, overdue, still_possible_or_unknown
from expert.rendering.words import fact_words

SHOWN = 5
"""How many rules that did not hold are listed where none can be folded away."""


def overview(
    consultation: Consultation, standings: Mapping[str, Iterable[str]], repeating: Container[str], changes: Changes
) -> Iterator[str]:
    """Write the ranking, for each tab what it shows in words, what would change the answer, and what it rests on.

    Tabs that repeat what others say say nothing where all are shown one below the other.
    """
    yield "<section>"
    yield from ranking_table(consultation)
    if possible := still_possible_or_unknown(consultation):
        yield f"<p>{escape(possible)}</p>"
    yield from _review(consultation.knowledge_base)
    for said in contradictions(consultation):
        yield f"<p>{escape(said)}</p>"
    yield "</section>"
    for name, standing in standings.items():
        yield f'<section data-tab="{escape(name)}"{" data-repeats" if name in repeating else ""}>'
        yield from standing
        yield "</section>"
    yield from _why_not_others(consultation)
    yield from changes.section()
    yield from retired_rules(consultation)
    yield "<section><h2>Facts given</h2>"
    yield from given_facts(consultation)
    yield "</section>"
    yield from sources(consultation)


def _review(knowledge_base: Model) -> Iterator[str]:
    """Say until when it counts as up to date; the script shows the other sentence when that day has passed."""
    review_by = knowledge_base.review_by
    if review_by:
        late = escape(overdue(knowledge_base, date.max))
        yield f'<p class="faint" data-review-by="{review_by}" data-late="{late}">To be reviewed by {review_by}.</p>'


def standing_of(
    consultation: Consultation, pairs: Iterable[Pair], level: str = "h2", folds: bool = True
) -> Iterator[str]:
    """Write what spoke for and against conclusions; of candidates also which other rules would have supported them."""
    goal = consultation.knowledge_base.goal
    for attribute, value in pairs:
        name = escape(named(consultation, attribute, value))
        step = step_of(consultation, (attribute, value))
        supporting = [reason for reason in step.reasons if reason.strength > 0]
        opposing = [reason for reason in step.reasons if reason.strength < 0]
        for word, reasons in (("For", supporting), ("Against", opposing)):
            yield f"<{level}>{word} {name}</{level}>" if reasons else f"<p>Nothing speaks {word.lower()} {name}.</p>"
            yield from folded(list(reason_items(consultation, reasons, in_full=not folds)), "reason", folds=folds)
        if sums := "".join(arithmetic(step.arithmetic, len(step.reasons))):
            yield f"<details><summary>How they combine</summary>{sums}</details>" if folds else sums
        if attribute == goal and value != consultation.recommendation:
            missed = why_not(consultation, value).aims[0].missed
            yield f'<{level} class="faint">Would have supported {name}, but did not hold</{level}>' if missed else ""
            listed = missed if folds else missed[:SHOWN]
            items = [f"<li>{_missed(consultation, each)}</li>" for each in listed]
            yield from folded(items, "rule", "missed", folds)
            rest = len(missed) - len(listed)
            yield f"<p class='faint'>and {rest} more rule{'s' * (rest != 1)}</p>" if rest else ""


def ranking_table(consultation: Consultation) -> Iterator[str]:
    """Draw a bar for each candidate, from an axis at 0."""
    numbers = ranking_numbers(consultation)
    axis = Axis(candidate.certainty for candidate in consultation.ranking)
    yield '<table class="ranking">'
    for candidate in consultation.ranking:
        name = escape(label(consultation, candidate.value))
        drawn = bar(candidate.certainty, axis)
        written = numbers.write(candidate.certainty, "+")
        yield f'<tr><th scope="row">{name}</th><td>{drawn}</td><td>{written}</td></tr>'
    yield "</table><p class='faint'>Weight of evidence, not probability.</p>"


def _why_not_others(consultation: Consultation) -> Iterator[str]:
    """Say in brief why other candidates are not the answer."""
    leaders = {leader.value for leader in consultation.leaders}
    others = [each for each in consultation.ranking if each.value not in leaders]
    if not leaders or not others:
        return
    yield f"<section><h2>Why not {'another' if len(others) > 1 else 'the other'}</h2>"
    yield from folded([f"<li>{_why_not_other(consultation, other)}</li>" for other in others], "candidate", "plain")
    yield "</section>"


def _why_not_other(consultation: Consultation, other: Candidate) -> str:
    """Name the strongest reason against a candidate, or else what is for it."""
    numbers = ranking_numbers(consultation)
    behind = numbers.difference(consultation.ranking[0].certainty, other.certainty)
    name = escape(label(consultation, other.value))
    tab = link(fact_id(consultation.knowledge_base.goal, other.value), name)
    pieces = other.opposing or other.supporting
    if not pieces:
        return f"<b>{tab}</b>, {behind} behind: nothing speaks for it."
    strongest = max(pieces, key=lambda piece: abs(piece.strength))
    (item,) = reason_items(consultation, [reason_of(consultation, strongest)._replace(sources=())])
    less = "" if other.opposing else ", with less for it"
    return f"<b>{tab}</b>, {behind} behind{less}:<ul>{item}</ul>"


def given_facts(consultation: Consultation) -> Iterator[str]:
    """List the given facts, each with its question."""
    if not consultation.given:
        yield "<p>None.</p>"
        return
    yield "<ul class='plain'>"
    for fact in consultation.given:
        attribute = consultation.knowledge_base.attributes[fact.attribute]
        certainty = "" if fact.certainty == 1 else f", certainty {in_full(fact.certainty)}"
        note = f" – {escape(fact.note)}" if fact.note else ""
        asked = f"<br><span class='faint'>{escape(attribute.question)}</span>" if attribute.question else ""
        pair = link(fact_id(fact.attribute, fact.value), escape(fact_words(attribute, fact.value)))
        place = escape(PureWindowsPath(fact.origin).name)
        yield f"<li>{pair}{certainty}{note} <span class='faint'>({place})</span>{asked}</li>"
    yield "</ul>"


def _missed(consultation: Consultation, missed: Missed) -> str:
    """Write a rule that did not hold, with what it lacked, and the questions that would decide it."""
    base = consultation.knowledge_base
    said = escape(sentence(consultation.rules[missed.rule], base))
    questions = dict.fromkeys(failure.question for failure in missed.failures if failure.question)
    decide = f"<br>To be decided by: {escape(' '.join(questions))}" if questions else ""
    written = number(missed.certainty, "+")
    return f"<strong>({written})</strong> {said}<br><span class='faint'>{escape(lacking(missed, base))}{decide}</span>"


def retired_rules(consultation: Consultation, folds: bool = True) -> Iterator[str]:
    """List rules that would have held and no longer count."""
    reasons = retired_reasons(consultation)
    if reasons:
        yield f"<section><h2>{RETIRED}</h2>"
        found = zip(reasons, retired_pieces(reasons, consultation.knowledge_base), strict=True)
        items = [_retired(consultation, reason, piece) for reason, piece in found]
        yield from folded(items, "rule", "missed plain", folds)
        yield "</section>"


def _retired(consultation: Consultation, reason: RetiredReason, piece: Piece) -> str:
    """Write what a rule that no longer counts would have given, and why it does not."""
    word = "for" if reason.strength > 0 else "against"
    concluded = escape(named(consultation, reason.attribute, reason.value))
    small = f"<br><span class='faint'>{escape(piece.held)}</span>"
    return f"<li>({number(reason.strength, '+')} {word} {concluded}) {escape(piece.sentence)}{small}</li>"


def sources(consultation: Consultation) -> Iterator[str]:
    """List the sources of the rules that held, in full."""
    found = cited_sources(consultation)
    if found:
        yield "<section><h2>Sources</h2>"
        for name in found:
            yield f"<p>[{escape(name)}] {citation_text(consultation, Citation(name))}</p>"
        yield "</section>"
