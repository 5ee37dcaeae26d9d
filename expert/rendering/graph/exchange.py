"""The graph for other programs: GraphML, and the node-link JSON of networkx."""

import io

import networkx as nx

from expert.explanation.graph_views import View
from expert.knowledge.foreign_text import as_json


def graphml(view: View) -> str:
    """Write a view as GraphML."""
    file = io.BytesIO()
    nx.write_graphml_xml(view.graph, file)
    return file.getvalue().decode()


def node_link(view: View) -> str:
    """Write a view as the node-link JSON of networkx."""
    return as_json(nx.node_link_data(view.graph, edges="edges"), indent=2) + "\n"
