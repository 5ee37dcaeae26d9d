"""What each asked attribute could be instead of what it is, and which of them matter."""

from collections.abc import Iterable, Iterator

from expert.inference.consultation import Consultation
from expert.knowledge.crossings import CaseRanges
from expert.knowledge.distinctions import Alternatives, alternatives
from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Model
from expert.knowledge.problems import InputError, Place, Problem, suggestion
from expert.knowledge.rules import Premise, tests
from expert.knowledge.variants import reaching


def case_ranges(consultation: Consultation) -> CaseRanges:
    """Make the ranges that rules tell apart in a case; to be kept with it, since they take long to find."""
    return CaseRanges(consultation.knowledge_base, consultation.given)


def single_changes(consultation: Consultation, fixed: Iterable[str] = ()) -> dict[str, list[Alternatives]]:
    """List what each asked attribute could be instead, but for those that are fixed."""
    base = consultation.knowledge_base
    ranges = consultation.once(case_ranges)
    given = {fact.attribute: fact for fact in consultation.given}
    kept = {fact.attribute for fact in consultation.given if fact.fixed} | set(_checked(consultation, fixed))
    return {
        name: alternatives(base, attribute, given.get(name), ranges)
        for name, attribute in base.attributes.items()
        if base.is_askable(attribute) and name not in kept
    }


def relevant_attributes(knowledge_base: Model, asked: Iterable[str]) -> tuple[set[str], dict[str, Premise]]:
    """Collect the attributes that the goal depends on, or a condition for asking one of them; and these conditions."""
    conditions = {name: ask_if for name in asked if (ask_if := knowledge_base.attributes[name].ask_if)}
    relevant: set[str] = set()
    aims = {knowledge_base.goal}
    while aims - relevant:
        relevant |= reaching(knowledge_base, aims)
        read = [ask_if for name, ask_if in conditions.items() if name in relevant]
        aims |= {test.attribute for ask_if in read for test in tests(ask_if)}
    return relevant, {name: ask_if for name, ask_if in conditions.items() if name in relevant}


def _checked(consultation: Consultation, names: Iterable[str]) -> Iterator[str]:
    """Refuse names of no attribute that facts can be given about."""
    base = consultation.knowledge_base
    askable = [name for name, attribute in base.attributes.items() if base.is_askable(attribute)]
    problems: list[Problem] = []
    for name in names:
        if name in askable:
            yield name
        elif name in base.attributes:
            how = "computed" if base.attributes[name].formula else "concluded by rules"
            problems.append(Problem(Place(base.name), f"'{name}' is {how}, so it cannot be fixed"))
        else:
            problems.append(
                Problem(Place(base.name), f"there is no attribute '{shown(name)}'{suggestion(name, askable)}")
            )
    if problems:
        raise InputError(problems)
