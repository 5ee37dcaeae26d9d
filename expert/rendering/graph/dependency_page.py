"""The dependencies of a knowledge base as a page to look around in: beside the picture, all about each attribute."""

from collections.abc import Iterable, Iterator
from html import escape

from expert.explanation.dependencies import Dependencies
from expert.knowledge.model import Model
from expert.rendering.graph.attribute_boxes import declaration, default_words, dependency_drawing
from expert.rendering.graph.html_elements import link, node_address
from expert.rendering.graph.tabbed_page import Tab, tabbed_page
from expert.rendering.words import formula_words, premise_words


def dependency_page(dependencies: Dependencies) -> str:
    """Write the page."""
    tab = Tab("everything", "Everything", "", "What the attributes depend on", dependency_drawing(dependencies))
    about = (line for name in dependencies.graph for line in _about(dependencies, name))
    return tabbed_page([tab], tab.name, _overview(dependencies), about)


def _overview(dependencies: Dependencies) -> Iterator[str]:
    """List the attributes."""
    base = dependencies.knowledge_base
    yield "<section><h2>Attributes</h2>"
    yield f"<p>{escape(base.about)}</p>" if base.about else ""
    yield "<ul class='plain'>"
    for name, details in dependencies.graph.nodes(data=True):
        text = details["question"] or details["about"]
        said = f"<br><span class='faint'>{escape(text)}</span>" if text else ""
        linked = _linked(base, name)
        yield f"<li>{linked} <span class='faint'>({escape(_role(details))})</span>{said}</li>"
    yield "</ul></section>"


def _linked(model: Model, name: str) -> str:
    """Link to what is said of an attribute."""
    return link(name, escape(model.attributes[name].words))


def _role(details: dict[str, object]) -> str:
    return f"{details['role']}, the goal" if details["goal"] else str(details["role"])


def _about(dependencies: Dependencies, name: str) -> Iterator[str]:
    """Write what an attribute is, what it depends on, and what depends on it."""
    graph, base = dependencies.graph, dependencies.knowledge_base
    attribute = base.attributes[name]
    details = graph.nodes[name]
    yield f'<section class="about" id="{node_address(name)}" data-node="{escape(name)}">'
    yield f"<h2>{escape(attribute.words)}</h2>"
    yield f"<p class='faint'>{escape(name)}</p>" if attribute.words != name else ""
    for text in (details["question"], details["about"]):
        yield f"<p>{escape(text)}</p>" if text else ""
    said = ", ".join(filter(None, (f"{_role(details)}: {declaration(attribute)}", default_words(attribute))))
    yield f"<p class='faint'>{escape(said)}</p>"
    yield f"<h3>Computed</h3><p>{escape(formula_words(base, attribute.formula))}</p>" if attribute.formula else ""
    yield f"<h3>Asked if</h3><p>{escape(premise_words(base, attribute.ask_if))}</p>" if attribute.ask_if else ""
    yield from _lines(base, "It depends on", ((start, link) for start, _, link in graph.in_edges(name, data=True)))
    yield from _lines(base, "What depends on it", ((end, link) for _, end, link in graph.out_edges(name, data=True)))
    yield "</section>"


def _lines(model: Model, title: str, ends: Iterable[tuple[str, dict[str, str]]]) -> Iterator[str]:
    """List the attributes at the other ends of links, each with the rules between the two."""
    found = list(ends)
    if found:
        yield f"<h3>{title}</h3><ul class='plain'>"
        for name, details in found:
            ways = [f"by {details['names'].replace(' ', ', ')}"] if details["names"] else []
            ways += ["by its formula"] * (details["kind"] == "formula")
            ways += ["by its condition to be asked"] * bool(details["ask_if"])
            yield f"<li>{_linked(model, name)}<br><span class='faint'>{escape('; '.join(ways))}</span></li>"
        yield "</ul>"
