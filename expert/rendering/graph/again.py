"""What makes a page again: its command, and the facts that it is of."""

import shlex
from collections.abc import Iterator
from html import escape

from expert.explanation.graph_views import View
from expert.explanation.shown_certainties import in_full
from expert.knowledge.foreign_text import visible
from expert.knowledge.loading.facts_writing import facts_file
from expert.knowledge.model import Fact
from expert.rendering.graph.html_elements import copy_button


def again(view: View) -> Iterator[str]:
    """Write the command that makes a page, its words unbroken, with buttons that copy it and the facts."""
    base, given = view.consultation.knowledge_base, view.consultation.given
    command = visible(command_of(view))
    facts = facts_file(base, [base.attributes[fact.attribute] for fact in given], given)
    words = " ".join(f"<span>{escape(shlex.quote(word))}</span>" for word in shlex.split(command))
    yield f"<section><h2>The same again</h2><pre tabindex='0' aria-label='Command'><code>{words}</code></pre>"
    yield f"<p>{copy_button(command, 'the command')} {copy_button(facts, 'the facts')}</p></section>"


def command_of(view: View) -> str:
    """Write the command that makes the page of a view, with the facts in it."""
    base, pairs = view.consultation.knowledge_base, view.pairs
    words = ["expert", "graph", "--rules", base.name if base.is_shipped else _file(view)]
    words += ["--goal", base.goal] if base.asked_of else []
    words += [word for fact in view.consultation.given for word in ("--set", _setting(fact))]
    goals = [str(value) if attribute == base.goal else f"{attribute}={value}" for attribute, value in pairs or ()]
    words += ["--all"] if pairs is None else [word for goal in goals for word in ("--of", goal)]
    words += ["--not-fired"] if view.not_fired else []
    return shlex.join([*words, "--open"])


def _file(view: View) -> str:
    """Name the file of a knowledge base as the user named it."""
    base = view.consultation.knowledge_base
    return next((place.file for place in base.places.values()), base.name)


def _setting(fact: Fact) -> str:
    """Write a fact as --set takes it."""
    return f"{fact.attribute}={fact.value}" + (f" ({in_full(fact.certainty)})" if fact.certainty != 1 else "")
