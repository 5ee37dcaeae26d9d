"""Rules in plain words."""

from collections.abc import Iterable, Iterator

from expert.explanation.connections import Read, Readers, attribute_connections, rule_connections
from expert.explanation.shown_certainties import in_full
from expert.knowledge.foreign_text import visible
from expert.knowledge.loading.facts_writing import values_text
from expert.knowledge.model import Attribute, Model
from expert.knowledge.problems import Place
from expert.knowledge.rules import AllOf, Citation, Rule
from expert.rendering.evidence import exception_of, is_below, source_text
from expert.rendering.rule_sentences import rule_sentence
from expert.rendering.text.links import place_link
from expert.rendering.text.text_page import hanging, wrapped
from expert.rendering.text.text_style import Style, plain
from expert.rendering.value_text import GLUE
from expert.rendering.words import fact_words, formula_words, premise_words, value_words

_AS_IN_THE_FILE = ("if", "unless", "then")
"""What is told in words above: small print for those who look for it in the file."""


def rule_list(knowledge_base: Model, width: int | None = None) -> str:
    """List the rules of a knowledge base, a line each; with a width, broken into lines beside or below the name."""
    longest = max((len(rule.name) for rule in knowledge_base.rules), default=0)
    lines = (line for rule in knowledge_base.rules for line in _in_the_list(knowledge_base, rule, longest, width))
    return "".join(f"{visible(line)}\n" for line in lines)


def _in_the_list(knowledge_base: Model, rule: Rule, longest: int, width: int | None) -> Iterator[str]:
    """Write a rule behind its name, or below it where names take more than half of the width."""
    needs = premise(knowledge_base, rule)
    if not width:
        yield f"{rule.name:<{longest}}  {needs} → {conclusions(knowledge_base, rule)}"
        return
    gives = ", ".join(each.replace(" ", GLUE) for each in _conclusions(knowledge_base, rule))
    is_below = longest > width // 2
    first, *rest = wrapped(f"{needs} →{GLUE}{gives}", 4 if is_below else longest + 2, width)
    if is_below:
        yield from (rule.name, first)
    else:
        yield f"{rule.name:<{longest}}  {first.strip()}"
    yield from rest


def rule_text(knowledge_base: Model, rule: Rule, width: int = 80, style: Style = plain) -> str:
    """Write a rule in plain words, with its sources in full, and its connections or why it is retired."""
    lines = [*_heading(rule.name, rule.place, knowledge_base, width, style)]
    lines += [*wrapped(rule_sentence(knowledge_base, rule), 2, width)]
    retired = knowledge_base.why_retired.get(rule.name, "")
    parts = {
        "if": [str(rule.premise)],
        "unless": [exception_of(rule)],
        "then": [f"{c.attribute} = {c.value}, evidence {in_full(c.certainty, '+')}" for c in rule.conclusions],
        "because": [rule.because],
        "source": [_in_full(knowledge_base, citation) for citation in rule.citations],
        "retired": [retired],
    }
    for name, part in parts.items():
        listed = _listed(name, part, width)
        lines += (style(line, "faint") for line in listed) if name in _AS_IN_THE_FILE else listed
    if not retired:
        lines += _connections(knowledge_base, rule, width)
    return "".join(f"{visible(line)}\n" for line in lines)


def attribute_text(knowledge_base: Model, attribute: Attribute, width: int = 80, style: Style = plain) -> str:
    """Write an attribute: its declaration, which rules conclude it, and what reads it."""
    rules, readers = attribute_connections(knowledge_base, attribute.name)
    lines = [*_heading(attribute.name, attribute.place, knowledge_base, width, style)]
    parts = {
        "label": attribute.label,
        "about": attribute.about,
        "question": attribute.question,
        "is": formula_words(knowledge_base, attribute.formula) if attribute.formula else "",
        "values": "" if attribute.formula else values_text(attribute),
        "asked if": premise_words(knowledge_base, attribute.ask_if) if attribute.ask_if else "",
        "default": "" if attribute.default is None else value_words(attribute, attribute.default),
        "concluded by": ", ".join(rules),
        "used": _fed(knowledge_base, readers),
    }
    for name, part in parts.items():
        lines += _listed(name, [part], width, indent=16)
    return "".join(f"{visible(line)}\n" for line in lines)


