"""The grammar that the package shows is that of its modules."""

import re

import pytest

from expert.knowledge import loading
from expert.knowledge.attributes import RESERVED
from expert.knowledge.loading import (
    attribute_grammar,
    case_grammar,
    facts_reading,
    knowledge_base_file,
    rule_grammar,
    table_grammar,
)
from expert.knowledge.rules import COMPARE

KEYS = [
    *knowledge_base_file._KEYS,
    *knowledge_base_file._SOURCE_KEYS,
    *attribute_grammar._ATTRIBUTE_KEYS,
    *attribute_grammar._NUMBER_KEYS,
    *rule_grammar._RULE_KEYS,
    *table_grammar._TABLE_KEYS,
    *case_grammar._CASE_KEYS,
    *case_grammar._EXPECT_KEYS,
    *facts_reading._FACT_KEYS,
    *COMPARE,
]


@pytest.mark.parametrize("word", sorted({*(f"{key}:" for key in KEYS), *RESERVED}))
def test_every_key_and_word_is_in_the_grammar(word):
    assert re.search(rf"(?<![\w-]){word}", loading.__doc__)
