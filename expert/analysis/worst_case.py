"""Whether certainties of rules, each moved by no more than some δ, can take the recommendation away.

Two things have to be told apart for sure: that no certainties within δ do so, and that some do. Bounds over a box of
certainties show the first, a point of it shows the second; between them the box is cut in two (branch and bound):

1. a certainty whose gradient does not change its sign in the box is put at its worse end;
2. where a derived fact may or may not be strong enough for the rules that read it, both are looked at apart, since it
   is strong enough for all of them or for none;
3. the widest certainty that is left is halved.
"""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from math import inf, isfinite, nextafter

from expert.analysis.box_parts import Part, points, worse_end
from expert.analysis.gradients import Target, gradient_bounds
from expert.analysis.perturbation import Bounded, Box, Caps, Perturbation
from expert.inference.intervals import NOTHING, Interval, Support, around
from expert.inference.ranking import TIE, Answer, answer_of
from expert.knowledge.rules import Lacking, Pair, Test, Value, tests

ROUNDING = 1e-12
"""What bounds allow for the rounding of sums."""

FINEST = 1e-12
"""A box no wider than this is not cut any more."""

FINEST_SAFE = 1e-6
"""How close to the largest a δ is that bounds alone give."""

STEEP = 1e6
"""What an infinite gradient counts when the certainty to cut is chosen."""

WORK = 15_000
"""How many rules and pairs are bounded before a search is given up."""


class GivenUpError(Exception):
    """The search took more than the work allowed."""


