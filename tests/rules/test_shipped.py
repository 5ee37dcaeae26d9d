"""What holds of all shipped knowledge bases."""

import pytest

from expert.knowledge.loading.knowledge_base_file import extension_of, load, shipped_names


@pytest.mark.parametrize("name", shipped_names())
def test_a_file_is_called_what_its_knowledge_base_is_called(name):
    assert load(name).name == name


@pytest.mark.parametrize("name", shipped_names())
def test_one_that_extends_another_takes_all_facts_that_the_other_takes(name):
    base = load(name)
    if extension := extension_of(base):
        newer = load(extension)
        asked = [attribute.name for attribute in base.attributes.values() if base.is_askable(attribute)]
        assert [each for each in asked if not newer.is_askable(newer.attributes[each])] == []


def test_today_s_evidence_is_offered_after_the_article_s_answer():
    assert extension_of(load("article")) == "current"
