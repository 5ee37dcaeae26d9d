import json

from expert import KnowledgeBase


def test_list_has_a_line_for_each_rule(run, small):
    assert run("rules", "list", "--rules", small).out == (
        "hot-days  degrees ≥ 25 → hot = yes +0.90\n"
        "warm-red  warm = yes or hot = yes → colour = red +0.60\n"
        "not-warm  warm is not yes → colour = red −1.00\n"
    )


def test_list_as_json_has_each_rule_normalised(run, small):
    rules = json.loads(run("rules", "list", "--rules", small, "--json").out)
    assert rules == [rule.to_dict() for rule in KnowledgeBase.load(small).rules]
    assert rules[1] == {
        "name": "warm-red",
        "if": {"any": [{"warm": "yes"}, {"hot": "yes"}]},
        "then": {"colour": {"red": 0.6}},
        "because": "",
        "source": ["guide p. 4"],
    }


def test_show_tells_one_rule_in_plain_words_with_its_sources_in_full(run, small):
    out = run("rules", "show", "warm-red", "--rules", small).out
    assert out.splitlines()[0].endswith("small.yaml:12)")
    assert out.splitlines()[1:] == [
        "  if       warm = yes or hot = yes",
        "  then     colour = red, evidence +0.60",
        "  source   p. 4, in: The guide to colours",
    ]


def test_show_as_json_is_the_rule_of_the_list(run):
    shown = json.loads(run("rules", "show", "slow-keras", "--json").out)
    assert shown in json.loads(run("rules", "list", "--json").out)


def test_a_missing_rule_gets_the_nearest_name(run):
    assert "did you mean 'slow-keras'?" in run("rules", "show", "slow-kera").err
