"""Where bars of certainty factors begin and end: those below 0 are left of an axis, on terminal, page and notebook."""

from collections.abc import Iterable


class Axis:
    """The scale of a group of bars: from the lowest certainty factor, or 0, to 1."""

    def __init__(self, certainties: Iterable[float]):
        self._low = min([0.0, *certainties])

    @property
    def zero(self) -> float:
        """Where 0 is, as a share of the width: 0 where no certainty factor is below 0."""
        return self.share(0.0)

    def share(self, certainty: float) -> float:
        """Tell where a certainty factor is, as a share of the width.

        Examples
        --------
        >>> axis = Axis([0.6, -1])
        >>> axis.zero, axis.share(-1), axis.share(1)
        (0.5, 0.0, 1.0)
        """
        return (certainty - self._low) / (1.0 - self._low)

    def span(self, certainty: float) -> tuple[float, float]:
        """Tell where a bar begins and how long it is, as shares of the width.

        Examples
        --------
        >>> axis = Axis([0.6, -1])
        >>> axis.span(0.5), axis.span(-0.5)
        ((0.5, 0.25), (0.25, 0.25))
        """
        start, end = sorted((self.zero, self.share(certainty)))
        return start, end - start
