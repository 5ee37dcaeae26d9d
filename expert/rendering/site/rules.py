"""What the site says of each rule, and of the decision tables that some are rows of."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from expert.explanation.shown_certainties import in_full
from expert.knowledge.model import Model
from expert.knowledge.rules import Citation, Rule, tests
from expert.rendering.axis import Axis
from expert.rendering.cell_words import tests_words, values_words
from expert.rendering.evidence import is_below, source_text
from expert.rendering.site.elements import article, attribute_link, bars, counted, fact_html, link, premise_html, row
from expert.rendering.site.references import References


def rules_section(references: References) -> Iterator[str]:
    """Describe all rules, in the order of the file."""
    rules = references.model.rules
    axis = Axis(each.certainty for rule in rules for each in rule.conclusions)
    for rule in rules:
        yield from _rule(references, rule, axis)


def tables_section(references: References) -> Iterator[str]:
    """Write all decision tables as tables."""
    for name, rows in references.tables.items():
        yield from _table(references.model, name, rows)


def _rule(references: References, rule: Rule, axis: Axis) -> Iterator[str]:
    """Describe one rule."""
    model = references.model
    yield article("rule", rule.name, rule.name, [_place(rule)])
    yield f'<p class="lead">{escape(rule.because)}</p>' if rule.because else ""
    yield "<dl>"
    yield from row("If", premise_html(model, rule.premise))
    above = f"a row above it in {link('table', rule.table)} holds" if is_below(rule) else ""
    yield from row("Unless", premise_html(model, rule.unless) if rule.unless else "", above)
    yield from row("Then", _conclusions(model, rule, axis))
    yield from row("Source", *(_citation(each, source_text(model.sources[each.source])) for each in rule.citations))
    fired = references.firing.get(rule.name, [])
    if references.results:
        term = f"Holds in {counted(len(fired), 'case')}" if fired else "Holds in"
        yield from row(term, ", ".join(_case(references, each) for each in fired) or "no case")
    yield "</dl></article>"


def _place(rule: Rule) -> str:
    """Say where a rule is written, without the folder of the file."""
    return rule.place._replace(file=Path(rule.place.file).name).origin


def _conclusions(model: Model, rule: Rule, axis: Axis) -> str:
    """List what a rule concludes, with bars for the certainties."""
    rows = (
        (fact_html(model, each.attribute, each.value), each.certainty, in_full(each.certainty, "+"))
        for each in rule.conclusions
    )
    return bars(rows, axis)


def _citation(citation: Citation, details: str) -> str:
    """Write a citation, with a link to its source."""
    where = f"{escape(citation.where)}, in " if citation.where else ""
    return f"{where}{link('source', citation.source)}<span class='faint'>: {escape(details)}</span>"


def _case(references: References, number: int) -> str:
    """Link to a case."""
    return link("case", number, references.results[number - 1].case.name)


def _table(model: Model, name: str, rows: list[Rule]) -> Iterator[str]:
    """Write a decision table: the columns that it tests, those that it concludes, and a line for each row."""
    tested = list(dict.fromkeys(test.attribute for rule in rows for test in tests(rule.premise)))
    concluded = list(dict.fromkeys(each.attribute for rule in rows for each in rule.conclusions))
    hit = "The first row that holds counts." if rows[0].first else "Every row that holds counts."
    yield article("table", name, name, [counted(len(rows), "row")])
    yield f'<p class="plain">{hit}</p>'
    columns = (attribute_link(model, each) for each in (*tested, *concluded))
    heads = "".join(f"<th scope='col'>{head}</th>" for head in ["Row", *columns, "Certainty"])
    yield f'<div class="wide" tabindex="0" role="region" aria-label="The table {escape(name)}">'
    yield f'<table class="grid"><thead><tr>{heads}</tr></thead><tbody>'
    for rule in rows:
        cells = [tests_words(model.attributes[each], rule.premise) for each in tested]
        for each in concluded:
            values = (conclusion.value for conclusion in rule.conclusions if conclusion.attribute == each)
            cells.append(values_words(model.attributes[each], values))
        certainties = ", ".join(dict.fromkeys(in_full(each.certainty, "+") for each in rule.conclusions))
        line = "".join(f"<td>{escape(cell) or '–'}</td>" for cell in [*cells, certainties])
        yield f"<tr><th scope='row'>{link('rule', rule.name, rule.name.rpartition('/')[2])}</th>{line}</tr>"
    yield "</tbody></table></div></article>"
