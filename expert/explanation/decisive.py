"""Which single answer would change the recommendation."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from expert.inference.consultation import Consultation
from expert.inference.hypotheses import telling_values
from expert.knowledge.model import Attribute, Fact
from expert.knowledge.premises import Value


@dataclass(frozen=True)
class DecisiveQuestion:
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
    for name in consultation.open_questions:
        attribute = knowledge_base.attributes[name]
        answers = []
        for value in telling_values(knowledge_base, attribute):
            other = consult((*consultation.given, Fact(name, value))).recommendation
            if other not in (None, consultation.recommendation):
                answers.append((value, other))
        if answers:
            yield DecisiveQuestion(attribute, tuple(answers))
