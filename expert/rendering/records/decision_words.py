"""What is said of a recorded decision: its answer, what would have changed it, and how firm it was."""

from collections.abc import Sequence

from expert.analysis.robustness import Counterexample, Robustness
from expert.records.decision import Decision, RecordedChange, RecordedFlip
from expert.rendering.firmness import firmness


def answer_then(decision: Decision) -> str:
    """Name the answer that was given: of a tie, all leaders."""
    if decision.outcome == "tie":
        return f"a tie between {listed([decision.label(value) for value in decision.leaders])}"
    if decision.recommendation is None:
        return "undecided"
    return decision.label(decision.recommendation) + (", the default" if decision.outcome == "default" else "")


def firm(decision: Decision) -> str:
    """Say how much it took to change it."""
    kept = decision.robustness
    beyond = None if kept.beyond is None else Counterexample(kept.beyond, (), None, "undecided")
    stays = answer_then(decision)
    return firmness(
        f"{stays}," if decision.outcome == "default" else stays,
        Robustness(kept.delta, beyond, kept.changes, kept.kept),
    )


def changing(decision: Decision) -> str:
    """Introduce the smallest changes that would have changed it, or say that there are none."""
    if not decision.flips:
        facts = "a single fact" if decision.searched == 1 else f"up to {decision.searched} facts"
        return f"No change of {facts} would have led to another answer."
    size = len(decision.flips[0].changes)
    which = {1: "A change of one fact", 2: "Two changes together", 3: "Three changes together"}[size]
    which += ", and no fewer," if size > 1 else ""
    those = ", such as these" if len(decision.flips) > 1 else ""
    return f"{which} would have {'settled' if decision.recommendation is None else 'changed'} it{those}:"


def flip_words(decision: Decision, flip: RecordedFlip) -> str:
    """Say what other facts would have led to."""
    then = (
        decision.label(flip.recommendation)
        if flip.recommendation
        else "a tie"
        if flip.outcome == "tie"
        else "undecided"
    )
    return f"{'; '.join(_change(decision, change) for change in flip.changes)} → {then}"


def _change(decision: Decision, change: RecordedChange) -> str:
    """Write a changed fact."""
    words, value = decision.words(change.attribute), change.value
    if value is None:
        return f"{words} not known"
    return f"{words} {change.within}" if change.within else f"{words}: {decision.value_words(change.attribute, value)}"


def capital(text: str) -> str:
    """Begin a text with a capital, unless it begins with an address."""
    return text if "://" in text.partition(" ")[0] else text[:1].upper() + text[1:]


def listed(items: Sequence[str]) -> str:
    """Join what a sentence lists."""
    *others, last = items
    return f"{', '.join(others)} and {last}" if others else last
