"""Why a conclusion has its certainty: the evidence, the facts behind it, and the arithmetic."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from expert.explanation.reasons import Reason, reason_of
from expert.inference.certainty import certainty_factor, complements, is_contradiction
from expert.inference.consultation import Consultation
from expert.knowledge.foreign_text import shown
from expert.knowledge.problems import InputError, suggestion
from expert.knowledge.rules import Pair, Value


class Step(NamedTuple):
    """A conclusion with its evidence, strongest first, and how its certainty came about, a line for each sum."""

    attribute: str
    value: Value
    certainty: float
    reasons: tuple[Reason, ...]
    arithmetic: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        reasons = [reason.to_dict() for reason in self.reasons]
        return self._asdict() | {"reasons": reasons, "arithmetic": list(self.arithmetic)}


class Why(NamedTuple):
    """The proof of a conclusion.

    Parameters
    ----------
    consultation : Consultation
        What it is a proof in.
    steps : tuple of Step
        The conclusion, then each derived fact that it rests on, once, in the order in which they are first needed.
    """

    consultation: Consultation
    steps: tuple[Step, ...]

    def __repr__(self) -> str:
        from expert.explanation.shown_certainties import number

        proved = f"{self.conclusion.attribute} = {shown(self.conclusion.value)} {number(self.conclusion.certainty)}"
        return f"<Why {proved}, reasons: {len(self.conclusion.reasons)}>"

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        from expert.rendering.graph.notebook import why_html

        return why_html(self)

    @property
    def conclusion(self) -> Step:
        """What is proved."""
        return self.steps[0]

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return {"steps": [step.to_dict() for step in self.steps]}


def why(consultation: Consultation, value: Value, attribute: str | None = None) -> Why:
    """Prove a conclusion."""
    waiting = [named_pair(consultation, value, attribute)]
    steps: dict[Pair, Step] = {}
    while waiting:
        pair = waiting.pop()
        if pair not in steps:
            steps[pair] = step_of(consultation, pair)
            grounds = [ground for reason in steps[pair].reasons for ground in reason.all_grounds]
            waiting += [(g.attribute, g.value) for g in reversed(grounds) if g.derived and g.value is not None]
    return Why(consultation, tuple(steps.values()))


def named_pair(consultation: Consultation, value: Value, attribute: str | None = None) -> Pair:
    """Find the pair that a user names by a candidate, by ``attribute=value``, or by both its parts."""
    base = consultation.knowledge_base
    name, text = attribute or base.goal, str(value)
    if attribute is None and text not in base.candidates and "=" in text:
        name, text = (part.strip() for part in text.split("=", maxsplit=1))
    if name not in base.attributes:
        message = f"there is no attribute '{shown(name)}'{suggestion(name, base.attributes)}"
        raise InputError.at(base.name, message)
    if known := [each for each in consultation.certainties.get(name, ()) if str(each) == text]:
        return name, known[0]  # a computed number may be one that could not be given
    try:
        return name, base.attributes[name].read(text)
    except ValueError as error:
        hint = f"; of the attribute '{text}', name a value: {text}=VALUE" if text in base.attributes else ""
        raise InputError.at(base.name, f"{error}{hint}") from None


def exact(number: float) -> str:
    """Write a number of a sum with up to four decimals, or more where it would seem certain, or 0, and is not."""
    seems = (0.0, 1.0)
    digits = next((d for d in range(4, 17) if abs(number) in seems or round(abs(number), d) not in seems), 17)
    return f"{number:.{digits}f}".rstrip("0").rstrip(".").replace("-", "−")


def arithmetic(strengths: Iterable[float]) -> tuple[str, ...]:
    """Write how evidence combines: supports, oppositions, then the one weighed against the other."""
    strengths = list(strengths)
    supports = [strength for strength in strengths if strength > 0]
    opposing = [-strength for strength in strengths if strength < 0]
    support, opposition = (1 - short for short in complements(strengths))
    if not opposing:
        return (_sum(supports, support),) if supports else ()
    if not supports:
        return (_sum(opposing, opposition, "−"),)
    lines = (f"for: {_sum(supports, support)}", f"against: {_sum(opposing, opposition)}")
    if is_contradiction(strengths):
        return (*lines, "certain, and certainly not so: a contradiction, which counts as 0")
    weighed = f"({exact(support)} − {exact(opposition)}) / (1 − {exact(min(support, opposition))})"
    return (*lines, f"{weighed} = {exact(certainty_factor(strengths))}")


def _sum(strengths: list[float], total: float, sign: str = "") -> str:
    """Write one sum; a single piece is its own."""
    terms = " ⊕ ".join(map(exact, strengths))
    if len(strengths) == 1:
        return sign + terms
    return f"{f'−({terms})' if sign else terms} = {sign}{exact(total)}"


def step_of(consultation: Consultation, pair: Pair) -> Step:
    """Collect the evidence for a pair."""
    attribute, value = pair
    evidence = sorted(consultation.evidence.get(pair, ()), key=lambda piece: -abs(piece.strength))
    return Step(
        attribute,
        value,
        consultation.certainties.get(attribute, {}).get(value, 0.0),
        tuple(reason_of(consultation, piece) for piece in evidence),
        arithmetic(piece.strength for piece in evidence),
    )
