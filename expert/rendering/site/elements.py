"""The small parts that the sections of the site share: links, premises, bars, lists."""

from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote

from expert.knowledge.model import Model
from expert.knowledge.rules import AllOf, AnyOf, AtLeastOf, Lacking, Premise, Value
from expert.rendering.axis import Axis
from expert.rendering.words import premise_words, value_words


def address(kind: str, name: object) -> str:
    """Name the place on the page where an attribute, a rule, a source or the like is described."""
    return f"{kind}-{name}"


def link(kind: str, name: object, text: str = "") -> str:
    """Link to such a place."""
    return f'<a href="#{quote(address(kind, name))}">{escape(text or str(name))}</a>'


def web_link(url: str) -> str:
    """Link to an address of the web; other texts are shown."""
    is_web = url.startswith(("https://", "http://"))
    return f'<a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>' if is_web else escape(url)


def article(kind: str, name: object, heading: str, tags: Iterable[str] = (), look: str = "tag") -> str:
    """Begin such a place, with its heading and a few words beside that."""
    beside = "".join(f' <span class="{look}">{escape(tag)}</span>' for tag in tags)
    identifier = escape(address(kind, name))
    return f'<article id="{identifier}"><h3><a href="#{quote(address(kind, name))}">{escape(heading)}</a>{beside}</h3>'


def attribute_link(model: Model, name: str) -> str:
    """Link to an attribute, by its label."""
    return link("attribute", name, model.attributes[name].words)


def fact_html(model: Model, name: str, value: Value) -> str:
    """Write a fact in words, with a link to its attribute."""
    return f"{attribute_link(model, name)}: {escape(value_words(model.attributes[name], value))}"


def premise_html(model: Model, premise: Premise) -> str:
    """Write a premise in words, with links to its attributes."""
    match premise:
        case AllOf(parts):
            return _joined(model, " <b>and</b> ", parts, (AnyOf, AtLeastOf)) or "always"
        case AnyOf(parts):
            return _joined(model, " <b>or</b> ", parts, (AllOf, AtLeastOf))
        case AtLeastOf(needed, parts):
            return f"<b>at least {needed} of</b>: {_joined(model, ', ', parts, ())}"
        case Lacking(attribute=name):
            return f"nothing says what {attribute_link(model, name)} is"
        case test:
            said = premise_words(model, test).removeprefix(model.attributes[test.attribute].words)
            return attribute_link(model, test.attribute) + escape(said)


def _joined(model: Model, word: str, parts: Iterable[Premise], enclosed: tuple[type, ...]) -> str:
    """Join the parts of a group; parts of some kinds are put into parentheses."""
    said = ((part, premise_html(model, part)) for part in parts)
    return word.join(f"({text})" if isinstance(part, enclosed) else text for part, text in said)


def bar(certainty: float, number: str, axis: Axis) -> str:
    """Draw a certainty as a bar from an axis at 0, beside its number."""
    side = side_of(certainty)
    start, length = (f"{100 * share:.1f}" for share in axis.span(certainty))
    return (
        '<svg class="bar" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rest" y="2" width="100" height="10"/>'
        f'<rect class="{side}" x="{start}" y="2" width="{length}" height="10"/>'
        f'<path d="M{100 * axis.zero:.1f} 0V14"/></svg><span class="number {side}">{number}</span>'
    )


def side_of(certainty: float) -> str:
    """Name the look of a certainty by its sign."""
    return "for" if certainty > 0 else "against" if certainty < 0 else "none"


def bars(rows: Iterable[tuple[str, float, str]], axis: Axis) -> str:
    """Write a table of what is certain, how far, and the number for that."""
    lines = (f"<tr><td>{said}</td><td>{bar(certainty, number, axis)}</td></tr>" for said, certainty, number in rows)
    return f'<table class="bars">{"".join(lines)}</table>'


def row(term: str, *details: str) -> Iterator[str]:
    """Write a term with its details; nothing where there are none."""
    found = "".join(f"<dd>{detail}</dd>" for detail in details if detail)
    if found:
        yield f"<dt>{term}</dt>{found}"


def counted(count: int, noun: str) -> str:
    """Write a number of things."""
    return f"{count:,} {noun}{'s' * (count != 1)}"
