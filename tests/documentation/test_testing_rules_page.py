"""The page about testing rules explains every key of its JSON, and no other."""

import re

from expert import KnowledgeBase
from tests.documentation.pages import TOP, fences

PAGE = TOP / "docs" / "testing-rules.md"
_, _, KEYS = PAGE.read_text(encoding="utf-8").partition("## As JSON")


def test_the_keys_of_the_json_are_explained(tmp_path):
    (base,) = [fence.source for fence in fences(PAGE) if fence.language == "yaml"]
    path = tmp_path / "camp.yaml"
    path.write_text(base.replace("expect: hut", "expect: tent"))
    data = KnowledgeBase.load(path).test(suggest=True).to_dict()
    explained = set(re.findall("`([a-z_]+)`", KEYS))
    assert re.findall(r"^\| `(\w+)` \|", KEYS, re.MULTILINE)[:4] == list(data)[:4]
    keys = set(data).union(data["cases"][1], data["cases"][1]["unmet"][0], data["cases"][1]["candidates"][0])
    keys |= set(data["coverage"]) | set(data["mutation"]) | set(data["mutation"]["survivors"][0])
    keys |= set(data["suggestions"]) | set(data["suggestions"]["cases"][0])
    assert keys <= explained
    kinds = {"dropped", "sign", "negated", "bound"}
    assert explained <= keys | kinds | {"version", "digest", "to_dict", "test"}
