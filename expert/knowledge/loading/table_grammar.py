"""The section ``tables`` of a knowledge base: decision tables, of which each row is a rule."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from expert.knowledge.attributes import Attribute
from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.premise_grammar import group, read_premise
from expert.knowledge.loading.rule_grammar import read_citations, read_conclusions
from expert.knowledge.loading.table_cells import parts, premise_of, says_nothing
from expert.knowledge.loading.table_content import read_content
from expert.knowledge.loading.tree import MappingNode, Node, ScalarNode, SequenceNode, describe
from expert.knowledge.problems import one_of
from expert.knowledge.rules import AllOf, Citation, Premise, Rule

OWN_COLUMNS = ("certainty", "because", "source")
"""Columns that are neither tests nor conclusions: what a row has of its own, instead of the table's."""

_TABLE_KEYS = ("then", "hit", "columns", "rows", "file", *OWN_COLUMNS)


@dataclass(frozen=True)
class _Table:
    """What the rows of a table share; the attribute of a column is None where there is a problem."""

    name: str
    first: bool
    columns: dict[str, ScalarNode]
    attributes: dict[str, Attribute | None]
    conclusions: dict[str, ScalarNode]
    certainty: float | None
    because: str
    citations: tuple[Citation, ...]
    premises: dict[tuple[str, str], Premise] = field(default_factory=dict)


def concluded_columns(node: Node | None) -> frozenset[str]:
    """Name the attributes that tables conclude, before the tables themselves can be read."""
    tables = node.fields.values() if isinstance(node, MappingNode) else ()
    lists = [table.get("then") for table in tables if isinstance(table, MappingNode)]
    items = [item for each in lists if isinstance(each, SequenceNode) for item in each.items]
    return frozenset(item.name for item in items if isinstance(item, ScalarNode))


def read_tables(node: Node | None, fields: Fields) -> tuple[Rule, ...]:
    """Read the rows of all tables, in the order of the file; those with a problem are left out."""
    return tuple(rule for _, key, child in fields.entries(node, "'tables'") for rule in _rules(key, child, fields))


def _rules(key: ScalarNode, node: Node, fields: Fields) -> Iterator[Rule]:
    """Read one table."""
    section = fields.mapping(node, f"the table '{shown(key.name)}'", _TABLE_KEYS)
    if section is None:
        return
    if "then" not in section.fields:
        fields.problem(key, f"the table '{shown(key.name)}' needs 'then', which is missing")
    content = read_content(key, section, fields)
    table = _table(key.name, section, content[0], fields) if content else None
    if table:
        for number, row in enumerate(content[1:], 1):
            rule = _rule(f"{table.name}/{number}", row, table, fields)
            if rule:
                yield rule


def _table(name: str, section: MappingNode, header: Node, fields: Fields) -> _Table | None:
    """Read what the rows share; None where the rows cannot be understood without what is wrong."""
    columns = _names(header, "'columns'", fields)
    conclusions = _names(section.get("then"), "'then'", fields)
    attributes = {each: fields.attribute(column) for each, column in columns.items() if each not in OWN_COLUMNS}
    for each, column in conclusions.items():
        if each in OWN_COLUMNS:
            fields.problem(column, f"'{each}' is about the row itself; it cannot be a conclusion")
        elif columns and each not in attributes:
            fields.unknown(column, "column", columns)
    hit = fields.text(section, "hit", default="all")
    if hit not in ("first", "all"):
        fields.problem(section.fields["hit"], f"'hit' must be first or all, not '{shown(hit)}'")
    table = _Table(
        name=name,
        first=hit == "first",
        columns=columns,
        attributes=attributes,
        conclusions=conclusions,
        certainty=fields.certainty(section.get("certainty")),
        because=fields.text(section, "because"),
        citations=read_citations(section.get("source"), fields),
    )
    return table if conclusions and all(map(attributes.get, conclusions)) else None


def _names(node: Node | None, what: str, fields: Fields) -> dict[str, ScalarNode]:
    """Read a list of names of columns; nothing where there is a problem."""
    if node is None:
        return {}
    if not isinstance(node, SequenceNode):
        fields.problem(node, f"{what} must be a list of columns, not {describe(node)}")
        return {}
    if not node.items:
        fields.problem(node, f"{what} is empty; name at least one column")
    names: dict[str, ScalarNode] = {}
    before = len(fields.problems)
    for item in node.items:
        if not isinstance(item, ScalarNode) or item.is_null or not item.text:
            fields.problem(item, f"expected the name of a column, not {describe(item)}")
        elif item.name in names:
            fields.problem(item, f"duplicate column '{shown(item.text)}'")
        else:
            names[item.name] = item
    return names if len(fields.problems) == before else {}


def _rule(name: str, row: Node, table: _Table, fields: Fields) -> Rule | None:
    """Read one row."""
    before = len(fields.problems)
    tests: list[Premise | None] = []
    then = MappingNode({}, {}, row.place)
    own: dict[str, ScalarNode] = {}
    for (column, key), cell in zip(table.columns.items(), _cells(row, table, fields), strict=False):
        attribute = table.attributes.get(column)
        if says_nothing(cell):
            continue
        if column in OWN_COLUMNS:
            own[column] = cell
        elif column in table.conclusions:
            then.fields[column] = SequenceNode(parts(attribute, cell), cell.place)
            then.keys[column] = key
        elif attribute:
            tests.append(_test(attribute, cell, table, fields))
    if not then.fields and len(fields.problems) == before:
        fields.problem(row, f"the row concludes nothing; expected a value of {one_of(table.conclusions)}")
    certainty = fields.certainty(own["certainty"]) if "certainty" in own else table.certainty
    conclusions = read_conclusions(then, certainty, fields) if then.fields else ()
    because = " ".join(own["because"].text.split()) if "because" in own else table.because
    source = own.get("source")
    citations = read_citations(SequenceNode(parts(None, source), source.place), fields) if source else table.citations
    if None in tests or not conclusions:
        return None
    premise = group(AllOf, tests) or AllOf(())
    return Rule(name, premise, conclusions, because, citations, row.place, table=table.name, first=table.first)


def _test(attribute: Attribute, cell: ScalarNode, table: _Table, fields: Fields) -> Premise | None:
    """Read what a cell tests, each text only once: a table has many cells, and few that differ."""
    key = attribute.name, cell.text
    if key not in table.premises:
        before = len(fields.problems)
        premise = read_premise(premise_of(attribute, cell, fields), fields)
        if premise is None or len(fields.problems) > before:
            return None
        table.premises[key] = premise
    return table.premises[key]


def _cells(row: Node, table: _Table, fields: Fields) -> tuple[ScalarNode, ...]:
    """Take the cells of a row, as many as there are columns; none where there is a problem."""
    if not isinstance(row, SequenceNode):
        fields.problem(row, f"a row must be a list of cells, not {describe(row)}")
        return ()
    expected, found = len(table.columns), len(row.items)
    if found != expected:
        message = f"the row has {found} of {expected} cells; expected one for each column"
        fields.problem(row if found < expected else row.items[expected], message)
        return ()
    cells = []
    for item in row.items:
        if isinstance(item, ScalarNode):
            cells.append(item._replace(text=item.text.strip()))
        else:
            fields.problem(item, f"a cell must be a single text, not {describe(item)}")
    return tuple(cells) if len(cells) == expected else ()
