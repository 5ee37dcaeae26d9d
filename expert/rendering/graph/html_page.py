"""What can be drawn, as a page to look around in."""

from expert.explanation.dependencies import Dependencies
from expert.rendering.graph.consultation_page import consultation_page
from expert.rendering.graph.dependency_page import dependency_page
from expert.rendering.graph.drawings import Subject
from expert.rendering.graph.tabbed_page import Part


def html_page(subject: Subject, part: Part | None = None) -> str:
    """Write the page; that of a consultation with a part from outside, if there is one."""
    return dependency_page(subject) if isinstance(subject, Dependencies) else consultation_page(subject, part)
