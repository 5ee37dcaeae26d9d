"""What to draw of a proof at first sight: as much of it as can be read."""

from bisect import bisect_left
from collections.abc import Callable

from expert.explanation.graph_views import View
from expert.explanation.short_proofs import Length, length_of, short_proof
from expert.rendering.graph.boxes import Drawing
from expert.rendering.graph.consultation_boxes import graph_drawing
from expert.rendering.graph.fitting import ROOM, Room, can_be_read


def short_drawing(view: View, room: Room = ROOM) -> Drawing:
    """Leave out first what derived facts follow from, then the weakest reasons, until the picture can be read."""
    whole = length_of(view)
    reasons = _most(whole.reasons, lambda many: can_be_read(_drawing(view, many, 1), room))
    rules = _most(whole.rules, lambda many: can_be_read(_drawing(view, reasons, many), room))
    return _drawing(view, reasons, rules)


def _most(limit: int, fits: Callable[[int], bool]) -> int:
    """Find the largest number up to a limit that fits, as all smaller ones do; 1 is taken as fitting."""
    return limit if fits(limit) else max(1, bisect_left(range(1, limit), True, key=lambda many: not fits(many)))


def _drawing(view: View, reasons: int, rules: int) -> Drawing:
    return graph_drawing(view.consultation, short_proof(view, Length(reasons, rules)))
