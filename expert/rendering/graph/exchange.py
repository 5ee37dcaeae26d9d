"""The graph for other programs: GraphML, and the node-link JSON of networkx."""

import io

import networkx as nx

from expert.inference.consultation import Consultation
from expert.knowledge.foreign_text import as_json


def graphml(consultation: Consultation, view: nx.DiGraph) -> str:  # noqa: ARG001
    """Write a view as GraphML.

    Parameters
    ----------
    consultation : Consultation
        Which it is of; the view says it too.
    view : networkx.DiGraph
        As `expert.explanation.graph_views.view` gives it.

    Returns
    -------
    str
        A whole file; ``networkx.read_graphml`` gives the view back.

    Examples
    --------
    >>> import io
    >>> from expert import KnowledgeBase
    >>> from expert.explanation.graph_views import view
    >>> consultation = KnowledgeBase.load().consult({"natural_language": "yes"})
    >>> written = graphml(consultation, view(consultation, None))
    >>> nx.read_graphml(io.BytesIO(written.encode())).nodes["framework=pytorch"]["certainty"]
    0.2
    """
    file = io.BytesIO()
    nx.write_graphml_xml(view, file)
    return file.getvalue().decode()


def node_link(consultation: Consultation, view: nx.DiGraph) -> str:  # noqa: ARG001
    """Write a view as the node-link JSON of networkx.

    Parameters
    ----------
    consultation : Consultation
        Which it is of; the view says it too.
    view : networkx.DiGraph
        As `expert.explanation.graph_views.view` gives it.

    Returns
    -------
    str
        A whole file; ``networkx.node_link_graph`` gives the view back.

    Examples
    --------
    >>> import json
    >>> from expert import KnowledgeBase
    >>> from expert.explanation.graph_views import view
    >>> consultation = KnowledgeBase.load().consult({"natural_language": "yes"})
    >>> json.loads(node_link(consultation, view(consultation, None)))["nodes"][0]["id"]
    'natural_language=yes'
    """
    data = nx.node_link_data(view, edges="edges")
    return as_json(data, indent=2) + "\n"
