"""A rule-based expert system: rules are data, and every answer can show its proof.

Examples
--------
>>> KnowledgeBase.load().consult({"dataset_size": "small"}).recommendation
'keras'
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from expert.api.consultation import Consultation
    from expert.api.decision import Decision
    from expert.api.knowledge_base import KnowledgeBase
    from expert.frames.column_names import ColumnNameWarning
    from expert.knowledge.problems import InputError

__version__ = "0.1.0"
__all__ = ["ColumnNameWarning", "Consultation", "Decision", "InputError", "KnowledgeBase", "__version__"]

_HOME = {
    "ColumnNameWarning": "expert.frames.column_names",
    "Consultation": "expert.api.consultation",
    "Decision": "expert.api.decision",
    "InputError": "expert.knowledge.problems",
    "KnowledgeBase": "expert.api.knowledge_base",
}


def __getattr__(name: str) -> Any:
    """Import the public names when they are first used, so that importing a part of the package stays light."""
    if name not in _HOME:
        raise AttributeError(f"module 'expert' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
