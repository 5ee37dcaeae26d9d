"""Sphinx's settings: Markdown pages and the docstrings of the package, in one site that needs no network."""

import sys
from datetime import date
from pathlib import Path
from typing import ClassVar

from pygments.lexer import RegexLexer, bygroups, default
from pygments.token import Generic, Name

sys.path.insert(0, str(Path(__file__).parents[1]))

import expert
from expert.rendering.records.report_page import report_page

project = "expert"
author = "The framework-expert authors"
copyright = "The framework-expert authors"
release = version = expert.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["deflist"]
exclude_patterns = ["_build", "examples"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"expert {release}"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False

autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_param = False  # the types in docstrings are prose, not names to be looked up
napoleon_use_rtype = False

nitpick_ignore = [
    # Names of the standard library: to look them up, its inventory would have to be fetched over the network.
    ("py:class", "collections.abc.Iterable"),
    ("py:class", "collections.abc.Iterator"),
    ("py:class", "collections.abc.Mapping"),
    ("py:class", "collections.abc.Sequence"),
    ("py:class", "datetime.date"),
    ("py:class", "pathlib.Path"),
    ("py:class", "pathlib._local.Path"),  # its name on Python 3.13
    ("py:class", "datetime.date"),
    ("py:class", "nx.DiGraph"),
    # Documented as expert.Consultation, which is this with the questions that one can ask of it.
    ("py:class", "expert.inference.consultation.Consultation"),
    # An alias of a union of classes that are all there; Sphinx 8 does not look through it.
    ("py:class", "Premise"),
]


def without_factories(_app, _what, _name, _obj, _options, signature, returns):
    """Write the default of a dataclass's field as Python; Sphinx cannot parse ``<factory>``."""
    return signature and signature.replace("<factory>", "{}"), returns


def without_aliases(_app, _what, _name, obj, _skip, _options):
    """Leave out the fields of named tuples, of which Python itself says no more than their position."""
    return True if (getattr(obj, "__doc__", None) or "").startswith("Alias for field number") else None


class ConsoleLexer(RegexLexer):
    """Sets commands, after ``$`` and ``>``, apart from their output; Pygments' own takes ``#`` for a prompt too."""

    tokens: ClassVar = {
        "root": [
            (r"^(\$ )(.*\n)", bygroups(Generic.Prompt, Name.Function), "command"),
            (r".*\n", Generic.Output),
        ],
        "command": [(r"^(> ?)(.*\n)", bygroups(Generic.Prompt, Name.Function)), default("#pop")],
    }


GALLERY = {
    "detector.svg": ("detector.yaml", {}),
    "detector.html": ("detector.yaml", {}),
    "uncertain.svg": ("uncertain.yaml", {"everything": True}),
    "tie.svg": ("tie.json", {}),
    "teaching.png": ("teaching.yaml", {}),
    "why-not.svg": ("prototype.yaml", {"of": ["pytorch"], "not_fired": True}),
    "patch-triage.svg": ("vulnerability.yaml", {}),
    "profile-prototype.html": ("profiles/prototype.yaml", {}),
    "profile-android-detector.html": ("profiles/android-detector.yaml", {}),
    "profile-language-model.html": ("profiles/language-model.yaml", {}),
    "profile-tpu-research.html": ("profiles/tpu-research.yaml", {}),
    "profile-windows-workstation.html": ("profiles/windows-workstation.yaml", {}),
    "profile-microcontroller.html": ("profiles/microcontroller.yaml", {}),
    "profile-teaching.html": ("profiles/teaching.yaml", {}),
    "profile-long-lived-service.html": ("profiles/long-lived-service.yaml", {}),
    "profile-scientific-computing.html": ("profiles/scientific-computing.yaml", {}),
}
"""Each picture that is drawn while the site is built, with the facts it is of, and what it shows."""

RECORDS = {
    "decision.md": ("detector.yaml", lambda _, decision: decision.adr()),
    "decision.html": ("detector.yaml", report_page),
}
"""Each text about a decision that is written while the site is built, with the facts it is of, and what writes it."""

OTHER_RULES = {"vulnerability.yaml": "patch-triage.yaml"}
"""The knowledge base, beside the facts, where it is not a shipped one."""


def make_gallery(_app):
    """Draw these pictures."""
    folder = Path(__file__).parent
    (folder / "_build" / "gallery").mkdir(parents=True, exist_ok=True)
    for name, (facts, options) in GALLERY.items():
        shipped = "current" if facts.startswith("profiles/") else "article"
        rules = folder / "examples" / OTHER_RULES[facts] if facts in OTHER_RULES else shipped
        knowledge_base = expert.KnowledgeBase.load(rules)
        given = knowledge_base.read_facts(folder / "examples" / facts)
        given = [fact._replace(origin=fact.origin.rpartition("/")[2]) for fact in given]
        content = knowledge_base.consult(given).draw(name.rpartition(".")[2], **options)
        (folder / "_build" / "gallery" / name).write_bytes(content)
    article = expert.KnowledgeBase.load()
    (folder / "_build" / "gallery" / "attributes.svg").write_bytes(article.draw("svg"))
    (folder / "_build" / "gallery" / "article.html").write_bytes(article.site())
    (folder / "_build" / "gallery" / "framework-page.html").write_bytes(article.page())
    current = expert.KnowledgeBase.load("current")
    (folder / "_build" / "gallery" / "current-page.html").write_bytes(current.page())
    triage = expert.KnowledgeBase.load(folder / "examples" / "patch-triage.yaml")
    (folder / "_build" / "gallery" / "patch-triage-page.html").write_bytes(triage.page())


def make_records(_app):
    """Write about a decision."""
    folder = Path(__file__).parent
    knowledge_base = expert.KnowledgeBase.load()
    for name, (facts, write) in RECORDS.items():
        given = knowledge_base.read_facts(folder / "examples" / facts)
        consultation = knowledge_base.consult([fact._replace(origin=facts) for fact in given])
        decision = expert.Decision.of(consultation, as_of=date(2026, 5, 31), review=date(2027, 6, 1))
        (folder / "_build" / "gallery" / name).write_text(write(consultation, decision), encoding="utf-8")


def setup(app):
    """Tell Sphinx."""
    app.connect("builder-inited", make_gallery)
    app.connect("builder-inited", make_records)
    app.add_lexer("console", ConsoleLexer)
    app.connect("autodoc-process-signature", without_factories)
    app.connect("autodoc-skip-member", without_aliases)
