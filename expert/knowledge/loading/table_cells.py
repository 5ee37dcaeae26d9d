"""The cells of decision tables, turned into trees of premises and conclusions: what rules write, in fewer words."""

from expert.knowledge.attributes import Attribute
from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.tree import MappingNode, Node, ScalarNode, SequenceNode
from expert.knowledge.numbers import read_number

NEGATION = "not "

LIMITS = {">=": "at_least", "<=": "at_most", ">": "more_than", "<": "less_than"}


def says_nothing(cell: ScalarNode) -> bool:
    """Tell whether a cell leaves open what its column is about."""
    return cell.is_null or cell.text in ("", "-")


def premise_of(attribute: Attribute, cell: ScalarNode, fields: Fields) -> Node:
    """Turn a test's cell into a premise; what is a choice as a whole, such as ``not sure``, is not taken apart."""
    first, *_ = parts(attribute, cell)
    negated = first.text.startswith(NEGATION) and first.name not in attribute.choices
    if negated:
        cell = cell._replace(text=cell.text.removeprefix(NEGATION).strip())
    tests = tuple(_mapping(attribute.name, _test(attribute, part, fields)) for part in parts(attribute, cell))
    premise = _mapping("any", SequenceNode(tests, cell.place))
    return _mapping("not", premise) if negated else premise


def parts(attribute: Attribute | None, cell: ScalarNode) -> tuple[ScalarNode, ...]:
    """Split a cell where it names several."""
    if attribute and cell.name in attribute.choices:
        return (cell,)
    return tuple(cell._replace(text=text.strip()) for text in cell.text.split("|"))


def limits(text: str, unit: str = "") -> dict[str, str]:
    """Read a comparison or a range as the limits that a premise has; nothing where it is neither."""
    low, dots, high = text.partition("..")
    symbol = next((symbol for symbol in LIMITS if text.startswith(symbol)), "")
    if dots:
        found = {"at_least": low, "at_most": high}
    elif symbol:
        found = {LIMITS[symbol]: text.removeprefix(symbol)}
    else:
        return {}
    return found if all(is_number(bound, unit) for bound in found.values()) else {}


def is_number(text: str, unit: str = "") -> bool:
    """Tell whether a text is a number."""
    try:
        read_number(text, unit)
    except ValueError:
        return False
    return True


def _test(attribute: Attribute, part: ScalarNode, fields: Fields) -> Node:
    """Turn a part of a cell into a test."""
    unit = attribute.number.unit if attribute.number else ""
    found = limits(part.name, unit) if attribute.number else {}
    if not found:
        return part
    if len(found) == 2 and read_number(found["at_least"], unit) > read_number(found["at_most"], unit):
        fields.problem(part, f"no number is in '{shown(part.text)}'; the lower end comes first")
    keys = {name: ScalarNode(name, part.place) for name in found}
    return MappingNode({name: part._replace(text=bound) for name, bound in found.items()}, keys, part.place)


def _mapping(name: str, node: Node) -> MappingNode:
    """Name a node."""
    return MappingNode({name: node}, {name: ScalarNode(name, node.place)}, node.place)
