"""What ``expert recheck`` prints of stamped tables."""

from collections.abc import Iterator, Mapping

from expert.frames.table_recheck import TableRecheck
from expert.knowledge.foreign_text import shown
from expert.rendering.text.text_page import paragraphs, wrapped
from expert.rendering.text.text_style import Style, plain

LEAST = 0.001
"""The smallest share of rows that is written as a number."""

MOST = 12
"""How many kinds of changes, and how many rules, are listed."""


def table_recheck_text(found: TableRecheck, width: int = 80, style: Style = plain) -> str:
    """Say how many rows are decided otherwise, from what to what, and by which rules."""
    then = ", ".join(dict.fromkeys(f"{stamp.name} {stamp.version}" for stamp in found.stamps))
    rows = f"{found.rows:,} row{'s' * (found.rows != 1)}"
    now = f"{found.today.name} {found.today.version}"
    share = f" ({_share(found.changed / found.rows)})" if found.changed else ""
    otherwise = f"{found.changed or 'none'} of {rows} otherwise{share}" if found.rows else "no rows"
    said = f"Decided by {shown(then)}; {shown(now)} as it is today decides {otherwise}."
    if found.moved:
        said += f" Of the others, {found.moved:,} {'has' if found.moved == 1 else 'have'} another certainty."
    return paragraphs((wrapped(said, 0, width), _answers(found, style), *_rules(found, style)))


def _share(share: float) -> str:
    """Write a share that is not 0."""
    return f"{share:.1%}" if share >= LEAST else "less than 0.1%"


def _answers(found: TableRecheck, style: Style) -> Iterator[str]:
    """List what the answers were, and what they are."""
    listed = list(found.answers.items())
    if listed:
        yield style("Decided otherwise", "heading")
    for (then, now), rows in listed[:MOST]:
        what = f"{then} → {now}" if then != now else f"{then}, by another way"
        yield f"  {rows:>9,}  {shown(what)}"
    if len(listed) > MOST:
        yield f"  {len(listed) - MOST} more kinds of changes: see --json."


def _rules(found: TableRecheck, style: Style) -> Iterator[Iterator[str]]:
    """List which rules held then alone, and which hold today alone, in the rows that are decided otherwise."""
    if not found.rules_known:
        unknown = "Which rules held then is not known: `expert decide --add rules` adds their names."
        yield iter([unknown] if found.changed else [])
        yield _counted("Rules that hold in them today", found.gained, style)
        return
    yield _counted("Rules that held in them, and do not today", found.lost, style)
    yield _counted("Rules that hold in them today, and did not", found.gained, style)
    yield _counted("Rules where the same held, and give other evidence today", found.same, style)


def _counted(heading: str, rules: Mapping[str, int], style: Style) -> Iterator[str]:
    """List rules with the number of rows."""
    names = list(rules)
    if names:
        yield style(heading, "heading")
    for name in names[:MOST]:
        yield f"  {rules[name]:>9,}  {shown(name)}"
    if len(names) > MOST:
        yield f"  {len(names) - MOST} more rules: see --json."
