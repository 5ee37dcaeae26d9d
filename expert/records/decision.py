"""A decision as it was made, with all that it takes to read it without its knowledge base."""

import datetime
import os
from dataclasses import dataclass, field
from pathlib import Path

from expert.inference.ranking import Outcome, is_tied
from expert.knowledge.loading.knowledge_base_file import shipped_names
from expert.knowledge.problems import NOWHERE, Place


@dataclass(frozen=True)
class Basis:
    """The knowledge base that made a decision.

    Parameters
    ----------
    name, version, digest, title : str
        What it was.
    where : str
        Where it was: its shipped name, or its path from the folder of the record; empty where it had no file.
    """

    name: str
    version: str
    digest: str
    title: str = ""
    where: str = ""


@dataclass(frozen=True)
class RecordedFact:
    """A given fact, with the question that asks for it, and what its value means where that is not the value itself."""

    attribute: str
    value: str
    label: str = ""
    certainty: float = 1.0
    note: str = ""
    fixed: bool = False
    question: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class RecordedLabel:
    """What people are shown for an attribute, or for a value of it, where that is not the name with spaces."""

    attribute: str
    label: str
    value: str = ""


@dataclass(frozen=True)
class RecordedCandidate:
    """A candidate with its certainty factor."""

    value: str
    label: str
    certainty: float


@dataclass(frozen=True)
class RecordedEvidence:
    """Evidence that a rule gave: its degree × certainty."""

    attribute: str
    value: str
    evidence: float


@dataclass(frozen=True)
class RecordedFiring:
    """A rule that held: what it says, what it matched, and what it gave."""

    rule: str
    premise: str
    degree: float
    matched: tuple[str, ...]
    gave: tuple[RecordedEvidence, ...]
    unless: str = ""
    because: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordedSource:
    """What rules that held cite."""

    name: str
    title: str
    by: str = ""
    year: str = ""
    url: str = ""


@dataclass(frozen=True)
class OpenQuestion:
    """A question that was not answered, and whose answer could have changed the recommendation."""

    attribute: str
    question: str


@dataclass(frozen=True)
class RecordedChange:
    """A changed fact: its new value, None where it is withdrawn; of a number the range with the same effect."""

    attribute: str
    value: str | None
    within: str = ""


@dataclass(frozen=True)
class RecordedFlip:
    """Changes that, together, would have led to another answer."""

    changes: tuple[RecordedChange, ...]
    outcome: Outcome
    recommendation: str | None = None


@dataclass(frozen=True)
class RecordedRobustness:
    """How much it took to change the recommendation.

    Parameters
    ----------
    delta : float or None
        While no certainty of a rule was off by more than this, it stayed; None where there was none.
    beyond : float or None
        How far off they had to be to change it; None where nothing could.
    kept, changes : int
        After how many of the changes of a single fact it stayed.
    """

    delta: float | None
    beyond: float | None
    kept: int
    changes: int


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision as it was made.

    Parameters
    ----------
    date : date
        The day on which it was made.
    review : date or None
        The day from which it should be looked at again.
    knowledge_base : Basis
        What made it.
    goal, about : str
        The attribute that was asked for, and what that is.
    outcome : str
        As a consultation has it.
    recommendation : str or None
        The answer; None for a tie, and where it was undecided.
    threshold : float
        What a certainty had to exceed.
    ranking : tuple of RecordedCandidate
        All candidates, the best first.
    facts, firings, sources : tuple
        What was given, which rules held, and what these cite.
    open_questions : tuple of OpenQuestion
        What was still open.
    flips : tuple of RecordedFlip
        Smallest changes that would have changed it.
    searched : int
        Up to so many changes together were tried.
    robustness : RecordedRobustness
        How much it took to change it.
    labels : tuple of RecordedLabel
        What the attributes and values that are named here are called.
    file : Path or None
        Where it was read, or written.
    """

    date: datetime.date
    review: datetime.date | None = None
    knowledge_base: Basis
    goal: str
    about: str
    outcome: Outcome
    recommendation: str | None
    threshold: float
    ranking: tuple[RecordedCandidate, ...]
    facts: tuple[RecordedFact, ...]
    firings: tuple[RecordedFiring, ...]
    sources: tuple[RecordedSource, ...]
    open_questions: tuple[OpenQuestion, ...]
    flips: tuple[RecordedFlip, ...]
    searched: int
    robustness: RecordedRobustness
    labels: tuple[RecordedLabel, ...] = ()
    file: Path | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return f"<Decision of {self.date} by {self.knowledge_base.name}: {self.recommendation or self.outcome}>"

    @property
    def leaders(self) -> tuple[str, ...]:
        """The best candidate and those tied with it; none where none exceeded the threshold."""
        best = max((option.certainty for option in self.ranking), default=0.0)
        ahead = (option for option in self.ranking if is_tied(best, option.certainty))
        return tuple(option.value for option in ahead) if best > self.threshold else ()

    @property
    def home(self) -> str:
        """The shipped name of its knowledge base, or its path from here; empty where none was recorded."""
        where = self.knowledge_base.where
        if where in (*shipped_names(), "") or self.file is None:
            return where
        return os.path.normpath(self.file.parent / where)

    def label(self, value: str | None) -> str:
        """Name a candidate."""
        return next((option.label for option in self.ranking if option.value == value), str(value))

    def words(self, attribute: str) -> str:
        """Name an attribute for people."""
        return self._label(attribute, "") or attribute.replace("_", " ")

    def value_words(self, attribute: str, value: str) -> str:
        """Name a value of an attribute for people."""
        return self._label(attribute, value) or value

    def _label(self, attribute: str, value: str) -> str:
        return next((each.label for each in self.labels if (each.attribute, each.value) == (attribute, value)), "")
