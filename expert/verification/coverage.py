"""Which rules no case fires, and which decide none."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from expert.knowledge.model import Model
from expert.verification.mutation import Trial
from expert.verification.scenarios import Result


class Coverage(NamedTuple):
    """Which rules the cases use.

    Parameters
    ----------
    rules : int
        How many rules there are.
    unfired : tuple of str
        The names of those that hold in no case.
    idle : tuple of str
        The names of those that hold in cases, and could be dropped without another answer in any.
    """

    rules: int
    unfired: tuple[str, ...]
    idle: tuple[str, ...]

    @property
    def share(self) -> float:
        """The share of rules that hold in a case; 1 where there are no rules."""
        return 1 - len(self.unfired) / self.rules if self.rules else 1.0

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return {"rules": self.rules, "share": self.share, "unfired": list(self.unfired), "idle": list(self.idle)}


def coverage(knowledge_base: Model, results: Iterable[Result], trial: Trial) -> Coverage:
    """Tell which rules the cases use."""
    held = {firing.rule for result in results for firing in result.consultation.firings}
    unfired = tuple(rule.name for rule in knowledge_base.rules if rule.name not in held)
    fired = (rule for rule in knowledge_base.rules if rule.name in held)
    return Coverage(
        len(knowledge_base.rules), unfired, tuple(rule.name for rule in fired if not trial.is_decisive(rule))
    )
