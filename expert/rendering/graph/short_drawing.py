"""What to draw of a proof at first sight: as much of it as can be read."""

from bisect import bisect_left

from expert.explanation.graph_views import View
from expert.explanation.short_proofs import Length, length_of, short_proof
from expert.rendering.graph.boxes import Drawing
from expert.rendering.graph.consultation_boxes import graph_drawing
from expert.rendering.graph.fitting import can_be_read


def short_drawing(view: View) -> Drawing:
    """Leave out first what derived facts follow from, then the weakest reasons, until the picture can be read."""
    whole = length_of(view)
    found = _with(view, whole.reasons, whole.rules)
    if found is None:
        # Up to how many reasons can be read, if each follows from facts alone.
        reasons = bisect_left(range(2, whole.reasons), True, key=lambda many: _with(view, many, 1) is None) + 1
        found = _with(view, reasons, whole.rules)
    return found or _drawing(view, 1, 1)


def _with(view: View, reasons: int, rules: int) -> Drawing | None:
    """Draw so many reasons with as many rules in a row as can be read, if any can."""
    drawings = (_drawing(view, reasons, few) for few in range(rules, 0, -1))
    return next((drawn for drawn in drawings if can_be_read(drawn)), None)


def _drawing(view: View, reasons: int, rules: int) -> Drawing:
    return graph_drawing(view.consultation, short_proof(view, Length(reasons, rules)))
