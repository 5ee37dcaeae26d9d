"""What answers to open questions would change, as text for a terminal."""

from collections.abc import Iterator, Sequence

from expert.analysis.decisive import Decisive, DecisiveQuestion, JointAnswers
from expert.knowledge.model import Attribute
from expert.knowledge.ranges import Range
from expert.knowledge.rules import Value
from expert.rendering.headline import answer
from expert.rendering.text.text_page import TextPage
from expert.rendering.value_text import GLUE, assigned, meant

QUESTIONS = 3
"""How many decisive questions are shown at the most."""

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
"""How numbers are written out in a sentence."""

LISTED = 2
"""Up to so many answers that change it together are listed; more take too much of a screen."""

NOTHING = "No open question could change it."


def decisive_text(
    page: TextPage, decisive: Decisive, found: Sequence[DecisiveQuestion], most: int, with_questions: bool = True
) -> Iterator[str]:
    """Name up to `most` open questions that alone could change the answer, or the fewest that together could.

    `found` are the first `QUESTIONS` of them.
    """
    shown = found[:most]
    change_it = "change it" if page.consultation.outcome == "recommended" else "settle it"
    if not shown:
        yield from page.wrapped(_together(page, decisive, change_it), 0)
        return
    yield page.style(f"An answer that would {change_it}", "heading")
    for question in shown:
        answers = ", ".join(_answers(question, page.goal))
        yield from page.hanging(f"{question.attribute.words}: {answers}", 2)
        if with_questions:
            yield from page.faint(question.attribute.question, indent=4)
    others = len(decisive.open_questions) - len(shown)
    if others:
        some = len(found) < QUESTIONS and not decisive.is_searched
        yield f"  {others} more question{'s' * (others > 1)} could matter{'; not all were searched' * some}."


def _answers(question: DecisiveQuestion, goal: Attribute) -> Iterator[str]:
    """Write what leads to each recommendation: the first answer; of a number with those right behind it."""
    first: dict[Value, tuple[Value, Range | None]] = {}
    for (value, then), within in zip(question.answers, question.ranges, strict=True):
        if then not in first:
            first[then] = value, within
        elif within and (before := first[then][1]) and (both := before.joined(within)):
            first[then] = first[then][0], both
    for then, (value, within) in first.items():
        yield f"{meant(question.attribute, value, within)}{GLUE}→{GLUE}{goal.value_label(then)}"


def _together(page: TextPage, decisive: Decisive, change_it: str) -> str:
    """Say how many answers it takes, or how far the search went."""
    if not decisive.is_searched:
        return _not_searched(decisive.searched, len(decisive.open_questions), change_it)
    joint = decisive.together()
    if joint is None:
        if decisive.is_exhausted:
            return NOTHING
        answers = "single answer to an" if decisive.size == 1 else f"{_word(decisive.size)} answers to"
        questions = f"open question{'s' * (decisive.size > 1)}"
        return f"No {answers} {questions} would {change_it}; more were not searched."
    size = len(joint.answers)
    example = f" ({_example(page, joint)})" if size <= LISTED else ""
    if size == 1:
        return f"No single answer would give another recommendation; one would take it away{example}."
    return f"Answers to {_word(size)} open questions together could {change_it}{example}."


def _example(page: TextPage, joint: JointAnswers) -> str:
    """List answers with what they lead to together."""
    pairs = zip(joint.answers, joint.ranges, strict=True)
    answers = "; ".join(assigned(attribute, value, within) for (attribute, value), within in pairs)
    return f"{answers} " + f"→ {answer(page.goal, *joint.then)}".replace(" ", GLUE)


def _not_searched(searched: int, count: int, change_it: str) -> str:
    """Say how far the search for single answers went."""
    if searched == 0:
        return f"The {count} open questions were not searched for an answer that would {change_it}."
    first = "The first open question" if searched == 1 else f"None of the first {searched} open questions"
    return f"{first} would {'not ' * (searched == 1)}{change_it} alone; {count - searched} more were not searched."


def _word(number: int) -> str:
    return NUMBERS[number - 1] if number <= len(NUMBERS) else str(number)
