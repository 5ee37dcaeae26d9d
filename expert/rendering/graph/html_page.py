"""What can be drawn, as a page to look around in."""

from expert.explanation.dependencies import Dependencies
from expert.rendering.graph.consultation_page import consultation_page
from expert.rendering.graph.dependency_page import dependency_page
from expert.rendering.graph.drawings import Subject


def html_page(subject: Subject) -> str:
    """Write the page."""
    return dependency_page(subject) if isinstance(subject, Dependencies) else consultation_page(subject)
