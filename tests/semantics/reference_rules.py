"""The rules of a knowledge base as the reference reads them: those written one by one, then the rows of its tables."""

import re
from fractions import Fraction
from typing import NamedTuple

OPERATORS = {">=": "at_least", "<=": "at_most", ">": "more_than", "<": "less_than"}
ROW_KEYS = ("certainty", "because", "source")
"""Columns that say something about the row."""


class Rule(NamedTuple):
    """A premise, what the rule is excepted by, and the certainty of each pair that it concludes."""

    premise: object
    exceptions: list
    conclusions: dict


def rules_of(data):
    """Read all rules, by name, in the order of their evidence."""
    levels = data.get("certainties", {})
    found = {}
    for name, rule in data.get("rules", {}).items():
        exceptions = [rule["unless"]] if "unless" in rule else []
        found[name] = Rule(rule["if"], exceptions, conclusions_of(rule, levels))
    for name, table in data.get("tables", {}).items():
        found |= rows_of(name, table, data["attributes"], levels)
    return found


def rows_of(name, table, attributes, levels):  # 12
    """Read the rows of a decision table; in one with ``hit: first`` those above are exceptions."""
    above = []
    found = {}
    for number, cells in enumerate(table["rows"], start=1):
        row = dict(zip(table["columns"], cells, strict=True))
        tested = [column for column in row if column not in (*table["then"], *ROW_KEYS) and not is_blank(row[column])]
        premise = [{column: test_of(str(row[column]), "number" in attributes[column])} for column in tested]
        rule = {"then": {n: values_in(row[n], attributes[n]) for n in table["then"] if not is_blank(row[n])}}
        certainty = row.get("certainty")
        rule["certainty"] = table.get("certainty", 1) if is_blank(certainty) else certainty
        exceptions = list(above) if table.get("hit") == "first" else []
        found[f"{name}/{number}"] = Rule(premise, exceptions, conclusions_of(rule, levels))
        above.append(premise)
    return found


def is_blank(cell):
    return cell is None or str(cell).strip() in ("", "-")


def values_in(cell, declared):
    values = [part.strip() for part in str(cell).split("|")]
    return [exact(value) for value in values] if "number" in declared else values


def test_of(text, is_number):
    """Read what a cell tests, as the same test of a rule."""
    text = text.strip()
    if negation := re.fullmatch(r"not\s+(.*)", text):
        return {"not": test_of(negation[1], is_number)}
    if "|" in text:
        return [test_of(part, is_number) for part in text.split("|")]
    if not is_number or text == "unknown":
        return text
    if bound := re.fullmatch(r"(>=|<=|>|<)\s*(.+)", text):
        return {OPERATORS[bound[1]]: bound[2]}
    if span := re.fullmatch(r"(.+?)\s*\.\.\s*(.+)", text):
        return {"at_least": span[1], "at_most": span[2]}
    return exact(text)


def conclusions_of(rule, levels):
    """Read ``then``: pair to certainty."""

    def level(certainty):
        return exact(levels.get(certainty, certainty) if isinstance(certainty, str) else certainty)

    own = level(rule.get("certainty", 1))
    found = {}
    for attribute, said in rule["then"].items():
        with_own = said.items() if isinstance(said, dict) else []
        found |= {(attribute, key(value)): level(certainty) for value, certainty in with_own}
        listed = said if isinstance(said, list) else [] if isinstance(said, dict) else [said]
        found |= {(attribute, key(value)): own for value in listed}
    return found


def attributes_in(premise):
    """Collect the attributes that a premise tests."""
    if isinstance(premise, list):
        return {name for part in premise for name in attributes_in(part)}
    found = set()
    for name, body in premise.items():
        if name in ("not", "all", "any", "of"):
            found |= attributes_in(body)
        elif not (name == "at_least" and "of" in premise):
            found.add(name)
    return found


def exact(number):
    return number if isinstance(number, Fraction) else Fraction(str(number))


def key(value):
    return value if isinstance(value, str) else exact(value)
