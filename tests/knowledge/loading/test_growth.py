"""Reading takes work and memory in proportion to what is read."""

import json

import pytest

from expert import InputError
from expert.knowledge.loading.facts_reading import facts_from_file, with_settings
from expert.knowledge.loading.knowledge_base_file import load_bytes
from tests.growth import MOST, calls, growth, many_rules, peak
from tests.strategies import model_of

SIZE = 60

both = pytest.mark.parametrize("measure", [calls, peak])


def facts(size):
    return {f"asked{i}": "yes" for i in range(size)}


def toml(given):
    return "".join(f'{name} = "{value}"\n' for name, value in given.items())


def file_of(write, name, tmp_path):
    """Make facts files of a size, with the knowledge base that they are for."""

    def make(size):
        path = tmp_path / f"{size}-{name}"
        path.write_text(write(facts(size)), encoding="utf-8")
        return path, model_of(many_rules(size))

    return make


def refused(read, *arguments):
    with pytest.raises(InputError):
        read(*arguments)


@both
@pytest.mark.parametrize(("write", "name"), [(json.dumps, "f.yaml"), (json.dumps, "f.json"), (toml, "f.toml")])
def test_of_reading_facts(measure, write, name, tmp_path):
    assert growth(measure, file_of(write, name, tmp_path), lambda made: facts_from_file(*made), SIZE) <= MOST


@both
def test_of_reading_a_knowledge_base(measure):
    def make(size):
        return json.dumps(many_rules(size)).encode()

    assert growth(measure, make, lambda data: load_bytes(data, "b.yaml"), SIZE) <= MOST


@both
def test_of_refusing_a_knowledge_base_in_which_every_rule_is_wrong(measure):
    def make(size):
        return json.dumps(many_rules(3) | {"rules": {f"rule{i}": {"fi": 1} for i in range(size)}}).encode()

    assert growth(measure, make, lambda data: refused(load_bytes, data, "b.yaml"), SIZE) <= MOST


@both
def test_of_settings(measure):
    def make(size):
        return [f"{name}={value}" for name, value in facts(size).items()], model_of(many_rules(size))

    assert growth(measure, make, lambda made: with_settings((), *made), SIZE) <= MOST
