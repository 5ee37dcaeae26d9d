"""How a text is told apart from others on the same screen."""

from collections.abc import Callable
from typing import TypeAlias

Style: TypeAlias = Callable[[str, str], str]
"""From a text and its role to the text as it is shown.

A role is one of ``answer``, ``heading``, ``for``, ``against`` and ``faint``, or the address that the text links to.
"""


def plain(text: str, role: str) -> str:  # noqa: ARG001
    """Show every role alike."""
    return text
