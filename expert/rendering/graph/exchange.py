"""The graph for other programs: GraphML, and the node-link JSON of networkx."""

import io

import networkx as nx

from expert.knowledge.foreign_text import as_json
from expert.rendering.graph.drawings import Subject


def graphml(subject: Subject) -> str:
    """Write a graph as GraphML."""
    file = io.BytesIO()
    nx.write_graphml_xml(subject.graph, file)
    return file.getvalue().decode()


def node_link(subject: Subject) -> str:
    """Write a graph as the node-link JSON of networkx."""
    return as_json(nx.node_link_data(subject.graph, edges="edges"), indent=2) + "\n"
