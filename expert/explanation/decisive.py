"""Which single answer would change the recommendation."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from expert.inference.bounds import Interval
from expert.inference.certainty import certainty_factor
from expert.inference.consultation import Consultation
from expert.inference.hypotheses import telling_values
from expert.knowledge.model import Attribute, Fact
from expert.knowledge.premises import Value, tests


class DecisiveQuestion(NamedTuple):
    """An open question one answer to which, on its own, changes the recommendation.

    Parameters
    ----------
    attribute : Attribute
        What is asked.
    answers : tuple
        Each deciding answer with the recommendation that it leads to.
    """

    attribute: Attribute
    answers: tuple[tuple[Value, Value], ...]


def decisive_questions(
    consultation: Consultation, consult: Callable[[Iterable[Fact]], Consultation]
) -> Iterator[DecisiveQuestion]:
    """Find the open questions that alone can change the recommendation.

    Parameters
    ----------
    consultation : Consultation
        What is known so far.
    consult : callable
        Consults the same knowledge base about other facts.

    Yields
    ------
    DecisiveQuestion
        In the order of the file. An answer that ends without a recommendation is not listed.

    Examples
    --------
    >>> from expert import KnowledgeBase
    >>> knowledge_base = KnowledgeBase.load()
    >>> tie = knowledge_base.consult({"object_detection": "yes", "flexibility": "yes"})
    >>> first = next(decisive_questions(tie, knowledge_base.consult))
    >>> first.attribute.name, first.answers
    ('dataset_size', (('small', 'keras'), ('large', 'tensorflow')))
    """
    knowledge_base = consultation.knowledge_base
    reach = _Reach(consultation)
    for name in consultation.open_questions:
        if not reach.may_decide(name):
            continue
        attribute = knowledge_base.attributes[name]
        given = [fact for fact in consultation.given if fact.attribute != name]  # one of certainty 0 may be there
        answers = []
        for value in telling_values(knowledge_base, attribute):
            other = consult((*given, Fact(name, value))).recommendation
            if other not in (None, consultation.recommendation):
                answers.append((value, other))
        if answers:
            yield DecisiveQuestion(attribute, tuple(answers))


class _Reach:
    """How far a single answer can move the candidates, at the most: it spares most consultations."""

    def __init__(self, consultation: Consultation):
        self._consultation = consultation
        self._model = consultation.knowledge_base
        self._bounds = consultation.bounds
        self._readers: dict[str, set[int]] = {}
        for index, rule in enumerate(self._model.rules):
            for test in tests(rule.premise):
                self._readers.setdefault(test.attribute, set()).add(index)

    def may_decide(self, name: str) -> bool:
        """Tell whether an answer to a question could, alone, lead to another recommendation."""
        goal = self._model.attributes[self._model.goal]
        if name == goal.name:
            return True
        moved = self._rules_behind(name)
        reach = {value: self._interval(value, moved) for value in self._model.candidates}
        threshold = self._model.threshold
        if goal.otherwise is not None and all(interval.low <= threshold for interval in reach.values()):
            return True
        best = max(interval.low for interval in reach.values())
        return any(
            interval.high > threshold and interval.high >= best
            for value, interval in reach.items()
            if value != self._consultation.recommendation
        )

    def _rules_behind(self, name: str) -> set[int]:
        """Collect the rules that an answer can reach, through whatever they conclude."""
        rules: set[int] = set()
        waiting = [name]
        while waiting:
            for index in self._readers.get(waiting.pop(), set()) - rules:
                rules.add(index)
                waiting.extend(conclusion.attribute for conclusion in self._model.rules[index].conclusions)
        return rules

    def _interval(self, candidate: Value, moved: set[int]) -> Interval:
        """Bound a candidate's certainty factor when these rules may give what they can, and the others stay."""
        pair = (self._model.goal, candidate)
        present = {piece.rule: piece.strength for piece in self._consultation.evidence.get(pair, ())}
        least, greatest = [present.get(None, 0.0)], [present.get(None, 0.0)]
        for index, certainty in self._bounds.conclusions.get(pair, ()):
            now = present.get(self._model.rules[index].name, 0.0)
            ends = [end * certainty for end in self._bounds.evidence[index]] if index in moved else [now]
            least.append(min(ends))
            greatest.append(max(ends))
        return Interval(certainty_factor(least), certainty_factor(greatest))
