"""What is said of an answer, in sentences without width or style: every face shows these words."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from expert.explanation.shown_certainties import in_full, ranking_numbers
from expert.inference.consultation import Consultation, same_answer
from expert.inference.ranking import Outcome, is_tied
from expert.knowledge.foreign_text import shown, visible
from expert.knowledge.model import Attribute, Fact, Model
from expert.knowledge.rules import Is, Value
from expert.open_questions.prospects import open_questions, possible
from expert.rendering.words import fact_words, premise_words, value_words

if TYPE_CHECKING:
    from expert.analysis.what_if import FactChange, WhatIf


class Headline(NamedTuple):
    """The answer, and the rest of the sentence: how clear the answer is."""

    answer: str
    rest: str

    @property
    def text(self) -> str:
        """The whole sentence."""
        return visible(" ".join(f"{self.answer}{self.rest}".splitlines()))


def label(consultation: Consultation, value: Value) -> str:
    """Name a candidate."""
    base = consultation.knowledge_base
    return visible(base.attributes[base.goal].value_label(value))


def named(consultation: Consultation, attribute: str, value: Value) -> str:
    """Name a conclusion: a candidate by its label alone."""
    base = consultation.knowledge_base
    return label(consultation, value) if attribute == base.goal else fact_words(base.attributes[attribute], value)


def answer(goal: Attribute, recommendation: Value | None, outcome: Outcome) -> str:
    """Name an answer."""
    if recommendation is None:
        return "a tie" if outcome == "tie" else "undecided"
    return goal.value_label(recommendation) + (", the default" if outcome == "default" else "")


def headline(consultation: Consultation) -> Headline:
    """State the answer, and how clear it is."""
    best, *others = consultation.ranking
    certainty = ranking_numbers(consultation).write(best.certainty)
    if consultation.outcome == "recommended":
        ahead = f", {_ahead(consultation)}" if others else ""
        return Headline(label(consultation, best.value), f" is recommended with certainty {certainty}{ahead}.")
    if consultation.outcome == "tie":
        *names, last = [label(consultation, leader.value) for leader in consultation.leaders]
        return Headline(f"A tie between {', '.join(names)} and {last}", f", with certainty {certainty} each.")
    if consultation.leaders:
        return Headline(label(consultation, best.value), " holds by default: nothing says otherwise.")
    none = f"no candidate's certainty exceeds {in_full(consultation.knowledge_base.threshold)}."
    if consultation.recommendation is None:
        return Headline("Undecided", f": {none}")
    return Headline(label(consultation, consultation.recommendation), f" is the default answer: {none}")


def still_possible(consultation: Consultation) -> str | None:
    """Say what definite answers can still lead to; empty where nothing is open, None where it is not known."""
    if len(consultation.leaders) == 1 or not (asked := consultation.once(open_questions)):
        return ""
    found = consultation.once(possible)
    if found is None:
        return None
    if found.only is not None:
        return whatever(consultation, len(asked), found.only)
    if not found.values:
        return f"No answer to the {_open(len(asked))} leads to a recommendation."
    names = ", ".join(label(consultation, value) for value in found.values)
    return f"Still possible: {names}{'' if found.always else ', or no recommendation'}."


def still_possible_or_unknown(consultation: Consultation) -> str:
    """Say what definite answers can still lead to, or that it is not known."""
    said = still_possible(consultation)
    if said is None:
        asked = _open(len(consultation.once(open_questions)))
        return f"The {asked} can be answered in too many ways to say what is still possible."
    return said


def whatever(consultation: Consultation, count: int, value: Value) -> str:
    """Say that all answers lead to one candidate."""
    return f"Whatever the answer{'s' * (count != 1)} to the {_open(count)}, it is {label(consultation, value)}."


def _open(count: int) -> str:
    return "open question" if count == 1 else f"{count} open questions"


def _ahead(consultation: Consultation) -> str:
    """Say how far the best candidate is ahead, and of whom."""
    best, second, *others = consultation.ranking
    clearly = "clearly" if consultation.margin > consultation.knowledge_base.threshold else "narrowly"
    tied = others and is_tied(second.certainty, others[0].certainty)
    whom = "the others" if tied else label(consultation, second.value)
    difference = ranking_numbers(consultation).difference(best.certainty, second.certainty)
    return f"{clearly} ahead of {whom} (by {difference})"


def contradictions(consultation: Consultation) -> Iterator[str]:
    """Name each pair for which there is certain evidence both for and against."""
    for pair in consultation.contradictions:
        said = premise_words(consultation.knowledge_base, Is(*pair))
        yield f"Contradiction: it is certain that {said}, and certain that it is not."


def overdue(knowledge_base: Model, today: date | None) -> str:
    """Say that a knowledge base should have been reviewed by now; nothing where it was not to be, or without a date."""
    review_by = knowledge_base.review_by
    if today is None or review_by is None or today <= review_by:
        return ""
    return f"The rules of {shown(knowledge_base.name)} were to be reviewed by {review_by}: they may be out of date."


def beginning(consultation: Consultation) -> str:
    """Say how to begin with what is recommended; nothing where the knowledge base does not say."""
    base = consultation.knowledge_base
    value = consultation.recommendation
    start = base.attributes[base.goal].starts.get(str(value))
    if value is None or start is None:
        return ""
    said = "; then ".join(filter(None, (start.install, start.read and f"read {start.read}")))
    return visible(f"To begin with {label(consultation, value)}: {said}")


def extended_answer(consultation: Consultation, newer: Consultation) -> str:
    """Say whether a knowledge base that extends this one answers otherwise, and if it does not answer, what it asks."""
    base = newer.knowledge_base
    which = f"Newer rules (--rules {shown(base.name)}, version {shown(base.version)})"
    if newer.recommendation is None and (asked := newer.once(open_questions)):
        return f"{which} need more facts to answer, such as: {visible(base.attributes[asked[0]].question)}"
    if same_answer(consultation, newer):
        return f"{which} give the same answer."
    return f"{which} answer otherwise: {answer_of(newer)}."


def would_change(consultation: Consultation) -> str:
    """Say that something would give another recommendation, or one at all."""
    return f"would {'change' if consultation.recommendation is not None else 'settle'} it"


def no_change(searched: int, would: str) -> str:
    """Say that no change of as many facts as were searched does something."""
    none = {0: "No change of those that were tried", 1: "No single fact"}
    return f"{none.get(searched, f'No change of up to {searched} facts')} {would}."


def what_if_headline(what_if: "WhatIf") -> tuple[list[str], str, str]:
    """State which facts change; then what becomes of the answer, up to its new name, and that name."""
    changes = [_change(change, what_if.after.knowledge_base) for change in what_if.changes] or ["No fact changes."]
    before, after = answer_of(what_if.before), answer_of(what_if.after)
    return changes, "The answer stays" if before == after else f"The answer changes from {before} to", after


def found_text(attribute: str, value: Value | None, consultation: Consultation) -> str:
    """Write what an attribute is found to be: a computed number, or its default."""
    said = partial(value_words, consultation.knowledge_base.attributes[attribute])
    if value is not None:
        return said(value) + " by default" * (consultation.origin_of((attribute, value)) == "default")
    values = (each for each, cf in consultation.certainties.get(attribute, {}).items() if cf > 0)
    return " and ".join(map(said, values)) or "unknown"


def answer_of(consultation: Consultation) -> str:
    """Name the answer of a consultation; of a tie, all leaders."""
    if consultation.outcome == "tie":
        return f"a tie between {' and '.join(label(consultation, leader.value) for leader in consultation.leaders)}"
    base = consultation.knowledge_base
    return visible(answer(base.attributes[base.goal], consultation.recommendation, consultation.outcome))


def _change(change: "FactChange", base: Model) -> str:
    """Write the change of a fact as a sentence."""
    before, after = (fact and fact_text(fact, base) for fact in (change.before, change.after))
    if before and change.after:
        value = value_words(base.attributes[change.after.attribute], change.after.value)
        return f"Changed: {before} becomes {_with_certainty(value, change.after)}."
    return f"Withdrawn: {before}." if before else f"Added: {after}."


def fact_text(fact: Fact, base: Model) -> str:
    """Write a fact, with its certainty where that is not 1."""
    return _with_certainty(fact_words(base.attributes[fact.attribute], fact.value), fact)


def _with_certainty(said: str, fact: Fact) -> str:
    return f"{said} ({in_full(fact.certainty)})" if fact.certainty != 1 else said


def in_brief(consultation: Consultation) -> str:
    """Say in a few words what is recommended."""
    numbers = ranking_numbers(consultation)
    best, *others = (each.certainty for each in consultation.ranking)
    if consultation.outcome == "recommended":
        ahead = f", {numbers.difference(best, others[0])} ahead" if others else ""
        return f"{shown(consultation.recommendation)} {numbers.write(best)}{ahead}"
    if consultation.outcome == "tie":
        tied = shown(", ".join(str(leader.value) for leader in consultation.leaders))
        return f"tie of {tied}, {numbers.write(best)} each"
    return " ".join(filter(None, (consultation.outcome, shown(consultation.recommendation or ""))))
