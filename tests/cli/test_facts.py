import json

from expert import KnowledgeBase


def test_list_shows_each_askable_attribute_with_values_and_question(run, small):
    assert run("facts", "list", "--rules", small).out == (
        "warm: yes | no\n    Is it warm?\n"
        "degrees: a number of degrees, at least -50 and at most 50\n    How many degrees?\n"
    )


def test_list_as_json_describes_each_askable_attribute(run, small):
    assert json.loads(run("facts", "list", "--rules", small, "--json").out) == [
        {"name": "warm", "kind": "yes/no", "question": "Is it warm?"},
        {
            "name": "degrees",
            "kind": "number",
            "question": "How many degrees?",
            "number": {"unit": "degrees", "at_least": -50, "at_most": 50},
        },
    ]


def test_the_template_is_a_facts_file_that_says_nothing_yet(run, write):
    template = run("facts", "template").out
    assert "# How large is the training data?" in template
    filled = template.replace("#dataset_size: small | large", "dataset_size: small")
    assert run("recommend", write("facts.yaml", filled)).out.startswith("Keras")
    assert max(map(len, template.splitlines())) <= 100


def test_the_untouched_template_is_refused_as_empty_of_facts(run, write):
    result = run("recommend", write("facts.yaml", run("facts", "template").out))
    assert result.status == 2
    assert "the file is empty" in result.err


def test_the_template_as_json_is_a_facts_file_of_nulls(run, write):
    template = run("facts", "template", "--json").out
    assert set(json.loads(template).values()) == {None}
    assert run("recommend", write("facts.json", template)).out.startswith("Undecided")


def test_the_schema_admits_what_facts_files_admit(run):
    schema = json.loads(run("facts", "schema").out)
    assert list(schema["properties"]) == [attribute.name for attribute in KnowledgeBase.load().askable]
    assert schema["properties"]["dataset_size"]["anyOf"][0] == {"enum": ["small", "large"]}
    assert schema["properties"]["training_examples"]["anyOf"][0] == {"type": "integer", "minimum": 0}
    assert True in schema["properties"]["debugging"]["anyOf"][0]["enum"]
    assert schema["additionalProperties"] is False
