"""The public decision: kept in a file, and made again under today's rules."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from expert.api.knowledge_base import KnowledgeBase
from expert.knowledge.loading.knowledge_base_file import shipped_names
from expert.knowledge.problems import InputError
from expert.records import decision
from expert.records.recheck import Due, Recheck, due, recheck

if TYPE_CHECKING:
    from expert.inference.consultation import Consultation


@dataclass(frozen=True, kw_only=True)
class Decision(decision.Decision):
    """A decision as it was made: the facts, the answer with its reasons, what was open, and how firm it was.

    `Consultation.save` writes one, and `load` reads it. It is immutable, and can be read without its knowledge base.
    """

    __repr__ = decision.Decision.__repr__

    @classmethod
    def of(cls, consultation: "Consultation", *, review: date | None = None, as_of: date | None = None) -> "Decision":
        """Keep what a consultation answers, without writing a file.

        Parameters
        ----------
        consultation : Consultation
            What is decided.
        review : date, optional
            The day from which the decision should be looked at again.
        as_of : date, optional
            The day on which it is made; today if left out.

        Examples
        --------
        >>> consultation = KnowledgeBase.load().consult({"dataset_size": "small"})
        >>> Decision.of(consultation, as_of=date(2026, 5, 31))
        <Decision of 2026-05-31 by article: keras>
        """
        from expert.records.making import decision_of

        return decision_of(consultation, cls, as_of or date.today(), review)

    @classmethod
    def load(cls, path: str | Path) -> "Decision":
        """Read a record.

        Parameters
        ----------
        path : str or Path
            The file; ``-`` is standard input.

        Raises
        ------
        InputError
            If it cannot be read, is not a record, or its content is not what was written.

        Examples
        --------
        >>> _ = KnowledgeBase.load().consult({"dataset_size": "small"}).save("decision.yaml")
        >>> Decision.load("decision.yaml").leaders
        ('keras',)
        """
        from expert.records.record_file import read_decision

        return read_decision(path, cls)

    def save(self, path: str | Path) -> "Decision":
        """Write the record; where its knowledge base is, is written as seen from there.

        Raises
        ------
        InputError
            If the file cannot be written.
        """
        from expert.records.record_file import write_decision

        return write_decision(self, path)

    def today(self) -> KnowledgeBase:
        """Load the knowledge base that made it as it is today.

        Raises
        ------
        InputError
            If it is not there any more, or is not valid.

        Examples
        --------
        >>> Decision.of(KnowledgeBase.load().consult({"dataset_size": "small"})).today()
        <KnowledgeBase article 1.0: 38 rules>
        """
        home = self.home
        if not home:
            message = f"does not say where its knowledge base '{self.knowledge_base.name}' is; name one"
            raise InputError.at(str(self.file or "decision"), message)
        if home not in shipped_names() and not Path(home).is_file():
            message = f"its knowledge base is not at {home} any more; name another"
            raise InputError.at(str(self.file or "decision"), message)
        return KnowledgeBase.load(home)

    def recheck(self, knowledge_base: KnowledgeBase | None = None) -> Recheck:
        """Decide again, and tell which rules make the difference.

        Parameters
        ----------
        knowledge_base : KnowledgeBase, optional
            Whose rules to decide by; those of today if left out.

        Raises
        ------
        InputError
            If today's knowledge base is not there, or does not admit a recorded fact.

        Examples
        --------
        >>> decided = Decision.of(KnowledgeBase.load().consult({"dataset_size": "small"}))
        >>> decided.recheck().verdict
        'unchanged'
        """
        return recheck(self, (knowledge_base or self.today()).model)

    def due(self, as_of: date | None = None, knowledge_base: KnowledgeBase | None = None) -> Due | None:
        """Tell whether a day has passed on which it should have been looked at again; None if none has.

        Parameters
        ----------
        as_of : date, optional
            The day on which to tell; today if left out.
        knowledge_base : KnowledgeBase, optional
            Whose authors may have meant to review it by a day; that of today if left out.

        Examples
        --------
        >>> consultation = KnowledgeBase.load().consult({"dataset_size": "small"})
        >>> Decision.of(consultation, review=date(2027, 6, 1)).due(date(2027, 6, 2)).review
        datetime.date(2027, 6, 1)
        """
        return due(self, (knowledge_base or self.today()).model, as_of or date.today())

    def adr(self) -> str:
        """Write it as an Architecture Decision Record, in the form of MADR 4.

        Examples
        --------
        >>> print(Decision.of(KnowledgeBase.load().consult({"dataset_size": "small"})).adr().splitlines()[5])
        # Which deep learning framework fits this project? Keras
        """
        from expert.rendering.records.adr import adr

        return adr(self)