def _heading(name: str, place: Place, model: Model, width: int, style: Style) -> Iterator[str]:
    """Name a rule or an attribute, with its place."""
    for line in hanging(f"{name} ({place.origin})", 0, width):
        yield line.replace(place.origin, place_link(place.origin, place, model, style))


def _connections(knowledge_base: Model, rule: Rule, width: int) -> Iterator[str]:
    """List what a rule reads and feeds, and the cases where it holds."""
    connected = rule_connections(knowledge_base, rule)
    yield from _listed("reads", (_read(knowledge_base, each) for each in connected.reads), width)
    yield from _listed("feeds", (_feeds(knowledge_base, each) for each in connected.feeds), width)
    if knowledge_base.cases:
        yield from _listed("cases", connected.cases or ["it holds in none"], width)


def _listed(name: str, items: Iterable[str], width: int, indent: int = 11) -> Iterator[str]:
    """Write items one below the other, the first behind their name; those that are empty are left out."""
    items = [*filter(None, items)]
    broken = hanging if len(items) > 1 else wrapped
    for index, item in enumerate(items):
        lines = [*broken(item, indent, width)]
        yield f"  {'' if index else name}".ljust(indent) + lines[0][indent:]
        yield from lines[1:]


def _read(model: Model, read: Read) -> str:
    """Say where that which a rule tests comes from."""
    attribute = model.attributes[read.attribute]
    origins = [read.question, f"computed, {formula_words(model, attribute.formula)}" if attribute.formula else ""]
    origins.append(f"concluded by {', '.join(read.rules)}" if read.rules else "")
    return f"{attribute.words}: {'; '.join(filter(None, origins)) or 'nothing asks for it and no rule concludes it'}"


def _feeds(model: Model, readers: Readers) -> str:
    """Name an attribute, and say what reads it."""
    return f"{model.attributes[readers.attribute].words}: {_fed(model, readers)}"


def _fed(model: Model, readers: Readers) -> str:
    """Say what reads an attribute."""

    def named(names: Iterable[str]) -> str:
        return ", ".join(model.attributes[name].words for name in names)

    uses = ["the answer"] if readers.is_goal else []
    uses += [f"read by {', '.join(readers.rules)}"] if readers.rules else []
    uses += [f"decides whether to ask for {named(readers.conditions)}"] if readers.conditions else []
    uses += [f"goes into {named(readers.computed)}"] if readers.computed else []
    return "; ".join(uses) or "nothing reads it"


def premise(model: Model, rule: Rule) -> str:
    """Write what a rule needs, and what excepts it, on one line."""
    needs = premise_words(model, rule.premise) or "always"
    if is_below(rule):
        return f"else {needs}" if rule.premise != AllOf(()) else "else"
    return f"{needs} (unless {premise_words(model, rule.unless)})" if rule.unless else needs


def conclusions(model: Model, rule: Rule) -> str:
    """Write what a rule concludes on one line."""
    return ", ".join(_conclusions(model, rule))


def _conclusions(model: Model, rule: Rule) -> Iterator[str]:
    """Write each conclusion of a rule."""
    for each in rule.conclusions:
        yield f"{fact_words(model.attributes[each.attribute], each.value)} {in_full(each.certainty, '+')}"


def _in_full(knowledge_base: Model, citation: Citation) -> str:
    """Write a citation with its source's title, author, year and address."""
    source = knowledge_base.sources[citation.source]
    details = source_text(source, ("title", "by", "year", "url"))
    return f"{citation.where}, in: {details}" if citation.where else details
