"""Models made from a model: with conditions as rules, without what attributes do not depend on, with another goal."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Attribute, Model, Number
from expert.knowledge.problems import InputError, one_of, suggestion
from expert.knowledge.rules import Conclusion, Rule


def with_condition_rules(knowledge_base: Model, names: Mapping[str, str]) -> Model:
    """Add a rule for the condition of each of these questions, with the name given, which changes nothing else."""
    attributes = dict(knowledge_base.attributes)
    rules = list(knowledge_base.rules)
    for question, name in names.items():
        ask_if = attributes[question].ask_if
        assert ask_if is not None
        attributes[name] = Attribute(name, choices={"yes": "yes"})
        rules.append(Rule(name, ask_if, (Conclusion(name, "yes", 1.0),)))
    return replace(knowledge_base, attributes=attributes, rules=tuple(rules))


def reaching(knowledge_base: Model, aims: Iterable[str]) -> set[str]:
    """Collect some attributes, and all that they depend on through rules."""
    found: set[str] = set()
    waiting = list(aims)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(knowledge_base.attributes_read.get(name, ()))
    return found


def only_reaching(knowledge_base: Model, aims: Iterable[str]) -> Model:
    """Leave out the rules and attributes that some attributes do not depend on."""
    kept = reaching(knowledge_base, aims)
    positions = {position for name in kept for position in knowledge_base.rules_concluding.get(name, ())}
    with_rows = (knowledge_base.all_rules[position] for position in knowledge_base.with_rows_above(positions))
    rules = [rule for rule in with_rows if not rule.is_default]
    named = kept | {conclusion.attribute for rule in rules for conclusion in rule.conclusions}
    attributes = {
        name: attribute if name in kept else replace(attribute, default=None, formula=None)
        for name, attribute in knowledge_base.attributes.items()
        if name in named
    }
    return replace(knowledge_base, attributes=attributes, rules=tuple(rules))


def with_rules(knowledge_base: Model, rules: Iterable[Rule]) -> Model:
    """Add rules, rows among them in the order of their tables."""
    return replace(knowledge_base, rules=tuple(sorted((*knowledge_base.rules, *rules), key=_row)))


def _row(rule: Rule) -> int:
    """Number a row of a table; a rule of its own comes before all of them."""
    return int(rule.name.removeprefix(f"{rule.table}/")) if rule.table else 0


def joint(one: Model, other: Model) -> Model:
    """Take two knowledge bases together: it takes each fact that either takes, and tests what either tests.

    What both have and of different kinds is as in the first.
    """
    if one.goal != other.goal:
        goals = f"decides '{shown(other.goal)}', and {one.name} '{shown(one.goal)}'"
        raise InputError.at(other.name, f"{goals}; only knowledge bases with the same goal can be compared")
    attributes = {**other.attributes, **one.attributes}
    for name in one.attributes.keys() & other.attributes.keys():
        attribute, others = one.attributes[name], other.attributes[name]
        if not one.is_askable(attribute):
            attributes[name] = others
        elif attribute.number and others.number:
            attributes[name] = replace(attribute, number=_wider(attribute.number, others.number))
        elif attribute.kind == others.kind == "choice":
            attributes[name] = replace(attribute, choices={**others.choices, **attribute.choices})
    return replace(one, attributes=attributes, rules=(*one.rules, *other.rules))


def _wider(one: Number, other: Number) -> Number:
    """Admit what either admits."""
    least, most = _end(min, one.at_least, other.at_least), _end(max, one.at_most, other.at_most)
    return Number(one.unit, least, most, one.integer and other.integer)


def _end(farther: Callable[[float, float], float], one: float | None, other: float | None) -> float | None:
    """Choose the farther of two ends; None, which is no end, is the farthest."""
    return None if one is None or other is None else farther(one, other)


def with_goal(knowledge_base: Model, name: str) -> Model:
    """Ask for another attribute instead of the goal, whose ``otherwise`` is dropped: it is no evidence.

    The cases of the file are about the file's goal, so they are left out.
    """
    goal = knowledge_base.attributes[knowledge_base.goal]
    attributes = {**knowledge_base.attributes, goal.name: replace(goal, otherwise=None)}
    return replace(knowledge_base, goal=name, attributes=attributes, cases=(), asked_of=knowledge_base)


class Goals:
    """The knowledge base as it is asked for each of its attributes; each is made once."""

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base
        self._asked: dict[str, Model] = {}

    @property
    def names(self) -> list[str]:
        """The attributes that can be asked for: those with choices that rules or defaults conclude."""
        model = self._model
        return [name for name, each in model.attributes.items() if name in model.concluded and each.choices]

    def asking_for(self, name: str) -> Model:
        """Give the knowledge base that concludes an attribute; raise InputError if that cannot be asked for."""
        if name == self._model.goal:
            return self._model
        if name not in self._asked:
            self._asked.setdefault(name, with_goal(self._model, self._checked(name)))
        return self._asked[name]

    def _checked(self, name: str) -> str:
        """Refuse what cannot be asked for."""
        if name in self.names:
            return name
        attribute = self._model.attributes.get(name) if isinstance(name, str) else None
        if attribute is None:
            problem = f"there is no attribute '{shown(name)}' that rules conclude{suggestion(str(name), self.names)}"
        elif attribute.number:
            problem = f"'{name}' is a number; expected an attribute with choices, {one_of(self.names)}"
        else:
            problem = f"no rule concludes '{name}'; expected an attribute that rules conclude, {one_of(self.names)}"
        raise InputError.at("goal", problem)
