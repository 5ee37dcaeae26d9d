"""Rules in plain words."""

from expert.explanation.shown_certainties import in_full
from expert.knowledge.foreign_text import visible
from expert.knowledge.model import Model
from expert.knowledge.rules import AllOf, Citation, Rule
from expert.rendering.evidence import exception_of, is_below, source_text


def rule_list(knowledge_base: Model) -> str:
    """List the rules of a knowledge base, a line each."""
    longest = max((len(rule.name) for rule in knowledge_base.rules), default=0)
    lines = (f"{rule.name:<{longest}}  {premise(rule)} → {conclusions(rule)}" for rule in knowledge_base.rules)
    return "".join(f"{visible(line)}\n" for line in lines)


def rule_text(knowledge_base: Model, rule: Rule) -> str:
    """Write a rule in plain words, with its sources in full."""
    lines = [f"{rule.name} ({rule.place.origin})", f"  if       {rule.premise}"]
    if exception := exception_of(rule):
        lines.append(f"  unless   {exception}")
    for index, conclusion in enumerate(rule.conclusions):
        evidence = f"{conclusion.attribute} = {conclusion.value}, evidence {in_full(conclusion.certainty, '+')}"
        lines.append(f"  {'' if index else 'then':<9}{evidence}")
    if rule.because:
        lines.append(f"  because  {rule.because}")
    for index, citation in enumerate(rule.citations):
        lines.append(f"  {'' if index else 'source':<9}{_in_full(knowledge_base, citation)}")
    return "".join(f"{visible(line)}\n" for line in lines)


def premise(rule: Rule) -> str:
    """Write what a rule needs, and what excepts it, on one line."""
    if is_below(rule):
        return f"else {rule.premise}" if rule.premise != AllOf(()) else "else"
    return f"{rule.premise} (unless {rule.unless})" if rule.unless else str(rule.premise)


def conclusions(rule: Rule) -> str:
    """Write what a rule concludes on one line."""
    return ", ".join(f"{c.attribute} = {c.value} {in_full(c.certainty, '+')}" for c in rule.conclusions)


def _in_full(knowledge_base: Model, citation: Citation) -> str:
    """Write a citation with its source's title, author, year and address."""
    source = knowledge_base.sources[citation.source]
    details = source_text(source, ("title", "by", "year", "url"))
    return f"{citation.where}, in: {details}" if citation.where else details
