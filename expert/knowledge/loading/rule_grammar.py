"""The section ``rules`` of a knowledge base."""

from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.premise_grammar import read_premise
from expert.knowledge.loading.tree import MappingNode, Node, ScalarNode, SequenceNode, describe
from expert.knowledge.rules import Citation, Conclusion, Pair, Rule

_RULE_KEYS = ("if", "unless", "then", "certainty", "because", "source")


def derived_names(node: Node | None) -> frozenset[str]:
    """Name the attributes that rules conclude, before the rules themselves can be read."""
    names: set[str] = set()
    for rule in node.fields.values() if isinstance(node, MappingNode) else ():
        then = rule.get("then") if isinstance(rule, MappingNode) else None
        names.update(then.fields if isinstance(then, MappingNode) else ())
    return frozenset(names)


def read_rules(node: Node | None, fields: Fields) -> tuple[Rule, ...]:
    """Read the rules, in the order of the file; those with a problem are left out."""
    rules = []
    for name, key, child in fields.entries(node, "'rules'"):
        section = fields.mapping(child, f"the rule '{shown(name)}'", _RULE_KEYS)
        if section is None:
            continue
        for needed in ("if", "then"):
            if needed not in section.fields:
                fields.problem(key, f"the rule '{shown(name)}' needs '{needed}', which is missing")
        premise = read_premise(section.get("if"), fields)
        unless = read_premise(section.get("unless"), fields)
        conclusions = read_conclusions(section.get("then"), fields.certainty(section.get("certainty")), fields)
        citations = read_citations(section.get("source"), fields)
        because = fields.text(section, "because")
        if premise is not None and conclusions:
            rules.append(Rule(name, premise, conclusions, because, citations, key.place, unless))
    return tuple(rules)


def read_conclusions(node: Node | None, certainty: float | None, fields: Fields) -> tuple[Conclusion, ...]:
    """Read what a rule concludes; a certainty of None is a problem already noted."""
    conclusions: dict[Pair, Conclusion] = {}
    then = fields.mapping(node, "'then'")
    if then is None:
        return ()
    if not then.fields:
        fields.problem(then, "'then' is empty; a rule needs at least one conclusion")
    for name, child in then.fields.items():
        attribute = fields.attribute(then.keys[name])
        if attribute is None:
            continue
        if attribute.formula:
            fields.problem(then.keys[name], f"'{shown(name)}' is computed, so no rule can conclude it")
            continue
        items: list[tuple[Node, float | None]]
        if isinstance(child, MappingNode):
            items = [(child.keys[text], fields.certainty(own)) for text, own in child.fields.items()]
        else:
            items = [(item, certainty) for item in (child.items if isinstance(child, SequenceNode) else [child])]
        if not items:
            fields.problem(child, f"expected at least one value of {shown(name)}")
        for item, degree in items:
            value = fields.value(attribute, item)
            if value is None or degree is None:
                continue
            if (name, value) in conclusions:
                fields.problem(item, f"the rule concludes {shown(name)} = {shown(value)} twice")
            conclusions[name, value] = Conclusion(name, value, degree)
    return tuple(conclusions.values())


def read_citations(node: Node | None, fields: Fields) -> tuple[Citation, ...]:
    """Read which sources a rule cites: one, or a list of them."""
    citations = []
    for item in node.items if isinstance(node, SequenceNode) else [node] if node else []:
        if not isinstance(item, ScalarNode) or item.is_null or not item.text.strip():
            fields.problem(item, f"expected a source's name and where in it, not {describe(item)}")
            continue
        source, _, where = " ".join(item.name.split()).partition(" ")
        if source in fields.sources:
            citations.append(Citation(source, where))
        else:
            fields.unknown(item._replace(text=source), "source", fields.sources)
    return tuple(citations)
