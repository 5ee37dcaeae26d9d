"""The small parts that the sections of the site share: links, premises, bars, lists."""

from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote

from expert.knowledge.rules import AllOf, AnyOf, AtLeastOf, Premise


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


def premise_html(premise: Premise) -> str:
    """Write a premise as its text is, with links to its attributes."""
    match premise:
        case AllOf(parts):
            return _joined(" <b>and</b> ", parts, (AnyOf, AtLeastOf)) or "always"
        case AnyOf(parts):
            return _joined(" <b>or</b> ", parts, (AllOf, AtLeastOf))
        case AtLeastOf(needed, parts):
            return f"<b>at least {needed} of</b>: {_joined(', ', parts, ())}"
        case test:
            return link("attribute", test.attribute) + escape(str(test).removeprefix(test.attribute))


def _joined(word: str, parts: Iterable[Premise], enclosed: tuple[type, ...]) -> str:
    """Join the parts of a group; parts of some kinds are put into parentheses."""
    return word.join(f"({premise_html(p)})" if isinstance(p, enclosed) else premise_html(p) for p in parts)


def bar(certainty: float, number: str) -> str:
    """Draw a certainty as a bar from an axis at 0, beside its number."""
    side = side_of(certainty)
    length = round(abs(certainty) * 50, 1)
    return (
        '<svg class="bar" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rest" y="2" width="100" height="10"/>'
        f'<rect class="{side}" x="{50 if certainty > 0 else 50 - length:g}" y="2" width="{length:g}" height="10"/>'
        f'<path d="M50 0V14"/></svg><span class="number {side}">{number}</span>'
    )


def side_of(certainty: float) -> str:
    """Name the look of a certainty by its sign."""
    return "for" if certainty > 0 else "against" if certainty < 0 else "none"


def bars(rows: Iterable[tuple[str, float, str]]) -> str:
    """Write a table of what is certain, how far, and the number for that."""
    lines = (f"<tr><td>{said}</td><td>{bar(certainty, number)}</td></tr>" for said, certainty, number in rows)
    return f'<table class="bars">{"".join(lines)}</table>'


def row(term: str, *details: str) -> Iterator[str]:
    """Write a term with its details; nothing where there are none."""
    found = "".join(f"<dd>{detail}</dd>" for detail in details if detail)
    if found:
        yield f"<dt>{term}</dt>{found}"


def counted(count: int, noun: str) -> str:
    """Write a number of things."""
    return f"{count:,} {noun}{'s' * (count != 1)}"
