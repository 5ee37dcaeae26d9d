"""What an interview says, as text."""

from collections.abc import Iterator
from itertools import islice

from expert.explanation.shown_certainties import Numbers, in_full, ranking_numbers
from expert.inference.consultation import Consultation
from expert.interview.question import Progress, Question
from expert.interview.why_asked import WhyAsked
from expert.knowledge.rules import Value
from expert.rendering.evidence import sentence
from expert.rendering.headline import label, whatever
from expert.rendering.text.rule_text import conclusions
from expert.rendering.text.text_page import BARS, Style, TextPage, paragraphs

RULES = 6
"""How many rules that wait for an answer are shown."""


def plural(count: int, word: str) -> str:
    """Count things."""
    return f"{count} {word}{'s' * (count != 1)}"


def doubted(answer: object, certainty: float) -> str:
    """Write an answer, with its certainty unless that is 1."""
    return str(answer) if certainty == 1 else f"{answer} ({in_full(certainty)})"


def progress_line(question: Question, progress: Progress, consultation: Consultation) -> str:
    """Say which question this is, how many are at most left, and who leads."""
    names = [label(consultation, value) for value in progress.leaders]
    best = ranking_numbers(consultation).write(consultation.ranking[0].certainty)
    if len(names) > 1:
        leading = f"a tie between {', '.join(names[:-1])} and {names[-1]} at {best}"
    else:
        leading = f"{names[0]} leads with {best}" if names else "nothing leads yet"
    return f"Question {question.position}, {_left(progress)} · {leading}"


def _left(progress: Progress) -> str:
    """Say how many questions follow; this one is the last only if no other is open, whatever the answer."""
    if progress.left > 1:
        return f"at most {progress.left - 1} more"
    return "the last" if progress.questions == progress.answered + 1 else "a certain answer is enough"


def present_text(consultation: Consultation, width: int, style: Style, bars: str = BARS) -> str:
    """Write the answer and the ranking so far."""
    page = TextPage(consultation, width, style, bars)
    return paragraphs((page.headline(), page.ranking()))


def certain_text(consultation: Consultation, more: int, width: int, style: Style, if_found_out: bool = False) -> str:
    """Say that the questions left cannot change the answer; `if_found_out` if those answered "don't know" could."""
    page = TextPage(consultation, width, style)
    none = f"none of the {more} remaining questions" if more > 1 else "the remaining question"
    left = f"{none} can{'not' * (more == 1)} change that; {'they' if more > 1 else 'it'} could only move certainties."
    left = f"unless you find out what you do not know, {left}" if if_found_out else left
    return paragraphs(([*page.headline(), *page.wrapped(left[0].upper() + left[1:], 0)],))


def one_left_text(
    consultation: Consultation, value: Value, more: int, width: int, style: Style, if_found_out: bool = False
) -> str:
    """Say that all definite answers lead to one candidate; `if_found_out` if those answered "don't know" may not."""
    page = TextPage(consultation, width, style)
    said = whatever(consultation, more, value)
    said = f"Unless you find out what you do not know, {said[0].lower()}{said[1:]}" if if_found_out else said
    return paragraphs(([*page.headline(), *page.wrapped(said, 0)],))


def why_text(why: WhyAsked, consultation: Consultation, width: int, style: Style) -> str:
    """Write why a question is asked: the help, the rules that wait for the answer, and what it could move."""
    page = TextPage(consultation, width, style)
    return paragraphs((page.wrapped(why.attribute.help, 0), _moves(page, why), _rules(page, why)))


def _moves(page: TextPage, why: WhyAsked) -> Iterator[str]:
    """Say between which certainties the answer alone can move the candidates."""
    if not why.moves:
        yield from page.wrapped("On its own, the answer moves no candidate; it counts together with others.", 0)
        return
    yield page.style("What the answer alone can do", "heading")
    certainties = (certainty for move in why.moves for certainty in (move.now, move.least, move.most))
    numbers = Numbers(certainties, page.knowledge_base.threshold)
    names = [label(page.consultation, move.candidate) for move in why.moves]
    longest = max(map(len, names))
    for name, move in zip(names, why.moves, strict=True):
        ends = [f"{numbers.write(move.now, '+')} now"]
        if move.least < move.now:
            ends.append(f"down to {numbers.write(move.least, '+')} if {move.least_by}")
        if move.most > move.now:
            ends.append(f"up to {numbers.write(move.most, '+')} if {move.most_by}")
        yield f"  {name:<{longest}}  {', '.join(ends)}"


def _rules(page: TextPage, why: WhyAsked) -> Iterator[str]:
    """List the rules, and the questions, that wait for the answer."""
    shown = [*islice(why.rules, RULES)]
    if shown:
        yield page.style("Rules that wait for it", "heading")
    for rule in shown:
        yield from page.wrapped(f"• {sentence(rule, page.knowledge_base)}", 2)
        yield from page.faint(f"{rule.name}: {conclusions(page.knowledge_base, rule)}", 4)
    if others := len(why.rules) - len(shown):
        yield f"  and {plural(others, 'more rule')}."
    for name in why.opens:
        question = page.knowledge_base.attributes[name].question
        yield from page.wrapped(f"It decides whether another question is asked: {question}", 0)
