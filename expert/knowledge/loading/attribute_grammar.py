"""The section ``attributes`` of a knowledge base."""

from dataclasses import replace

from expert.knowledge.attributes import RESERVED, Attribute, Number, Start
from expert.knowledge.foreign_text import comparable, shown
from expert.knowledge.formulas import Formula
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.premise_grammar import read_premise
from expert.knowledge.loading.tree import MappingNode, Node, ScalarNode, SequenceNode, describe

_ATTRIBUTE_KEYS = ("label", "about", "question", "help", "choices", "number", "ask_if", "otherwise", "is")
_CHOICE_KEYS = ("label", "long", "start")
_NUMBER_KEYS = ("unit", "at_least", "at_most", "integer")


def read_attributes(node: Node | None, goal: str, fields: Fields) -> None:
    """Read the declarations into `fields`; each ``ask_if`` last, since it may speak of any of them."""
    conditions: dict[str, Node] = {}
    for name, key, child in fields.entries(node, "'attributes'"):
        if name in RESERVED:
            fields.problem(key, f"'{name}' is a word of the rule language; choose another name")
            continue
        nothing = MappingNode({}, {}, child.place)
        declared_nothing = isinstance(child, ScalarNode) and child.is_null
        section = nothing if declared_nothing else fields.mapping(child, f"'{shown(name)}'", _ATTRIBUTE_KEYS) or nothing
        fields.attributes[name] = _attribute(name, key, section, goal, fields)
        if condition := section.get("ask_if"):
            conditions[name] = condition
    for name, attribute in fields.attributes.items():
        if attribute.formula:
            _check_inputs(name, node, attribute.formula, fields)
    for name, condition in conditions.items():
        fields.attributes[name] = replace(fields.attributes[name], ask_if=read_premise(condition, fields))


def _attribute(name: str, key: ScalarNode, section: MappingNode, goal: str, fields: Fields) -> Attribute:
    """Read one declaration: a number, a choice, or, with neither, yes or no."""
    number, formula = section.get("number"), section.get("is")
    choices = choice_nodes(section.get("choices"), fields)
    if number and choices:
        fields.problem(section.keys["choices"], f"'{shown(name)}' cannot have both choices and a number")
    elif formula and choices:
        fields.problem(section.keys["choices"], f"'{shown(name)}' is computed, so it is a number and has no choices")
    for unasked in ("question", "ask_if") if formula else ():
        if unasked in section.fields:
            fields.problem(section.keys[unasked], f"'{shown(name)}' is computed, so it is not asked")
    number = number or (formula and MappingNode({}, {}, formula.place))
    attribute = Attribute(
        name=name,
        label=fields.text(section, "label"),
        about=fields.text(section, "about"),
        question=fields.text(section, "question"),
        help=fields.text(section, "help"),
        choices={} if number else _choices(name, choices, fields) if choices else {"yes": "yes", "no": "no"},
        long_labels=_long_labels(choices, fields) if choices else {},
        yes_no=not number and not choices,
        number=_number(number, fields) if number else None,
        formula=_formula(formula, fields) if formula else None,
        starts=_starts(choices, fields) if choices else {},
        place=key.place,
    )
    otherwise = fields.value(attribute, section.get("otherwise"))
    return replace(attribute, otherwise=otherwise) if name == goal else replace(attribute, default=otherwise)


def _formula(node: Node, fields: Fields) -> Formula | None:
    """Read what a number is computed from."""
    from expert.knowledge.loading.formula_grammar import FormulaError, read_formula

    if not isinstance(node, ScalarNode) or node.is_null:
        fields.problem(node, f"'is' must be a formula, such as weight / 2, not {describe(node)}")
        return None
    try:
        return read_formula(node.text)
    except FormulaError as error:
        fields.problem(_at(node, error.position), str(error))
        return None


