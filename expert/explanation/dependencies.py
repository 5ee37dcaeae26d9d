"""How the attributes of a knowledge base depend on one another: which of them rules, formulas and conditions read."""

from dataclasses import dataclass

import networkx as nx

from expert.knowledge.attributes import Attribute
from expert.knowledge.model import Model
from expert.knowledge.rules import tests


@dataclass(frozen=True)
class Dependencies:
    """The attributes of a knowledge base as a graph: lines lead from what is read to what that decides."""

    knowledge_base: Model
    graph: nx.DiGraph


def dependencies(model: Model) -> Dependencies:
    """Draw what reads what."""
    graph = nx.DiGraph(
        knowledge_base=model.name, version=model.version, digest=model.digest, goal=model.goal, rules=len(model.rules)
    )
    for attribute in model.attributes.values():
        graph.add_node(attribute.name, **_about(model, attribute))
    _add_rules(graph, model)
    for attribute in model.attributes.values():
        for name in attribute.formula.inputs if attribute.formula else ():
            graph.add_edge(name, attribute.name, kind="formula", rules=0, names="", ask_if=False)
    for attribute in model.attributes.values():
        for test in tests(attribute.ask_if) if attribute.ask_if else ():
            if not graph.has_edge(test.attribute, attribute.name):
                graph.add_edge(test.attribute, attribute.name, kind="ask_if", rules=0, names="")
            graph.edges[test.attribute, attribute.name]["ask_if"] = True
    return Dependencies(model, graph)


def attributes_read(model: Model) -> dict[str, list[str]]:
    """List what each rule reads; a row reads what the rows above it do, where the first row counts."""
    found: dict[str, list[str]] = {}
    for position, rule in enumerate(model.rules):
        above = model.row_above.get(position)
        others = [] if above is None else found[model.rules[above].name]
        found[rule.name] = list(dict.fromkeys([*(test.attribute for test in rule.tests()), *others]))
    return found


def role(model: Model, attribute: Attribute) -> str:
    """Say how an attribute comes to be known."""
    if attribute.formula:
        return "computed"
    ways = ["asked"] * bool(attribute.question) + ["derived"] * (attribute.name in model.derived)
    return " and ".join(ways) or "given"


def _about(model: Model, attribute: Attribute) -> dict[str, object]:
    """Say what a node is; of keys that it may lack, only those that it has."""
    default = attribute.default if attribute.otherwise is None else attribute.otherwise
    written = {"formula": attribute.formula, "default": default, "ask_if": attribute.ask_if}
    return {
        "kind": "attribute",
        "type": attribute.kind,
        "role": role(model, attribute),
        "goal": attribute.name == model.goal,
        "question": attribute.question,
        "about": attribute.about,
        "rules": sum(not model.all_rules[each].is_default for each in model.rules_concluding.get(attribute.name, ())),
    } | {key: str(value) for key, value in written.items() if value is not None}


def _add_rules(graph: nx.DiGraph, model: Model) -> None:
    """Lead what rules read to what they conclude."""
    read = attributes_read(model)
    names: dict[tuple[str, str], list[str]] = {}
    for rule in model.rules:
        for concluded in dict.fromkeys(conclusion.attribute for conclusion in rule.conclusions):
            for attribute in read[rule.name]:
                names.setdefault((attribute, concluded), []).append(rule.name)
    for (start, end), rules in names.items():
        graph.add_edge(start, end, kind="rules", rules=len(rules), names=" ".join(rules), ask_if=False)
