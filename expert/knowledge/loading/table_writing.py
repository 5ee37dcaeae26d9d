"""The cells of decision tables, written from premises and conclusions: what `table_cells` and `table_grammar` read."""

from collections.abc import Iterable

from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.premise_grammar import read_premise
from expert.knowledge.loading.table_cells import LIMITS, NEGATION, parts, premise_of
from expert.knowledge.loading.table_grammar import OWN_COLUMNS
from expert.knowledge.loading.tree import ScalarNode
from expert.knowledge.model import Attribute, Model
from expert.knowledge.problems import NOWHERE
from expert.knowledge.rules import AllOf, AnyOf, Compare, Is, IsNot, Known, Premise, Rule, Unknown, Value, tests

_SYMBOLS = {word: symbol for symbol, word in LIMITS.items()}


def cells_of(rule: Rule, model: Model) -> dict[str, str] | None:
    """Write what a rule tests as cells, by attributes; None where its premise has no such form."""
    if rule.unless or any(c.attribute in OWN_COLUMNS for c in rule.conclusions):
        return None
    by_attribute: dict[str, list[Premise]] = {}
    for part in rule.premise.premises if isinstance(rule.premise, AllOf) else (rule.premise,):
        names = {test.attribute for test in tests(part)}
        if len(names) > 1:
            return None
        by_attribute.setdefault(names.pop(), []).append(part)
    cells = {name: _cell(model.attributes[name], premises) for name, premises in by_attribute.items()}
    written = {name: cell for name, cell in cells.items() if cell is not None and name not in OWN_COLUMNS}
    return written if len(written) == len(cells) else None


def values_cell(attribute: Attribute, values: Iterable[Value]) -> str | None:
    """Write the values that a row concludes as a cell; None where they would be read as others."""
    texts = [str(value) for value in values]
    cell = " | ".join(texts)
    return cell if [part.text for part in parts(attribute, ScalarNode(cell, NOWHERE))] == texts else None


def _cell(attribute: Attribute, premises: list[Premise]) -> str | None:
    """Write the tests of one attribute, all of which must hold; None where the cell would be read as others."""
    cell = _written(premises)
    if cell is None or cell != cell.strip():
        return None
    fields = Fields([], {attribute.name: attribute})
    read = read_premise(premise_of(attribute, ScalarNode(cell, NOWHERE), fields), fields)
    return cell if read and set(_all_of(read)) == set(premises) else None


def _written(premises: list[Premise]) -> str | None:
    """Write tests of which all must hold: a negation, a range, or alternatives."""
    excluded = [premise.value for premise in premises if isinstance(premise, IsNot)]
    if len(excluded) == len(premises):
        return NEGATION + " | ".join(map(str, excluded))
    if len(premises) == 1:
        (premise,) = premises
        if isinstance(premise, AnyOf):
            alternatives = [_written(_all_of(each)) for each in premise.premises]
            return None if None in alternatives else " | ".join(map(str, alternatives))
        return _of_test(premise)
    bounds = {premise.operator: premise.bound for premise in premises if isinstance(premise, Compare)}
    if bounds.keys() != {"at_least", "at_most"} or bounds["at_least"] > bounds["at_most"]:
        return None
    return f"{bounds['at_least']}..{bounds['at_most']}"


def _all_of(premise: Premise) -> list[Premise]:
    return list(premise.premises) if isinstance(premise, AllOf) else [premise]


def _of_test(test: Premise) -> str | None:
    """Write a single test."""
    match test:
        case Is(_, value):
            return str(value)
        case Compare(_, operator, bound):
            return f"{_SYMBOLS[operator]} {bound}"
        case Unknown():
            return "unknown"
        case Known():
            return f"{NEGATION}unknown"
    return None
