"""What its author asks of a knowledge base: whether its rules are right."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from expert.api.content import Content
from expert.knowledge.model import Case

if TYPE_CHECKING:
    from expert.api.rule_tests import RuleTests
    from expert.verification.checks import Checked


class Verified(Content):
    """A knowledge base that can be verified, for `KnowledgeBase` to be."""

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
