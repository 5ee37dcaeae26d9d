"""What can be drawn, and what to draw of it."""

from typing import TypeAlias

from expert.explanation.dependencies import Dependencies
from expert.explanation.graph_views import View
from expert.rendering.graph.attribute_boxes import dependency_drawing
from expert.rendering.graph.boxes import Drawing
from expert.rendering.graph.consultation_boxes import consultation_drawing

Subject: TypeAlias = View | Dependencies


def drawing(subject: Subject) -> Drawing:
    """Say what to draw of the graph of a consultation, or of a knowledge base."""
    return dependency_drawing(subject) if isinstance(subject, Dependencies) else consultation_drawing(subject)
