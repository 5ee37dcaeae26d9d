"""Rules that say what another has said, or the opposite; whether their premises agree is decided by their form."""

from collections.abc import Iterator
from itertools import combinations

from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Model
from expert.knowledge.rules import Pair, Rule
from expert.verification.findings import Finding
from expert.verification.implication import implies, needed_attributes


def rule_pair_findings(model: Model) -> Iterator[Finding]:
    """Find duplicates, rules with a wider one beside them, and opposed rules; each rule with the first such one."""
    rules = _Rules(model)
    found: dict[tuple[str, str], Finding] = {}
    for pair, concluding in model.conclusions_by_pair.items():
        for (first, certainty), (second, another) in combinations(concluding, 2):
            if finding := rules.compare(first, second, pair, (certainty > 0) == (another > 0)):
                found.setdefault((finding.name, finding.kind), finding)
    duplicates = {name for name, kind in found if kind == "duplicate"}
    yield from (each for (name, kind), each in found.items() if kind == "duplicate" or name not in duplicates)


class _Rules:
    """Compares rules by their positions."""

    def __init__(self, model: Model):
        self._attributes = model.attributes
        self._rules = model.all_rules
        self._needed = [needed_attributes(rule.premise) for rule in self._rules]
        self._read = [frozenset(test.attribute for test in rule.tests()) for rule in self._rules]
        self._rows_below = {position for position, above in model.row_above.items() if above is not None}

    def compare(self, first: int, second: int, pair: Pair, agree: bool) -> Finding | None:
        """Tell what is wrong with two rules about one pair, of which the first is earlier in the file."""
        narrow, wide = self._is_within(second, first), self._is_within(first, second)
        one, other = self._rules[first], self._rules[second]
        if narrow and wide:
            if not agree:
                return _opposed(other, one, pair)
            return _duplicate(other, one) if one.conclusions == other.conclusions else _subsumed(other, one, pair)
        if not agree or not (narrow or wide):
            return None
        return _subsumed(other, one, pair) if narrow else _subsumed(one, other, pair)

    def _is_within(self, narrow: int, wide: int) -> bool:
        """Tell whether one rule certainly holds wherever the other does."""
        if not self._needed[wide] <= self._read[narrow]:
            return False
        one, other = self._rules[narrow], self._rules[wide]
        if one.is_default or other.is_default or wide in self._rows_below or (one.first and one.table == other.table):
            return False
        if other.unless and not (one.unless and implies(other.unless, one.unless, self._attributes)):
            return False
        return implies(one.premise, other.premise, self._attributes)


def _duplicate(rule: Rule, other: Rule) -> Finding:
    message = f"{shown(rule.name)} has the premise and the conclusions of {_named(other)}, so they count twice."
    return Finding.of("duplicate", rule.place, rule.name, message, "Delete one of the two rules.")


def _subsumed(rule: Rule, other: Rule, pair: Pair) -> Finding:
    said = "=".join(map(shown, pair))
    message = (
        f"Wherever {shown(rule.name)} holds, {_named(other)} holds too, so its evidence about {said} is counted twice."
    )
    advice = "If both rest on the same evidence, keep one of them; accept it if they are evidence of their own."
    return Finding.of("subsumed", rule.place, rule.name, message, advice)


def _opposed(rule: Rule, other: Rule, pair: Pair) -> Finding:
    said = "=".join(map(shown, pair))
    message = f"{shown(rule.name)} and {_named(other)} have one premise, but one speaks for {said}, one against it."
    advice = "Decide which of the two is right, or weigh both in one rule."
    return Finding.of("opposed", rule.place, rule.name, message, advice)


def _named(rule: Rule) -> str:
    return f"{shown(rule.name)} ({shown(rule.place)})"
