"""What the file declares, and nothing uses."""

from collections.abc import Iterator

from expert.knowledge.attributes import Attribute
from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Model
from expert.knowledge.rules import AllOf, Is, IsNot, Known, Test, tests
from expert.verification.findings import Finding


def use_findings(model: Model) -> Iterator[Finding]:
    """Find what nothing uses, and attributes that are used, but never known."""
    read = _tests_by_attribute(model)
    for attribute in model.attributes.values():
        yield from _of_attribute(model, attribute, attribute.name in read or attribute.name in model.inputs)
        if attribute.question and attribute.name != model.goal and not attribute.yes_no:
            yield from _unmentioned(model, attribute, read.get(attribute.name, []))
    rules = [*model.rules, *(each.rule for each in model.retired)]
    cited = {citation.source for rule in rules for citation in rule.citations}
    for source in model.sources:
        if source not in cited:
            message = f"No rule cites the source {shown(source)}."
            place = model.places["sources", source]
            yield Finding.of("uncited-source", place, source, message, "Cite it in a rule, or delete it.")
    for level in model.certainties:
        if level not in model.levels_used:
            message = f"Nothing uses the certainty {shown(level)}."
            place = model.places["certainties", level]
            yield Finding.of("unused-level", place, level, message, "Use it in a rule, or delete it.")


def _tests_by_attribute(model: Model) -> dict[str, list[Test]]:
    """List the tests of each attribute that an author wrote, but for those that decide whether to ask for itself."""
    found: dict[str, list[Test]] = {}
    for rule in model.rules:
        for test in rule.tests():
            found.setdefault(test.attribute, []).append(test)
    for attribute in model.attributes.values():
        for test in tests(attribute.ask_if) if attribute.ask_if else ():
            if test.attribute != attribute.name:
                found.setdefault(test.attribute, []).append(test)
    return found


def _of_attribute(model: Model, attribute: Attribute, is_read: bool) -> Iterator[Finding]:
    """Find what is wrong with an attribute that is asked, derived or read without the others."""
    name, place = attribute.name, attribute.place
    called = shown(name)
    is_derived = name in model.derived or attribute.formula is not None
    if name == model.goal:
        if not (attribute.question or is_derived):
            message = f"{called} is the goal, but no rule concludes it and no question asks for it."
            yield Finding.of("unreachable", place, name, message, "Write a rule that concludes it.")
        return
    if attribute.question and not is_read:
        message = f"No rule, condition or formula reads {called}, so answering its question changes nothing."
        yield Finding.of("unread", place, name, message, "Write a rule that reads it, or delete it.")
    elif not is_read:
        how = "computed" if attribute.formula else "concluded" if is_derived else "declared"
        message = f"{called} is {how}, but no rule, condition or formula reads it."
        yield Finding.of("unused", place, name, message, "Write a rule that reads it, or delete it.")
    elif not (attribute.question or is_derived):
        message = f"{called} is read, but no question asks for it and no rule concludes it."
        advice = "Give it a question or a rule that concludes it; accept it if facts files alone are to give it."
        yield Finding.of("unreachable", place, name, message, advice)


def _unmentioned(model: Model, attribute: Attribute, read: list[Test]) -> Iterator[Finding]:
    """Find the choices of an attribute for which none of its tests hold; ``not`` and ``known`` hold for all others."""
    if not read or any(isinstance(test, IsNot | Known) for test in read) or attribute.name in _with_else_row(model):
        return
    mentioned = {test.value for test in read if isinstance(test, Is)}
    for value in attribute.choices:
        if value not in mentioned:
            name = f"{attribute.name}={value}"
            place = model.places.get(("attributes", attribute.name, "choices", value), attribute.place)
            message = f"No rule and no condition mentions {shown(name)}: this answer does what no answer would do."
            advice = "Write a rule for it, or accept it if it is there to be chosen."
            yield Finding.of("unmentioned-value", place, name, message, advice)


def _with_else_row(model: Model) -> set[str]:
    """Name the attributes tested in tables whose first row counts and whose last one holds for all that is left."""
    first = [rule for rule in model.rules if rule.first]
    ended = {rule.table for rule in first if rule.premise == AllOf(())}
    return {test.attribute for rule in first if rule.table in ended for test in rule.tests()}
