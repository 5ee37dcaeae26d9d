"""The result of consulting a knowledge base about a case."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Literal, TypeAlias, TypeVar

from expert.inference.certainty import rounded
from expert.inference.engine import Engine, Evidence, Firing
from expert.inference.ranking import Answer, Candidate, Outcome, answer_of, leading, ranked
from expert.knowledge.model import Fact, Model
from expert.knowledge.rules import Pair, Rule, Value

AnyConsultation = TypeVar("AnyConsultation", bound="Consultation")
Made = TypeVar("Made")

Origin: TypeAlias = Literal["", "default", "computed"]
"""Where a fact comes from that nobody gave and no rule concluded; empty for all others."""


@dataclass(frozen=True)
class Consultation:
    """Given facts, what followed from them, and the ranking of the candidates.

    Parameters
    ----------
    knowledge_base : Model
        Whose rules were run.
    given : tuple of Fact
        In the order of the attributes.
    certainties : mapping of str to mapping
        Attribute to value to certainty factor, for every pair with evidence.
    evidence : mapping of Pair to tuple of Evidence
        What each certainty factor was combined from.
    firings : tuple of Firing
        The rules that held, in the order in which they could run.
    contradictions : tuple of Pair
        Pairs with certain evidence both for and against; their certainty factor is 0.

    Examples
    --------
    >>> consultation = KnowledgeBase.load().consult({"rapid_prototyping": "yes"})
    >>> consultation.outcome, consultation.recommendation
    ('recommended', 'keras')
    """

    knowledge_base: Model
    given: tuple[Fact, ...]
    certainties: Mapping[str, Mapping[Value, float]]
    evidence: Mapping[Pair, tuple[Evidence, ...]] = field(repr=False)
    firings: tuple[Firing, ...] = field(repr=False)
    contradictions: tuple[Pair, ...] = ()

    def __getstate__(self) -> dict[str, Any]:
        # As a knowledge base: without what has been worked out from it.
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def once(self, make: "Callable[[Consultation], Made]") -> Made:
        """Make something from the consultation the first time, and keep it; copies do not have it."""
        if make not in self._made:
            self._made.setdefault(make, make(self))  # of two threads, one is first
        made: Made = self._made[make]
        return made

    @cached_property
    def _made(self) -> dict[Any, Any]:
        return {}

    @cached_property
    def ranking(self) -> tuple[Candidate, ...]:
        """All candidates, by certainty factor, then in the order of the file."""
        return ranked(self.knowledge_base, self._of_goal, self.evidence)

    @cached_property
    def leaders(self) -> tuple[Candidate, ...]:
        """The best candidate and those tied with it; none when no candidate exceeds the threshold."""
        leaders = leading(self.knowledge_base, self._of_goal)
        return tuple(candidate for candidate in self.ranking if candidate.value in leaders)

    @property
    def outcome(self) -> Outcome:
        """``recommended``, ``tie``, ``undecided``, or ``default`` where the goal's ``otherwise`` is the answer."""
        return self._answer.outcome

    @property
    def recommendation(self) -> Value | None:
        """The answer; None when there is a tie or no candidate exceeds the threshold."""
        return self._answer.recommendation

    @cached_property
    def _answer(self) -> Answer:
        answer = answer_of(self.knowledge_base, self._of_goal)
        pair = (self.knowledge_base.goal, answer.recommendation or "")
        supporting = [piece for piece in self.evidence.get(pair, ()) if piece.strength > 0]
        by_default = supporting and all(piece.rule and self.rules[piece.rule].is_default for piece in supporting)
        return answer._replace(outcome="default") if by_default else answer

    @property
    def _of_goal(self) -> Mapping[Value, float]:
        """The certainty factors of the candidates that have evidence."""
        return self.certainties.get(self.knowledge_base.goal, {})

    @property
    def margin(self) -> float:
        """How far the best candidate is ahead of the next; its own certainty factor if it is the only one."""
        best, *others = self.ranking
        return rounded(best.certainty - others[0].certainty) if others else best.certainty

    @cached_property
    def derived(self) -> tuple[tuple[str, Value, float], ...]:
        """Attribute, value and certainty factor of what rules concluded on the way to the goal."""
        return tuple(
            (attribute, value, self.certainties[attribute][value])
            for (attribute, value), pieces in self.evidence.items()
            if attribute != self.knowledge_base.goal
            and (attribute in self.knowledge_base.formulas or any(piece.rule is not None for piece in pieces))
        )

    def origin_of(self, pair: Pair) -> Origin:
        """Tell whether a fact is computed, or stands by default alone."""
        pieces = [piece for piece in self.evidence.get(pair, ()) if piece.rule is None or piece.strength > 0]
        if pieces and all(piece.rule and self.rules[piece.rule].is_default for piece in pieces):
            return "default"
        computed = pair[0] in self.knowledge_base.formulas and any(piece.rule is None for piece in pieces)
        return "computed" if computed else ""

    def is_known(self, attribute: str) -> bool:
        """Tell whether anything is known of an attribute but its default."""
        pairs = ((attribute, value) for value in self.certainties.get(attribute, ()))
        pieces = (piece for pair in pairs for piece in self.evidence[pair])
        return any(piece.rule is None or not self.rules[piece.rule].is_default for piece in pieces)

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules of the knowledge base, by name."""
        return self.knowledge_base.rules_by_name

    @cached_property
    def held(self) -> Mapping[str, Firing]:
        """The firings, by the names of their rules."""
        return {firing.rule: firing for firing in self.firings}

    @cached_property
    def rules_held(self) -> tuple[Firing, ...]:
        """The firings of written rules, without those of defaults."""
        return tuple(firing for firing in self.firings if not self.rules[firing.rule].is_default)

    @cached_property
    def given_attributes(self) -> frozenset[str]:
        """The attributes that given facts say something about; one with certainty 0 says nothing."""
        return frozenset(fact.attribute for fact in self.given if fact.certainty != 0)

    @cached_property
    def facts(self) -> Mapping[Pair, Fact]:
        """The given facts, by what they are about."""
        return {(fact.attribute, fact.value): fact for fact in self.given}


def consult(knowledge_base: Model, given: Iterable[Fact], kind: type[AnyConsultation]) -> AnyConsultation:
    """Run the rules on given facts, on an idle engine or a new one: each runs one consultation at a time."""
    idle = knowledge_base.once(_no_engines)
    try:
        engine = idle.pop()
    except IndexError:
        engine = Engine(knowledge_base)
    facts = tuple(given)
    findings = engine.find(facts)
    idle.append(engine)
    position = {name: index for index, name in enumerate(knowledge_base.attributes)}
    ordered = sorted(facts, key=lambda fact: position[fact.attribute])
    return kind(knowledge_base, tuple(ordered), **findings._asdict())


def _no_engines(knowledge_base: Model) -> list[Engine]:  # noqa: ARG001
    return []


def same_answer(one: Consultation, other: Consultation) -> bool:
    """Tell whether two consultations give the same answer: of a tie, the same leaders."""
    return _answered(one) == _answered(other)


def _answered(consultation: Consultation) -> tuple[Value | None, ...]:
    """Give the recommendation; where there is none, what is tied, if anything."""
    if consultation.recommendation is not None:
        return (consultation.recommendation,)
    return None, *(leader.value for leader in consultation.leaders)
