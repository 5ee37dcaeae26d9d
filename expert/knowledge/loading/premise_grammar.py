"""The premise language: tests of attributes, lists, ``all``, ``any``, ``not``, ``at_least … of``.

Negation is pushed inward.
"""

from expert.knowledge.attributes import Attribute, Number
from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.tree import MappingNode, Node, ScalarNode, SequenceNode, describe
from expert.knowledge.problems import one_of
from expert.knowledge.rules import (
    COMPLEMENT,
    AllOf,
    AnyOf,
    AtLeastOf,
    Compare,
    Is,
    Premise,
    Unknown,
    negate,
)


def read_premise(node: Node | None, fields: Fields) -> Premise | None:
    """Read a premise; None if it is absent, or has a problem, which is noted."""
    if node is None:
        return None
    before = len(fields.problems)
    premise = _premise(node, fields)
    return premise if len(fields.problems) == before else None


def _premise(node: Node, fields: Fields) -> Premise | None:
    """A mapping or a list of premises, all of which must hold."""
    if isinstance(node, SequenceNode):
        parts = [_premise(item, fields) for item in node.items]
    elif isinstance(node, MappingNode) and "at_least" in node.fields and "at_least" not in fields.attributes:
        return _count(node, fields)
    elif isinstance(node, MappingNode):
        parts = [_entry(node.keys[name], child, fields) for name, child in node.fields.items()]
    else:
        fields.problem(node, f"a premise must be a mapping or a list of premises, not {describe(node)}")
        return None
    if not parts:
        fields.problem(node, "the premise is empty; name at least one test")
    return group(AllOf, parts)


def _count(node: MappingNode, fields: Fields) -> Premise | None:
    """``{at_least: n, of: [premise, …]}``: so many of them, or more."""
    for name, key in node.keys.items():
        if name not in ("at_least", "of"):
            fields.problem(key, f"'{shown(name)}' cannot stand beside 'at_least' and 'of'; join them with 'all'")
    of = node.get("of")
    if not isinstance(of, SequenceNode) or not of.items:
        fields.problem(of or node, "'at_least' needs 'of', a list of premises")
        return None
    parts = [_premise(item, fields) for item in of.items]
    needed = fields.decimal(node.fields["at_least"], "at_least")
    if needed is not None and (needed % 1 or not 1 <= needed <= len(parts)):
        fields.problem(
            node.fields["at_least"],
            f"at_least must be a whole number from 1 to {len(parts)}, as many as there are premises",
        )
        return None
    premises = tuple(part for part in parts if part is not None)
    if needed is None or len(premises) < len(parts):
        return None
    if needed in (1, len(parts)):
        return group(AnyOf if needed == 1 else AllOf, parts)
    return AtLeastOf(int(needed), premises)


def group(kind: type[AllOf] | type[AnyOf], parts: list[Premise | None]) -> Premise | None:
    """Join premises; a single one is not grouped, and a group within one of its own kind is merged."""
    flat: list[Premise] = []
    for part in parts:
        if part is not None:
            flat.extend(part.premises if isinstance(part, kind) else [part])
    return flat[0] if len(flat) == 1 else kind(tuple(flat)) if flat else None


def _entry(key: ScalarNode, node: Node, fields: Fields) -> Premise | None:
    """One entry of a mapping: a group, or an attribute with its test."""
    if key.text == "not":
        inner = _premise(node, fields)
        return None if inner is None else negate(inner)
    if key.text in ("all", "any"):
        if not isinstance(node, SequenceNode):
            fields.problem(node, f"'{key.text}' takes a list of premises, not {describe(node)}")
            return None
        if not node.items:
            fields.problem(node, f"'{key.text}' is empty; name at least one premise")
        return group(AllOf if key.text == "all" else AnyOf, [_premise(item, fields) for item in node.items])
    attribute = fields.attribute(key)
    return None if attribute is None else _test(attribute, node, fields)


def _test(attribute: Attribute, node: Node, fields: Fields) -> Premise | None:
    """A value, a list of values, ``unknown``, ``{not: …}`` or comparisons."""
    if isinstance(node, SequenceNode):
        if not node.items:
            fields.problem(node, f"expected at least one value of {shown(attribute.name)}")
        return group(AnyOf, [_value_test(attribute, item, fields) for item in node.items])
    if not isinstance(node, MappingNode):
        if isinstance(node, ScalarNode) and node.text == "unknown":
            if attribute.formula or (attribute.name in fields.derived and not attribute.question):
                fields.problem(
                    node,
                    f"'unknown' can be tested for asked attributes only; '{shown(attribute.name)}' has no question",
                )
            return Unknown(attribute.name)
        return _value_test(attribute, node, fields)
    parts: list[Premise | None] = []
    for name, child in node.fields.items():
        if name == "not":
            inner = _test(attribute, child, fields)
            parts.append(None if inner is None else negate(inner))
        elif name in COMPLEMENT:
            parts.append(_comparison(attribute, name, child, fields))
        else:
            fields.unknown(node.keys[name], "test", ("not", *COMPLEMENT))
    if not node.fields:
        fields.problem(node, f"the test is empty; expected a value, {one_of(('not', *COMPLEMENT))}")
    return group(AllOf, parts)


def _value_test(attribute: Attribute, node: Node, fields: Fields) -> Premise | None:
    """The test ``= v``."""
    if isinstance(node, ScalarNode) and node.text == "unknown":
        fields.problem(node, "'unknown' stands alone; join it to other tests with 'any'")
        return None
    value = fields.value(attribute, node)
    return None if value is None else Is(attribute.name, value)


def _comparison(attribute: Attribute, operator: str, node: Node, fields: Fields) -> Premise | None:
    """A number against a bound, which may lie outside what the attribute admits."""
    if not isinstance(attribute.number, Number):
        message = f"'{operator}' compares numbers; '{shown(attribute.name)}' is a {attribute.kind} attribute"
        fields.problem(node, message)
        return None
    bound = fields.decimal(node, operator, attribute.number.unit)
    return None if bound is None else Compare(attribute.name, operator, bound)
