"""Stamped tables, with the knowledge base to decide them again by."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from expert.api.knowledge_base import KnowledgeBase
from expert.knowledge.foreign_text import shown, visible
from expert.knowledge.loading.knowledge_base_file import shipped_names
from expert.knowledge.problems import InputError

if TYPE_CHECKING:
    from expert.frames.table_recheck import TableRecheck


def recheck_tables(paths: Sequence[str | Path], knowledge_base: KnowledgeBase | None = None) -> "TableRecheck":
    """Decide the rows of stamped tables again, by the shipped knowledge base that they name or another."""
    from expert.frames.table_recheck import StampedTables

    tables = StampedTables(paths)
    if knowledge_base is None:
        if not tables.stamps:
            raise InputError.at(visible(paths[0]), "has no rows, so nothing to decide again")
        names = list(dict.fromkeys(stamp.name for stamp in tables.stamps))
        if len(names) != 1 or names[0] not in shipped_names():
            which = " and ".join(map(shown, names))
            message = f"was decided by {which}, and does not say where to find today's rules: name them with --rules"
            raise InputError.at(visible(paths[0]), message)
        knowledge_base = KnowledgeBase.load(names[0])
    return tables.recheck(knowledge_base.model)
