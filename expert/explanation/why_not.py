"""Why a candidate is not the answer, or a conclusion not drawn: what it lacked, and which tests failed in its rules."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from expert.explanation.reasons import Reason, reason_of
from expert.explanation.unfired_rules import Aim, Failure, Gaps
from expert.explanation.why import arithmetic, named_pair
from expert.inference.certainty import rounded
from expert.inference.consultation import Consultation
from expert.inference.ranking import Candidate
from expert.knowledge.foreign_text import shown
from expert.knowledge.problems import InputError
from expert.knowledge.rules import Is, Known, Value


class WhyNot(NamedTuple):
    """Why a candidate is not the answer, or another conclusion was not drawn.

    Parameters
    ----------
    consultation : Consultation
        What it is told of.
    attribute : str
        The goal, or another attribute.
    value : Value
        The candidate, or the other attribute's value.
    certainty : float
        Its certainty factor.
    leaders : tuple of Value
        The candidates that lead; none where no candidate exceeds the threshold, or the attribute is not the goal.
    behind : float
        What it falls short of the leaders, or of the threshold where there are none; 0 for one of several leaders.
    supporting, opposing : tuple of Reason
        What spoke for it and against it, strongest first.
    arithmetic : tuple of str
        How its certainty factor came about.
    aims : tuple of Aim
        The conclusion with the rules that would have supported it; then each derivable test that failed in them, once.
    failure : Failure or None
        What is known of the attribute instead, where no rule concludes it, or where it stands by default.
    """

    consultation: Consultation
    attribute: str
    value: Value
    certainty: float
    leaders: tuple[Value, ...]
    behind: float
    supporting: tuple[Reason, ...]
    opposing: tuple[Reason, ...]
    arithmetic: tuple[str, ...]
    aims: tuple[Aim, ...]
    failure: Failure | None = None

    def __repr__(self) -> str:
        from expert.explanation.shown_certainties import number

        ahead = shown(", ".join(str(leader) for leader in self.leaders if leader != self.value) or "the threshold")
        standing = f"tied with {ahead}" if self.value in self.leaders else f"{number(self.behind)} behind {ahead}"
        return f"<WhyNot {shown(self.value)} {number(self.certainty)}, {standing}>"

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        from expert.rendering.graph.notebook import why_not_html

        return why_not_html(self)

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        data = self._asdict()
        del data["consultation"]
        failure = data.pop("failure")
        return (
            data
            | ({"failure": failure.to_dict()} if failure else {})
            | {
                "leaders": list(self.leaders),
                "supporting": [reason.to_dict() for reason in self.supporting],
                "opposing": [reason.to_dict() for reason in self.opposing],
                "arithmetic": list(self.arithmetic),
                "aims": [aim.to_dict() for aim in self.aims],
            }
        )


def why_not(consultation: Consultation, value: Value, attribute: str | None = None) -> WhyNot:
    """Explain why a candidate is not the answer, or another conclusion was not drawn."""
    base = consultation.knowledge_base
    attribute, value = pair = named_pair(consultation, value, attribute)
    certainty = consultation.certainties.get(attribute, {}).get(value, 0.0)
    leaders: tuple[Candidate, ...] = ()
    if attribute == base.goal:
        leaders = consultation.leaders
        holds = "is the recommendation; ask why it is, or why not another" * (value == consultation.recommendation)
    else:
        holds = "holds; ask why it does, or why not another" * (certainty > base.threshold)
    if holds:
        raise InputError.at(base.name, f"{attribute} = {shown(value)} {holds}")
    evidence = sorted(consultation.evidence.get(pair, ()), key=lambda piece: -abs(piece.strength))
    supporting, opposing = ([e for e in evidence if (e.strength > 0) is positive] for positive in (True, False))
    is_leader = any(leader.value == value for leader in leaders)
    mark = leaders[0].certainty if leaders else base.threshold
    gaps = Gaps(consultation)
    aims = gaps.aims(Is(attribute, value))
    values = consultation.certainties.get(attribute, ())
    by_default = any(consultation.origin_of((attribute, each)) == "default" for each in values)
    if by_default:
        aims = (*aims, *_preventing(gaps, attribute, aims[0]))
    is_shown = by_default or (attribute != base.goal and attribute not in base.derived)
    return WhyNot(
        consultation,
        attribute,
        value,
        certainty,
        tuple(leader.value for leader in leaders),
        0.0 if is_leader else rounded(mark - certainty),
        tuple(reason_of(consultation, piece) for piece in supporting),
        tuple(reason_of(consultation, piece) for piece in opposing),
        arithmetic(piece.strength for piece in supporting + opposing),
        aims,
        gaps.failure(Is(attribute, value)) if is_shown else None,
    )


def _preventing(gaps: Gaps, attribute: str, known: Aim) -> Iterator[Aim]:
    """Collect the other rules that would have prevented the default of an attribute by concluding what it is."""
    listed = {each.rule for each in known.missed}
    every = gaps.aims(Known(attribute))[0].missed
    missed = tuple(each for each in every if each.certainty > 0 and not each.is_default and each.rule not in listed)
    if missed:
        yield Aim(Known(attribute), missed, is_other=True)
