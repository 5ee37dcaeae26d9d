"""What a check finds: its kind, its severity, where, what is wrong, what to do, and a case that shows it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from expert.knowledge.finding_kinds import KINDS
from expert.knowledge.problems import Place
from expert.knowledge.rules import Value

SEVERITIES = ("note", "warning", "error")
"""From the least."""


class Finding(NamedTuple):
    """One thing that a check found.

    Parameters
    ----------
    kind : str
        Such as ``never-fires``.
    severity : str
        ``note``, ``warning`` or ``error``.
    place : Place
        Where the author should look.
    name : str
        The rule, attribute, value, source, level or case that it is about; a value as ``attribute=value``.
    message : str
        What is wrong, in one plain sentence.
    advice : str
        What to do about it, in one plain sentence.
    proved : bool
        Whether it holds of all cases; if not, it was seen, or not seen, among a sample of them.
    example : mapping of str to Value, or None
        The smallest case that shows it, as facts.
    """

    kind: str
    severity: str
    place: Place
    name: str
    message: str
    advice: str
    proved: bool = True
    example: Mapping[str, Value] | None = None

    @classmethod
    def of(cls, kind: str, place: Place, name: str, message: str, advice: str, **more: Any) -> "Finding":
        """Make one of the severity of its kind, unless another is given."""
        return cls(kind, more.pop("severity", KINDS[kind].severity), place, name, message, advice, **more)

    def to_dict(self) -> dict[str, Any]:
        """Write it as ``expert rules check --json`` does."""
        data = self._asdict() | {"where": str(self.place)}
        del data["place"]
        return data | {"example": None if self.example is None else dict(self.example)}
