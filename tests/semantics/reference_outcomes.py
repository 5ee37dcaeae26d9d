"""Possible outcomes (DESIGN, 13) by brute force: every definite answer to every question that may still be put."""

from typing import NamedTuple

from tests.semantics.reference import Case, choices_of, consult
from tests.semantics.reference_formulas import inputs_of
from tests.semantics.reference_rules import attributes_in, rules_of


class Possible(NamedTuple):
    """The outcomes, each with its recommendation and leaders; how close the calls were; how many questions are put.

    Where conditions of questions wait for one another in a circle, the order of questions counts: `has_circle`.
    """

    outcomes: frozenset
    slack: object
    most_put: int
    has_circle: bool

    @property
    def recommendations(self):
        return {recommendation for _, recommendation, _ in self.outcomes if recommendation is not None}


def possible(knowledge_base, given, values=None, goal=None):
    """Answer everything that may be put, in every way; `values` has those that stand for all numbers, by attribute."""
    order, has_circle = questions_in_order(knowledge_base)
    attributes = knowledge_base["attributes"]
    options = {name: choices_of(attributes[name]) for name in order if "number" not in attributes[name]}
    options |= values or {}
    ends, slacks, most_put = set(), [], 0
    waiting = [(0, dict(given), 0)]
    while waiting:
        position, facts, put = waiting.pop()
        if position == len(order):
            end = consult(knowledge_base, facts, goal)
            ends.add((end["outcome"], end["recommendation"], frozenset(end["leaders"])))
            slacks.append(end["slack"])
            most_put = max(most_put, put)
            continue
        name, case = order[position], Case(knowledge_base, facts)
        if name in facts or not case.is_put(name):
            waiting.append((position + 1, facts, put))
        else:
            waiting += [(position + 1, facts | {name: value}, put + 1) for value in options[name]]
        slacks += case.close
    return Possible(frozenset(ends), min(slacks), most_put, has_circle)


def settled(knowledge_base, given, values=None, goal=None):
    """Give the candidate that holds whatever the answers are, where the rules themselves do not decide; else None."""
    if len(consult(knowledge_base, given, goal)["leaders"]) == 1:
        return None
    found = possible(knowledge_base, given, values, goal)
    recommendations = {recommendation for _, recommendation, _ in found.outcomes}
    return recommendations.pop() if len(recommendations) == 1 and found.most_put else None


def questions_in_order(knowledge_base):
    """List the questions in the file's order, each after those that decide whether it is put."""
    attributes = knowledge_base["attributes"]
    reads = {name: set() for name in attributes}
    for name, declared in attributes.items():
        reads[name] |= attributes_in(declared.get("ask_if", [])) | inputs_of(declared.get("is", "0"))
    for rule in rules_of(knowledge_base).values():
        for name, _ in rule.conclusions:
            reads[name] |= attributes_in([rule.premise, *rule.exceptions])
    questions = [name for name, declared in attributes.items() if "question" in declared]
    before = {name: _closure(reads, name) & {*questions} for name in questions}
    order = []
    has_circle = any(name in before[name] for name in questions)
    while left := [name for name in questions if name not in order]:
        free = [name for name in left if before[name] - {name} <= {*order}]
        order += free[:1] or left[:1]
    return order, has_circle


def _closure(reads, name):
    found, waiting = set(), [*reads[name]]
    while waiting:
        if (other := waiting.pop()) not in found:
            found.add(other)
            waiting += reads[other]
    return found
