"""Writing texts, laying out and drawing take work and memory in proportion to what is shown."""

import random

import networkx as nx
import pytest

from expert import KnowledgeBase
from expert.explanation.report import Explanation
from expert.rendering.graph.columns import columns_of
from expert.rendering.graph.layout import layout
from expert.rendering.text.explanation_text import explanation_text
from expert.rendering.text.recommendation_text import recommendation_text
from expert.rendering.text.text_page import TextPage
from tests.growth import MOST, calls, growth, many_rules, peak
from tests.strategies import model_of

SIZE = 60

both = pytest.mark.parametrize("measure", [calls, peak])


def consultation(size):
    return KnowledgeBase(model_of(many_rules(size))).consult({f"asked{i}": "yes" for i in range(size)})


def tangled(size):
    """Make a graph of as many rules, with lines that cross in whatever order: the layout goes on to its last try."""
    pick = random.Random(size).randrange
    graph = nx.DiGraph((f"fact{pick(size)}", f"rule{i}") for i in range(size) for _ in range(2))
    graph.add_edges_from((f"rule{i}", f"conclusion{pick(5)}") for i in range(size))
    return graph


@both
def test_of_a_recommendation_as_text(measure):
    assert growth(measure, consultation, recommendation_text, SIZE) <= MOST


@both
def test_of_explanations_as_text(measure):
    def make(size):
        made = consultation(size)
        return TextPage(made, 80), Explanation(made, (made.why("red"),), (made.why_not("green"),))

    assert growth(measure, make, lambda made: explanation_text(*made), SIZE) <= MOST


def test_of_laying_a_graph_out():
    assert (
        growth(calls, tangled, lambda graph: layout(graph, dict.fromkeys(graph, (90, 40)), columns_of(graph)), 150)
        <= MOST
    )


@both
def test_of_a_page_about_a_knowledge_base(measure):
    assert growth(measure, lambda size: KnowledgeBase(model_of(many_rules(size))), KnowledgeBase.site, SIZE) <= MOST


@both
@pytest.mark.parametrize("kind", ["html", "dot", "graphml"])
def test_of_drawing(measure, kind):
    assert growth(measure, consultation, lambda made: made.draw(kind), SIZE) <= MOST
