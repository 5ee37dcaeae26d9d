"""Why a rule never fires, in one sentence."""

from itertools import combinations

from expert.inference.bounds import Bounds
from expert.inference.exclusions import Exclusion, Exclusions
from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Model
from expert.knowledge.rules import AllOf, AnyOf, AtLeastOf, Is, Known, Premise, Rule, Test, Unknown, tests


class Reasons:
    """Finds why rules never fire, from the bounds where nothing is given and everything may be answered."""

    def __init__(self, knowledge_base: Model, bounds: Bounds):
        self._model = knowledge_base
        self._bounds = bounds
        self._exclusions = knowledge_base.once(Exclusions)

    def of(self, rule: Rule) -> str:
        """Say why a rule never fires, if the bounds prove it; empty if they do not."""
        if self._bounds.evidence[self._model.positions[rule.name]].high > 0:
            return ""
        reason = self._of_premise(rule.premise)
        if reason:
            return reason
        degree = self._bounds.degree(rule.premise).high
        if degree <= self._model.threshold:
            return f"its premise holds to a degree of {degree:.2g} at most, {self._not_above}"
        if rule.unless is not None and self._bounds.degree(rule.unless).complement().high <= self._model.threshold:
            return f"its exception, {shown(rule.unless)}, always holds"
        return "the rows above it hold in every case"

    @property
    def _not_above(self) -> str:
        return f"which does not exceed the threshold of {self._model.threshold:g}"

    def _of_premise(self, premise: Premise) -> str:
        """Say why a premise never holds, by the first part that does not; empty if each part could."""
        if self._bounds.degree(premise).high > self._model.threshold:
            return ""
        if premise in self._exclusions.found:
            return self._of_exclusion(premise, self._exclusions.found[premise])
        if isinstance(premise, AllOf | AnyOf | AtLeastOf):
            return next(filter(None, map(self._of_premise, premise.premises)), "")
        return self._of_test(premise)

    def _of_exclusion(self, premise: Premise, exclusion: Exclusion) -> str:
        """Name two tests that exclude one another, or the question that is not asked then."""
        own = [test for test in tests(premise) if test.attribute == exclusion.attribute]
        conditions = {gate: self._model.attributes[gate].ask_if for gate in sorted(exclusion.gates)}
        if conditions:
            asked = " and ".join(f"{shown(gate)} only where {shown(ask_if)}" for gate, ask_if in conditions.items())
            excluded = " and ".join(shown(test) for test in own)
            return f"the rules ask for {asked}, which {f'{excluded} excludes' if own else 'exclude one another'}"
        for one, other in combinations(own, 2):
            if self._exclusions.of(AllOf((one, other))):
                return f"{shown(one)} and {shown(other)} exclude one another"
        return f"its tests of {shown(exclusion.attribute)} exclude one another"

    def _of_test(self, test: Test) -> str:
        """Say why a test on its own never holds."""
        attribute = self._model.attributes[test.attribute]
        name, said = shown(test.attribute), shown(test)
        if isinstance(test, Unknown):
            return f"{name} is never unknown"
        if attribute.formula:
            return f"{said} is more than its formula, {shown(attribute.formula)}, can give"
        if attribute.name not in self._model.derived:
            can_be_known = self._bounds.degree(Known(attribute.name)).high > 0
            if attribute.number and can_be_known:
                return f"{said} never holds: {name} is {attribute.number.describe()}"
            return f"{said} never holds" if can_be_known else f"{name} is never asked"
        return self._of_derived(test, said)

    def _of_derived(self, test: Test, said: str) -> str:
        """Say why a test of what rules conclude never holds."""
        values = [test.value] if isinstance(test, Is) else self._model.concluded.get(test.attribute, ())
        rules = {i for value in values for i, _ in self._model.conclusions_by_pair.get((test.attribute, value), ())}
        if not rules:
            return f"no rule concludes {said}"
        if all(self._bounds.evidence[position].high == 0 for position in rules):
            return f"no rule that can fire concludes {said}"
        return f"{said} reaches a certainty of {self._bounds.degree(test).high:.2g} at most, {self._not_above}"
