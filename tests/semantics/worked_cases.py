"""Defaults, exceptions, counting, computed numbers, decision tables and possible outcomes, worked out on paper.

Plain data: tiny knowledge bases, and for each some facts and what follows. A pair is left out if there is no evidence
for or against it.
"""

from typing import NamedTuple


class Worked(NamedTuple):
    """What follows from given facts.

    `certainties` has all known values of the attributes that it names; `possible` the recommendations that definite
    answers can lead to, None where that is not looked at; `settled` the candidate that holds whatever they are.
    """

    base: str
    given: dict
    certainties: dict
    outcome: str | None = None
    recommendation: str | None = None
    contradictions: tuple = ()
    goal: str | None = None
    possible: set | None = None
    settled: str | None = None


def unsure(value, certainty):
    return {"value": value, "certainty": certainty}


YES, NO = "yes", "no"

DEFAULTS = {
    "nothing is known": Worked(
        "else", {}, {"risk": {"low": 1}, "advice": {"go": 1}}, "recommended", "go", possible={"go", "stop"}
    ),
    "a rule concludes another value": Worked(
        "else", {"hint": YES}, {"risk": {"high": 1}, "advice": {"stop": 1}}, "recommended", "stop"
    ),
    "a rule concludes it unsurely": Worked(
        "else", {"hint": unsure(YES, 0.5)}, {"risk": {"high": 0.5}, "advice": {"stop": 0.5}}
    ),
    "the rule does not hold at the threshold": Worked(
        "else", {"hint": unsure(YES, 0.2)}, {"risk": {"low": 1}, "advice": {"go": 1}}
    ),
    "evidence against the default": Worked("else", {"doubt": YES}, {"risk": {"low": 1}, "advice": {"go": 1}}),
    "evidence against it, and another value": Worked(
        "else", {"doubt": YES, "hint": YES}, {"risk": {"high": 1, "low": -0.4}, "advice": {"stop": 1}}
    ),
    "weak evidence at the threshold": Worked(
        "weak", {"sign": YES}, {"risk": {"high": 0.2, "low": 1}, "advice": {"go": 1}}, "recommended", "go"
    ),
    "weak evidence below the threshold": Worked(
        "weak", {"trend": YES}, {"risk": {"high": 0.1, "low": 1}, "advice": {"go": 1}}
    ),
    "weak evidence twice exceeds it": Worked(
        "weak", {"sign": YES, "trend": YES}, {"risk": {"high": 0.28}, "advice": {"stop": 0.28}}, "recommended", "stop"
    ),
    "weak evidence for the default itself": Worked("weak", {"echo": YES}, {"risk": {"low": 1}, "advice": {"go": 1}}),
    "a veto on the default": Worked(
        "weak", {"ban": YES}, {"risk": {"low": 0}, "advice": {}}, "undecided", contradictions=(("risk", "low"),)
    ),
    "a veto where no default is needed": Worked(
        "weak",
        {"ban": YES, "sign": YES, "trend": YES},
        {"risk": {"high": 0.28, "low": -1}, "advice": {"stop": 1}},
        "recommended",
        "stop",
    ),
    "a question not answered": Worked("asked-else", {}, {"wet": {"no": 1}, "advice": {"go": 1}}),
    "a question answered": Worked("asked-else", {"wet": YES}, {"wet": {"yes": 1}, "advice": {"stop": 1}}),
    "a question answered unsurely": Worked(
        "asked-else", {"wet": unsure(YES, 0.5)}, {"wet": {"yes": 0.5}, "advice": {"stop": 0.5}}
    ),
    "a question answered too weakly": Worked(
        "asked-else", {"wet": unsure(YES, 0.1)}, {"wet": {"yes": 0.1, "no": 1}, "advice": {"go": 1}}
    ),
    "a given doubt about the default": Worked(
        "asked-else", {"wet": unsure(NO, -0.6)}, {"wet": {"no": 1}, "advice": {"go": 1}}
    ),
    "a given veto on the default": Worked(
        "asked-else", {"wet": unsure(NO, -1)}, {"wet": {"no": 0}, "advice": {}}, contradictions=(("wet", "no"),)
    ),
    "a number not given": Worked(
        "number-else", {}, {"people": {4: 1}, "shoes": {8: 1}, "advice": {"go": 1}}, "recommended", "go"
    ),
    "a number given": Worked("number-else", {"people": 2}, {"people": {2: 1}, "shoes": {4: 1}, "advice": {"stop": 1}}),
    "a number given weakly is known": Worked(
        "number-else", {"people": unsure(2, 0.1)}, {"people": {2: 0.1}, "shoes": {4: 0.1}, "advice": {}}, "undecided"
    ),
    "a number ruled out is known": Worked("number-else", {"people": unsure(2, -1)}, {"people": {2: -1}, "advice": {}}),
    "a number that rules conclude": Worked(
        "concluded-number-else", {"small": YES}, {"seats": {2: 0.8}, "advice": {"stop": 0.8}}
    ),
    "a number that rules conclude weakly": Worked(
        "concluded-number-else", {"hint": YES}, {"seats": {2: 0.1, 4: 1}, "advice": {"go": 1}}
    ),
    "a number that rules could conclude": Worked("concluded-number-else", {}, {"seats": {4: 1}, "advice": {"go": 1}}),
    "a default that a rule reads": Worked(
        "else-upon-else", {}, {"first": {"no": 1}, "second": {"yes": 0.6}, "advice": {"stop": 0.6}}
    ),
    "a default upon another": Worked(
        "else-upon-else", {"fact": YES}, {"first": {"yes": 1}, "second": {"no": 1}, "advice": {"go": 1}}
    ),
    "a rule that is excepted leaves the default": Worked(
        "unless-or-default",
        {"member": YES, "banned": YES},
        {"allowed": {"no": 1}, "advice": {"stop": 1}},
        "recommended",
        "stop",
    ),
    "a rule that is not excepted": Worked(
        "unless-or-default", {"member": YES}, {"allowed": {"yes": 1}, "advice": {"go": 1}}
    ),
    "another value is contradicted": Worked(
        "contradicted",
        {"up": YES, "down": YES},
        {"risk": {"high": 0, "low": 1}, "alarm": {"no": 0.6}, "advice": {"go": 1}},
        contradictions=(("risk", "high"),),
    ),
    "an exception that is a default": Worked(
        "contradicted", {"up": YES}, {"risk": {"high": 1}, "alarm": {"yes": 1}, "advice": {"stop": 1}}
    ),
    "a default prevents another": Worked(
        "contradicted", {}, {"risk": {"low": 1}, "alarm": {"no": 0.6}, "advice": {"go": 1}}
    ),
    "asked for, its default alone": Worked("else", {}, {"risk": {"low": 1}}, "default", "low", goal="risk"),
    "asked for, against evidence": Worked("else", {"doubt": YES}, {"risk": {"low": 1}}, "default", "low", goal="risk"),
    "asked for, by a rule": Worked("else", {"hint": YES}, {"risk": {"high": 1}}, "recommended", "high", goal="risk"),
    "the goal's otherwise is no evidence": Worked("goal-otherwise", {}, {"advice": {}}, "default", "stop"),
    "the goal's otherwise, weak evidence": Worked(
        "goal-otherwise", {"hint": YES}, {"advice": {"go": 0.15}}, "default", "stop"
    ),
    "the goal's otherwise is not needed": Worked(
        "goal-otherwise", {"sure": YES}, {"advice": {"go": 0.7}}, "recommended", "go"
    ),
}

