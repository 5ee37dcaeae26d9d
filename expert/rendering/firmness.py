"""How firm an answer is, in a sentence that every face shows."""

from math import floor, log10

from expert.analysis.robustness import TOLERANCE, WIDEST, Robustness


def firmness(stays: str, robust: Robustness) -> str:
    """Say how much it takes to change an answer."""
    if robust.delta is None:
        some = robust.changes - robust.kept
        changes = _counted(some, robust.changes) if some else "no change of a single fact"
        return f"There is no recommendation to lose; {changes} would give one."
    if robust.delta == WIDEST:
        certainties = "whatever the certainties of the rules"
    elif robust.delta <= TOLERANCE and robust.is_tight:
        certainties = "only as long as no rule's certainty is off at all"
    else:
        certainties = f"while no rule's certainty is off by more than {_rounded_down(robust.delta)}"
    if not robust.is_tight:
        limit = _rounded_down(robust.counterexample.delta) if robust.counterexample else "any amount"
        certainties += f" (perhaps up to {limit}; the search was given up)"
    return f"{stays} stays the answer {certainties}{_after(robust)}."


def _after(robust: Robustness) -> str:
    """Say after which changes of a fact it stays."""
    if not robust.changes:
        return ""
    if not robust.kept:
        which = "the only change" if robust.changes == 1 else f"any of the {robust.changes} changes"
        return f", but not after {which} of a single fact"
    return f", and after {_counted(robust.kept, robust.changes)}"


def _counted(some: int, changes: int) -> str:
    """Count some of the changes, or all."""
    if changes == 1:
        return "the only change of a single fact"
    return f"{'each' if some == changes else some} of the {changes} changes of a single fact"


def _rounded_down(delta: float) -> str:
    """Write a δ with three decimals, or more where it is small, and never more than it is."""
    digits = 3 if delta >= 0.01 or delta <= 0 else 1 - floor(log10(delta))
    # What it falls short of a short number by the search alone does not count.
    return f"{floor(delta * 10**digits + 0.001) / 10**digits:.{digits}f}".rstrip("0").rstrip(".")
