"""GoRules ZEN: a business rules engine in Rust, whose decisions are graphs of tables and expressions."""

import json

import zen as engine

from benchmarks.peers import Case, Decide
from benchmarks.peers.common import clauses, complete_after
from expert.inference.ranking import TIE
from expert.knowledge.model import Model

BATCH = 100
"""Cases in one request: far fewer cost more by the case, far more leave nothing for a second thread."""


def zen(model: Model) -> Decide:
    """Measure ZEN with an expression node that loops over the rows of a request, and many requests in one call.

    All is done in ZEN, certainties and the winner included, in its decimals of 28 digits: the decision is compiled
    once, a rule is a conditional in the expression of the pair that it concludes. ZEN does not fire rules on what
    other rules conclude: the expressions stand in the order of the strata, which is found here. (Its decision tables
    can match the rules, but nothing in it multiplies what a table collects; one table with all rules, matching alone,
    took as long as these expressions do for everything. Requests of one row took two to five times as long, and a
    statement for each rule twice.) ``evaluate_batch`` uses all processors.
    """
    content = engine.ZenDecisionContent(json.dumps(_graph(_program(model))))
    decisions = engine.ZenEngine({"loader": lambda _: content})

    def decide(cases: list[Case]) -> list[str | None]:
        requests = [
            {"key": "workload", "context": {"rows": cases[start : start + BATCH]}}
            for start in range(0, len(cases), BATCH)
        ]
        answers = decisions.evaluate_batch(requests)
        return [row.get("winner") for answer in answers for row in answer["data"]["result"]["rows"]]

    return decide


def _graph(program):
    """Write the decision: rows in, an expression for each, rows out."""
    expression = {
        "expressions": [{"id": "winner", "key": "winner", "value": program}],
        "executionMode": "loop",
        "inputField": "rows",
        "outputPath": "rows",
    }
    kinds = {"input": "inputNode", "decide": "expressionNode", "output": "outputNode"}
    nodes = [{"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}} for name, kind in kinds.items()]
    nodes[1]["content"] = expression
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in [("input", "decide"), ("decide", "output")]
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _program(model):
    """Write the knowledge base: a statement or three for each pair, then the winner."""
    complete, rules = complete_after(model), clauses(model)
    statements = []
    for pair in sorted(complete, key=complete.__getitem__):
        statements += _certainty(pair, [clause for clause in rules if clause.pair == pair], model.threshold)
    return "; ".join([*statements, *_winner(model)])


def _certainty(pair, evidence, threshold):
    """Write the certainty of a pair: what is multiplied is the doubt that each rule leaves, 1 where it fails."""
    name = _name(pair)
    support = _doubt([clause for clause in evidence if clause.certainty > 0], threshold)
    opposition = _doubt([clause for clause in evidence if clause.certainty < 0], threshold)
    if opposition == "1":
        return [f"{name} = 1 - {support}"]
    left, right = f"{name}_for", f"{name}_against"
    return [
        f"{left} = {support}",
        f"{right} = {opposition}",
        f"{name} = {left} == {right} ? 0 : ({right} - {left}) / max([{left}, {right}])",
    ]


def _doubt(evidence, threshold):
    """Write the product of the doubts that rules leave."""
    return " * ".join(_conditional(clause, threshold) for clause in evidence) or "1"


def _conditional(clause, threshold):
    """Write a rule: where its premise holds, the doubt that it leaves, otherwise 1."""
    known = [_name(pair) for pair in clause.derived]
    tests = [f'{attribute} == "{value}"' for attribute, value in clause.asked]
    tests += [f"{name} > {threshold}" for name in known]
    strength = str(abs(clause.certainty))
    if known:
        strength += f" * min([{', '.join(known)}])" if len(known) > 1 else f" * {known[0]}"
    return f"({' and '.join(tests)} ? 1 - {strength} : 1)"


def _winner(model):
    """Write what the best certainty is, and whose it is, or null."""
    known = {value: _name((model.goal, value)) for value in model.candidates}
    everyone = f"[{', '.join(known.values())}]"
    whose = "null"
    for value, name in known.items():
        whose = f'{name} == best ? "{value}" : ({whose})'
    return [
        f"best = max({everyone})",
        f"best > {model.threshold} and count({everyone}, # >= best - {TIE:.9f}) == 1 ? ({whose}) : null",
    ]


def _name(pair):
    """Name the variable that holds the certainty of a pair."""
    return f"{pair[0]}_{pair[1]}"
