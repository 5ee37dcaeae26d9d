"""What a check found, as text for a terminal."""

from collections.abc import Iterator

from expert.knowledge.loading.facts_writing import yaml_scalar
from expert.knowledge.model import Model
from expert.rendering.text.links import place_link
from expert.rendering.text.text_page import paragraphs, wrapped
from expert.rendering.text.text_style import Style, plain
from expert.verification.checks import Checked
from expert.verification.findings import SEVERITIES, Finding

_ROLES = {"error": "against", "warning": "heading", "note": "faint"}
"""The style of each severity."""


def check_text(checked: Checked, model: Model, width: int = 80, style: Style = plain) -> str:
    """List findings, the most severe first; then say how many there are, and how far that is proved."""
    by_severity = sorted(checked.findings, key=lambda finding: -SEVERITIES.index(finding.severity))
    found = (_finding(each, model, width, style) for each in by_severity)
    return paragraphs([*found, wrapped(_end(checked), 0, width)])


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
