"""The page about the JSON of a consultation explains every key of it, and no other."""

import re

from expert import KnowledgeBase
from expert.inference.consultation import Consultation
from expert.inference.ranking import Outcome
from tests.documentation.pages import TOP

PAGE = (TOP / "docs" / "json.md").read_text(encoding="utf-8")
_, _, KEYS = PAGE.partition("## The keys")
FACTS = {
    "dataset_size": "large",
    "debugging": {"value": "yes", "certainty": 0.5, "note": "perhaps", "fixed": True},
    "ease_of_use": "yes",
}


def consultation() -> Consultation:
    return KnowledgeBase.load().consult(FACTS)


def keys(data):
    """Collect all keys of nested data."""
    if isinstance(data, dict):
        return set(data).union(*map(keys, data.values()))
    return set().union(*map(keys, data)) if isinstance(data, list) else set()


def test_every_key_is_explained_and_every_key_that_is_explained_exists():
    explained = set()
    for row in re.findall(r"^\| (`.+?`) \|", KEYS, re.MULTILINE):
        explained |= set(re.findall("`(.+?)`", row))
    inner = {"name", "version", "digest"}
    assert all(f"`{key}`" in KEYS for key in inner)
    assert keys(consultation().to_dict()) == explained | inner


def test_the_top_keys_are_in_order():
    rows = re.findall(r"^\| `(\w+)` \|", KEYS.partition("###")[0], re.MULTILINE)
    assert rows == list(consultation().to_dict())


def test_every_outcome_is_named():
    assert all(f"`{outcome}`" in KEYS for outcome in Outcome.__args__)