EXCEPTIONS = {
    "unknown excepts nothing": Worked("unless", {"rain": YES}, {"advice": {"stop": 1}}),
    "the exception holds": Worked("unless", {"rain": YES, "roof": YES}, {"advice": {}}, "undecided"),
    "the exception does not hold": Worked("unless", {"rain": YES, "roof": NO}, {"advice": {"stop": 1}}),
    "there is evidence against the exception": Worked(
        "unless", {"rain": YES, "roof": unsure(YES, -0.5)}, {"advice": {"stop": 1}}
    ),
    "an unsure exception": Worked(
        "unless", {"rain": unsure(YES, 0.9), "roof": unsure(YES, 0.3)}, {"advice": {"stop": 0.7}}
    ),
    "an exception weaker than the doubt": Worked(
        "unless", {"rain": unsure(YES, 0.6), "roof": unsure(YES, 0.3)}, {"advice": {"stop": 0.6}}
    ),
    "an exception below the threshold counts": Worked(
        "unless", {"rain": YES, "roof": unsure(YES, 0.1)}, {"advice": {"stop": 0.9}}
    ),
    "what is left is the threshold": Worked("unless", {"rain": YES, "roof": unsure(YES, 0.8)}, {"advice": {}}),
    "other evidence does not bring it back": Worked(
        "unless", {"rain": YES, "roof": YES, "wind": YES}, {"advice": {"stop": 0.3}}
    ),
    "other evidence adds up with what is left": Worked(
        "unless", {"rain": YES, "roof": unsure(YES, 0.5), "wind": YES}, {"advice": {"stop": 0.65}}
    ),
    "an exception that rules conclude": Worked(
        "unless-others",
        {"rain": YES, "tent": YES},
        {"shelter": {"yes": 0.5}, "advice": {"stop": 0.5, "go": 1}},
        "recommended",
        "go",
    ),
    "unless not: unknown excepts nothing": Worked("unless-others", {"rain": YES}, {"advice": {"stop": 1, "go": 1}}),
    "unless not: the other value excepts": Worked(
        "unless-others", {"rain": YES, "roof": NO}, {"advice": {"stop": 1, "wait": 1}}, "tie"
    ),
    "unless unknown": Worked(
        "unless-others", {"rain": YES, "roof": YES}, {"advice": {"stop": 0.5, "go": 1, "wait": 1}}, "tie"
    ),
}

