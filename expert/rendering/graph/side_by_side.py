"""The candidates side by side: a row for each rule that speaks for or against any of them.

Without the script, all candidates stand beside one another; with it, the two that are chosen, the rows in which they
differ, and the facts behind those.
"""

from collections.abc import Iterator
from html import escape

import networkx as nx

from expert.explanation.graph import rule_id
from expert.explanation.reasons import Reason, reason_of
from expert.explanation.shown_certainties import number, ranking_numbers
from expert.inference.consultation import Consultation
from expert.rendering.evidence import pieces
from expert.rendering.graph.html_elements import link
from expert.rendering.headline import label
from expert.rendering.words import fact_words


def side_by_side(consultation: Consultation, trace: nx.DiGraph) -> Iterator[str]:
    """Write the table, with what the script needs to compare two of its columns."""
    numbers = ranking_numbers(consultation)
    names = [escape(label(consultation, candidate.value)) for candidate in consultation.ranking]
    yield '<div class="choosing" hidden>'
    for index, which in enumerate(("Compare", "with")):
        options = "".join(
            f'<option value="{at}"{" selected" if at == index else ""}>{name}</option>' for at, name in enumerate(names)
        )
        yield f'<label>{which} <select id="side{index}">{options}</select></label>'
    yield '</div><div id="difference" aria-live="polite"></div>'
    yield '<table class="sides"><thead><tr><th scope="col">Evidence</th>'
    yield from (f'<th scope="col" data-side="{at}">{name}</th>' for at, name in enumerate(names))
    yield "</tr></thead><tbody>"
    for given, cells in _rows(consultation, trace):
        facts = escape("\n".join(given))
        yield f'<tr data-facts="{facts}">{cells}</tr>'
    yield '</tbody><tfoot><tr><th scope="row">Certainty</th>'
    for at, candidate in enumerate(consultation.ranking):
        yield f'<td data-side="{at}"><b>{numbers.write(candidate.certainty, "+")}</b></td>'
    yield "</tr></tfoot></table>"


def _rows(consultation: Consultation, trace: nx.DiGraph) -> Iterator[tuple[list[str], str]]:
    """Write each piece of evidence with the given facts behind it, those that tell candidates apart most first."""
    strengths: dict[str | None, dict[int, float]] = {}
    reasons: dict[str | None, Reason] = {}
    for at, candidate in enumerate(consultation.ranking):
        for piece in (*candidate.supporting, *candidate.opposing):
            reasons.setdefault(piece.rule, reason_of(consultation, piece))
            strengths.setdefault(piece.rule, {})[at] = piece.strength
    count = len(consultation.ranking)
    for rule in sorted(strengths, key=lambda rule: -_spread([strengths[rule].get(at, 0.0) for at in range(count)])):
        given = _facts(consultation, trace, rule)
        yield given, _cells(consultation, reasons[rule], strengths[rule], given)


def _spread(strengths: list[float]) -> float:
    return max(strengths) - min(strengths)


def _facts(consultation: Consultation, trace: nx.DiGraph, rule: str | None) -> list[str]:
    """Name the given facts that a rule rests on."""
    node = rule_id(consultation.rules[rule]) if rule else ""
    behind = nx.ancestors(trace, node) if node in trace else set()
    attributes = consultation.knowledge_base.attributes
    given = [details for fact, details in trace.nodes(data=True) if fact in behind and "given" in details]
    return [fact_words(attributes[each["attribute"]], each["value"]) for each in given]


def _cells(consultation: Consultation, reason: Reason, strengths: dict[int, float], given: list[str]) -> str:
    """Write a piece of evidence with the given facts behind it, and what it gives each candidate."""
    (piece,) = pieces([reason], consultation.knowledge_base, with_sources=False)
    said = escape(piece.sentence)
    sentence = link(f"rule:{piece.rule}", said) if piece.rule else said
    small = f'<br><span class="faint">{escape("; ".join(given))}</span>' if given else ""
    cells = [f'<th scope="row">{sentence}{small}</th>']
    for at in range(len(consultation.ranking)):
        strength = strengths.get(at, 0.0)
        side = "for" if strength > 0 else "against"
        written = f'<strong class="{side}">{number(strength, "+")}</strong>' if strength else ""
        cells.append(f'<td data-side="{at}" data-strength="{strength}">{written}</td>')
    return "".join(cells)
