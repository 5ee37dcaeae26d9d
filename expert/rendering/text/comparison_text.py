"""What ``expert compare`` prints: two knowledge bases, on one case or over all."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from expert.analysis.comparison import Change, Comparison, Difference
from expert.analysis.space_comparison import SpaceComparison
from expert.explanation.shown_certainties import Numbers, number
from expert.inference.consultation import Consultation
from expert.inference.ranking import Outcome
from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Model
from expert.knowledge.rules import Value
from expert.rendering.evidence import cited_sentence, cited_sources, source_text
from expert.rendering.headline import answer_of, fact_text, label, named
from expert.rendering.text.interview_text import plural
from expert.rendering.text.links import source_link
from expert.rendering.text.text_page import hanging, paragraphs, styled, wrapped
from expert.rendering.text.text_style import Style, plain
from expert.rendering.value_text import GLUE
from expert.rendering.words import fact_words

LEAST = 0.001
"""The smallest share of cases that is written as a number."""

PATTERNS = 12
"""How many kinds of differences are listed."""

NAMES = 8
"""How many rules are named."""


class _Verb(NamedTuple):
    singular: str
    plural: str
    infinitive: str


_ANSWER = _Verb("answers", "answer", "answer")
_VERBS: dict[Outcome, _Verb] = {
    "recommended": _ANSWER,
    "default": _ANSWER,
    "tie": _Verb("ends in", "end in", "end in"),
    "undecided": _Verb("is", "are", "be"),
}
"""What a knowledge base does when it comes to an outcome."""


def comparison_text(comparison: Comparison, width: int = 80, style: Style = plain) -> str:
    """Write both answers, both rankings, and the rules that make the difference."""
    names = _names(comparison.one.knowledge_base, comparison.other.knowledge_base)
    parts = (
        [*wrapped(_answers(comparison, names), 0, width), *_ignored(comparison, names, width)],
        _table(comparison, names, style),
        _differences(comparison.one, comparison.only_one, f"Counted by {names[0]} alone", width, style),
        _differences(comparison.other, comparison.only_other, f"Counted by {names[1]} alone", width, style),
        _sources(comparison, width, style),
    )
    return paragraphs(parts)


def _names(one: Model, other: Model) -> tuple[str, str]:
    """Name two knowledge bases, which may be the same one at two times: then by their files, if these differ."""
    if one.name != other.name:
        return shown(one.name), shown(other.name)
    first, second = (shown(each.places[("knowledge_base",)].file) for each in (one, other))
    return (first, second) if first != second else (shown(one.name), f"the other {shown(other.name)}")


def _answers(comparison: Comparison, names: tuple[str, str]) -> str:
    """Say what each answers, and what the difference comes from."""
    one, other = comparison.one, comparison.other
    if comparison.same_answer:
        said = [f"{names[0]} and {names[1]} both {_VERBS[other.outcome].plural} {answer_of(other)}."]
    else:
        said = [f"{'; '.join(f'{name} {_says(side)}' for name, side in zip(names, (one, other), strict=True))}."]
    if not comparison.same_answer and _has(comparison.only_other, "absent", "changed"):
        would = _would(comparison.other_with_shared)
        said.append(f"With only the rules that both have, {names[1]} {would}.")
    if not comparison.same_answer and _has(comparison.only_one, "absent", "retired") and comparison.other_with_both:
        would = _would(comparison.other_with_both)
        said.append(f"With the other rules of {names[0]} as well, {names[1]} {would}.")
    return " ".join(said)


def _ignored(comparison: Comparison, names: tuple[str, str], width: int) -> Iterator[str]:
    """List the facts that only one of them knows."""
    one, other = comparison.one.knowledge_base, comparison.other.knowledge_base
    for name, ignored, base in (
        (names[0], comparison.ignored_by_one, other),
        (names[1], comparison.ignored_by_other, one),
    ):
        if ignored:
            facts = "; ".join(fact_text(fact, base).replace(" ", GLUE) for fact in ignored)
            yield from hanging(f"{name} ignores what it does not know: {facts}.", 0, width)


def _says(consultation: Consultation) -> str:
    """Say what the answer is."""
    return f"{_VERBS[consultation.outcome].singular} {answer_of(consultation)}"


def _would(consultation: Consultation) -> str:
    """Say what the answer would be."""
    return f"would {_VERBS[consultation.outcome].infinitive} {answer_of(consultation)}"


def _has(differences: Sequence[Difference], *changes: Change) -> bool:
    """Tell whether any rule has become one of these."""
    return any(each.change in changes for each in differences)


def _table(comparison: Comparison, names: tuple[str, str], style: Style) -> Iterator[str]:
    """Set the rankings side by side, in the order of the other."""
    one = {each.value: each.certainty for each in comparison.one.ranking}
    other = {each.value: each.certainty for each in comparison.other.ranking}
    numbers = Numbers((*one.values(), *other.values()), comparison.other.knowledge_base.threshold)
    sides = [comparison.other if value in other else comparison.one for value in {**other, **one}]
    rows = []
    for side, value in zip(sides, {**other, **one}, strict=True):
        certainties = (numbers.write(ranked[value], "+") if value in ranked else "–" for ranked in (one, other))
        rows.append((label(side, value), *certainties))
    longest = [max(map(len, column)) for column in zip(("", *names), *rows, strict=True)]
    yield style(f"  {'':{longest[0]}}  {names[0]:>{longest[1]}}  {names[1]:>{longest[2]}}", "faint")
    for name, before, after in rows:
        yield f"  {name:{longest[0]}}  {before:>{longest[1]}}  {after:>{longest[2]}}"


def _differences(
    consultation: Consultation, differences: Sequence[Difference], heading: str, width: int, style: Style
) -> Iterator[str]:
    """List rules that held by the one and not so by the other."""
    if differences:
        yield from styled(heading, "heading", 0, width, style)
    for each in differences:
        gave = (f"{number(e.strength, '+')} {named(consultation, e.attribute, e.value)}" for e in each.gave)
        yield from hanging(", ".join(piece.replace(" ", GLUE) for piece in gave), 2, width)
        yield from wrapped(cited_sentence(each.rule, consultation.knowledge_base), 9, width)
        yield from styled(_became(each), "faint", 9, width, style)


def _became(difference: Difference) -> str:
    """Say what became of a rule in the other knowledge base; nothing where it is not there."""
    if difference.change == "retired":
        return f"retired there: {difference.reason}"
    return {"changed": "is written otherwise there", "not held": "did not hold there", "absent": ""}[difference.change]


def _sources(comparison: Comparison, width: int, style: Style) -> Iterator[str]:
    """Give the sources of both, in full."""
    for side in (comparison.one, comparison.other):
        for name in cited_sources(side):
            if side is comparison.one or name not in cited_sources(comparison.one):
                source = side.knowledge_base.sources[name]
                for line in hanging(f"[{name}] {source_text(source)}", 0, width):
                    yield source_link(style(line, "faint"), source, style)


def space_comparison_text(comparison: SpaceComparison, width: int = 80, style: Style = plain) -> str:
    """Write how often the answers differ, the smallest cases that show it, and which rules differ."""
    names = _names(comparison.one, comparison.other)
    if comparison.patterns:
        share = _share(comparison.differing, comparison.cases)
        said = f"{names[0]} and {names[1]} answer differently in {share} of {comparison.looked_at}."
    elif comparison.exact:
        said = f"{names[0]} and {names[1]} give the same answer in {comparison.looked_at}."
    else:
        said = f"No difference between {names[0]} and {names[1]} was found in {comparison.looked_at}."
    parts = (
        wrapped(said, 0, width),
        _patterns(comparison, width, style),
        _rules(f"Rules of {names[0]} alone", comparison.only_one, width, style),
        _rules(f"Rules of {names[1]} alone", comparison.only_other, width, style),
        _rules("Rules that differ", comparison.changed, width, style),
    )
    return paragraphs(parts)


def _patterns(comparison: SpaceComparison, width: int, style: Style) -> Iterator[str]:
    """List the kinds of differences, each with a case none of whose facts can be left out."""
    for each in comparison.patterns[:PATTERNS]:
        answers = f"{_answer(comparison.one, each.one)} → {_answer(comparison.other, each.other)}"
        first, *rest = hanging(f"{answers}  {_share(each.cases, comparison.cases)}", 2, width)
        yield first.replace(answers, style(answers, "heading"))
        yield from rest
        facts = ", ".join(_fact(comparison, *fact) for fact in each.example.items()) or "nothing given"
        yield from wrapped(f"such as {facts}", 4, width)
    if len(comparison.patterns) > PATTERNS:
        yield f"  and {plural(len(comparison.patterns) - PATTERNS, 'more kind')} of difference"


def _fact(comparison: SpaceComparison, name: str, value: Value) -> str:
    """Write a fact of an example by the words of the knowledge base that knows it."""
    base = comparison.other if name in comparison.other.attributes else comparison.one
    return fact_words(base.attributes[name], value)


def _share(count: int, cases: int) -> str:
    """Write how many of the cases, as a share."""
    return f"{count / cases:.1%}" if count / cases >= LEAST else "less than 0.1%"


def _answer(model: Model, value: str) -> str:
    """Name an answer: a candidate by its label."""
    return shown(model.attributes[model.goal].value_label(value))


def _rules(heading: str, names: Sequence[str], width: int, style: Style) -> Iterator[str]:
    """Name rules that differ."""
    if names:
        more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
        yield from styled(heading, "heading", 0, width, style)
        yield from wrapped(f"{', '.join(names[:NAMES])}{more}", 2, width)
