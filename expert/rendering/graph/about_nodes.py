"""All about each box of the graph: a rule in plain words, or where a fact comes from and what it led to."""

from collections.abc import Iterator
from html import escape
from typing import Any

import networkx as nx

from expert.explanation.graph import fact_id
from expert.explanation.reasons import reason_of
from expert.explanation.shown_certainties import Numbers, in_full, number, ranking_numbers
from expert.explanation.unfired_rules import Gaps
from expert.explanation.why import exact, step_of
from expert.inference.consultation import Consultation
from expert.inference.engine import Firing
from expert.knowledge.rules import Rule
from expert.rendering.evidence import exception_of, ground_words, held_back, sentence, stopped
from expert.rendering.graph.html_elements import citation_text, copy_button, link, reason_items, strength
from expert.rendering.words import fact_words


def about_nodes(consultation: Consultation, graph: nx.DiGraph) -> Iterator[tuple[str, Iterator[str]]]:
    """Write all about each node: a rule in plain words, or where a fact comes from and which rules read it."""
    numbers = ranking_numbers(consultation)
    for node, details in graph.nodes(data=True):
        if details["kind"] == "source":
            continue
        is_rule = details["kind"] == "rule"
        said = _about_rule(consultation, details) if is_rule else _about_fact(consultation, graph, node, numbers)
        yield node, said


def _about_rule(consultation: Consultation, details: dict[str, Any]) -> Iterator[str]:
    """Write a rule in plain words, how strongly it held, what it gave, and its sources."""
    base = consultation.knowledge_base
    rule = consultation.rules[details["name"]]
    if rule.is_default:
        yield f"<h2>{escape(base.attributes[rule.conclusions[0].attribute].words)}: default</h2>"
        yield f"<p>{escape(details['because'])}</p>"
        return
    yield f"<h2>{escape(sentence(rule, base))}</h2>"
    firing = consultation.held.get(rule.name)
    if firing is None:
        yield f"<h3>It did not hold</h3><p>{escape(stopped(consultation.once(Gaps).of(rule), base))}.</p>"
    else:
        yield from _how_it_held(consultation, rule, firing)
    conclusions = "; ".join(f"{c.attribute} = {c.value} ({in_full(c.certainty, '+')})" for c in rule.conclusions)
    unless = f", unless {exception}" if (exception := exception_of(rule)) else ""
    yield f"<h3>Rule {escape(rule.name)}</h3>"
    yield f"<p class='faint'>If {escape(str(rule.premise) + unless)}, then {escape(conclusions)}.</p>"
    yield copy_button(rule.name, "the rule's name")
    for index, citation in enumerate(rule.citations):
        yield f"{'' if index else '<h3>Source</h3>'}<p>{citation_text(consultation, citation)}</p>"


def _how_it_held(consultation: Consultation, rule: Rule, firing: Firing) -> Iterator[str]:
    """Write to what degree a rule held, since which facts, and what it gave."""
    base = consultation.knowledge_base
    reason = reason_of(consultation, firing.gave[0])
    yield f"<h3>It held to degree {number(firing.degree)}</h3><ul class='plain'>"
    for ground in reason.grounds:
        shown = escape(ground_words(ground, base))
        node = "" if ground.value is None else fact_id(ground.attribute, ground.value)
        yield f"<li>since {link(node, shown) if node else shown}</li>"
    yield f"<li>{escape(held_back(reason, base))}</li>" if reason.exceptions else ""
    yield "</ul><h3>It gave</h3><ul>"
    for conclusion, piece in zip(rule.conclusions, firing.gave, strict=True):
        product = f"{exact(firing.degree)} × {exact(conclusion.certainty)} = {exact(piece.strength)}"
        words = escape(fact_words(base.attributes[piece.attribute], piece.value))
        fact = link(fact_id(piece.attribute, piece.value), words)
        yield f"<li>{strength(piece.strength)} for {fact}<br><span class='faint sum'>{product}</span></li>"
    yield "</ul>"


def _about_fact(consultation: Consultation, graph: nx.DiGraph, node: str, numbers: Numbers) -> Iterator[str]:
    """Write what a fact means, where it comes from, its evidence, and the rules that it led to."""
    details, base = graph.nodes[node], consultation.knowledge_base
    attribute = base.attributes[details["attribute"]]
    yield f"<h2>{escape(fact_words(attribute, details['value']))}</h2>"
    if attribute.question or attribute.about:
        yield f"<p>{escape(attribute.question or attribute.about)}</p>"
    yield f"<p class='faint'>{escape(node)}</p>"
    step = step_of(consultation, (details["attribute"], details["value"]))
    write = numbers.write if details["candidate"] else number
    yield f"<h3>Certainty {write(step.certainty)}</h3>"
    if step.reasons:
        yield f"<ul>{''.join(reason_items(consultation, step.reasons))}</ul>"
    else:
        yield "<p>Nothing is known of it.</p>"
    yield from arithmetic(step.arithmetic, len(step.reasons))
    readers = [after for after in graph.successors(node) if graph.nodes[after]["kind"] == "rule"]
    if readers:
        yield "<h3>Rules that read it</h3><ul class='plain'>"
        for reader in readers:
            stopped = " (did not hold)" if "stopped" in graph.nodes[reader] else ""
            said = sentence(consultation.rules[graph.nodes[reader]["name"]], base)
            yield f"<li>{link(reader, escape(said))}{stopped}</li>"
        yield "</ul>"


def arithmetic(sums: tuple[str, ...], pieces: int) -> Iterator[str]:
    """Write how evidence was combined, where there is more than one piece."""
    for line in sums if pieces > 1 else ():
        yield f'<p class="sum">{escape(line)}</p>'
