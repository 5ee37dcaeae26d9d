"""A consultation as a graph: for programs, as a picture, and in a notebook."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expert.inference import consultation

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Pictures(consultation.Consultation):
    """The graph of a consultation, for `Consultation` to give."""

    def graph(self, of: Sequence[str] = ()) -> "nx.DiGraph":
        """Build the graph of what led to what.

        Parameters
        ----------
        of : sequence of str
            The conclusions to prove: candidates, or strings ``attribute=value``. By default everything.

        Returns
        -------
        networkx.DiGraph
            Facts, the rules that held, and their sources; without cycles.

        Raises
        ------
        InputError
            If there is no such attribute or value.

        Examples
        --------
        >>> graph = KnowledgeBase.load().consult({"natural_language": "yes"}).graph()
        >>> list(graph)
        ['natural_language=yes', 'framework=pytorch', 'rule:language-pytorch', 'source:article C3, introduction']
        """
        from expert.explanation.graph_views import view
        from expert.explanation.why import named_pair

        return view(self, [named_pair(self, value) for value in of] or None).graph

    def draw(
        self, kind: str = "svg", of: Sequence[str] = (), *, everything: bool = False, not_fired: bool = False
    ) -> bytes:
        """Draw the graph, or the proof of some conclusions.

        Parameters
        ----------
        kind : str
            ``svg``, ``png``, ``html``, ``dot``, ``mmd``, ``graphml`` or ``json``.
        of : sequence of str
            As `graph` takes it. By default the leaders, or all candidates if there is no evidence for any.
        everything : bool
            Whether to draw everything that was given or concluded instead.
        not_fired : bool
            Whether to add the rules that did not hold, with the tests that failed.

        Returns
        -------
        bytes
            The content of the file.

        Raises
        ------
        InputError
            If there is no such format, attribute or value.

        Examples
        --------
        >>> KnowledgeBase.load().consult({"natural_language": "yes"}).draw()[:4]
        b'<svg'
        """
        from expert.explanation.graph_views import foremost
        from expert.explanation.why import named_pair
        from expert.rendering.graph.formats import drawn

        pairs = [named_pair(self, value) for value in of] or foremost(self)
        part = None
        if kind == "html":
            from expert.page.what_if import what_if_part

            part = what_if_part(self)
        return drawn(self, kind, None if everything else pairs, not_fired, part)

    def _repr_html_(self) -> str:
        """Show the ranking and the proof of what leads, in a notebook."""
        from expert.rendering.graph.notebook import consultation_html

        return consultation_html(self, self.draw())
