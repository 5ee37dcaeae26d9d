"""The compiled form of a knowledge base: what the page needs to answer, as data in which nothing is left to parse.

Attributes and rules are known by their positions. A premise is an array that starts with the word for its kind, as in
``["all", ["is", 3, "large"], [">", 4, 10000]]``; a formula is its steps, as the model has it. What the rules alone say
of questions (which wait for which, and what answers can be told apart) is worked out here, so that the page is left
with what depends on answers.
"""

from collections.abc import Iterable
from typing import Any

from expert.inference.exclusions import Exclusions
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
from expert.rendering.evidence import sentence
from expert.rendering.words import formula_words

FORMAT = "expert.page/1"
"""The version of the compiled form."""

_COMPARED = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}


def compiled(model: Model) -> dict[str, Any]:
    """Compile a knowledge base."""
    return _Compiler(model).whole()


class _Compiler:
    """Writes the parts of a knowledge base, with positions in place of names."""

    def __init__(self, model: Model):
        self._model = model
        self._position = {name: index for index, name in enumerate(model.attributes)}
        self._never = model.once(Exclusions).found
        self._gates, self._ways = Gates(model), Ways(model)

    def whole(self) -> dict[str, Any]:
        """Write all of it."""
        model = self._model
        return {
            "format": FORMAT,
            "name": model.name,
            "title": model.title or model.name,
            "version": model.version,
            "digest": model.digest,
            "reviewBy": str(model.review_by or ""),
            "goal": self._position[model.goal],
            "threshold": model.threshold,
            "attributes": [self._attribute(attribute) for attribute in model.attributes.values()],
            "rules": [self._rule(index) for index in range(len(model.all_rules))],
            "strata": model.rules_by_stratum,
            "computed": [
                self._positions(model.computed.get(stratum, ())) for stratum in range(len(model.rules_by_stratum) + 1)
            ],
            "retired": [{**self._said(each.rule), "reason": each.reason} for each in model.retired],
        }

    def _positions(self, names: Iterable[str]) -> list[int]:
        """Write names as positions."""
        return [self._position[name] for name in names]

    def _attribute(self, attribute: Attribute) -> dict[str, Any]:
        """Write an attribute; what is absent is left out."""
        name = attribute.name
        data = {
            "name": name,
            "words": attribute.words,
            "about": attribute.about,
            "question": attribute.question,
            "help": attribute.help,
            "choices": [list(each) for each in attribute.choices.items()],
            "longLabels": attribute.long_labels,
            "yesNo": attribute.yes_no,
            "number": _number(attribute),
            "otherwise": attribute.otherwise,
            "starts": [[value, *start] for value, start in attribute.starts.items()],
            "canBeGiven": self._model.is_askable(attribute),
            "askIf": self._premise(attribute.ask_if) if attribute.ask_if else None,
            "formula": self._formula(attribute.formula) if attribute.formula else None,
            "formulaText": formula_words(self._model, attribute.formula) if attribute.formula else "",
            "computedFrom": sorted(self._positions(self._model.computed_from.get(name, ()))),
            "isInput": name in self._model.inputs,
            "asked": self._asked(name) if attribute.question else None,
        }
        return {key: value for key, value in data.items() if value not in ("", None, False, [], {})}

    def _asked(self, name: str) -> dict[str, Any]:
        """Write what the rules alone say of a question."""
        options = self._ways[name]
        return {
            "values": list(options.values),
            "weights": list(options.weights),
            "definite": self._ways.definite(name),
            "level": self._gates.levels.get(name),
            "behind": sorted(self._positions(self._gates.behind[name])),
            "later": sorted(self._positions(self._gates.later[name])),
        }

    def _rule(self, index: int) -> dict[str, Any]:
        """Write a rule; `above` is the row above it, −1 for the first row of a table where the first counts."""
        rule = self._model.all_rules[index]
        data = self._said(rule)
        if index in self._model.row_above:
            above = self._model.row_above[index]
            data["above"] = -1 if above is None else above
        return data | ({"isDefault": True} if rule.is_default else {})

    def _said(self, rule: Rule) -> dict[str, Any]:
        """Write what a rule says, of itself."""
        return {
            "name": rule.name,
            "if": self._premise(rule.premise),
            **({"unless": self._premise(rule.unless)} if rule.unless else {}),
            "then": [[self._position[each.attribute], each.value, each.certainty] for each in rule.conclusions],
            "because": sentence(rule, self._model),
            "sources": [[citation.source, citation.where] for citation in rule.citations],
        }

    def _premise(self, premise: Premise) -> list[Any]:
        """Write a premise; one whose tests exclude one another with the attributes that the proof of it rests on."""
        if premise in self._never:
            return ["never", self._positions(sorted(self._never[premise].rests_on)), self._plain(premise)]
        return self._plain(premise)

    def _plain(self, premise: Premise) -> list[Any]:
        match premise:
            case AllOf(parts):
                return ["all", *map(self._premise, parts)]
            case AnyOf(parts):
                return ["any", *map(self._premise, parts)]
            case AtLeastOf(needed, parts):
                return ["least", needed, *map(self._premise, parts)]
            case Is(name, value):
                return ["is", self._position[name], value]
            case IsNot(name, value):
                return ["not", self._position[name], value]
            case Compare(name, operator, bound):
                return [_COMPARED[operator], self._position[name], bound]
            case Unknown(name):
                return ["unknown", self._position[name]]
            case Known(name):
                return ["known", self._position[name]]
            case Lacking(name):
                return ["lacking", self._position[name]]

    def _formula(self, formula: Formula) -> list[Any]:
        """Write a formula: numbers, ``[input]``, and ``[sign, arity]``."""
        return [
            list(step) if isinstance(step, Operation) else [self._position[step]] if isinstance(step, str) else step
            for step in formula.steps
        ]


def _number(attribute: Attribute) -> dict[str, Any] | None:
    """Write what a number admits; in words, too."""
    number = attribute.number
    if number is None:
        return None
    found = {"unit": number.unit, "atLeast": number.at_least, "atMost": number.at_most, "integer": number.integer}
    return {key: value for key, value in found.items() if value is not None} | {"text": number.describe()}
