"""What refers to what in a knowledge base: which rules conclude, read, and cite, and which cases they hold in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from expert.explanation.dependencies import attributes_read
from expert.knowledge.model import Model
from expert.knowledge.rules import Citation, Conclusion, Premise, Rule, tests
from expert.verification.scenarios import Result, run

Key = TypeVar("Key")
Item = TypeVar("Item")


@dataclass(frozen=True)
class References:
    """A knowledge base with what each part of it is referred to by; what nothing refers to is left out.

    Parameters
    ----------
    model : Model
        The knowledge base.
    results : tuple of Result
        Its cases, run.
    concluding : dict of str to list
        For each attribute, its conclusions, each with its rule.
    reading : dict of str to list
        For each attribute, the rules that read it.
    asking, computing : dict of str to list
        For each attribute, the attributes whose conditions, or formulas, read it.
    citing : dict of str to list
        For each source, the citations, each with its rule.
    firing : dict of str to list
        For each rule, the numbers of the cases in which it holds, from 1.
    tables : dict of str to list
        The rows of each decision table.
    """

    model: Model
    results: tuple[Result, ...]
    concluding: dict[str, list[tuple[Rule, Conclusion]]]
    reading: dict[str, list[Rule]]
    asking: dict[str, list[str]]
    computing: dict[str, list[str]]
    citing: dict[str, list[tuple[Rule, Citation]]]
    firing: dict[str, list[int]]
    tables: dict[str, list[Rule]]


def references(model: Model) -> References:
    """Run the cases, and look up what refers to what."""
    results = run(model, model.cases)
    read = attributes_read(model)
    rules, attributes = model.rules, model.attributes.values()
    return References(
        model,
        results,
        concluding=_grouped((each.attribute, (rule, each)) for rule in rules for each in rule.conclusions),
        reading=_grouped((name, rule) for rule in rules for name in read[rule.name]),
        asking=_grouped((name, each.name) for each in attributes for name in _read(each.ask_if)),
        computing=_grouped((name, each.name) for each in attributes if each.formula for name in each.formula.inputs),
        citing=_grouped((each.source, (rule, each)) for rule in rules for each in rule.citations),
        firing=_grouped(
            (firing.rule, number) for number, each in enumerate(results, 1) for firing in each.consultation.firings
        ),
        tables=_grouped((rule.table, rule) for rule in rules if rule.table),
    )


def _read(premise: Premise | None) -> Iterable[str]:
    """Name the attributes that a condition reads, if there is one."""
    return dict.fromkeys(test.attribute for test in tests(premise)) if premise else ()


def _grouped(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, list[Item]]:
    """Collect the items of each key, in their order."""
    found: dict[Key, list[Item]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return found