COUNTING = {
    "the second greatest": Worked(
        "two-of-three",
        {"a": unsure(YES, 0.9), "b": unsure(YES, 0.6), "c": unsure(YES, 0.4)},
        {"advice": {"alarm": 0.6}},
    ),
    "all of them": Worked("two-of-three", {"a": YES, "b": YES, "c": YES}, {"advice": {"alarm": 1}}),
    "one, and nothing known of the others": Worked("two-of-three", {"a": YES}, {"advice": {}}, "undecided"),
    "too few": Worked("two-of-three", {"a": YES, "b": NO, "c": NO}, {"advice": {"calm": 1}}, "recommended", "calm"),
    "too few, unsurely": Worked(
        "two-of-three", {"a": YES, "b": unsure(NO, 0.7), "c": unsure(NO, 0.5)}, {"advice": {"calm": 0.5}}
    ),
    "too few whatever the third is": Worked(
        "two-of-three", {"a": unsure(NO, 0.9), "b": unsure(NO, 0.3)}, {"advice": {"calm": 0.3}}
    ),
    "doubts count as their opposite": Worked(
        "two-of-three", {"a": unsure(YES, -0.8), "b": unsure(YES, -0.6), "c": YES}, {"advice": {"calm": 0.6}}
    ),
    "one of three is any, three of three all": Worked(
        "counting",
        {"a": unsure(YES, 0.9), "b": unsure(YES, 0.6), "c": unsure(YES, 0.4)},
        {"advice": {"one": 0.9, "every": 0.4, "groups": 0.6}},
    ),
    "parts are premises": Worked(
        "counting",
        {"a": unsure(YES, 0.3), "b": unsure(YES, 0.6), "c": unsure(NO, 0.7)},
        {"advice": {"one": 0.6, "groups": 0.7}},
    ),
}

