"""Many decisions in files and folders, each with its knowledge base of today, as ``expert recheck`` takes them."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from expert.api.decision import Decision
from expert.api.knowledge_base import KnowledgeBase
from expert.knowledge.problems import InputError, Problem
from expert.records.record_file import ENDINGS

Made = TypeVar("Made")


class DecisionFiles:
    """Records; what is wrong with one is kept, and the others are looked at all the same."""

    def __init__(self, paths: Iterable[str | Path], knowledge_base: KnowledgeBase | None = None):
        self.paths = list(dict.fromkeys(path for named in paths for path in _records(named)))
        self.problems: list[Problem] = []
        self._given = knowledge_base
        self._loaded: dict[str, KnowledgeBase] = {}

    def each(self, look: Callable[[Decision, KnowledgeBase], Made]) -> Iterator[Made]:
        """Look at each decision with the knowledge base to decide by."""
        for path in self.paths:
            try:
                decision = Decision.load(path)
                yield look(decision, self._given or self._today(decision))
            except InputError as error:
                self.problems += error.problems

    def refuse_problems(self) -> None:
        """Raise what was wrong."""
        if self.problems:
            raise InputError(dict.fromkeys(self.problems))

    def _today(self, decision: Decision) -> KnowledgeBase:
        """Load a knowledge base once for all decisions that it made."""
        home = str(Path(decision.home).resolve())
        if home not in self._loaded:
            self._loaded[home] = decision.today()
        return self._loaded[home]


def _records(path: str | Path) -> list[Path]:
    """List the records of a folder, at any depth; give any other path as it is."""
    if not Path(path).is_dir():
        return [Path(path)]
    found = (file for file in Path(path).rglob("*") if file.suffix.lower() in ENDINGS and file.is_file())
    records = sorted(file for file in found if not any(part.startswith(".") for part in file.relative_to(path).parts))
    if not records:
        raise InputError.at(str(path), "has no records of decisions: no file in it ends in .yaml")
    return records
