"""The interview as users have it: what it ends in can be asked for its reasons."""

from expert.api.consultation import Consultation
from expert.interview import session


class Interview(session.Interview):
    """A dialogue that asks as few questions as it can; `KnowledgeBase.interview` starts one.

    Attributes
    ----------
    ask_all : bool
        Whether to go on when the recommendation is certain, until nothing is left to ask. May be changed at any time.

    Examples
    --------
    >>> from expert import KnowledgeBase
    >>> interview = KnowledgeBase.load().interview({"dataset_size": "small"})
    >>> while (question := interview.next_question()) is not None:
    ...     interview.answer(question.name, "yes" if question.name == "rapid_prototyping" else None)
    >>> interview.consultation().recommendation, interview.certain
    ('keras', True)
    """

    def consultation(self) -> Consultation:
        """Consult the knowledge base about what is known so far."""
        return self._consulted(Consultation)
