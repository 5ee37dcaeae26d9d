"""The section ``attributes`` of a knowledge base."""

from dataclasses import replace

from expert.knowledge.foreign_text import comparable, shown
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.premise_grammar import read_premise
from expert.knowledge.loading.tree import Mapping, Node, Scalar, Sequence, describe
from expert.knowledge.model import RESERVED, Attribute, Number

_ATTRIBUTE_KEYS = ("about", "question", "help", "choices", "number", "ask_if", "otherwise")
_NUMBER_KEYS = ("unit", "at_least", "at_most", "integer")


def read_attributes(node: Node | None, goal: str, fields: Fields) -> None:
    """Read the declarations into `fields`; each ``ask_if`` last, since it may speak of any of them."""
    conditions: dict[str, Node] = {}
    for name, key, child in fields.entries(node, "'attributes'"):
        if name in RESERVED:
            fields.problem(key, f"'{name}' is a word of the rule language; choose another name")
            continue
        nothing = Mapping({}, {}, child.place)
        declared_nothing = isinstance(child, Scalar) and child.is_null
        section = nothing if declared_nothing else fields.mapping(child, f"'{shown(name)}'", _ATTRIBUTE_KEYS) or nothing
        fields.attributes[name] = _attribute(name, key, section, goal, fields)
        if "ask_if" in section.fields:
            conditions[name] = section.fields["ask_if"]
    for name, condition in conditions.items():
        premise = read_premise(condition, fields)
        fields.attributes[name] = replace(fields.attributes[name], ask_if=premise)


def _attribute(name: str, key: Scalar, section: Mapping, goal: str, fields: Fields) -> Attribute:
    """Read one declaration: a number, a choice, or, with neither, yes or no."""
    number = None
    choices = {"yes": "yes", "no": "no"}
    if "number" in section.fields:
        number = _number(section.fields["number"], fields)
        choices = {}
        if "choices" in section.fields:
            fields.problem(section.keys["choices"], f"'{shown(name)}' cannot have both choices and a number")
    elif "choices" in section.fields:
        choices = _choices(name, section.fields["choices"], fields)
    attribute = Attribute(
        name=name,
        about=fields.text(section, "about"),
        question=fields.text(section, "question"),
        help=fields.text(section, "help"),
        choices=choices,
        yes_no="choices" not in section.fields and number is None,
        number=number,
        place=key.place,
    )
    if "otherwise" not in section.fields:
        return attribute
    if name != goal:
        fields.problem(section.keys["otherwise"], "only the goal can have an 'otherwise'")
    return replace(attribute, otherwise=fields.value(attribute, section.fields["otherwise"]))


def _number(node: Node, fields: Fields) -> Number:
    """Read what a numeric attribute admits."""
    if isinstance(node, Scalar) and node.is_null:
        return Number()
    section = fields.mapping(node, "'number'", _NUMBER_KEYS)
    if section is None:
        return Number()
    unit = comparable(fields.text(section, "unit"))
    low, high = (
        fields.decimal(section.fields[key], key, unit) if key in section.fields else None
        for key in ("at_least", "at_most")
    )
    if low is not None and high is not None and low > high:
        fields.problem(node, f"no number is at least {low} and at most {high}")
    integer = "integer" in section.fields and fields.yes_or_no(section.fields["integer"], "integer")
    return Number(unit, low, high, integer)


def _choices(name: str, node: Node, fields: Fields) -> dict[str, str]:
    """Read the values of an attribute, with their labels where there are any."""
    choices: dict[str, str] = {}
    items: list[tuple[Scalar, str]] = []
    if isinstance(node, Mapping):
        items = [(key, fields.text(node, value, default=value)) for value, key in node.keys.items()]
    elif isinstance(node, Sequence):
        for item in node.items:
            if isinstance(item, Scalar):
                items.append((item, item.name))
            else:
                fields.problem(item, f"a choice must be a single text, not {describe(item)}")
    else:
        fields.problem(node, f"'choices' must be a list, or a mapping of value to label, not {describe(node)}")
    for key, label in items:
        if key.is_null or not key.text.strip():
            fields.problem(key, f"a choice must be a single text, not {describe(key)}")
        elif key.text.lower() in RESERVED:
            fields.problem(key, f"{describe(key)} is a word of the rule language; choose another name")
        elif key.name in choices:
            fields.problem(key, f"the choice {describe(key)} is here twice")
        else:
            choices[key.name] = label
    if isinstance(node, Mapping | Sequence) and not items:
        fields.problem(node, f"'{shown(name)}' needs at least one choice")
    return choices
