"""A knowledge base whose texts are as hard to show as texts can be."""

import pytest

from expert import KnowledgeBase
from tests.strategies import model_of

QUOTES = "say \"no\" & 'yes' <b>, #1; `x` \\ {y} [z] (w) |v| --> %% $"
EMOJI = "fast 🚀 \N{ZERO WIDTH JOINER} family 👩\u200d👩\u200d👧 é"
RIGHT_TO_LEFT = "שלום עולם مرحبا"
LINES = "first line\nsecond line\ttab"
LONG = "word " * 100
UNBROKEN = "x" * 500
TEXTS = (QUOTES, EMOJI, RIGHT_TO_LEFT, LINES, LONG, UNBROKEN)

NASTY = {
    "knowledge_base": "nasty",
    "title": QUOTES,
    "goal": "goal",
    "sources": {"guide": {"title": QUOTES, "note": "</script><script>alert(1)</script>", "url": "javascript:alert(1)"}},
    "attributes": {
        "goal": {"choices": {QUOTES: QUOTES, "plain": EMOJI, LINES: RIGHT_TO_LEFT}},
        "asked": {"question": QUOTES, "help": LONG, "choices": {text: text for text in TEXTS}},
        "other": {"question": LONG, "choices": [RIGHT_TO_LEFT, UNBROKEN]},
    },
    "rules": {
        f"rule{index}": {
            "if": {"asked": text}, "then": {"goal": {QUOTES: 0.6, "plain": -0.4, LINES: 0.2}}, "because": text,
            "source": f"guide {text}",
        }
        for index, text in enumerate(TEXTS)
    } | {"unbroken": {"if": {"other": UNBROKEN}, "then": {"goal": "plain"}, "because": UNBROKEN}},
}  # fmt: skip


def consult(text):
    """Consult it about a text."""
    given = {"asked": {"value": text, "certainty": 0.8, "note": text}, "other": UNBROKEN}
    return KnowledgeBase(model_of(NASTY)).consult(given)


every_text = pytest.mark.parametrize("text", TEXTS, ids=["quotes", "emoji", "right to left", "lines", "long", "x"])
