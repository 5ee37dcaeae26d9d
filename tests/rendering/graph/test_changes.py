"""What would change the answer, in words."""

import pytest

from expert import KnowledgeBase
from expert.analysis.flip_sets import Flips
from expert.rendering.graph import changes
from expert.rendering.graph.changes import LISTED, changes_of

EXAMPLES = "docs/examples"


@pytest.mark.parametrize(
    ("facts", "said", "first"),
    [
        ("uncertain.yaml", "What would change it", "dataset size: large → <b>TensorFlow</b>"),
        ("undecided.yaml", "What would settle it", "dataset size: small → <b>Keras</b>"),
        (
            "prototype.yaml",
            "No single fact would change it; two together would",
            "dataset size: large; rapid prototyping: no → <b>TensorFlow</b>",
        ),
        (
            "teaching.yaml",
            "No single fact would change it; two together would",
            "dataset size: large; training examples: at least 10,000 and below 1,000,000 → <b>TensorFlow</b>",
        ),
        (
            "detector.yaml",
            "Neither one nor two facts would change it; three together would",
            "dataset size: small; rapid prototyping: yes; several back-ends: yes → <b>Keras</b>",
        ),
    ],
)
def test_the_smallest_sets_of_changes_are_told(facts, said, first):
    base = KnowledgeBase.load()
    found = changes_of(base.consult(base.read_facts(f"{EXAMPLES}/{facts}")))
    assert found.said == said
    assert found.lines[0].replace("\xa0", " ") == first
    assert found.in_brief().startswith(f"{said}: {found.lines[0]}; <a ")
    section = "".join(found.section())
    assert section.count("<li>") == min(LISTED, len(found.lines))
    assert ("not listed here" in section) == (len(found.lines) > LISTED)


@pytest.mark.parametrize(
    ("searched", "said"),
    [
        (0, "No change of those that were tried would settle it."),
        (1, "No single fact would settle it."),
        (3, "No change of up to 3 facts would settle it."),
    ],
)
def test_where_nothing_would_change_it_that_is_told(searched, said, monkeypatch):
    monkeypatch.setattr(changes, "smallest_flips", lambda sizes: Flips((), searched, searched == 3))
    found = changes_of(KnowledgeBase.load().consult({}))
    assert found.in_brief() == said
    assert not list(found.section())
