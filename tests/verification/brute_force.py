"""What all cases show, worked out plainly: each is consulted, one after another."""

from itertools import product

from expert import KnowledgeBase
from expert.knowledge.distinctions import groups_told_apart
from expert.verification.case_axes import attributes_read
from tests.interview.reference import Reference


def values_of(model):
    """List, for each attribute that can be given and is read, its values, or one of each kind of number; then none."""
    names = attributes_read(model)
    return {name: [v for group in groups_told_apart(model, model.attributes[name]) for v in group] for name in names}


def ways(model, most):
    """List all ways to give them; None where they are more than so many."""
    values = values_of(model)
    count = 1
    for each in values.values():
        count *= len(each)
    if count > most:
        return None
    return [
        {name: value for name, value in zip(values, answers, strict=True) if value is not None}
        for answers in product(*values.values())
    ]


class BruteForce:
    """All cases of a small knowledge base."""

    def __init__(self, model, answers):
        knowledge_base = KnowledgeBase(model)
        self.model = model
        self.reference = Reference(knowledge_base)
        self.cases = self._cases(answers)
        self.consultations = [knowledge_base.consult(case) for case in self.cases]

    def _cases(self, answers):
        """Keep what would be asked of each way to answer, once each."""
        model, reference = self.model, self.reference
        free = {name for name in model.attributes if not model.attributes[name].question}
        found = {}
        for way in answers:
            given = {name: value for name, value in way.items() if name in free}
            asked = {name: value for name, value in way.items() if name not in free}
            case = reference.final_facts(given, asked) if any(map(self._may_close, asked)) else way
            found[tuple(sorted(case.items()))] = case
        return list(found.values())

    def _may_close(self, name):
        return self.model.attributes[name].ask_if is not None or name in self.model.derived

    @property
    def fired(self):
        """The rules that fire in any case."""
        return {firing.rule for each in self.consultations for firing in each.firings}

    @property
    def recommended(self):
        """What any case recommends."""
        return {each.recommendation for each in self.consultations} - {None}

    def lead_alike(self, other):
        """Tell whether another knowledge base has the same leaders in all cases."""
        knowledge_base = KnowledgeBase(other)
        return all(
            leaders(knowledge_base.consult(case)) == leaders(each)
            for case, each in zip(self.cases, self.consultations, strict=True)
        )


def leaders(consultation):
    """Name who leads."""
    return {candidate.value for candidate in consultation.leaders}


def chooses_questions(model):
    """Tell whether answers or rules can open or close a question: rules may serve that alone."""
    return any(a.question and (a.ask_if or a.name in model.derived) for a in model.attributes.values())
