"""The kinds of what a check finds: how severe each is, and what it means. Files accept findings by these names."""

from typing import NamedTuple


class Kind(NamedTuple):
    """How severe findings of a kind are unless they say otherwise, and what they mean."""

    severity: str
    meaning: str


KINDS = {
    "never-fires": Kind("warning", "a rule that holds in no case"),
    "never-matters": Kind("note", "a rule that holds, but changes no recommendation in any case"),
    "duplicate": Kind("warning", "a rule that says what another rule says"),
    "subsumed": Kind("warning", "a rule that adds to what a rule with a wider premise has already said"),
    "opposed": Kind("warning", "two rules with one premise, one for and one against the same value"),
    "contradiction": Kind("error", "a value with certain evidence both for and against it in one case"),
    "undecided": Kind("note", "cases in which no candidate exceeds the threshold"),
    "tie": Kind("note", "cases in which candidates are equal"),
    "never-wins": Kind("warning", "a candidate that no case recommends"),
    "always-wins": Kind("warning", "a candidate that every case recommends"),
    "unread": Kind("warning", "a question whose answer nothing reads"),
    "unused": Kind("warning", "an attribute that is not asked, and that nothing reads"),
    "unreachable": Kind("warning", "an attribute that is read, but neither asked nor concluded"),
    "never-asked": Kind("warning", "a question whose condition holds in no case"),
    "unmentioned-value": Kind("note", "an answer that no rule and no condition tells from no answer"),
    "no-because": Kind("note", "a rule that does not say why"),
    "no-source": Kind("note", "a rule without a source, where the file has sources"),
    "uncited-source": Kind("warning", "a source that no rule cites"),
    "unused-level": Kind("warning", "a named certainty that nothing uses"),
    "empty-text": Kind("warning", "a text in which there is nothing to see"),
    "same-text": Kind("warning", "two texts that people cannot tell apart"),
    "names-another": Kind("warning", "a reason that names another candidate than its rule concludes"),
    "case-fails": Kind("error", "a case that does not come out as expected"),
    "not-needed": Kind("warning", "an accepted finding that there is not"),
}
"""Every kind, by its name."""


def kind_and_name(text: str) -> tuple[str, str]:
    """Take apart how a file writes what it accepts.

    Examples
    --------
    >>> kind_and_name("never-wins fastai")
    ('never-wins', 'fastai')
    """
    kind, _, name = " ".join(text.split()).partition(" ")
    return kind, name
