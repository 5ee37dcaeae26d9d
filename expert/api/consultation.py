"""The public consultation: the result of consulting a knowledge base, with methods that explain it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expert.api.pictures import Pictures
from expert.knowledge.loading.facts_reading import facts_from_python
from expert.knowledge.rules import Value

if TYPE_CHECKING:
    from expert.analysis.flip_sets import Flips
    from expert.analysis.robustness import Robustness
    from expert.analysis.what_if import WhatIf
    from expert.api.decision import Decision
    from expert.explanation.why import Why
    from expert.explanation.why_not import WhyNot


@dataclass(frozen=True)
class Consultation(Pictures):
    """Given facts and what follows from them: derived facts, the ranking of the candidates, and the reasons.

    `KnowledgeBase.consult` returns one. It is immutable.
    """

    def __repr__(self) -> str:
        from expert.rendering.headline import in_brief

        return f"<Consultation {in_brief(self)}>"

    def __str__(self) -> str:
        """Return what ``expert recommend`` prints: the answer, the ranking, the reasons, and what could change it."""
        from expert.rendering.text.recommendation_text import recommendation_text

        return recommendation_text(self)

    @property
    def open_questions(self) -> tuple[str, ...]:
        """The unknown attributes whose questions could be answered in a way that changes the recommendation.

        Every question that could change it by a certain answer is listed; one that could not may be, if the bounds of
        the certainty factors are wide. The list is empty if it is proved that nothing changes the recommendation.
        """
        from expert.open_questions.prospects import open_questions

        return self.once(open_questions)

    @cached_property
    def possible(self) -> tuple[Value, ...] | None:
        """The recommendations that definite answers to the open questions can still lead to, in the order of the file.

        It is exact, over all answers but "don't know" to all questions that may still be put; None where these are too
        many, and the bounds of the certainty factors do not prove the recommendation.
        """
        from expert.open_questions.prospects import possible

        found = self.once(possible)
        return None if found is None else found.values

    @cached_property
    def settled(self) -> Value | None:
        """What all definite answers to the open questions lead to, where the rules leave the case undecided or tied.

        None where they decide, and where answers lead to more than one recommendation, or to none, or may do so.
        """
        from expert.open_questions.prospects import can_ask, possible

        found = self.once(possible)
        only = found and found.only
        return only if len(self.leaders) != 1 and only is not None and can_ask(self) else None

    def to_dict(self) -> dict[str, Any]:
        """Convert it to plain data, as ``expert recommend --json`` prints it: ``expert.consultation/1``."""
        from expert.api.consultation_json import consultation_json

        return consultation_json(self)

    def why(self, value: Value, attribute: str | None = None) -> "Why":
        """Prove a conclusion.

        Parameters
        ----------
        value : Value
            A candidate; or any other value, as the string ``attribute=value`` or together with `attribute`.
        attribute : str, optional
            By default the goal.

        Returns
        -------
        Why
            The conclusion with its evidence, and each derived fact that it depends on.

        Raises
        ------
        InputError
            If there is no such attribute or value.

        Examples
        --------
        >>> KnowledgeBase.load().consult({"dataset_size": "small"}).why("keras").conclusion.arithmetic
        ('0.7 ⊕ 0.4 = 0.82',)
        """
        from expert.explanation.why import why

        return why(self, value, attribute)

    def why_not(self, value: Value, attribute: str | None = None) -> "WhyNot":
        """Explain why a candidate is not the answer, or another conclusion was not drawn.

        Parameters
        ----------
        value : Value
            A candidate; or any other value, as the string ``attribute=value`` or together with `attribute`.
        attribute : str, optional
            By default the goal.

        Returns
        -------
        WhyNot
            Its evidence, and why other rules did not support it.

        Raises
        ------
        InputError
            If there is no such attribute or value, or if it is the recommendation or another conclusion that holds.

        Examples
        --------
        >>> KnowledgeBase.load().consult({"dataset_size": "small"}).why_not("pytorch").behind
        0.82
        """
        from expert.explanation.why_not import why_not

        return why_not(self, value, attribute)

    def what_if(self, /, **changes: Any) -> "WhatIf":
        """Change, add or withdraw facts, and compare the results.

        Parameters
        ----------
        **changes
            Attributes and values, as `KnowledgeBase.consult` takes them; None withdraws the fact.

        Returns
        -------
        WhatIf
            Both consultations, and the rules that make the difference.

        Raises
        ------
        InputError
            If a fact does not fit the knowledge base.

        Examples
        --------
        >>> consultation = KnowledgeBase.load().consult({"dataset_size": "small"})
        >>> consultation.what_if(dataset_size="large").after.recommendation
        'tensorflow'
        """
        from expert.analysis.what_if import what_if

        kept = [fact for fact in self.given if fact.attribute not in changes]
        return what_if(self, (*kept, *facts_from_python(changes, self.knowledge_base)))

    def flips(self, fixed: Iterable[str] = (), most: int = 3) -> "Flips":
        """Find all smallest sets of changes to asked facts that change the recommendation.

        Parameters
        ----------
        fixed : iterable of str
            Attributes that are never changed, in addition to facts marked as fixed.
        most : int
            The maximum number of changes in a set.

        Returns
        -------
        Flips
            A tuple of `Flip`: smallest sets first, of these first what settles a tie, then in the order of the file. If
            there are too many sets, the search stops early: `searched` is the size up to which it is complete, and
            `is_complete` is False.

        Raises
        ------
        InputError
            If `fixed` names something other than an attribute that facts can be given about.

        Examples
        --------
        >>> flip = KnowledgeBase.load().consult({"dataset_size": "small"}).flips()[0]
        >>> flip.changes, flip.recommendation
        ((Option(attribute='dataset_size', value='large'),), 'tensorflow')
        """
        from expert.analysis.flips import flips

        return flips(self, fixed, most)

    def robustness(self, fixed: Iterable[str] = ()) -> "Robustness":
        """Measure how much certainties of rules, or single facts, must change to change the recommendation.

        Parameters
        ----------
        fixed : iterable of str
            Attributes that are never changed, in addition to facts marked as fixed.

        Returns
        -------
        Robustness
            The largest δ by which all certainties of rules may be off at once, certainties just beyond it that change
            the recommendation, and how many changes of a single fact leave it as it is.

        Raises
        ------
        InputError
            If `fixed` names something other than an attribute that facts can be given about.

        Examples
        --------
        >>> consultation = KnowledgeBase.load().consult({"rapid_prototyping": "yes", "flexibility": "yes"})
        >>> robust = consultation.robustness()
        >>> round(robust.delta, 4), robust.counterexample.recommendation
        (0.0282, 'pytorch')
        """
        from expert.analysis.robustness import robustness

        return robustness(self, fixed)

    def save(self, path: str | Path, *, review: date | None = None, as_of: date | None = None) -> "Decision":
        """Keep the decision in a file, which ``expert recheck`` makes again under the rules of another day.

        Parameters
        ----------
        path : str or Path
            The record to write; its name ends in ``.yaml``.
        review : date, optional
            The day from which the decision should be looked at again.
        as_of : date, optional
            The day on which it is made; today if left out.

        Returns
        -------
        Decision
            What was written: the facts, the answer with its reasons, what was open, and how firm it was.

        Raises
        ------
        InputError
            If the file cannot be written.

        Examples
        --------
        >>> KnowledgeBase.load().consult({"dataset_size": "small"}).save("decision.yaml").recommendation
        'keras'
        """
        from expert.api.decision import Decision

        return Decision.of(self, review=review, as_of=as_of).save(path)
