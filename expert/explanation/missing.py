"""What is missing of a premise that does not hold."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from expert.inference.degrees import Certainties, degree_of
from expert.knowledge.rules import AllOf, AnyOf, AtLeastOf, Premise, tests


class Count(NamedTuple):
    """How far a group is of which so many must hold.

    Parameters
    ----------
    needed : int
        How many must hold.
    held, missing : tuple of Premise
        The parts that do, in the order of the file, and those that do not, the nearest first.
    """

    needed: int
    held: tuple[Premise, ...]
    missing: tuple[Premise, ...]

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return {"needed": self.needed, "held": [*map(str, self.held)], "missing": [*map(str, self.missing)]}


class Missing:
    """What is missing of premises, at what is known and a threshold."""

    def __init__(self, known: Certainties, threshold: float):
        self._known = known
        self._threshold = threshold

    def of(self, premise: Premise) -> Premise | None:
        """Keep what is missing of a premise; None if it holds.

        It is the premise that the rest would have to fulfil: of so many of a group, as many as are still wanted.
        """
        if self._holds(premise):
            return None
        if not isinstance(premise, AllOf | AnyOf | AtLeastOf):
            return premise
        parts = tuple(missing for part in premise.premises if (missing := self.of(part)) is not None)
        if isinstance(premise, AtLeastOf):
            return _so_many(premise.needed - len(premise.premises) + len(parts), self._nearest_first(parts))
        return parts[0] if len(parts) == 1 else type(premise)(parts)

    def counts(self, premise: Premise) -> Iterator[Count]:
        """Tell how far each group in a premise is of which so many must hold, and which does not."""
        if self._holds(premise) or not isinstance(premise, AllOf | AnyOf | AtLeastOf):
            return
        if isinstance(premise, AtLeastOf):
            held = tuple(part for part in premise.premises if self._holds(part))
            missing = self._nearest_first(tuple(part for part in premise.premises if not self._holds(part)))
            yield Count(premise.needed, held, missing)
        for part in premise.premises:
            yield from self.counts(part)

    def _holds(self, premise: Premise) -> bool:
        return degree_of(premise)(self._known) > self._threshold

    def _nearest_first(self, parts: tuple[Premise, ...]) -> tuple[Premise, ...]:
        """Put first what lacks the fewest tests; of equals what already holds more, then what is not known yet."""
        return tuple(sorted(parts, key=self._nearness))

    def _nearness(self, part: Premise) -> tuple[int, float, int]:
        contrary = sum(test.attribute in self._known for test in tests(part) if not self._holds(test))
        return self._distance(part), -degree_of(part)(self._known), contrary

    def _distance(self, premise: Premise) -> int:
        """Count the tests that would have to hold in addition, at the least."""
        if self._holds(premise):
            return 0
        match premise:
            case AllOf(parts):
                return sum(map(self._distance, parts))
            case AnyOf(parts):
                return min(map(self._distance, parts))
            case AtLeastOf(needed, parts):
                return sum(sorted(map(self._distance, parts))[:needed])
        return 1


def _so_many(needed: int, parts: tuple[Premise, ...]) -> Premise:
    """Join parts of which so many must hold."""
    if len(parts) == 1:
        return parts[0]
    if needed == len(parts):
        return AllOf(parts)
    return AnyOf(parts) if needed == 1 else AtLeastOf(needed, parts)
