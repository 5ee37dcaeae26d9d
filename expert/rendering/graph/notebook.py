"""What notebooks show of a knowledge base and of its answers: elements of HTML, legible on light and dark pages alike.

Letters take the colour of the page, and bars have colours that stand out from white and from black, so nothing has to
know the notebook's theme. All looks are on the elements themselves, and touch nothing else on the page.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice

from expert.analysis.what_if import WhatIf
from expert.explanation.reasons import Reason
from expert.explanation.shown_certainties import number, ranking_numbers
from expert.explanation.unfired_rules import Missed
from expert.explanation.why import Why
from expert.explanation.why_not import WhyNot
from expert.inference.consultation import Consultation
from expert.knowledge.foreign_text import visible
from expert.knowledge.model import Attribute, Model
from expert.knowledge.problems import one_of
from expert.rendering.axis import Axis
from expert.rendering.evidence import Piece, called, cited_sentence, lacking, pieces
from expert.rendering.headline import headline, label, named, what_if_headline
from expert.rendering.losing import aimed_at, standing

ROWS = 50
"""How many rows of a table are shown."""

COLOURS = {"for": "#2a9d64", "against": "#d64545", "rest": "rgba(128,128,128,.25)"}

PADDING = "padding:.15em .5em"


def consultation_html(consultation: Consultation, picture: bytes) -> str:
    """Show the answer, the ranking, and a picture.

    The picture is an SVG file. It is shown as an image, on paper of its own, so its style sheet stays inside.
    """
    said = headline(consultation).text
    numbers = ranking_numbers(consultation)
    axis = Axis(each.certainty for each in consultation.ranking)
    rows = [
        (_heading(label(consultation, each.value)), *_measure(each.certainty, axis, numbers.write(each.certainty, "+")))
        for each in consultation.ranking
    ]
    address = f"data:image/svg+xml;base64,{b64encode(picture).decode()}"
    image = f'<img src="{address}" alt="{_text(f"The proof: {said}")}" style="max-width:100%;margin-top:.6em"/>'
    return _element(
        _paragraph(said, strong=True), _table(rows), _paragraph("Weight of evidence, not probability."), image
    )


def why_html(why: Why) -> str:
    """Show a proof, step by step."""
    consultation, parts = why.consultation, []
    for step in why.steps:
        said = f"{named(consultation, step.attribute, step.value)} has certainty {number(step.certainty)}."
        reasons = _reasons(consultation, step.reasons, "Nothing speaks for it or against it.")
        parts += [_paragraph(said, strong=True), *reasons]
        parts += map(_paragraph, step.arithmetic if len(step.reasons) > 1 else ())
    return _element(*parts)


def why_not_html(lost: WhyNot) -> str:
    """Show why a candidate is not the answer."""
    consultation = lost.consultation
    parts = [_paragraph(standing(lost), strong=True)]
    for word, reasons in (("for", lost.supporting), ("against", lost.opposing)):
        parts += _reasons(consultation, reasons, f"Nothing speaks {word} it.")
    parts += map(_paragraph, lost.arithmetic if len(lost.supporting) + len(lost.opposing) > 1 else ())
    for aim in lost.aims:
        what = aimed_at(lost, aim)
        said = f"Would have supported {what}" if aim.missed else f"Every rule that supports {what} held."
        parts.append(_paragraph(said, strong=bool(aim.missed)))
        axis = Axis(each.certainty for each in aim.missed)
        parts.append(
            _table([(*_measure(each.certainty, axis), _cell(_unfired(consultation, each))) for each in aim.missed])
        )
    return _element(*parts)


def what_if_html(what_if: WhatIf) -> str:
    """Show two results side by side, and the rules that make the difference."""
    changes, becomes, answer = what_if_headline(what_if)
    axis = Axis(certainty for each in what_if.ranking for certainty in (each.before, each.after))
    rows = [
        (_heading(label(what_if.before, each.value)), *_measure(each.before, axis), *_measure(each.after, axis))
        for each in what_if.ranking
    ]
    rules = [f"{change.kind}: {change.rule}" for change in what_if.rules]
    return _element(
        *(_paragraph(sentence, strong=True) for sentence in (*changes, f"{becomes} {answer}.")),
        _table(rows, ("", "", "before", "", "after")),
        _details("Rules that make the difference", _table([(_cell(_text(rule)),) for rule in rules])),
    )


def knowledge_base_html(model: Model, askable: Sequence[Attribute]) -> str:
    """Show what a knowledge base is about, and the facts that can be given."""
    goal = model.attributes[model.goal]
    concludes = f"concludes {goal.words} ({one_of(map(goal.value_label, model.candidates))})"
    rows = [
        (
            _heading(each.words, each.name if each.name != each.words else ""),
            _cell(_text(each.question or each.about)),
            _cell(_admitted(each)),
        )
        for each in askable
    ]
    return _element(
        _paragraph(model.title or model.name, strong=True),
        _paragraph(f"{model.name} {model.version} {concludes} by {len(model.rules)} rules."),
        _details("The facts that can be given", _table(rows)),
    )


def _admitted(attribute: Attribute) -> str:
    """Say which values an attribute admits; below, in small letters, the names that one types."""
    if attribute.number:
        return _text(attribute.number.describe())
    labels, names = one_of(attribute.choices.values()), one_of(attribute.choices)
    return _text(labels) + (_small(names) if names != labels else "")


def _reasons(consultation: Consultation, reasons: Sequence[Reason], otherwise: str) -> Iterator[str]:
    """Show evidence, each piece with its rule and the facts that it matched."""
    if not reasons:
        yield _paragraph(otherwise)
        return
    axis = Axis(reason.strength for reason in reasons)
    told = pieces(reasons, consultation.knowledge_base)
    yield _table([(*_measure(piece.strength, axis), _cell(_piece(piece))) for piece in told])


def _piece(piece: Piece) -> str:
    """Write a piece of evidence."""
    rule = f"{called(piece.rule)}{piece.degree}" if piece.rule else ""
    since = f"since {piece.since}" if piece.since else ""
    return _text(piece.sentence) + "".join(
        map(_small, filter(None, (", ".join(filter(None, (rule, since))), piece.held)))
    )


def _unfired(consultation: Consultation, unfired: Missed) -> str:
    """Write a rule that did not hold, with what kept it from that."""
    rule = "" if unfired.is_default else f"{called(unfired.rule)}: "
    base = consultation.knowledge_base
    said = cited_sentence(consultation.rules[unfired.rule], base)
    return _text(said) + _small(rule + lacking(unfired, base))


def _text(text: object) -> str:
    """Write a text for HTML, with what would act in it written out."""
    return escape(visible(text))


def _paragraph(text: str, strong: bool = False) -> str:
    weight = ";font-weight:bold" if strong else ""
    return f'<p style="margin:.5em 0{weight}">{_text(text)}</p>'


def _small(text: str) -> str:
    return f'<div style="font-size:90%;opacity:.75">{_text(text)}</div>'


def _heading(text: str, name: str = "") -> str:
    """Write the head of a row; below it, in small letters, the name that one types."""
    return f'<th style="text-align:left;{PADDING}">{_text(text)}{_small(name) if name else ""}</th>'


def _cell(content: str) -> str:
    return f'<td style="text-align:left;{PADDING}">{content}</td>'


def _measure(certainty: float, axis: Axis, written: str | None = None) -> tuple[str, str]:
    """Draw a bar from an axis at 0, and write the number that it stands for, as beside others if that is given."""
    colour, side = (COLOURS["for"], "left") if certainty > 0 else (COLOURS["against"], "right")
    start, length = axis.span(certainty)
    bar = (
        f'<div style="margin-left:{start:.1%};width:{length:.1%};height:100%;background:{colour};'
        f'border-{side}:1px solid currentColor"></div>'
    )
    track = f'<div style="width:8em;height:.8em;background:{COLOURS["rest"]}">{bar}</div>'
    return (
        f'<td style="{PADDING}" aria-hidden="true">{track}</td>',
        f'<td style="text-align:right">{written or number(certainty, "+")}</td>',
    )


def _table(rows: Sequence[Iterable[str]], head: Sequence[str] = ()) -> str:
    """Join cells to a table; what is too long for a notebook is counted."""
    if not rows:
        return ""
    lines = ["".join(f'<th style="text-align:right">{name}</th>' for name in head)] if head else []
    lines += map("".join, islice(rows, ROWS))
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    more = _paragraph(f"and {len(rows) - ROWS} more") if len(rows) > ROWS else ""
    return f'<table style="color:inherit;font:inherit;border-collapse:collapse">{body}</table>{more}'


def _details(summary: str, content: str) -> str:
    return f"<details><summary>{_text(summary)}</summary>{content}</details>" if content else ""


def _element(*parts: str) -> str:
    return f'<div style="color:inherit;background:none;max-width:64em">{"".join(parts)}</div>'