class WorstCase:
    """Certainties that take the recommendation away."""

    def __init__(self, perturbation: Perturbation, recommendation: Value, work: int = WORK):
        self.perturbation = perturbation
        self._model = perturbation.model
        self.recommendation = recommendation
        self._otherwise = self._model.attributes[self._model.goal].otherwise
        self.work = work
        self._left = 0
        self.spent = 0
        self._kept: tuple[float, list[Interval], Bounded] | None = None

    def threats(self) -> list[Value | None]:
        """List what can take the recommendation away: other candidates; and None, which is falling to the threshold.

        The most threatening first.
        """
        now = self.perturbation.bound(points(self.perturbation.certainties))
        assert now is not None
        certainties = {value: now.of((self._model.goal, value)).low for value in self._model.candidates}
        ours = certainties.pop(self.recommendation)
        distances: dict[Value | None, float] = {value: (ours - other) / 2 for value, other in certainties.items()}
        if self._otherwise != self.recommendation:
            distances[None] = ours - self._model.threshold
        return sorted(distances, key=lambda threat: distances[threat])

    def find(self, threat: Value | None, delta: float) -> list[float] | None:
        """Look for certainties that make a threat come true."""
        whole, bounded = self._within(delta)
        if self._excess(bounded, threat) < 0:
            return None
        self._left = self.work
        # The parts most likely to hold such a point come first.
        parts: list[tuple[float, int, list[Interval], Caps]] = [(0.0, 0, whole, {})]
        count = 0
        while parts:
            *_, box, caps = heappop(parts)
            narrowed = self._narrowed(box, caps, threat)
            if narrowed is None:
                continue
            point = narrowed.likely_point(self.perturbation)
            if self._comes_true(threat, self._bound_point(point, narrowed)):
                return point
            for part in self._cut(narrowed):
                count += 1
                heappush(parts, (-self._excess(narrowed.bounded, threat), count, *part))
        return None

    def safe(self, threats: Sequence[Value | None], most: float) -> float:
        """Find a δ, up to a highest, within which bounds over all certainties alone exclude these threats."""
        low, high = 0.0, most
        while high - low > FINEST_SAFE:
            middle = (low + high) / 2
            if all(self._excess(self._within(middle)[1], threat) < 0 for threat in threats):
                low = middle
            else:
                high = middle
        return low

    def _within(self, delta: float) -> tuple[list[Interval], Bounded]:
        """Bound everything with each certainty moved by no more than δ; kept, since it is the same for all threats."""
        if self._kept is None or self._kept[0] != delta:
            variables = self.perturbation.variables
            box = [Interval(max(-1.0, v.certainty - delta), min(1.0, v.certainty + delta)) for v in variables]
            bounded = self.perturbation.bound(box)
            assert bounded is not None
            self.spent += len(self.perturbation.steps)
            self._kept = delta, box, bounded
        return self._kept[1:]

    def comes_true(self, threat: Value | None, point: Sequence[float]) -> bool:
        """Tell whether a threat comes true with these values of the variables, as `find` means it."""
        bounded = self.perturbation.bound(points(point))
        assert bounded is not None
        return self._comes_true(threat, bounded)

    def answer(self, point: Sequence[float]) -> Answer:
        """Tell what a consultation with these values of the variables recommends."""
        bounded = self.perturbation.bound(points(point))
        assert bounded is not None
        return self._answer(bounded)

    def _answer(self, bounded: Bounded) -> Answer:
        """Tell what is recommended where all bounds are points."""
        certainties = {value: bounded.of((self._model.goal, value)).low for value in self._model.candidates}
        return answer_of(self._model, certainties)

    def _comes_true(self, threat: Value | None, bounded: Bounded) -> bool:
        """Tell whether the recommendation is lost at a point; so close to the threshold, a tie is at hand as well."""
        if threat is None:
            return self._excess(bounded, None) >= 0
        return self._answer(bounded).recommendation != self.recommendation

    def _bound_point(self, point: Sequence[float], part: Part) -> Bounded:
        """Work out what follows at a point of a part; that is known already if it is all there is in the part."""
        if part.is_point and not part.bounded.binding:
            return part.bounded
        bounded = self._bound(points(point))
        assert bounded is not None
        return bounded

    def _narrowed(self, box: list[Interval], caps: Caps, threat: Value | None) -> Part | None:
        """Put certainties at their worse ends as far as that is clear; None if the threat cannot come true."""
        while True:
            bounded = self._bound(box, caps)
            if bounded is None or self._excess(bounded, threat) < 0:
                return None
            if all(ends.is_point for ends in box):
                return Part(box, bounded, [NOTHING] * len(box))
            gradient = self._gradient(box, bounded, threat)
            held = {position for pair in bounded.binding for position in self.perturbation.upstream(pair)}
            smaller = [
                ends if ends.is_point or position in held else worse_end(ends, slope, variable.certainty)
                for position, (ends, slope, variable) in enumerate(
                    zip(box, gradient, self.perturbation.variables, strict=True)
                )
            ]
            if smaller == box:
                part = Part(box, bounded, gradient)
                return None if self._is_surely_safe(part, threat) else part
            box = smaller

    def _bound(self, box: Box, caps: Caps | None = None) -> Bounded | None:
        """Bound everything, and count the work."""
        self._left -= len(self.perturbation.steps)
        self.spent += len(self.perturbation.steps)
        if self._left < 0:
            raise GivenUpError
        return self.perturbation.bound(box, caps)

    def _excess(self, bounded: Bounded, threat: Value | None) -> float:
        """Measure how far, at the most, a threat can go beyond what it takes; below 0 it cannot come true."""
        ours = bounded.of((self._model.goal, self.recommendation))
        threshold = self._model.threshold
        if threat is None:
            return _ahead(threshold, ours.low)
        theirs = bounded.of((self._model.goal, threat))
        counts = theirs.high > threshold or (theirs.high > threshold - TIE and ours.high > threshold)
        return _ahead(theirs.high, ours.low) if counts else -1.0

    def _targets(self, bounded: Bounded, threat: Value | None) -> list[Target]:
        """Say what has to grow for a threat to come true.

        It is a lead; and where the recommendation is the default as well, what leads has to exceed the threshold.
        """
        ours = {(self._model.goal, self.recommendation): -1.0}
        if threat is None:
            return [ours]
        theirs = {(self._model.goal, threat): 1.0}
        exceeds = bounded.of((self._model.goal, threat)).low > self._model.threshold
        return [ours | theirs] if exceeds or self._otherwise != self.recommendation else [ours | theirs, theirs]

    def _gradient(self, box: Box, bounded: Bounded, threat: Value | None) -> list[Interval]:
        """Bound the gradients of all that has to grow."""
        self._left -= len(self.perturbation.steps)
        targets = self._targets(bounded, threat)
        several = [gradient_bounds(self.perturbation, box, bounded, target) for target in targets]
        return [around(each) for each in zip(*several, strict=True)]

    def _is_surely_safe(self, part: Part, threat: Value | None) -> bool:
        """Tell whether a threat is out of reach from the middle of a box, by the mean value theorem."""
        if part.bounded.binding or not all(isfinite(slope.low) and isfinite(slope.high) for slope in part.gradient):
            return False
        middle = self._bound(points([sum(ends) / 2 for ends in part.box]))
        assert middle is not None
        reach = sum(
            max(-slope.low, slope.high) * (ends.high - ends.low) / 2
            for slope, ends in zip(part.gradient, part.box, strict=True)
        )
        ours = middle.of((self._model.goal, self.recommendation)).low
        theirs = self._model.threshold if threat is None else middle.of((self._model.goal, threat)).low
        return _ahead(theirs, ours) + reach < 0

    def _cut(self, part: Part) -> Iterator[tuple[list[Interval], Caps]]:
        """Cut a part in two, at a threshold or in the middle; what is a single point has been looked at."""
        box, bounded, gradient = part
        if part.is_point:
            return
        halves = self._at_threshold(bounded)
        if halves is not None:
            pair, *sides = halves
            for side in sides:
                yield box, bounded.binding | {pair: side}
            return
        weights = [min(max(-slope.low, slope.high), STEEP) for slope in gradient]
        widest = max(range(len(box)), key=lambda i: (box[i].high - box[i].low) * (weights[i] or 1.0))
        low, high = box[widest]
        if high - low <= FINEST:
            raise GivenUpError
        middle = (low + high) / 2
        for half in (Interval(low, middle), Interval(middle, high)):
            yield [*box[:widest], half, *box[widest + 1 :]], bounded.binding

    def _at_threshold(self, bounded: Bounded) -> tuple[Pair, Interval, Interval] | None:
        """Find a certainty factor that may or may not be strong enough for a rule, and both sides of that."""
        threshold = self._model.threshold
        for step in self.perturbation.steps:
            if not isinstance(step, int) or not bounded.degrees[step].low <= threshold < bounded.degrees[step].high:
                continue
            for test, enough in self._tests_of(step):
                for value, sign, strength in self._supports(test, bounded):
                    if strength.low <= enough < strength.high:
                        low, high = bounded.of((test.attribute, value))
                        if sign > 0:
                            sides = Interval(low, enough), Interval(nextafter(enough, inf), high)
                        else:
                            sides = Interval(low, nextafter(-enough, -inf)), Interval(-enough, high)
                        return (test.attribute, value), *sides
        return None

    def _tests_of(self, position: int) -> Iterator[tuple[Test, float]]:
        """List the tests that decide whether a rule holds, each with how strong it has to be for that."""
        rule, threshold = self._model.all_rules[position], self._model.threshold
        yield from ((test, threshold) for test in tests(rule.premise))
        exceptions = [rule.unless] if rule.unless is not None else []
        if (above := self._model.row_above.get(position)) is not None:
            exceptions += self._model.premises([above])
        for exception in exceptions:
            yield from ((test, 1.0 - threshold) for test in tests(exception))

    def _supports(self, test: Test, bounded: Bounded) -> list[Support]:
        """List the values that can speak for a test, or keep a default away; but not its own, which it adds to."""
        if not isinstance(test, Lacking):
            return bounded.now.supports(test)
        values = bounded.now.certainties.get(test.attribute, {})
        own = self.perturbation.defaults
        return [Support(value, 1, ends) for value, ends in values.items() if (test.attribute, value) not in own]


def _ahead(theirs: float, ours: float) -> float:
    """Measure how far a threat is ahead of the recommendation; a tie, and rounding, count for the threat."""
    return theirs - ours + TIE + ROUNDING
