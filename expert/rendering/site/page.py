"""The whole knowledge base as one page to browse: a file that asks nothing of any other place.

Everything is on the page from the start, and linked by anchors; the script only searches, and switches the colours.
The content-security policy admits this one style sheet and this one script.
"""

from collections.abc import Callable, Iterable, Iterator
from html import escape
from string import Template
from typing import NamedTuple
from urllib.parse import quote

from expert.explanation.dependencies import dependencies
from expert.explanation.shown_certainties import in_full
from expert.knowledge.foreign_text import visible_lines
from expert.knowledge.model import Model
from expert.rendering.graph.attribute_boxes import dependency_drawing
from expert.rendering.graph.look import style_on_page
from expert.rendering.graph.svg import graph_content, legend
from expert.rendering.graph.tabbed_page import asset, content_hash
from expert.rendering.site.attributes import attributes_section
from expert.rendering.site.elements import address, attribute_link, counted, link, row
from expert.rendering.site.references import References, references
from expert.rendering.site.rules import rules_section, tables_section
from expert.rendering.site.sources_and_cases import cases_section, levels_section, retired_section, sources_section


class Section(NamedTuple):
    """A section of the page: its name in addresses, its heading, what it is made of, and the names to list of it."""

    name: str
    heading: str
    write: Callable[[References], Iterable[str]]
    kind: str
    names: list[tuple[object, str]]


def site(model: Model) -> bytes:
    """Write the page."""
    found = references(model)
    style = style_on_page() + asset("site.css", __package__)
    script = asset("site.js", __package__)
    sections = [section for section in _sections(found) if section.names]
    page = Template(asset("site.html", __package__)).substitute(
        style=style,
        style_hash=content_hash(style),
        script=script,
        script_hash=content_hash(script),
        title=escape(model.title or model.name),
        contents="\n".join(line for section in sections for line in _contents(section)),
        overview="\n".join(_overview(found)),
        picture="\n".join(_picture(model)),
        sections="\n".join(line for section in sections for line in _section(section, found)),
        knowledge_base=escape(f"{model.name} {model.version} · {model.digest}"),
    )
    return visible_lines(page).encode()


def _sections(found: References) -> Iterator[Section]:
    """List what is on the page."""
    model = found.model
    attributes: list[tuple[object, str]] = [(each.name, each.words) for each in model.attributes.values()]
    yield Section("attributes", "Attributes", attributes_section, "attribute", attributes)
    yield Section("rules", "Rules", rules_section, "rule", _named(rule.name for rule in model.rules))
    yield Section("tables", "Decision tables", tables_section, "table", _named(found.tables))
    yield Section("levels", "Levels of certainty", levels_section, "level", _named(model.certainties))
    yield Section("sources", "Sources", sources_section, "source", _named(model.sources))
    cases: list[tuple[object, str]] = [(number, case.name) for number, case in enumerate(model.cases, 1)]
    yield Section("cases", "Cases", cases_section, "case", cases)
    yield Section("retired", "Retired rules", retired_section, "retired", _named(e.rule.name for e in model.retired))


def _named(names: Iterable[str]) -> list[tuple[object, str]]:
    return [(name, name) for name in names]


def _contents(section: Section) -> Iterator[str]:
    """List the parts of a section."""
    yield f'<details><summary>{section.heading} <span class="count">{len(section.names):,}</span></summary><ul>'
    yield f'<li class="all"><a href="#{section.name}">All {section.heading.lower()}</a></li>'
    for name, text in section.names:
        yield f"<li>{link(section.kind, name, text)}</li>"
    yield "</ul></details>"


def _section(section: Section, found: References) -> Iterator[str]:
    yield f'<section id="{section.name}"><h2>{section.heading} <span class="count">{len(section.names):,}</span></h2>'
    yield from section.write(found)
    yield "</section>"


def _overview(found: References) -> Iterator[str]:
    """Say what the knowledge base is for, and how much there is of it."""
    model = found.model
    goal = model.attributes[model.goal]
    yield f'<p class="lead">{escape(model.about)}</p>' if model.about else ""
    yield "<dl>"
    yield from row("Concludes", attribute_link(model, goal.name) + (f" – {escape(goal.about)}" if goal.about else ""))
    yield from row("Candidates", ", ".join(escape(goal.value_label(value)) for value in model.candidates))
    yield from row("Contains", _counts(found))
    yield from row("Cases", _passed(found))
    yield from row("Threshold", in_full(model.threshold))
    yield from row("Version", escape(model.version))
    yield from row("Digest", f"<code>{escape(model.digest)}</code>")
    yield from row("To be reviewed by", str(model.review_by or ""))
    yield "</dl>"


def _counts(found: References) -> str:
    model = found.model
    counts = {
        "attribute": len(model.attributes), "question": sum(bool(a.question) for a in model.attributes.values()),
        "rule": len(model.rules), "decision table": len(found.tables), "source": len(model.sources),
    }  # fmt: skip
    return ", ".join(counted(count, noun) for noun, count in counts.items() if count)


def _passed(found: References) -> str:
    """Say how many cases come out as expected, and name those that do not."""
    failing = [number for number, result in enumerate(found.results, 1) if not result.passed]
    if not found.results:
        return ""
    if not failing:
        return f"all {len(found.results)} pass" if len(found.results) > 1 else "the one case passes"
    names = ", ".join(link("case", number, found.results[number - 1].case.name) for number in failing)
    return f"{len(failing)} of {len(found.results)} fail: {names}"


def _picture(model: Model) -> Iterator[str]:
    """Draw what the attributes depend on, each box a link to its attribute."""
    drawn = dependency_drawing(dependencies(model))
    parts, width, height = graph_content(drawn, address=lambda name: f"#{quote(address('attribute', name))}")
    legend_parts, legend_width = legend(drawn)
    width = max(width, legend_width)
    yield f'<svg class="expert" width="{width + 8:.0f}" height="{height + 48:.0f}" viewBox="-4 -4 {width + 8:.0f} '
    yield f'{height + 48:.0f}" role="group" aria-label="What the attributes depend on">'
    yield from parts
    yield f'<g transform="translate(0 {height + 24:.0f})">'
    yield from legend_parts
    yield "</g></svg>"
