"""The public interview: its consultation has methods that explain it."""

from expert.api.consultation import Consultation
from expert.interview import session
from expert.interview.question import Question

__all__ = ["Interview", "Question"]


class Interview(session.Interview):
    """An interview that asks as few questions as possible; `KnowledgeBase.interview` starts one.

    Attributes
    ----------
    ask_all : bool
        Whether to continue when one outcome is left, until nothing is left to ask. Can be set at any time.

    Examples
    --------
    >>> interview = KnowledgeBase.load().interview({"dataset_size": "small"})
    >>> while (question := interview.next_question()) is not None:
    ...     interview.answer(question.name, "yes" if question.name == "rapid_prototyping" else None)
    >>> interview.consultation().recommendation, interview.certain
    ('keras', True)
    """

    def consultation(self) -> Consultation:
        """Consult the knowledge base about what is known so far."""
        return self._consulted(Consultation)
