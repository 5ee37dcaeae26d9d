"""Texts that are missing, empty, the same as another, or about another candidate than their rule."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Model
from expert.knowledge.problems import Place
from expert.knowledge.rules import Rule
from expert.verification.findings import Finding


def text_findings(model: Model) -> Iterator[Finding]:
    """Find what is wrong with the texts of a knowledge base."""
    yield from _without(model, "no-because", "because")
    if model.sources:
        yield from _without(model, "no-source", "source")
    yield from _empty(model)
    yield from _same(model)
    yield from _naming_another(model)


def _without(model: Model, kind: str, key: str) -> Iterator[Finding]:
    """Find rules without a reason or a source; a table of which no row has one is told of once."""
    for table, grouped in groupby(model.rules, key=lambda rule: rule.table):
        rules = list(grouped)
        lacking = [rule for rule in rules if not (rule.because if key == "because" else rule.citations)]
        if table and len(lacking) == len(rules):
            message = f"The table {shown(table)} has no '{key}', nor has any of its rows."
            yield Finding.of(kind, rules[0].place, table, message, f"Give the table or its rows a '{key}'.")
            continue
        for rule in lacking:
            message = f"{shown(rule.name)} has no '{key}', so nobody is told {_TOLD[key]}."
            yield Finding.of(kind, rule.place, rule.name, message, f"Give it a '{key}'.")


_TOLD = {"because": "why it holds", "source": "where it comes from"}


def _empty(model: Model) -> Iterator[Finding]:
    """Find texts in which there is nothing to see."""
    for place, name, what, text in _texts(model):
        if not any(character.isprintable() and not character.isspace() for character in text):
            message = f"{what} of {shown(name)} is empty."
            yield Finding.of("empty-text", place, name, message, "Write the text, or leave its key out.")


def _texts(model: Model) -> Iterator[tuple[Place, str, str, str]]:
    """Walk over all texts that the file has for people: where, of what, which, and the text."""
    for path, place in model.places.items():
        match path:
            case ("title" | "about" as key,):
                yield place, model.name, f"The {key}", getattr(model, key)
            case ("attributes", name, "label" | "about" | "question" | "help" as key):
                yield place, name, f"The {key}", getattr(model.attributes[name], key)
            case ("attributes", name, "choices", value):
                yield place, f"{name}={value}", "The label", model.attributes[name].choices[value]
            case ("attributes", name, "choices", value, "long"):
                yield place, f"{name}={value}", "The long label", model.attributes[name].long_labels.get(value, "")
            case ("sources", name, key):
                yield place, name, f"The {key}", model.sources[name][key]
    for rule in model.rules:
        if rule.because:
            yield rule.place, rule.name, "The reason", rule.because
    for case in model.cases:
        yield case.place, case.name, "The name", case.name


def _same(model: Model) -> Iterator[Finding]:
    """Find texts that people cannot tell apart: questions, labels, names of cases, reasons."""
    questions = [(each.place, each.name, each.question) for each in model.attributes.values()]
    yield from _alike(questions, "question", "Word the questions so that people know which is meant.")
    words = [
        (model.places.get(("attributes", each.name, "label"), each.place), each.name, each.words)
        for each in model.attributes.values()
    ]
    yield from _alike(words, "label", "Word the labels so that people know which is meant.")
    for attribute in model.attributes.values():
        labels = [
            (model.places.get(("attributes", attribute.name, "choices", value), attribute.place),
             f"{attribute.name}={value}", label)
            for value, label in attribute.choices.items()
        ]  # fmt: skip
        yield from _alike(labels, "label", "Word the labels so that people know which is meant.")
    cases = [(case.place, case.name, case.name) for case in model.cases]
    yield from _alike(cases, "name", "Give each case a name of its own.")
    reasons: dict[tuple[str, str], Rule] = {}
    for rule in model.rules:  # the rows of a table may share its reason
        reasons.setdefault((rule.because, rule.table or rule.name), rule)
    becauses = [(rule.place, rule.name, rule.because) for rule in reasons.values()]
    yield from _alike(becauses, "because", "Say what is particular to each rule, or join the rules with 'any'.", "note")


def _alike(
    texts: Iterable[tuple[Place, str, str]], what: str, advice: str, severity: str = "warning"
) -> Iterator[Finding]:
    """Find texts that are the same but for upper and lower case; the first is not told of."""
    first: dict[str, tuple[Place, str]] = {}
    for place, name, text in texts:
        key = text.casefold()
        before, other = first.setdefault(key, (place, name))
        if text and before != place:
            message = f"{shown(name)} has the same {what} as {shown(other)} ({shown(before)})."
            yield Finding.of("same-text", place, name, message, advice, severity=severity)


def _naming_another(model: Model) -> Iterator[Finding]:
    """Find rules for a candidate whose reason names another one, and none that the rule speaks about."""
    goal = model.attributes[model.goal]
    if goal.yes_no:
        return
    by_word = {word: value for value, label in goal.choices.items() for word in _words(value, label)}
    longest_first = "|".join(re.escape(word) for word in sorted(by_word, key=len, reverse=True))
    naming = re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)")
    for rule in model.rules:
        about = [conclusion for conclusion in rule.conclusions if conclusion.attribute == goal.name]
        named = {by_word[word]: None for word in naming.findall(rule.because)}
        if not named or not any(conclusion.certainty > 0 for conclusion in about):
            continue
        if not any(conclusion.value in named for conclusion in about):
            others = ", ".join(shown(goal.value_label(value)) for value in named)
            message = f"The reason of {shown(rule.name)} names {others}, which it does not conclude."
            advice = "Correct the reason, or the conclusion."
            yield Finding.of("names-another", rule.place, rule.name, message, advice)


def _words(value: str, label: str) -> set[str]:
    """List how a reason can name a value; at the beginning of a sentence, with a capital letter."""
    return {word for name in (value, label) if name.strip() for word in (name, name[0].upper() + name[1:])}
