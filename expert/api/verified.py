"""What its author asks of a knowledge base: whether its rules are right, and where it differs from another."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expert.api.content import Content
from expert.knowledge.loading.facts_reading import facts_from_python
from expert.knowledge.model import Case, Fact
from expert.knowledge.variants import joint

if TYPE_CHECKING:
    from expert.analysis.comparison import Comparison
    from expert.analysis.space_comparison import SpaceComparison
    from expert.api.knowledge_base import KnowledgeBase
    from expert.api.rule_tests import RuleTests
    from expert.verification.checks import Checked


class Verified(Content):
    """A knowledge base that can be verified and compared, for `KnowledgeBase` to be."""

    def check(self) -> "Checked":
        """Check whether its rules are right: what is wrong with them, where, and what to do about it.

        Returns
        -------
        Checked
            What was found, what the knowledge base accepts of it, and how far that is proved.

        Examples
        --------
        >>> checked = KnowledgeBase.load().check()
        >>> [finding.kind for finding in checked.findings if finding.severity != "note"]
        []
        """
        from expert.verification.checks import check

        return check(self.model)

    def test(
        self, cases: str | Path | Iterable[Case] | None = None, *, mutate: bool = False, suggest: bool = False
    ) -> "RuleTests":
        """Run its cases, or others.

        Parameters
        ----------
        cases : str, Path or iterable of Case, optional
            A file of cases, or cases; those of its own file if left out.
        mutate : bool
            Whether to tell which small changes of the rules the cases notice.
        suggest : bool
            Whether to do that, and to find cases that notice the others.

        Returns
        -------
        RuleTests
            Its ``passed`` is all that a test needs: ``assert knowledge_base.test().passed``.

        Raises
        ------
        InputError
            If the file cannot be read or is not valid; with all problems and their places.

        Examples
        --------
        >>> assert KnowledgeBase.load().test().passed
        """
        from expert.api.rule_tests import run_tests

        return run_tests(self.model, cases, mutate=mutate, suggest=suggest)

    def compare(self, other: "KnowledgeBase") -> "SpaceComparison":
        """Tell in how many cases another knowledge base answers otherwise, with a smallest case for each difference.

        Examples
        --------
        >>> article = KnowledgeBase.load()
        >>> article.compare(article)
        <SpaceComparison no difference in 50,000 cases drawn at random>
        """
        from expert.analysis.space_comparison import compare_spaces

        return compare_spaces(self.model, other.model)

    def compare_case(self, other: "KnowledgeBase", given: Mapping[str, Any] | Iterable[Fact]) -> "Comparison":
        """Tell what another knowledge base answers in one case, and which rules make the difference.

        Parameters
        ----------
        other : KnowledgeBase
            The other one.
        given : mapping or iterable of Fact
            The case, as `consult` takes it. Each ignores the facts that only the other knows.

        Raises
        ------
        InputError
            If a fact fits neither; with all problems.

        Examples
        --------
        >>> article = KnowledgeBase.load()
        >>> article.compare_case(article, {"dataset_size": "small"}).same_answer
        True
        """
        from expert.analysis.comparison import compare

        return compare(self.model, other.model, facts_from_python(given, joint(self.model, other.model)))
