"""A small knowledge base, started from what is decided, between which candidates, and what one would ask first."""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from expert.knowledge.attributes import NAME, RESERVED
from expert.knowledge.foreign_text import comparable, shown
from expert.knowledge.loading.facts_writing import yaml_scalar
from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.loading.knowledge_base_schema import MODELINE
from expert.knowledge.loading.tree import NOT_TEXT
from expert.knowledge.problems import InputError

_LONGEST_NAME = 40


class Question(NamedTuple):
    """A question with its answers."""

    text: str
    answers: tuple[str, ...] = ("yes", "no")

    @property
    def is_yes_no(self) -> bool:
        """Tell whether it is answered by yes or no."""
        return sorted(answer.lower() for answer in self.answers) == ["no", "yes"]


class _Rule(NamedTuple):
    """A rule to be written: if the attribute has the value, the candidate."""

    attribute: str
    value: str
    candidate: str
    level: str
    because: str


def check_target(name: str, out: Path) -> None:
    """Refuse names that a new knowledge base, or its file, cannot have."""
    if not re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", name):
        message = "a knowledge base's name has lower-case letters, digits and hyphens only"
        raise InputError.at(shown(name) or "''", message)
    if out.suffix.lower() not in (".yaml", ".yml"):
        message = "cannot be written: a new knowledge base is YAML; expected a name that ends in .yaml"
        raise InputError.at(str(out), message)


def read_line_of_text(text: str) -> str:
    """Read a text on one line; raise a ValueError if there is nothing in it, or what is not text."""
    line = " ".join(comparable(text).split())
    if not line:
        raise ValueError("expected a text, not nothing")
    if found := NOT_TEXT.search(line):
        raise ValueError(f"contains the character U+{ord(found[0]):04X}, which is not text")
    return line


def read_candidates(text: str) -> tuple[str, ...]:
    """Read two or more values with commas between them; raise a ValueError if there are fewer, or one is no value."""
    values = tuple(read_line_of_text(part) for part in text.split(",") if part.strip())
    if len(values) < 2:
        raise ValueError(f"expected at least two, with a comma between them, not '{shown(text.strip())}'")
    for value in values:
        if value.lower() in RESERVED:
            raise ValueError(f"'{shown(value)}' is a word of the rule language; choose another")
        if values.count(value) > 1:
            raise ValueError(f"'{shown(value)}' is there twice")
    return values


def read_question(text: str) -> Question:
    """Read a question, behind whose mark its answers may stand; without them, it is answered by yes or no."""
    line = read_line_of_text(text)
    asked, mark, answers = line.rpartition("?")
    question = Question(f"{asked}?", read_candidates(answers)) if mark and answers.strip() else Question(line)
    if not _words(question.text):
        raise ValueError(f"expected a question, not '{shown(question.text)}'")
    return question


def start_of_question(name: str, title: str, candidates: tuple[str, ...], question: Question) -> str:
    """Write a small knowledge base.

    Each answer to the question speaks for a candidate; a candidate for which no answer is left has a question of its
    own.
    """
    goal = "answer"
    own = {candidate: f"calls_for_{number}" for number, candidate in enumerate(candidates, start=1)}
    asked = _name_of(question.text)
    asked = f"{asked}_" if asked in (goal, *own.values(), *RESERVED) else asked
    left = candidates[len(question.answers) :]
    rules = [
        _Rule(asked, answer, candidate, "usual", f"Where the answer is {answer}, {candidate} usually fits.")
        for answer, candidate in zip(question.answers, _repeated(candidates), strict=False)
    ] + [_Rule(own[each], "yes", each, "strong", f"There is a particular reason for {each}.") for each in left]
    lines = [
        MODELINE,
        "# The first line is for your editor; `expert rules schema > knowledge-base.schema.json` writes what it names.",
        "# All of this is a beginning: rewrite it in your own words, and add what else matters.",
        "",
        f"knowledge_base: {name}",
        f"title: {yaml_scalar(title)}",
        'version: "0.1"',
        f"goal: {goal}",
        "",
        "certainties:             # how strongly a rule speaks for what it concludes, up to 1; below 0, against it",
        "  usual: 0.6",
        *(["  strong: 0.8"] if left else []),
        "",
        "sources:                 # where rules come from; a rule names one of these, then the place in it",
        "  judgement: {title: What I know from experience, kind: judgement}",
        "",
        "attributes:",
        f"  {goal}:                # what is decided, and between which candidates",
        *_choices(candidates),
        f"  {asked}:",
        f"    question: {yaml_scalar(question.text)}",
        *(() if question.is_yes_no else _choices(question.answers)),
        *(line for each in left for line in _own_question(own[each], each, asked)),
        "",
        "rules:                   # each: if this holds, then that follows, because of this reason, from this source",
        *(line for rule_name, rule in _named(rules).items() for line in _rule(rule_name, rule, goal)),
        "",
        "cases:                   # examples with the answers that you expect: `expert rules test` runs them",
        *(line for rule in rules for line in _case(rule)),
    ]
    text = "".join(f"{line}\n" for line in lines)
    load_bytes(text.encode(), f"{name}.yaml")
    return text


def _words(text: str) -> list[str]:
    return re.findall(NAME, text.lower())


def _name_of(text: str) -> str:
    """Make a name of the first words of a text."""
    words = " ".join(_words(text))
    return textwrap.wrap(words, _LONGEST_NAME, break_on_hyphens=False)[0].strip("-").replace(" ", "_")


def _named(rules: list[_Rule]) -> dict[str, _Rule]:
    """Name rules by their words, or by their number where these are none, or those of another."""
    named: dict[str, _Rule] = {}
    for number, rule in enumerate(rules, start=1):
        name = "-".join(_words(f"{rule.value} {rule.candidate}"))
        named[name if name and name not in named else f"rule-{number}"] = rule
    return named


def _repeated(candidates: tuple[str, ...]) -> Iterator[str]:
    """Take candidates in turn, the last one for all that is left."""
    yield from candidates
    while True:
        yield candidates[-1]


def _choices(values: tuple[str, ...]) -> Iterator[str]:
    yield "    choices:"
    yield from (f"      - {yaml_scalar(value)}" for value in values)


def _own_question(name: str, candidate: str, after: str) -> Iterator[str]:
    yield f"  {name}:"
    yield f"    question: {yaml_scalar(f'Is there a particular reason for {candidate}?')}"
    yield f"    ask_if: {{{after}: {{not: unknown}}}}    # it is asked once this is known"


def _rule(name: str, rule: _Rule, goal: str) -> Iterator[str]:
    yield f"  {name}:"
    yield f"    if: {{{rule.attribute}: {yaml_scalar(rule.value)}}}"
    yield f"    then: {{{goal}: {yaml_scalar(rule.candidate)}}}"
    yield f"    certainty: {rule.level}"
    yield f"    because: {yaml_scalar(rule.because)}"
    yield "    source: judgement"


def _case(rule: _Rule) -> Iterator[str]:
    yield f"  - name: {yaml_scalar(rule.because.removesuffix('.'))}"
    yield f"    given: {{{rule.attribute}: {yaml_scalar(rule.value)}}}"
    yield f"    expect: {yaml_scalar(rule.candidate)}"
