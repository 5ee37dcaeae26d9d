"""The graph for other programs: GraphML, and the node-link JSON of networkx."""

import io

import networkx as nx

from expert.inference.consultation import Consultation
from expert.knowledge.foreign_text import as_json


def graphml(consultation: Consultation, view: nx.DiGraph) -> str:  # noqa: ARG001
    """Write a view as GraphML."""
    file = io.BytesIO()
    nx.write_graphml_xml(view, file)
    return file.getvalue().decode()


def node_link(consultation: Consultation, view: nx.DiGraph) -> str:  # noqa: ARG001
    """Write a view as the node-link JSON of networkx."""
    data = nx.node_link_data(view, edges="edges")
    return as_json(data, indent=2) + "\n"
