from expert.knowledge.model import Attribute, Expectation, Fact, Model, Number
from expert.knowledge.rules import Citation, Conclusion, Is, Rule

SIZE = Attribute("size", question="How large?", choices={"small": "up to ten", "no": "none"})
FAST = Attribute("fast", choices={"yes": "yes", "no": "no"}, yes_no=True)
COUNT = Attribute("count", question="How many?", number=Number("rows", at_least=1, at_most=1234567, integer=True))
SHARE = Attribute("share", number=Number(at_least=0, at_most=0.5))


def test_facts_citations_and_expectations_are_written_without_what_they_do_not_say():
    fact = {"attribute": "size", "value": "small", "certainty": 0.5, "origin": "f.yaml:1"}
    assert Fact("size", "small", 0.5, "f.yaml:1").to_dict() == fact
    assert Fact("size", "small", 0.5, "f.yaml:1", "perhaps").to_dict() == fact | {"note": "perhaps"}
    assert [str(Citation("article", "C1")), str(Citation("article"))] == ["article C1", "article"]
    assert Expectation(undecided=False, tie=("x",)).to_dict() == {"undecided": False, "tie": ("x",)}


def test_a_model_tells_candidates_derived_and_askable_attributes():
    goal = Attribute("g", choices={"x": "X", "y": "Y"})
    rules = tuple(
        Rule(f"r{attribute}", Is("size", "small"), (Conclusion(attribute, value, 1.0),))
        for attribute, value in [("g", "x"), ("fast", "yes"), ("count", 3)]
    )
    model = Model("b", "g", {a.name: a for a in (goal, SIZE, FAST, COUNT, SHARE)}, rules)
    assert model.candidates == ("x", "y")
    assert model.derived == {"g", "fast", "count"}
    assert [name for name, attribute in model.attributes.items() if model.is_askable(attribute)] == [
        "size",
        "count",
        "share",
    ]


def test_a_rule_is_written_with_every_certainty():
    conclusions = (Conclusion("g", "x", 0.5), Conclusion("g", "y", -1.0), Conclusion("count", 3, 1.0))
    rule = Rule("r", Is("size", "small"), conclusions, "Because.", (Citation("article", "C1"),))
    assert rule.to_dict() == {
        "name": "r",
        "if": {"size": "small"},
        "then": {"g": {"x": 0.5, "y": -1.0}, "count": {"3": 1.0}},
        "because": "Because.",
        "source": ["article C1"],
    }


def test_rules_are_indexed_by_what_they_conclude_and_when_they_run():
    rules = (
        Rule("last", Is("fast", "yes"), (Conclusion("g", "x", 1.0), Conclusion("g", "y", -0.5))),
        Rule("first", Is("size", "small"), (Conclusion("fast", "yes", 0.5),)),
        Rule("other", Is("size", "no"), (Conclusion("g", "x", 0.2),)),
    )
    model = Model("b", "g", {a.name: a for a in (Attribute("g", choices={"x": "X", "y": "Y"}), SIZE, FAST)}, rules)
    assert model.rules_by_name == {"last": rules[0], "first": rules[1], "other": rules[2]}
    assert model.rules_by_stratum == [[1, 2], [0]]
    assert model.rules_concluding == {"g": [0, 2], "fast": [1]}
    assert model.conclusions_by_pair == {
        ("g", "x"): [(0, 1.0), (2, 0.2)],
        ("g", "y"): [(0, -0.5)],
        ("fast", "yes"): [(1, 0.5)],
    }