COMPUTED = {
    "a ratio": Worked("ratio", {"used": 1, "room": 4}, {"ratio": {0.25: 1}, "advice": {"go": 1}}, "recommended", "go"),
    "a ratio above the bound": Worked("ratio", {"used": 3, "room": 4}, {"ratio": {0.75: 1}, "advice": {"stop": 1}}),
    "a ratio at the bound": Worked("ratio", {"used": 1, "room": 2}, {"ratio": {0.5: 1}, "advice": {"go": 1}}),
    "decimals that doubles do not have": Worked("ratio", {"used": 0.3, "room": 0.6}, {"ratio": {0.5: 1}}),
    "rounded down to nine decimals": Worked("ratio", {"used": 1, "room": 3}, {"ratio": {0.333333333: 1}}),
    "rounded up to nine decimals": Worked("ratio", {"used": 2, "room": 3}, {"ratio": {0.666666667: 1}}),
    "the least certainty": Worked(
        "ratio", {"used": unsure(1, 0.9), "room": unsure(4, 0.6)}, {"ratio": {0.25: 0.6}, "advice": {"go": 0.6}}
    ),
    "evidence against an input": Worked(
        "ratio", {"used": unsure(1, -0.5), "room": 4}, {"ratio": {0.25: -0.5}, "advice": {}}, "undecided"
    ),
    "an input is unknown": Worked("ratio", {"used": 1}, {"ratio": {}, "advice": {}}, "undecided"),
    "division by zero": Worked("ratio", {"used": 1, "room": 0}, {"ratio": {}, "advice": {}}, "undecided"),
    "zero by zero": Worked("ratio", {"used": 0, "room": 0}, {"ratio": {}, "advice": {}}),
    "a default after division by zero": Worked(
        "ratio-else", {"used": 1, "room": 0}, {"ratio": {1: 1}, "advice": {"stop": 1}}
    ),
    "a default where an input is unknown": Worked("ratio-else", {"room": 4}, {"ratio": {1: 1}, "advice": {"stop": 1}}),
    "no default where it is known, however weakly": Worked(
        "ratio-else", {"used": 1, "room": unsure(4, 0.1)}, {"ratio": {0.25: 0.1}, "advice": {}}
    ),
    "precedence": Worked(
        "sums",
        {"a": 4, "b": 2},
        {
            "left": {1: 1},
            "mixed": {0: 1},
            "low": {0.5: 1},
            "twice": {1: 1},
            "nested": {11: 1},
            "chained": {11.5: 1},
            "turned": {-2: 1},
            "advice": {"more": 1},
        },
    ),
    "precedence, other numbers": Worked(
        "sums",
        {"a": 1, "b": unsure(8, 0.7)},
        {
            "left": {-8: 0.7},
            "mixed": {15: 0.7},
            "low": {0.125: 0.7},
            "twice": {0.0625: 0.7},
            "nested": {17.75: 0.7},
            "chained": {17.875: 0.7},
            "turned": {7: 0.7},
            "advice": {"less": 0.7},
        },
    ),
    "two attributes are equal": Worked(
        "sums", {"a": 0.1, "b": 0.1}, {"turned": {0: 1}, "low": {1: 1}, "advice": {"same": 1}}
    ),
    "of equally certain values the smallest": Worked(
        "concluded-inputs",
        {"small": YES, "large": YES, "each": 10},
        {"seats": {2: 0.6, 4: 0.6}, "total": {20: 0.6}, "advice": {"stop": 0.6}},
    ),
    "the value with the greatest certainty": Worked(
        "concluded-inputs",
        {"small": YES, "large": YES, "booked": YES, "each": 10},
        {"seats": {2: 0.6, 4: 0.8}, "total": {40: 0.8}, "advice": {"go": 0.8}},
    ),
    "a contradiction leaves it unknown": Worked(
        "concluded-inputs",
        {"whole": YES, "broken": YES, "each": 10},
        {"seats": {2: 0}, "total": {}, "advice": {}},
        contradictions=(("seats", 2),),
    ),
    "rather no evidence than evidence against": Worked(
        "concluded-inputs",
        {"broken": YES, "booked": YES, "each": 10},
        {"seats": {2: -1, 4: 0.5}, "total": {40: 0.5}, "advice": {"go": 0.5}},
    ),
}

