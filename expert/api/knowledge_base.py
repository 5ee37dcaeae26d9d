"""The public knowledge base: it is loaded, consulted, applied to dataframes, and starts interviews."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from expert.api.verified import Verified
from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.facts_reading import facts_from_file, facts_from_python, facts_from_row, with_settings
from expert.knowledge.loading.knowledge_base_file import load
from expert.knowledge.model import Fact
from expert.knowledge.problems import InputError

if TYPE_CHECKING:
    from expert.api.consultation import Consultation
    from expert.api.interview import Interview


class KnowledgeBase(Verified):
    """Attributes and rules about one decision, ready to be consulted.

    Parameters
    ----------
    model : Model
        The content of the knowledge base; usually `load` reads it from a file.

    Examples
    --------
    >>> from expert import KnowledgeBase
    >>> knowledge_base = KnowledgeBase.load()
    >>> knowledge_base.goal, list(knowledge_base.attributes["dataset_size"].choices)
    ('framework', ['small', 'large'])
    >>> knowledge_base.consult({"dataset_size": "small"}).recommendation
    'keras'
    """

    @classmethod
    def load(cls, name_or_path: str | Path = "article") -> "KnowledgeBase":
        """Load a knowledge base by its shipped name or from a file.

        Parameters
        ----------
        name_or_path : str or Path
            A shipped name, or the path of a YAML file; ``-`` is standard input.

        Returns
        -------
        KnowledgeBase
            It has been checked: every name is declared, and its rules do not depend on one another in a cycle.

        Raises
        ------
        InputError
            If it cannot be read or is not valid; with all problems and their places.
        """
        return cls(load(name_or_path))

    @classmethod
    def load_revision(cls, revision: str) -> "KnowledgeBase":
        """Load a knowledge base as it was at a revision of the git repository around the current folder.

        Parameters
        ----------
        revision : str
            A revision and a path from the top of the repository, such as ``HEAD~1:rules/triage.yaml``; a path that
            begins with ``./`` is from the current folder.

        Raises
        ------
        InputError
            If git cannot read it, or if it is not valid.
        """
        from expert.knowledge.loading.git_revision import load_revision

        return cls(load_revision(revision))

    def read_facts(
        self, path: str | Path | None = None, settings: Iterable[str] = (), row: int | None = None
    ) -> tuple[Fact, ...]:
        """Read facts from a file, and change them by strings ``attribute=value``.

        Parameters
        ----------
        path : str, Path or None
            A YAML, JSON or TOML file; ``-`` is standard input; None starts without facts.
        settings : iterable of str
            Each replaces the fact about its attribute; an empty value withdraws it.
        row : int, optional
            The number of the row, from 0, if the file is Parquet, CSV or NDJSON.

        Returns
        -------
        tuple of Fact
            In the form that `consult` takes.

        Raises
        ------
        InputError
            If any fact is not valid; with all problems and their places.

        Examples
        --------
        >>> [str(fact.value) for fact in KnowledgeBase.load().read_facts(settings=["dataset_size=large"])]
        ['large']
        """
        if path is None:
            return with_settings((), settings, self.model)
        if row is None:
            return with_settings(facts_from_file(path, self.model), settings, self.model)
        from expert.frames.files import row as row_of

        return with_settings(facts_from_row(row_of(path, row), f"{path} row {row}", self.model), settings, self.model)

    def consult(self, given: Mapping[str, Any] | Iterable[Fact] = (), *, goal: str | None = None) -> "Consultation":
        """Run the rules on given facts.

        Parameters
        ----------
        given : mapping or iterable of Fact
            From attribute names to values, or to mappings with ``value`` and, optionally, ``certainty`` in [-1, 1],
            ``note`` and ``fixed``; None and ``"unknown"`` mean that nothing is known. Or facts from `read_facts`.
        goal : str, optional
            Another attribute with choices that rules conclude, to be asked for instead of the goal.

        Returns
        -------
        Consultation
            The ranking with its evidence; it does not depend on the order of the facts.

        Raises
        ------
        InputError
            If a fact does not fit the knowledge base; with all problems. Or if `goal` cannot be asked for.

        Examples
        --------
        >>> KnowledgeBase.load().consult({"dataset_size": "large"}, goal="fast_execution").recommendation
        'yes'
        """
        from expert.api.consultation import Consultation
        from expert.inference.consultation import consult

        return consult(self.asked_for(goal), facts_from_python(given, self.model), Consultation)

    def decide(
        self,
        frame: Any,
        *,
        certainties: bool = False,
        derived: bool = False,
        rules: bool = False,
        stamp: bool = False,
        prefix: str = "",
        invalid: Literal["raise", "mark"] = "raise",
        goal: str | None = None,
    ) -> Any:
        """Decide every row of a dataframe.

        Parameters
        ----------
        frame : dataframe
            pandas, Polars (eager or lazy), PyArrow, DuckDB, PySpark, or any other that Narwhals supports or Arrow can
            read. A column with the name of an attribute holds its values, and null is unknown; a column
            ``NAME.certainty`` holds their certainties. Each cell is read as `consult` would read it.
        certainties, derived, rules : bool
            Whether to add the certainty factor of every candidate (``certainty.VALUE``), that of every derived pair
            (``derived.ATTRIBUTE.VALUE``), and the names of the rules that held (``rules``, separated by spaces).
        stamp : bool
            Whether to add which rules decided, and what: ``knowledge_base``, ``version``, ``digest`` and ``goal``.
        prefix : str
            The prefix of the names of the added columns.
        invalid : {"raise", "mark"}
            Whether a value that its attribute does not admit is an error, or leads to a null recommendation with the
            reason in the column ``problem``.
        goal : str, optional
            Another attribute with choices that rules conclude, to be asked for instead of the goal.

        Returns
        -------
        dataframe
            Of the same kind: the columns of `frame`, then ``recommendation``, ``outcome``, ``certainty``,
            ``runner_up`` and ``margin``, each as `consult` would find it. The strings among them are of type ``Enum``
            in Polars, plain strings elsewhere.

        Raises
        ------
        InputError
            If no column matches an attribute; if a column has an unsuitable type; if names of columns are not strings,
            are duplicates or clash with those of added columns; if values are invalid; if `invalid` is neither of the
            two; or if `goal` is not such an attribute. Values of a lazy frame are checked before it runs; of one of
            Polars, while it runs.

        Warns
        -----
        ColumnNameWarning
            If the name of a column is almost that of an attribute.

        Examples
        --------
        >>> import polars as pl
        >>> projects = pl.DataFrame({"dataset_size": ["small", "large", None]})
        >>> KnowledgeBase.load().decide(projects)["recommendation"].to_list()
        ['keras', 'tensorflow', None]
        """
        from expert.frames.decider import Decider
        from expert.frames.invalid_values import Invalid
        from expert.frames.output_columns import Extras

        if invalid not in ("raise", "mark"):
            raise InputError.at("invalid", f"must be 'raise' or 'mark', not '{shown(invalid)}'")
        extras = Extras(certainties, derived, rules, stamp=stamp)
        return self.asked_for(goal).once(Decider).decide(frame, extras, prefix, Invalid(invalid))

    def interview(
        self,
        given: Mapping[str, Any] | Iterable[Fact] = (),
        *,
        ask_all: bool = False,
        state: Mapping[str, Any] | None = None,
        adopt: bool = False,
        goal: str | None = None,
    ) -> "Interview":
        """Start an interview, which asks as few questions as possible, or continue a saved one.

        Parameters
        ----------
        given : mapping or iterable of Fact
            What is known before the first question, as `consult` takes it; it is not asked.
        ask_all : bool
            Whether to continue when one outcome is left, until nothing is left to ask.
        state : mapping, optional
            A saved interview, from `Interview.to_dict`; it has its own `given`, `ask_all` and `goal`.
        adopt : bool
            Whether to accept a saved interview about other rules or another goal, with the answers that fit.
        goal : str, optional
            Another attribute with choices that rules conclude, to be asked for instead of the goal.

        Returns
        -------
        Interview
            Its `next_question` returns the first question.

        Raises
        ------
        InputError
            If a fact does not fit the knowledge base; or if the saved interview does not, unless `adopt` is set. Or if
            `goal` is not such an attribute.

        Examples
        --------
        >>> interview = KnowledgeBase.load().interview()
        >>> interview.next_question().attribute.question
        'How large is the training data?'
        >>> interview.answer("dataset_size", {"value": "small", "certainty": 0.6})
        >>> interview.progress.leaders
        ('keras',)
        """
        from expert.api.interview import Interview
        from expert.interview.saved_state import saved_goal

        if state is not None:
            return Interview.resume(self.asked_for(goal or saved_goal(state, self.model)), state, adopt)
        return Interview(self.asked_for(goal), facts_from_python(given, self.model), ask_all)
