"""What ``expert recheck`` prints: what became of decisions, and of which rules; and which are due."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import get_args

from expert.knowledge.foreign_text import visible
from expert.records.recheck import Due, Recheck, Verdict
from expert.rendering.evidence import called
from expert.rendering.records.recheck_words import bases, fate, overdue, said, verdict
from expert.rendering.text.text_page import hanging, paragraphs, styled
from expert.rendering.text.text_style import Style, plain

_ROLES = {"unchanged": "for", "certainty changed": "heading", "recommendation changed": "against"}


def rechecks_text(rechecks: Sequence[Recheck], width: int = 80, style: Style = plain) -> str:
    """Write a line for each decision, the rules that made the difference, and in the end how many have changed."""
    parts = [list(_recheck(each, width, style)) for each in rechecks]
    if len(rechecks) > 1:
        counts = Counter(each.verdict for each in rechecks)
        counted = ", ".join(f"{counts[word]} {word}" for word in get_args(Verdict) if counts[word])
        parts.append([f"{len(rechecks)} decisions: {counted}."])
    long = any(len(part) > 1 for part in parts)
    return paragraphs(parts) if long else paragraphs([[line for part in parts for line in part]])


def _recheck(recheck: Recheck, width: int, style: Style) -> Iterator[str]:
    """Write what became of one decision; of rules only where it has changed."""
    decision = recheck.decision
    name = visible(decision.file or "the decision")
    what, made = verdict(recheck), f"({decision.date}, {bases(recheck)})"
    role = _ROLES[recheck.verdict]
    if len(f"{name}: {what} {made}") <= width:
        yield f"{name}: {style(what, role)} {style(made, 'faint')}"
    else:
        if len(f"{name}: {what}") <= width:
            yield f"{name}: {style(what, role)}"
        else:
            yield f"{name}:"
            yield from styled(what, role, 2, width, style)
        yield style(f"  {made}", "faint")
    for change in recheck.rules if recheck.verdict != "unchanged" else ():
        yield from hanging(said(recheck, change), 2, width)
        yield from styled(f"{called(change.rule)}: {fate(recheck, change)}", "faint", 9, width, style)


def due_text(found: Sequence[Due], of: int) -> str:
    """List the records that should be looked at again."""
    lines = [f"{each.decision.file or 'the decision'}: {overdue(each)}" for each in found]
    return paragraphs([[*lines, f"{len(found)} of {of} decisions {'is' if len(found) == 1 else 'are'} due."]])