TABLES = {
    "the else row": Worked("first", {}, {"advice": {"wait": 1}}, "recommended", "wait"),
    "the else row, nothing holds": Worked("first", {"a": NO, "b": NO}, {"advice": {"wait": 1}}),
    "the first row": Worked("first", {"a": YES}, {"advice": {"go": 1}}),
    "the second row": Worked("first", {"b": YES}, {"advice": {"stop": 1}}),
    "the first of two that hold": Worked("first", {"a": YES, "b": YES}, {"advice": {"go": 1}}),
    "an unsure row above": Worked("first", {"a": unsure(YES, 0.7)}, {"advice": {"go": 0.7, "wait": 0.3}}),
    "two unsure rows": Worked(
        "first", {"a": unsure(YES, 0.7), "b": unsure(YES, 0.9)}, {"advice": {"go": 0.7, "stop": 0.3}}
    ),
    "its own degree covers those below, not what is left of it": Worked(
        "first", {"a": unsure(YES, 0.3), "b": unsure(YES, 0.6)}, {"advice": {"go": 0.3, "stop": 0.6, "wait": 0.4}}
    ),
    "a row below the threshold covers": Worked("first", {"a": unsure(YES, 0.15)}, {"advice": {"wait": 0.85}}),
    "what is left of the else row is the threshold": Worked("first", {"a": unsure(YES, 0.8)}, {"advice": {"go": 0.8}}),
    "every row counts": Worked(
        "every-row", {"a": YES, "b": YES, "size": 9}, {"advice": {"go": 0.7, "stop": 0.25}}, "recommended", "go"
    ),
    "not and unknown": Worked("every-row", {"a": NO, "size": 5}, {"advice": {"stop": 0.4, "wait": 0.58}}),
    "both ends of a span are in it": Worked("every-row", {"b": NO, "size": 10}, {"advice": {"stop": 0.25}}),
    "below the span": Worked("every-row", {"b": NO, "size": 4.9}, {"advice": {}}),
    "above the span": Worked("every-row", {"b": NO, "size": 10.5}, {"advice": {"stop": -0.2}}),
    "a row concludes two pairs, a rule reads one": Worked(
        "two-columns", {"colour": "blue"}, {"level": {"high": 1}, "advice": {"stop": 1}}
    ),
    "a number alone is that number": Worked(
        "two-columns", {"colour": "green", "size": 7}, {"level": {"low": 1}, "advice": {"go": 1}}
    ),
    "unsure rows of two tests": Worked(
        "two-columns",
        {"colour": unsure("red", 0.4), "size": unsure(1, 0.9)},
        {"level": {"high": 0.76}, "advice": {"stop": 0.5368, "go": 0.6}},
        "recommended",
        "go",
    ),
    "no row holds and the default does": Worked(
        "two-columns", {"colour": "green"}, {"level": {"low": 1}, "advice": {}}, "undecided"
    ),
}

POSSIBLE = {
    "whatever the answer is": Worked(
        "whatever", {"used": YES}, {"pace": {}}, "undecided", possible={"fast"}, settled="fast"
    ),
    "the answer decides": Worked("whatever", {"used": NO}, {"pace": {}}, "undecided", possible={"fast", "slow"}),
    "the other answer settles": Worked(
        "whatever", {"open": NO}, {"pace": {}}, "undecided", possible={"fast"}, settled="fast"
    ),
    "nothing is known": Worked("whatever", {}, {"pace": {}}, "undecided", possible={"fast", "slow"}),
    "an unsure fact": Worked(
        "whatever", {"used": unsure(YES, 0.6)}, {"pace": {}}, "undecided", possible={"fast"}, settled="fast"
    ),
    "all is answered": Worked(
        "whatever", {"used": YES, "open": NO}, {"pace": {"fast": 1}}, "recommended", "fast", possible={"fast"}
    ),
    "a question that is not put leaves it undecided": Worked("gated", {}, {"pace": {}}, "undecided", possible={"fast"}),
    "a question that may be put": Worked(
        "gated", {"used": YES}, {"pace": {}}, "undecided", possible={"fast"}, settled="fast"
    ),
    "a question that may not be put": Worked("gated", {"used": NO}, {"pace": {}}, "undecided", possible=set()),
    "a tie that any answer breaks": Worked(
        "tied", {"a": YES}, {"advice": {"go": 0.5, "stop": 0.5}}, "tie", possible={"go"}, settled="go"
    ),
    "a question with a default is still put": Worked(
        "asked-despite-default",
        {"used": YES},
        {"open": {"no": 1}, "pace": {"slow": 1}},
        "recommended",
        "slow",
        possible={"fast", "slow"},
    ),
}

WORKED = {
    f"{construct}: {name}": case
    for construct, cases in {
        "default": DEFAULTS,
        "unless": EXCEPTIONS,
        "at least": COUNTING,
        "computed": COMPUTED,
        "table": TABLES,
        "possible": POSSIBLE,
    }.items()
    for name, case in cases.items()
}
