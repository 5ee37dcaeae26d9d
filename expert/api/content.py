"""What a knowledge base contains, to be read."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from expert.knowledge.foreign_text import comparable, shown
from expert.knowledge.model import Attribute, Fact, Model, Retired
from expert.knowledge.problems import InputError, suggestion
from expert.knowledge.rules import Rule
from expert.knowledge.variants import Goals

if TYPE_CHECKING:
    import networkx as nx


class Content:
    """The names, attributes and rules of a knowledge base, for `KnowledgeBase` to show."""

    def __init__(self, model: Model):
        self.model = model

    def __repr__(self) -> str:
        return f"<KnowledgeBase {self.model.name} {self.model.version}: {len(self.model.rules)} rules>"

    def _repr_html_(self) -> str:
        """Show its title and the attributes that can be asserted, in a notebook."""
        from expert.rendering.graph.notebook import knowledge_base_html

        return knowledge_base_html(self.model, self.askable)

    @property
    def name(self) -> str:
        """Its name."""
        return self.model.name

    @property
    def digest(self) -> str:
        """The SHA-256 of its canonical form."""
        return self.model.digest

    @property
    def goal(self) -> str:
        """The name of the attribute that it exists to conclude."""
        return self.model.goal

    @property
    def goals(self) -> list[str]:
        """The attributes with choices that rules conclude, which can be asked for instead of the goal."""
        return self.model.once(Goals).names

    def asked_for(self, goal: str | None) -> Model:
        """Give its content with another goal; None leaves its own."""
        return self.model if goal is None else self.model.once(Goals).asking_for(goal)

    @property
    def attributes(self) -> Mapping[str, Attribute]:
        """Its attributes by name, in the order of the file."""
        return self.model.attributes

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Its rules, in the order of the file."""
        return self.model.rules

    @property
    def retired(self) -> tuple[Retired, ...]:
        """The rules of the extended knowledge base that no longer count, each with the reason."""
        return self.model.retired

    @property
    def askable(self) -> list[Attribute]:
        """The attributes that can be asserted, in the order of the file."""
        return [attribute for attribute in self.attributes.values() if self.model.is_askable(attribute)]

    def rule(self, name: str) -> Rule:
        """Find a rule by its name; also one that it retires.

        Raises
        ------
        InputError
            If there is none; the message names the nearest one.
        """
        rules = {rule.name: rule for rule in (*self.rules, *(each.rule for each in self.retired))}
        if comparable(name) in rules:
            return rules[comparable(name)]
        raise InputError.at(self.name, f"there is no rule '{shown(name)}'{suggestion(name, rules)}")

    def graph(self) -> "nx.DiGraph":
        """Build the graph of how the attributes depend on one another.

        Returns
        -------
        networkx.DiGraph
            The attributes; an edge leads from each that rules, a formula or an ``ask_if`` read to what that decides.

        Examples
        --------
        >>> from expert import KnowledgeBase
        >>> KnowledgeBase.load().graph().edges["readability", "ease_of_use"]["names"]
        'readable-is-easy'
        """
        from expert.explanation.dependencies import dependencies

        return dependencies(self.model).graph

    def draw(self, kind: str = "svg") -> bytes:
        """Draw how the attributes depend on one another.

        Parameters
        ----------
        kind : str
            ``svg``, ``png``, ``html``, ``dot``, ``mmd``, ``graphml`` or ``json``.

        Returns
        -------
        bytes
            The content of the file.

        Raises
        ------
        InputError
            If there is no such format.

        Examples
        --------
        >>> from expert import KnowledgeBase
        >>> KnowledgeBase.load().draw()[:4]
        b'<svg'
        """
        from expert.rendering.graph.formats import drawn_dependencies

        return drawn_dependencies(self.model, kind)

    def site(self) -> bytes:
        """Write a page about everything in the knowledge base, linked and to be searched: one file of HTML.

        Returns
        -------
        bytes
            The content of the file. It has what comes of the cases, which are run.

        Examples
        --------
        >>> from expert import KnowledgeBase
        >>> KnowledgeBase.load().site()[:15]
        b'<!doctype html>'
        """
        from expert.rendering.site.page import site

        return site(self.model)

    def page(self, given: Mapping[str, Any] | Iterable[Fact] = ()) -> bytes:
        """Write the page that answers: one file of HTML that asks the questions and runs the rules in the browser.

        Parameters
        ----------
        given : mapping or iterable of Fact
            The answers that the page starts with, as `consult` takes facts.

        Returns
        -------
        bytes
            The content of the file.

        Raises
        ------
        InputError
            If a fact does not fit the knowledge base, or if that is too large for a browser.

        Examples
        --------
        >>> from expert import KnowledgeBase
        >>> KnowledgeBase.load().page({"dataset_size": "large"})[:15]
        b'<!doctype html>'
        """
        from expert.knowledge.loading.facts_reading import facts_from_python
        from expert.page.page import page

        return page(self.model, facts_from_python(given, self.model))
