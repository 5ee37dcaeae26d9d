"""What an interview comes to, worked out plainly: each question in the order of the file, after those it depends on."""

import itertools

from expert.inference.degrees import degree_of
from expert.knowledge.rules import tests
from tests.strategies import is_askable, values_of


def draw_knowledge_base(pick, data):
    """Add conditions to the questions of a drawn knowledge base, and questions to its derived attributes."""
    attributes = data["attributes"]
    for name, declared in attributes.items():
        if name.startswith("derived") and pick.number(1):
            declared["question"] = "How?"
    askable = [name for name in attributes if is_askable(data, name)]
    for name, declared in attributes.items():
        if "question" in declared and pick.number(2) == 2:
            other = pick.one([other for other in attributes if other != name])
            values = values_of(attributes[other])
            tests_of_other = [pick.one(values), {"not": pick.one(values)}] if values else []
            tests_of_other += ["unknown", {"not": "unknown"}] if other in askable else []
            if tests_of_other:
                declared["ask_if"] = {other: pick.one(tests_of_other)}
    return data


class Reference:
    """The questions of a knowledge base and what each depends on; None of this looks at bounds or at columns."""

    def __init__(self, knowledge_base):
        self.knowledge_base = knowledge_base
        self.model = knowledge_base.model
        self.questions = [a.name for a in self.model.attributes.values() if a.question]
        conditions = {name: self._closure(self._condition(name)) for name in self.questions}
        everything = {name: self._closure(self._condition(name) | self._rules(name)) for name in self.questions}
        self.before = {
            name: {o for o in everything[name] & {*self.questions} if o != name and name not in conditions[o]}
            for name in self.questions
        }
        # Two questions whose conditions wait for each other: which comes first decides.
        self.has_circles = any(
            other != name and other in everything[name] and name in conditions[other]
            and (other in conditions[name] or self._rules(name))
            for name in self.questions for other in self.questions
        ) or self._has_ring()  # fmt: skip

    def _condition(self, name):
        ask_if = self.model.attributes[name].ask_if
        return {test.attribute for test in tests(ask_if)} if ask_if else set()

    def _rules(self, name):
        """Collect what decides an attribute without being asked, but for its default: what it is computed from, too."""
        found = {*self.model.formulas[name].inputs} if name in self.model.formulas else set()
        for index, rule in enumerate(self.model.rules):
            if any(conclusion.attribute == name for conclusion in rule.conclusions):
                above = [each for each in self.model.rules[:index] if rule.first and each.table == rule.table]
                found |= {test.attribute for each in [rule, *above] for test in each.tests()}
        return found

    def _closure(self, names):
        found, waiting = set(), [*names]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self._condition(name) | self._rules(name)
        return found

    def _has_ring(self):
        left = {name: set(before) for name, before in self.before.items()}
        while free := [name for name, before in left.items() if not before & left.keys()]:
            for name in free:
                del left[name]
        return bool(left)

    def final_facts(self, given, answers):
        """Answer everything that is asked, from `answers`; those left out are not known."""
        facts, settled = dict(given), set(given)
        while True:
            name = next((n for n in self.questions if n not in settled and self.before[n] <= settled), None)
            if name is None:
                return facts
            settled.add(name)
            if self.is_asked(name, facts) and name in answers:
                facts[name] = answers[name]

    def is_asked(self, name, facts):
        """Tell whether a question is put, given all that comes before it."""
        found = self.knowledge_base.consult(facts)
        ask_if = self.model.attributes[name].ask_if
        held = any(f.rule in self._closing(name) for f in found.firings)
        is_open = ask_if is None or degree_of(ask_if)(found.certainties) > self.model.threshold
        return name not in facts and not held and is_open

    def _closing(self, name):
        """Name the rules that leave nothing to ask; a default does not."""
        return {
            rule.name
            for rule in self.model.rules
            if any(conclusion.attribute == name for conclusion in rule.conclusions)
        }

    def answer_functions(self, values, given):
        """List all ways to answer the questions, each with a value or not at all."""
        names = [name for name in self.questions if name not in given]
        for answers in itertools.product(*([None, *values[name]] for name in names)):
            yield {name: answer for name, answer in zip(names, answers, strict=True) if answer is not None}


def conclusion(consultation):
    """Take what an interview is about: outcome, recommendation and leaders."""
    leaders = frozenset(candidate.value for candidate in consultation.leaders)
    return consultation.outcome, consultation.recommendation, leaders
