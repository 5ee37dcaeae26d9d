"""The page that answers: one file of HTML that asks nothing of any other place, with the knowledge base as data in it.

The rules stand on it as text, too, so that it can be read without JavaScript. The content-security policy admits this
one style sheet and this one script.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from string import Template

from expert.explanation.shown_certainties import in_full
from expert.knowledge.foreign_text import visible_lines
from expert.knowledge.loading.knowledge_base_file import shipped_names
from expert.knowledge.model import Fact, Model
from expert.knowledge.problems import InputError
from expert.knowledge.rules import Rule
from expert.page.compiled import compiled
from expert.rendering.evidence import cited_sentence, exception_of, source_text
from expert.rendering.graph.tabbed_page import asset, content_hash

SCRIPTS = (
    "evaluator.js", "intervals.js", "bounds.js", "questions.js", "outlook.js", "numbers.js", "words.js", "facts.js",
    "elements.js", "base.js", "axis.js", "progress.js", "why_asked.js", "interview.js", "answer.js", "changes.js",
    "proof.js", "kept.js", "page.js",
)  # fmt: skip
"""The scripts of the page, each after those that it uses."""

_COMMENT = re.compile(r"^ *(?://.*|/\*\*(?:(?!\*/)[\s\S])*\*/)\n", re.MULTILINE)
"""A comment on lines of its own, which a page does without."""

MOST_RULES = 2_000
"""How many rules a browser runs while somebody waits."""


def page(model: Model, given: Iterable[Fact] = ()) -> bytes:
    """Write the page; it starts with what is given."""
    if len(model.all_rules) > MOST_RULES:
        found = f"it has {len(model.all_rules):,} rules, and a browser answers at once for up to {MOST_RULES:,}"
        raise InputError.at(model.name, f"is too large for a page: {found}; use `expert ask` instead")
    style = asset("colours.css") + "".join(asset(name, __package__) for name in ("page.css", "axis.css"))
    script = script_of(SCRIPTS)
    return Template(asset("page.html", __package__)).substitute(
        style=style,
        style_hash=content_hash(style),
        script=script,
        script_hash=content_hash(script),
        title=visible_lines(escape(model.title or model.name)),
        about=visible_lines(f'<p class="lead">{escape(model.about)}</p>' if model.about else ""),
        sources=visible_lines("\n".join(_sources(model))),
        count=f"{len(model.rules):,}",
        rules=visible_lines("\n".join(_rule(model, rule) for rule in model.rules)),
        knowledge_base=visible_lines(escape(_basis(model))),
        base=as_data(model, given),
    ).encode()  # fmt: skip


def script_of(names: Iterable[str]) -> str:
    """Put scripts together, without their comments."""
    return '"use strict";\n' + "".join(_COMMENT.sub("", asset(name, __package__)) for name in names)


def as_data(model: Model, given: Iterable[Fact]) -> str:
    """Write the compiled form so that nothing in it ends the element that it stands in."""
    import json

    facts = {
        fact.attribute: {"value": fact.value, "certainty": fact.certainty, "note": fact.note, "fixed": fact.fixed}
        for fact in given
    }
    option = f" --rules {model.name if model.name in shipped_names() else f'{model.name}.yaml'}"
    data = {**compiled(model), "given": facts, "option": option}
    return json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")


def _basis(model: Model) -> str:
    """Name the knowledge base, its version, and until when it counts as up to date."""
    review = f" · to be reviewed by {model.review_by}" if model.review_by else ""
    return f"{model.name} {model.version}{review} · {model.digest}"


def _sources(model: Model) -> Iterator[str]:
    """List the sources, with their addresses as links."""
    yield '<ul class="plain">' if model.sources else "<p>It names no sources.</p>"
    for name, source in model.sources.items():
        url = source.get("url", "")
        details = escape(source_text(source))
        if url.startswith(("https://", "http://")):
            details = f'<a href="{escape(url)}" rel="noreferrer">{details or escape(url)}</a>'
        accessed = f", accessed {source['accessed']}" if "accessed" in source else ""
        note = f' <span class="faint">{escape(source["note"])}</span>' if "note" in source else ""
        yield f"<li>[{escape(name)}] {details}{escape(accessed)}{note}</li>"
    yield "</ul>" if model.sources else ""


def _rule(model: Model, rule: Rule) -> str:
    """Write a rule in plain words, then as it stands in the file."""
    unless = f", unless {exception}" if (exception := exception_of(rule)) else ""
    then = "; ".join(f"{each.attribute} = {each.value} ({in_full(each.certainty, '+')})" for each in rule.conclusions)
    text = f"If {rule.premise}{unless}, then {then}."
    name = f"<h3>{escape(rule.name)}</h3>"
    return f'<article>{name}<p>{escape(cited_sentence(rule, model))}</p><p class="faint">{escape(text)}</p></article>'
