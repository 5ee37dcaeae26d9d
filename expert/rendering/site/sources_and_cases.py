"""What the site says of levels of certainty, sources, cases, and rules that no longer count."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from html import escape

from expert.explanation.shown_certainties import in_full, ranking_numbers
from expert.knowledge.cases import Expectation, Fact
from expert.knowledge.model import Model
from expert.knowledge.rules import Value
from expert.rendering.axis import Axis
from expert.rendering.evidence import sentence
from expert.rendering.headline import answer_of, label
from expert.rendering.site.elements import address, article, bar, bars, counted, fact_html, link, row, web_link
from expert.rendering.site.references import References
from expert.verification.scenarios import Result


def levels_section(references: References) -> Iterator[str]:
    """List the named levels of certainty, each with how many conclusions are as certain."""
    found = Counter(each.certainty for rule in references.model.rules for each in rule.conclusions)
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Level", "Certainty", "Uses"))
    yield f'<table class="bars levels"><thead><tr>{heads}</tr></thead><tbody>'
    axis = Axis(references.model.certainties.values())
    for name, certainty in references.model.certainties.items():
        head = f'<tr id="{escape(address("level", name))}"><th scope="row">{escape(name)}</th>'
        yield f"{head}<td>{bar(certainty, in_full(certainty, '+'), axis)}</td><td>{found[certainty]}</td></tr>"
    yield "</tbody></table>"


def sources_section(references: References) -> Iterator[str]:
    """Describe all sources, each with the rules that cite it."""
    for name, source in references.model.sources.items():
        cited: dict[str, list[str]] = {}
        for rule, citation in references.citing.get(name, ()):
            cited.setdefault(rule.name, []).append(escape(citation.where))
        yield article("source", name, name, [source["kind"]] if "kind" in source else [])
        yield f'<p class="lead">{escape(source.get("title", name))}</p><dl>'
        yield from row("By", escape(source.get("by", "")))
        yield from row("Year", escape(source.get("year", "")))
        yield from row("Address", web_link(source.get("url", "")))
        yield from row("Accessed", escape(source.get("accessed", "")))
        yield from row("Note", escape(source.get("note", "")))
        rules = (
            link("rule", rule) + (f" ({'; '.join(places)})" if any(places) else "") for rule, places in cited.items()
        )
        yield from row(
            f"Cited by {counted(len(cited), 'rule')}" if cited else "Cited by", ", ".join(rules) or "no rule"
        )
        yield "</dl></article>"


def cases_section(references: References) -> Iterator[str]:
    """Describe all cases: what is given, what is expected, what comes, and by which rules."""
    goal = references.model.attributes[references.model.goal]
    for number, result in enumerate(references.results, 1):
        standing = "passes" if result.passed else "fails"
        yield article("case", number, result.case.name, [standing], f"tag {standing}")
        yield "<dl>"
        yield from row("Given", ", ".join(_fact(references.model, each) for each in result.case.given) or "nothing")
        yield from row("Expected", *map(escape, _expected(result.case.expect, goal.value_label)))
        yield from row("Comes", escape(answer_of(result.consultation)), _ranking(result))
        yield from row("Fails", *(escape(str(each)) for each in result.unmet))
        rules = references.model.rules_by_name
        held = [each.rule for each in result.consultation.firings if not rules[each.rule].is_default]
        yield from row(f"{counted(len(held), 'rule')} hold{'s' * (len(held) == 1)}", _links(held) or "none")
        yield "</dl></article>"


def retired_section(references: References) -> Iterator[str]:
    """List the rules that the knowledge base takes away from the one that it extends, and why."""
    for each in references.model.retired:
        yield article("retired", each.rule.name, each.rule.name)
        said = sentence(each.rule, references.model)
        yield f'<p class="lead">{escape(each.reason)}</p><p class="faint">{escape(said)}</p></article>'


def _fact(model: Model, fact: Fact) -> str:
    certainty = f" ({in_full(fact.certainty)})" if fact.certainty != 1 else ""
    return fact_html(model, fact.attribute, fact.value) + certainty


def _expected(expect: Expectation, named: Callable[[Value], str]) -> Iterator[str]:
    """Say what a case expects of the candidates, by their labels."""
    if expect.recommendation is not None:
        yield named(expect.recommendation)
    if expect.ranking is not None:
        yield f"the ranking {', '.join(map(named, expect.ranking))}"
    if expect.tie is not None:
        yield f"a tie between {' and '.join(map(named, expect.tie))}"
    if expect.undecided is not None:
        yield "undecided" if expect.undecided else "not undecided"
    for value, certainty in (expect.certainty or {}).items():
        yield f"{named(value)} with certainty {in_full(certainty)}"


def _ranking(result: Result) -> str:
    """Draw the certainties of the candidates."""
    numbers = ranking_numbers(result.consultation)
    ranking = result.consultation.ranking
    rows = (
        (escape(label(result.consultation, each.value)), each.certainty, numbers.write(each.certainty, "+"))
        for each in ranking
    )
    return bars(rows, Axis(each.certainty for each in ranking))


def _links(rules: Iterable[str]) -> str:
    return ", ".join(link("rule", name) for name in rules)
