"""Texts that want to be more than texts stay texts in every drawing; no page runs a script but its own."""

import io
import json
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.rendering.graph.formats import FORMATS
from tests.examples import examples
from tests.strategies import model_of

PIECES = (
    "</script>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "]]>", "-->",
    "<!--", "&lt;", "&#0;", '"', "'", "`", "\\", "\n", "\t", "%", "{", "}", "[", "]", "|", ";", "#", "=", "--", "->",
    "end", "subgraph", "style=x", "url(http://x)", "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{ZERO WIDTH JOINER}", "👩", "é",
    "\N{LINE SEPARATOR}", "x" * 80, " ",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join).map(lambda text: f"a{text}b")


class Page(HTMLParser):
    """Collects what could act on a page."""

    def __init__(self, text):
        super().__init__()
        self.scripts = 0
        self.acting = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.scripts += tag == "script"
        self.acting += [tag] * (tag in ("iframe", "object", "embed", "img", "base", "form", "link"))
        self.acting += [
            (name, value)
            for name, value in attrs
            if name.startswith("on") or (value or "").strip().lower().startswith(("javascript:", "data:text"))
        ]


def consultation(label, text):
    """Consult a knowledge base that has a label and a text wherever there can be one."""
    return KnowledgeBase(
        model_of(
            {
                "knowledge_base": "hostile",
                "title": text,
                "goal": "goal",
                "sources": {"s": {"title": text, "note": text, "url": text}},
                "attributes": {
                    "goal": {"choices": {label: text, "other": label}},
                    "asked": {"question": text, "help": text, "choices": {label: text, "no": label}},
                },
                "rules": {
                    "r": {"if": {"asked": label}, "then": {"goal": label}, "because": text, "source": f"s {text}"},
                    "not": {"if": {"asked": "no"}, "then": {"goal": "other"}, "because": label},
                },
            }
        )
    ).consult({"asked": {"value": label, "certainty": 0.8, "note": text}})


@settings(max_examples=examples(25))
@given(texts, texts)
def test_hostile_texts_stay_texts(label, text):
    drawn = {
        kind: consultation(label, text).draw(kind, everything=True, not_fired=True) for kind in FORMATS if kind != "png"
    }
    page = Page(drawn["html"].decode())
    usual = Page(consultation("small", "quiet").draw("html", everything=True, not_fired=True).decode())
    assert (page.scripts, page.acting) == (usual.scripts, usual.acting)
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(drawn["svg"]).iter()}
    assert not tags & {"script", "foreignObject", "image", "animate", "set", "iframe"}
    assert json.loads(drawn["json"])
    assert len(nx.read_graphml(io.BytesIO(drawn["graphml"]))) >= 4
