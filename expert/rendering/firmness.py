"""How firm an answer is, in a sentence that every face shows."""

from math import floor, log10

from expert.analysis.robustness import TOLERANCE, WIDEST, Robustness


def firmness(stays: str, robust: Robustness) -> str:
    """Say how much it takes to change an answer."""
    all_of_them = robust.kept == robust.changes
    facts = f"{'each' if all_of_them else robust.kept} of the {robust.changes} changes of a single fact"
    if robust.delta is None:
        some = robust.changes - robust.kept
        would = f"{some} of the {robust.changes} changes of a single fact would give one"
        return f"There is no recommendation to lose; {would}."
    if robust.delta == WIDEST:
        certainties = "whatever the certainties of the rules"
    elif robust.delta <= TOLERANCE and robust.is_tight:
        certainties = "only as long as no rule's certainty is off at all"
    else:
        certainties = f"while no rule's certainty is off by more than {_rounded_down(robust.delta)}"
    if not robust.is_tight:
        limit = _rounded_down(robust.counterexample.delta) if robust.counterexample else "any amount"
        certainties += f" (perhaps up to {limit}; the search was given up)"
    return f"{stays} stays the answer {certainties}{f', and after {facts}' if robust.changes else ''}."


def _rounded_down(delta: float) -> str:
    """Write a δ with three decimals, or more where it is small, and never more than it is."""
    digits = 3 if delta >= 0.01 or delta <= 0 else 1 - floor(log10(delta))
    # What it falls short of a short number by the search alone does not count.
    return f"{floor(delta * 10**digits + 0.001) / 10**digits:.{digits}f}".rstrip("0").rstrip(".")
