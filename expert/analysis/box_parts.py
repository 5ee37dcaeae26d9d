"""Parts of a box of certainties, with what follows from them."""

from collections.abc import Sequence
from typing import NamedTuple

from expert.analysis.perturbation import Bounded, Perturbation
from expert.inference.intervals import NOTHING, Interval


class Part(NamedTuple):
    """A box, with what follows from it."""

    box: list[Interval]
    bounded: Bounded
    gradient: list[Interval]

    @property
    def is_point(self) -> bool:
        """Whether there is only one choice of certainties in it."""
        return all(ends.is_point for ends in self.box)

    def likely_point(self, perturbation: Perturbation) -> list[float]:
        """Choose the end of each interval that the gradient points to, on the whole."""
        return [
            worse_end(ends, Interval(total, total) if (total := low + high) else NOTHING, variable.certainty).low
            for ends, (low, high), variable in zip(self.box, self.gradient, perturbation.variables, strict=True)
        ]


def points(values: Sequence[float]) -> list[Interval]:
    """Make a box of one point."""
    return [Interval(value, value) for value in values]


def worse_end(ends: Interval, slope: Interval, certainty: float) -> Interval:
    """Narrow an interval to the end where the target is greatest; to the present value if nothing depends on it."""
    if slope == NOTHING:
        value = min(max(certainty, ends.low), ends.high)
    elif slope.low >= 0:
        value = ends.high
    elif slope.high <= 0:
        value = ends.low
    else:
        return ends
    return Interval(value, value)
