"""Random rules and decision tables of a drawn knowledge base; see `tests.strategies`, which says what ranks are."""

import re

NUMBERS = (-1, 0, 0.25, 1, 1.5, 2, 2.25, 2.5, 3, 3.5, 4, 5, 7)
BOUNDS = (0, 1, 1.5, 2, 2.5, 3, 3.75, 6)
OPERATORS = ("at_least", "at_most", "more_than", "less_than")
CERTAINTIES = (1, "strong", 0.6, -1, 0.7, 1, -0.6, 0.5, "weak", "against", 0.25, 0.1, -0.8, 0.95, -0.95)


def values_of(declared):
    """List the values of a declared attribute; of a number, some."""
    if "number" not in declared:
        return declared.get("choices", ["yes", "no"])
    declared = declared["number"]
    low, high = declared.get("at_least", -10), declared.get("at_most", 10)
    return [n for n in NUMBERS if low <= n <= high and (n == int(n) or not declared.get("integer"))]


def _rank_and_pairs(pick, ranks):
    """Draw the rank of a rule or table, and the pairs that it may conclude."""
    rank = 1 + pick.number(2)
    pairs = [pair for pair in ranks if ranks[pair] >= rank]
    return (rank, pairs) if pairs else (1, list(ranks))


def _readable(attributes, ranks, rank):
    """Map the attributes that a rule of some rank may read: how declared, which values, and whether all of them."""
    highest = {name: max((r for (n, _), r in ranks.items() if n == name), default=0) for name in attributes}
    for name, declared in attributes.items():  # computed numbers come after their inputs
        if "is" in declared:
            highest[name] = max(highest[other] for other in attributes if re.search(rf"\b{other}\b", declared["is"]))
    readable = {}
    for name, declared in attributes.items():
        values = [value for value in values_of(declared) if ranks.get((name, value), 0) < rank]
        if values and ("is" not in declared or highest[name] < rank):
            readable[name] = (declared, values, highest[name] < rank)
    return readable


def make_rule(pick, attributes, ranks, constructs):
    rank, pairs = _rank_and_pairs(pick, ranks)
    readable = _readable(attributes, ranks, rank)
    at_least = "at_least" in constructs
    premise = _premise(pick, readable, depth=2, at_least=at_least)
    concluded = pick.some(pairs, most=3)
    form = pick.number(3)
    rule = {"if": premise, "then": {}}
    if "unless" in constructs and pick.number(2) == 2:
        rule["unless"] = _premise(pick, readable, depth=1, at_least=at_least)
    for attribute, value in concluded:
        if form == 3:
            rule["then"].setdefault(attribute, []).append(value)
        else:
            rule["then"].setdefault(attribute, {})[value] = pick.one(CERTAINTIES)
    if form == 3 and pick.number(2):
        rule["certainty"] = pick.one(CERTAINTIES)
    if form == 2 and len(concluded) == 1:
        rule["then"] = dict(concluded)
    return rule


def _premise(pick, readable, depth, negated=False, at_least=False):
    kinds = ("tests", "tests", "tests", "any", "all", "not", "list", *(("at_least", "at_least") if at_least else ()))
    kind = pick.one(kinds) if depth else "tests"
    if kind == "tests":
        return {name: _test(pick, *readable[name], negated) for name in pick.some(list(readable), most=2)}
    if kind == "not":
        return {"not": _premise(pick, readable, depth - 1, not negated, at_least)}
    parts = [_premise(pick, readable, depth - 1, negated, at_least) for _ in range(1 + pick.number(2))]
    if kind == "at_least":
        return {"at_least": 1 + pick.number(len(parts) - 1), "of": parts}
    return parts if kind == "list" else {kind: parts}


def _test(pick, declared, values, whole, negated):
    """Make a test; where rules conclude pairs of the attribute later, one that reads a single pair in the end."""
    form = pick.number(9)
    value = pick.some(values, most=3) if form == 1 else pick.one(values)
    if not whole:
        return {"not": value} if negated else value
    if form in (2, 3):
        return {"not": pick.some(values, most=2) if form == 3 else value}
    if form == 4:
        return {"not": {"not": value}}
    if "number" in declared and form > 4:
        compare = {operator: pick.one(BOUNDS) for operator in pick.some(OPERATORS, most=2)}
        return {"not": compare} if form == 5 else {"not": value} | compare if form == 6 else compare
    if form in (5, 6) and "question" in declared:
        return "unknown" if form == 5 else {"not": "unknown"}
    return value


def make_table(pick, attributes, ranks):
    """Make a decision table: each cell as it would be typed."""
    rank, pairs = _rank_and_pairs(pick, ranks)
    readable = _readable(attributes, ranks, rank)
    tested = pick.some(list(readable), most=3)
    concluded = {name: [v for n, v in pairs if n == name] for name, _ in pairs}
    then = [name for name in pick.some(list(concluded), most=2) if name not in tested]
    if not then:
        then = [pick.one(list(concluded))]
        tested = [name for name in tested if name not in then]
    has_certainty = pick.number(1) == 1
    table = {"then": then, "columns": [*tested, *then, *(["certainty"] if has_certainty else [])], "rows": []}
    for _ in range(1 + pick.number(4)):
        said = [" | ".join(map(str, pick.some(concluded[name], most=1 + pick.number(1)))) for name in then]
        if len(said) > 1 and pick.rarely():
            said[0] = "-"
        certainty = [str(pick.one(CERTAINTIES)) if pick.number(3) else ""] if has_certainty else []
        table["rows"].append([*(_cell(pick, *readable[name]) for name in tested), *said, *certainty])
    if pick.number(1):
        table["rows"].append(["-"] * len(tested) + table["rows"][0][len(tested) :])
    if pick.number(1):
        table["hit"] = "first"
    if pick.number(1):
        table["certainty"] = pick.one(CERTAINTIES)
    return table


def _cell(pick, declared, values, whole):
    """Make the cell of a test; where rules conclude pairs of the attribute later, one that reads listed pairs alone."""
    form = pick.number(9)
    value = str(pick.one(values))
    if form < 2:
        return ("-", "")[form]
    if form == 2:
        return " | ".join(str(value) for value in pick.some(values, most=3))
    if not whole:
        return value
    if form == 3:
        return f"not {value}"
    if form == 4 and "question" in declared:
        return "unknown"
    if form > 5 and "number" in declared:
        low, high = sorted((pick.one(BOUNDS), pick.one(BOUNDS)))
        limits = f"{low}..{high}" if form == 6 else f"{pick.one(('>=', '<=', '>', '<'))} {low}"
        return f"not {limits}" if form == 7 else limits
    return value
