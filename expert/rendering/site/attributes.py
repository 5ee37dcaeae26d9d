"""What the site says of each attribute: what it can be, where that comes from, and what depends on it."""

from collections.abc import Iterator
from html import escape

from expert.explanation.dependencies import role
from expert.explanation.shown_certainties import in_full
from expert.knowledge.attributes import Attribute
from expert.knowledge.rules import Value
from expert.rendering.site.elements import article, attribute_link, counted, link, premise_html, row, side_of, web_link
from expert.rendering.site.references import References
from expert.rendering.words import formula_words, value_words


def attributes_section(references: References) -> Iterator[str]:
    """Describe all attributes, in the order of the file."""
    for attribute in references.model.attributes.values():
        yield from _attribute(references, attribute)


def _attribute(references: References, attribute: Attribute) -> Iterator[str]:
    """Describe one attribute."""
    model, name = references.model, attribute.name
    goal = ["goal"] if name == model.goal else []
    yield article("attribute", name, attribute.words, [*goal, role(model, attribute), attribute.kind])
    yield f'<p class="faint"><code>{escape(name)}</code></p>' if attribute.words != name else ""
    for text, look in ((attribute.question or attribute.about, "lead"), (attribute.help, "faint")):
        yield f'<p class="{look}">{escape(text)}</p>' if text else ""
    yield "<dl>"
    yield from row("What it is", escape(attribute.about) if attribute.question else "")
    yield from row("Values", *_values(attribute))
    yield from row("Computed as", escape(formula_words(model, attribute.formula)) if attribute.formula else "")
    yield from row("Asked if", premise_html(model, attribute.ask_if) if attribute.ask_if else "")
    yield from row("Otherwise", _default(attribute))
    yield from row("Concluded by", *_concluded_by(references, attribute))
    rules = references.reading.get(name, [])
    yield from row(f"Read by {counted(len(rules), 'rule')}", ", ".join(link("rule", rule.name) for rule in rules))
    for term, names in (("An input of", references.computing), ("Decides whether to ask", references.asking)):
        yield from row(term, ", ".join(attribute_link(model, each) for each in names.get(name, ())))
    yield "</dl></article>"


def _values(attribute: Attribute) -> Iterator[str]:
    """List what an attribute can be: each choice with its label, and how to begin with it."""
    if attribute.number:
        yield escape(attribute.number.describe())
    elif attribute.yes_no:
        yield "yes or no"
    else:
        for value in attribute.choices:
            label = attribute.long_label(value)
            name = f' <code class="faint">{escape(value)}</code>' if label != value else ""
            start = attribute.starts.get(value)
            steps = filter(None, (escape(start.install), web_link(start.read))) if start else ()
            begin = "; then read ".join(steps)
            small = f'<br><span class="faint">To begin: {begin}</span>' if begin else ""
            yield f"{escape(label)}{name}{small}"


def _default(attribute: Attribute) -> str:
    """Say what an attribute is where nothing says so."""
    if attribute.otherwise is not None:
        label = escape(value_words(attribute, attribute.otherwise))
        return f"{label} is the answer where no candidate exceeds the threshold"
    if attribute.default is not None:
        return f"{escape(value_words(attribute, attribute.default))}, where nothing says what it is"
    return ""


def _concluded_by(references: References, attribute: Attribute) -> Iterator[str]:
    """List the rules that conclude each value, with their certainties."""
    rules: dict[Value, list[str]] = {}
    for rule, conclusion in references.concluding.get(attribute.name, ()):
        strength = f'<span class="number {side_of(conclusion.certainty)}">{in_full(conclusion.certainty, "+")}</span>'
        rules.setdefault(conclusion.value, []).append(f"{link('rule', rule.name)} {strength}")
    for value, found in rules.items():
        yield f"{escape(value_words(attribute, value))}: {', '.join(found)}"