def _check_inputs(name: str, node: Node | None, formula: Formula, fields: Fields) -> None:
    """Make sure that a formula speaks of numbers."""
    from expert.knowledge.loading.formula_grammar import as_subtraction

    assert isinstance(node, MappingNode)
    section = node.fields[name]
    assert isinstance(section, MappingNode)
    text = section.fields["is"]
    assert isinstance(text, ScalarNode)
    for read, position in formula.names:
        attribute = fields.attributes.get(read)
        if attribute is None:
            key = _at(text, position)._replace(text=read)
            if meant := as_subtraction(read, fields.attributes):
                fields.problem(key, f"unknown attribute '{shown(read)}'; to subtract, write {shown(meant)}")
            else:
                fields.unknown(key, "attribute", fields.attributes)
        elif not attribute.number:
            fields.problem(
                _at(text, position), f"'{shown(read)}' is a {attribute.kind} attribute; a formula takes numbers"
            )


def _at(node: ScalarNode, position: int) -> ScalarNode:
    """Point into a text."""
    return node._replace(place=node.place._replace(column=node.place.column + position))


def _number(node: Node, fields: Fields) -> Number:
    """Read what a numeric attribute admits."""
    if isinstance(node, ScalarNode) and node.is_null:
        return Number()
    section = fields.mapping(node, "'number'", _NUMBER_KEYS)
    if section is None:
        return Number()
    unit = comparable(fields.text(section, "unit"))
    low, high = (fields.decimal(section.get(key), key, unit) for key in ("at_least", "at_most"))
    if low is not None and high is not None and low > high:
        fields.problem(node, f"no number is at least {low} and at most {high}")
    return Number(unit, low, high, fields.yes_or_no(section.get("integer"), "integer") or False)


def _label(key: ScalarNode, node: Node, fields: Fields) -> str:
    """Read the label of a choice, which may stand beside a longer one and how to begin with it."""
    if isinstance(node, MappingNode):
        section = fields.mapping(node, f"the choice '{shown(key.name)}'", _CHOICE_KEYS)
        return fields.text(section, "label", default=key.name)
    if isinstance(node, ScalarNode):
        return key.name if node.is_null else " ".join(node.text.split())
    fields.problem(node, f"'{shown(key.name)}' must be a label, or a mapping with one, not {describe(node)}")
    return key.name


def _long_labels(choices: MappingNode, fields: Fields) -> dict[str, str]:
    """Read the longer labels of choices, where there are any."""
    sections = ((value, child) for value, child in choices.fields.items() if isinstance(child, MappingNode))
    return {value: text for value, child in sections if (text := fields.text(child, "long"))}


def _starts(choices: MappingNode, fields: Fields) -> dict[str, Start]:
    """Read how to begin with each choice, where that is said."""
    found = {}
    for name, child in choices.fields.items():
        start = child.get("start") if isinstance(child, MappingNode) else None
        if section := fields.mapping(start, "'start'", Start._fields):
            found[name] = Start(*(fields.text(section, key) for key in Start._fields))
            if not any(found[name]):
                fields.problem(section, "'start' needs 'install', 'read' or both; found neither")
    return found


def choice_nodes(node: Node | None, fields: Fields) -> MappingNode | None:
    """Take choices as a mapping, those of a list without labels; None if they are absent or something else."""
    if isinstance(node, ScalarNode):
        fields.problem(node, f"'choices' must be a list, or a mapping of value to label, not {describe(node)}")
    if not isinstance(node, SequenceNode):
        return node if isinstance(node, MappingNode) else None
    found: dict[str, ScalarNode] = {}
    for item in node.items:
        if not isinstance(item, ScalarNode):
            fields.problem(item, f"a choice must be a single text, not {describe(item)}")
        elif item.name in found:
            fields.problem(item, f"duplicate choice {describe(item)}")
        else:
            found[item.name] = item
    return MappingNode({name: item._replace(is_null=True) for name, item in found.items()}, found, node.place)


def _choices(name: str, nodes: MappingNode, fields: Fields) -> dict[str, str]:
    """Read the values of an attribute, with their labels where there are any."""
    choices: dict[str, str] = {}
    for value, key in nodes.keys.items():
        label = _label(key, nodes.fields[value], fields)
        if key.is_null or not key.text.strip():
            fields.problem(key, f"a choice must be a single text, not {describe(key)}")
        elif key.text.lower() in RESERVED:
            fields.problem(key, f"{describe(key)} is a word of the rule language; choose another name")
        else:
            choices[key.name] = label
    if not nodes.keys:
        fields.problem(nodes, f"'{shown(name)}' needs at least one choice")
    return choices
