"""The compiled form of a knowledge base: what the page needs to answer, as data in which nothing is left to parse.

Attributes and rules are known by their positions. A premise is an array that starts with the word for its kind, as in
``["all", ["is", 3, "large"], [">", 4, 10000]]``; a formula is its steps, as the model has it. What the rules alone say
of questions (which wait for which, and what answers can be told apart) is worked out here, so that the page is left
with what depends on answers.
"""

from typing import Any

from expert.knowledge.attributes import Attribute
from expert.knowledge.formulas import Formula, Operation
from expert.knowledge.model import Model
from expert.knowledge.rules import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Compare,
    Is,
    IsNot,
    Known,
    Lacking,
    Premise,
    Rule,
    Unknown,
)
from expert.open_questions.gates import Gates
from expert.open_questions.ways import Ways
from expert.rendering.evidence import sentence, source_text

FORMAT = "expert.page/1"
"""The version of the compiled form."""

_COMPARED = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}


def compiled(model: Model) -> dict[str, Any]:
    """Compile a knowledge base."""
    position = {name: index for index, name in enumerate(model.attributes)}
    gates, ways = Gates(model), Ways(model)
    return {
        "format": FORMAT,
        "name": model.name,
        "title": model.title or model.name,
        "version": model.version,
        "digest": model.digest,
        "reviewBy": str(model.review_by or ""),
        "goal": position[model.goal],
        "threshold": model.threshold,
        "attributes": [_attribute(model, each, position, gates, ways) for each in model.attributes.values()],
        "rules": [_rule(model, index, position) for index in range(len(model.all_rules))],
        "strata": model.rules_by_stratum,
        "computed": [
            [position[name] for name in model.computed.get(stratum, ())] for stratum in range(_stages(model))
        ],
        "retired": [
            {**_said(each.rule, position), "reason": each.reason} for each in model.retired
        ],
        "sources": [
            [name, {"text": source_text(source), "url": source.get("url", ""), "note": source.get("note", "")}]
            for name, source in model.sources.items()
        ],
    }  # fmt: skip


def _stages(model: Model) -> int:
    """Count the points at which numbers are computed: before all strata, and after each."""
    return len(model.rules_by_stratum) + 1


def _attribute(
    model: Model, attribute: Attribute, position: dict[str, int], gates: Gates, ways: Ways
) -> dict[str, Any]:
    """Compile an attribute; what is absent is left out."""
    name = attribute.name
    data: dict[str, Any] = {
        "name": name,
        "about": attribute.about,
        "question": attribute.question,
        "help": attribute.help,
        "choices": [list(each) for each in attribute.choices.items()],
        "yesNo": attribute.yes_no,
        "number": _number(attribute),
        "otherwise": attribute.otherwise,
        "starts": [[value, *start] for value, start in attribute.starts.items()],
        "canBeGiven": model.is_askable(attribute),
        "askIf": _premise(attribute.ask_if, position) if attribute.ask_if else None,
        "formula": _formula(attribute.formula, position) if attribute.formula else None,
        "formulaText": str(attribute.formula or ""),
        "computedFrom": sorted(position[each] for each in model.computed_from.get(name, ())),
        "isInput": name in model.inputs,
    }
    if attribute.question:
        options = ways[name]
        data["asked"] = {
            "values": list(options.values),
            "weights": list(options.weights),
            "definite": ways.definite(name),
            "level": gates.levels.get(name),
            "behind": sorted(position[each] for each in gates.behind[name]),
            "later": sorted(position[each] for each in gates.later[name]),
        }
    return {key: value for key, value in data.items() if value not in ("", None, False, [])}


def _number(attribute: Attribute) -> dict[str, Any] | None:
    """Compile what a number admits; in words, too."""
    number = attribute.number
    if number is None:
        return None
    found = {"unit": number.unit, "atLeast": number.at_least, "atMost": number.at_most, "integer": number.integer}
    return {key: value for key, value in found.items() if value is not None} | {"text": number.describe()}


def _rule(model: Model, index: int, position: dict[str, int]) -> dict[str, Any]:
    """Compile a rule; `above` is the row above it, −1 for the first row of a table where the first counts."""
    rule = model.all_rules[index]
    data = _said(rule, position)
    if index in model.row_above:
        above = model.row_above[index]
        data["above"] = -1 if above is None else above
    if rule.is_default:
        data["isDefault"] = True
    return data


def _said(rule: Rule, position: dict[str, int]) -> dict[str, Any]:
    """Compile what a rule says, of itself."""
    unless = {"unless": _premise(rule.unless, position)} if rule.unless else {}
    return {
        "name": rule.name,
        "if": _premise(rule.premise, position),
        **unless,
        "then": [[position[each.attribute], each.value, each.certainty] for each in rule.conclusions],
        "because": sentence(rule),
        "sources": [[citation.source, citation.where] for citation in rule.citations],
    }


def _premise(premise: Premise, position: dict[str, int]) -> list[Any]:
    """Compile a premise."""
    match premise:
        case AllOf(parts):
            return ["all", *(_premise(part, position) for part in parts)]
        case AnyOf(parts):
            return ["any", *(_premise(part, position) for part in parts)]
        case AtLeastOf(needed, parts):
            return ["least", needed, *(_premise(part, position) for part in parts)]
        case Is(name, value):
            return ["is", position[name], value]
        case IsNot(name, value):
            return ["not", position[name], value]
        case Compare(name, operator, bound):
            return [_COMPARED[operator], position[name], bound]
        case Unknown(name):
            return ["unknown", position[name]]
        case Known(name):
            return ["known", position[name]]
        case Lacking(name):
            return ["lacking", position[name]]


def _formula(formula: Formula, position: dict[str, int]) -> list[Any]:
    """Compile a formula: a number, ``[input]``, or ``[sign, arity]``."""
    return [
        [step.sign, step.arity] if isinstance(step, Operation) else [position[step]] if isinstance(step, str) else step
        for step in formula.steps
    ]
