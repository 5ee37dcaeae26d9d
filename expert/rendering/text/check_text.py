"""What a check found, as text for a terminal."""

from collections.abc import Iterator, Sequence

from expert.knowledge.loading.facts_writing import yaml_scalar
from expert.knowledge.model import Model
from expert.knowledge.problems import MOST_NAMES
from expert.rendering.text.links import place_link
from expert.rendering.text.text_page import paragraphs, wrapped
from expert.rendering.text.text_style import Style, plain
from expert.verification.checks import Checked
from expert.verification.findings import SEVERITIES, Finding

NOTES = 10
"""How many notes of a kind are listed; errors and warnings all are."""

_ROLES = {"error": "against", "warning": "heading", "note": "faint"}
"""The style of each severity."""


def check_text(checked: Checked, model: Model, width: int = 80, style: Style = plain) -> str:
    """List findings, the most severe first; then say how many there are, and how far that is proved."""
    by_severity = sorted(checked.findings, key=lambda finding: -SEVERITIES.index(finding.severity))
    listed: list[Finding] = []
    others: dict[str, list[str]] = {}
    for finding in by_severity:
        is_one_of_many = sum(each.kind == finding.kind for each in listed) >= NOTES
        if finding.severity == "note" and is_one_of_many:
            others.setdefault(finding.kind, []).append(finding.name)
        else:
            listed.append(finding)
    found = (_finding(each, model, width, style) for each in listed)
    rest = (wrapped(_others(kind, names), 0, width) for kind, names in others.items())
    return paragraphs([*found, *rest, wrapped(_end(checked), 0, width)])


def _others(kind: str, names: Sequence[str]) -> str:
    """Count the notes of a kind that are not listed, and name the first."""
    more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
    said = f"{_counted(len(names), 'more note')} of the kind {kind}: {', '.join(names[:MOST_NAMES])}{more}"
    return f"{said}; --json lists all."


def _finding(finding: Finding, model: Model, width: int, style: Style) -> Iterator[str]:
    """Say where a finding is, what is wrong, what to do, and in which case it shows."""
    yield from _heading(finding, model, width, style)
    yield from wrapped(finding.message, 2, width)
    yield from wrapped(finding.advice, 2, width)
    if finding.example is not None:
        yield "  For example:" if finding.example else "  For example, where nothing is known."
        yield from (f"    {attribute}: {yaml_scalar(value)}" for attribute, value in finding.example.items())


def _heading(finding: Finding, model: Model, width: int, style: Style) -> Iterator[str]:
    """Say where a finding is, how severe, of which kind, and about what; on a line, where that is wide enough."""
    place = place_link(str(finding.place), finding.place, model, style)
    kind = f"{style(finding.severity, _ROLES[finding.severity])}  {style(finding.kind, 'heading')}"
    taken = len(f"{finding.place}  {finding.severity}  {finding.kind}")
    if taken + 2 + len(finding.name) <= width:
        yield f"{place}  {kind}  {finding.name}"
    else:
        yield from [f"{place}  {kind}"] if taken <= width else [place, f"  {kind}"]
        yield from wrapped(finding.name, 4, width)


def _end(checked: Checked) -> str:
    """Count the findings, and say what stands behind it that there are no others."""
    counts = dict.fromkeys(reversed(SEVERITIES), 0)
    for finding in checked.findings:
        counts[finding.severity] += 1
    found = [_counted(count, severity) for severity, count in counts.items() if count]
    text = f"{', '.join(found) or 'Nothing found'}"
    if checked.accepted:
        text += f"; {_counted(len(checked.accepted), 'finding')} accepted"
    return " ".join([f"{text}.", *_basis(checked)])


def _basis(checked: Checked) -> Iterator[str]:
    """Say whether all cases were looked at, and if not, what is not proved."""
    if not checked.cases:
        return
    if checked.are_all:
        yield f"Proved over all {checked.cases:,} cases."
        return
    looked = f"Looked at {checked.cases:,} cases, most of them drawn at random"
    if checked.not_proved:
        kinds = ", ".join(f"{kind} ({count:,})" for kind, count in checked.not_proved.items())
        yield f"{looked}. Not found among them, but not ruled out: {kinds}."
    else:
        yield f"{looked}; it is proved that there is nothing else."


def _counted(count: int, what: str) -> str:
    """Write a number of things."""
    return f"{count:,} {what}{'s' * (count != 1)}"
