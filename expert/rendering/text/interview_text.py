"""What an interview says, as text."""

from collections.abc import Iterator, Mapping
from itertools import islice

from expert.explanation.grounds import Ground
from expert.explanation.reasons import reason_of
from expert.explanation.shown_certainties import Numbers, in_full, ranking_numbers
from expert.inference.consultation import Consultation
from expert.inference.ranking import Candidate
from expert.interview.question import DONT_KNOW, Progress, Question
from expert.interview.session import Interview
from expert.interview.why_asked import Push, WhyAsked
from expert.knowledge.rules import Value
from expert.open_questions.prospects import possible
from expert.rendering.evidence import ground_text, sentence
from expert.rendering.headline import label, still_possible, whatever
from expert.rendering.text.proof_text import strongest_text
from expert.rendering.text.rule_text import conclusions
from expert.rendering.text.text_page import BARS, TextPage, beside, paragraphs, wrapped
from expert.rendering.text.text_style import Style

RULES = 6
"""How many rules that wait for an answer are shown."""

NO_MOVE = "On its own, the answer moves no candidate; it counts together with others."


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


def answer_text(question: Question) -> str:
    """Write the answer to a question by its label."""
    fact = question.answered
    return doubted(question.attribute.value_label(fact.value), fact.certainty) if fact else DONT_KNOW


def resumed_text(interview: Interview, width: int) -> str:
    """List the answers of an interview that is continued, and the facts that it began with."""
    return paragraphs([_resumed(interview, width)])


def _resumed(interview: Interview, width: int) -> Iterator[str]:
    yield f"Resumed with {plural(len(interview.answers), 'answer')}."
    for each in interview.answers:
        yield from _item(f"{each.attribute.question} {answer_text(each)}", width)
    if interview.given:
        yield "Given before the first question:"
    for fact in interview.given:
        ground = Ground(fact.attribute, fact.value, fact.certainty, fact.origin)
        yield from _item(ground_text(ground, interview.knowledge_base), width)


def _item(text: str, width: int) -> list[str]:
    """Break the text of an item of a list into lines, behind its mark."""
    first, *rest = wrapped(text, 4, width)
    return [f"  • {first.strip()}", *rest]


def words_text(answering: str, words: Mapping[str, str], width: int) -> str:
    """Say how an answer is given, and list the words that can be typed instead, each with what it does."""
    longest = max(map(len, words))
    lines = (line for word, does in words.items() for line in beside(word, longest, does, width))
    return paragraphs([[*wrapped(answering, 0, width), *lines]])


def present_text(consultation: Consultation, width: int, style: Style, bars: str = BARS) -> str:
    """Write the answer and the ranking so far."""
    page = TextPage(consultation, width, style, bars)
    return paragraphs((page.headline(), page.ranking()))


def explain_text(consultation: Consultation, width: int, style: Style, bars: str = BARS) -> str:
    """Write the answer and the ranking so far, and what speaks for and against each candidate."""
    page = TextPage(consultation, width, style, bars)
    reasons = (_reasons(page, candidate) for candidate in consultation.ranking)
    return paragraphs(
        ([*page.headline(), *page.wrapped(still_possible(consultation) or "", 0)], page.ranking(), *reasons)
    )


def _reasons(page: TextPage, candidate: Candidate) -> Iterator[str]:
    """Give the strongest evidence about a candidate."""
    evidence = (*candidate.supporting, *candidate.opposing)
    if evidence:
        yield from page.heading(label(page.consultation, candidate.value))
    yield from strongest_text(page, (reason_of(page.consultation, piece) for piece in evidence))


def early_text(consultation: Consultation, left: int, width: int) -> str:
    """Say how sure the best answer so far is, where the questions left could change it."""
    questions = f"up to {plural(left, 'more question')} could change"
    is_undecided = consultation.outcome == "undecided"
    could = f"No answer leads yet: {questions} that." if is_undecided else f"The best answer so far: {questions} it."
    found = possible(consultation)
    if found is None:
        could += " They can be answered in too many ways to say what is still possible."
    elif found.values:
        names = ", ".join(label(consultation, value) for value in found.values)
        could += f" Still possible: {names}{'' if found.always else ', or no recommendation'}."
    else:
        could += " None of them leads to a recommendation."
    return paragraphs([wrapped(could, 0, width)])


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
    """Write why a question is asked, in brief: the help, and which way each answer would push."""
    page = TextPage(consultation, width, style)
    return paragraphs((page.wrapped(why.attribute.help, 0), _pushes(page, why)))


def more_text(why: WhyAsked, consultation: Consultation, width: int, style: Style) -> str:
    """Write why a question is asked, in full: how far the answer could move what, and the rules that wait for it."""
    page = TextPage(consultation, width, style)
    return paragraphs((_moves(page, why), _rules(page, why)))


def _pushes(page: TextPage, why: WhyAsked) -> Iterator[str]:
    """Say which candidates each answer would raise and lower; of numbers with the same effect, one stands for all."""
    if not why.pushes:
        yield from page.wrapped(NO_MOVE, 0)
        return
    yield page.style("Which way each answer would push", "heading")
    answer_label = why.attribute.value_label
    if why.attribute.number:
        effects = {(push.up, push.down): push for push in reversed(why.pushes)}
        said = [(f"such as {answer_label(push.answer)}", push) for push in reversed(effects.values())]
    else:
        found = {push.answer: push for push in why.pushes}
        said = [(answer_label(each), found.get(each, Push(each, (), ()))) for each in why.attribute.choices]
    for answer, push in said:
        yield from _item(f"{answer}: {_sides(page.consultation, push)}", page.width)


def _sides(consultation: Consultation, push: Push) -> str:
    """Name the candidates that an answer would raise, and those that it would lower."""
    sides = {"for": push.up, "against": push.down}
    said = (f"{word} {', '.join(label(consultation, each) for each in side)}" for word, side in sides.items() if side)
    return "; ".join(said) or "no effect on its own"


def _moves(page: TextPage, why: WhyAsked) -> Iterator[str]:
    """Say between which certainties the answer alone can move the candidates."""
    if not why.moves:
        yield from page.wrapped(NO_MOVE, 0)
        return
    yield page.style("What the answer alone can do", "heading")
    certainties = (certainty for move in why.moves for certainty in (move.now, move.least, move.most))
    numbers = Numbers(certainties, page.knowledge_base.threshold)
    names = [label(page.consultation, move.candidate) for move in why.moves]
    longest = max(map(len, names))
    for name, move in zip(names, why.moves, strict=True):
        ends = [f"{numbers.write(move.now, '+')} now"]
        for way, certainty, by in (("down", move.least, move.least_by), ("up", move.most, move.most_by)):
            if by is not None:
                ends.append(f"{way} to {numbers.write(certainty, '+')} if {why.attribute.value_label(by)}")
        yield from beside(name, longest, ", ".join(ends), page.width)


def _rules(page: TextPage, why: WhyAsked) -> Iterator[str]:
    """List the rules, and the questions, that wait for the answer."""
    shown = [*islice(why.rules, RULES)]
    if shown:
        yield page.style("Rules that wait for it", "heading")
    for rule in shown:
        yield from _item(sentence(rule, page.knowledge_base), page.width)
        yield from page.faint(f"{rule.name} → {conclusions(page.knowledge_base, rule)}", 4)
    if others := len(why.rules) - len(shown):
        yield f"  and {plural(others, 'more rule')}."
    for name in why.opens:
        question = page.knowledge_base.attributes[name].question
        yield from page.wrapped(f"It decides whether another question is asked: {question}", 0)
