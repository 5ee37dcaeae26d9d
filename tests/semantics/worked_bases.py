"""The tiny knowledge bases of the worked cases, as text of the file and as plain data."""

import yaml


class _TextLoader(yaml.SafeLoader):
    """Reads ``yes`` and ``no`` as text, as the format has it."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def text_of(name):
    """Give the file of a base."""
    return f"knowledge_base: {name}\n{BASES[name]}"


def data_of(name):
    """Give a base as plain data."""
    return yaml.load(text_of(name), Loader=_TextLoader)


BASES = {
    "else": """
goal: advice
attributes:
  advice: {choices: [go, stop]}
  hint: {question: "A hint?"}
  doubt: {question: "A doubt?"}
  risk: {choices: [low, high], otherwise: low}
rules:
  go: {if: {risk: low}, then: {advice: go}}
  stop: {if: {risk: high}, then: {advice: stop}}
  high: {if: {hint: yes}, then: {risk: high}}
  not-low: {if: {doubt: yes}, then: {risk: {low: -0.4}}}
""",
    "weak": """
goal: advice
attributes:
  advice: {choices: [go, stop]}
  sign: {question: "A sign?"}
  trend: {question: "A trend?"}
  echo: {question: "An echo?"}
  ban: {question: "A ban?"}
  risk: {choices: [low, middle, high], otherwise: low}
rules:
  sign: {if: {sign: yes}, then: {risk: {high: 0.2}}}
  trend: {if: {trend: yes}, then: {risk: {high: 0.1}}}
  echo: {if: {echo: yes}, then: {risk: {low: 0.15}}}
  ban: {if: {ban: yes}, then: {risk: {low: -1}}}
  go: {if: {risk: low}, then: {advice: go}}
  stop: {if: {risk: {not: low}}, then: {advice: stop}}
""",
    "asked-else": """
goal: advice
attributes:
  advice: {choices: [go, stop, wait]}
  wet: {question: "Is it wet?", otherwise: no}
rules:
  go: {if: {wet: no}, then: {advice: go}}
  stop: {if: {wet: yes}, then: {advice: stop}}
  wait: {if: {wet: unknown}, then: {advice: wait}}
""",
    "number-else": """
goal: advice
attributes:
  advice: {choices: [go, stop]}
  people: {question: "How many?", number: {at_least: 0}, otherwise: 4}
  shoes: {number: {}, is: people * 2}
rules:
  go: {if: {people: {at_least: 3}}, then: {advice: go}}
  stop: {if: {people: {less_than: 3}}, then: {advice: stop}}
""",
    "concluded-number-else": """
goal: advice
attributes:
  advice: {choices: [go, stop]}
  small: {question: "Small?"}
  hint: {question: "A hint?"}
  seats: {number: {}, otherwise: 4}
rules:
  few: {if: {small: yes}, then: {seats: {2: 0.8}}}
  faint: {if: {hint: yes}, then: {seats: {2: 0.1}}}
  go: {if: {seats: {at_least: 3}}, then: {advice: go}}
  stop: {if: {seats: {less_than: 3}}, then: {advice: stop}}
""",
    "else-upon-else": """
goal: advice
attributes:
  advice: {choices: [go, stop]}
  fact: {question: "A fact?"}
  second: {otherwise: no}
  first: {otherwise: no}
rules:
  first: {if: {fact: yes}, then: {first: yes}}
  second: {if: {first: no}, then: {second: {yes: 0.6}}}
  go: {if: {second: no}, then: {advice: go}}
  stop: {if: {second: yes}, then: {advice: stop}}
""",
    "goal-otherwise": """
goal: advice
attributes:
  advice: {choices: [go, stop], otherwise: stop}
  hint: {question: "A hint?"}
  sure: {question: "Sure?"}
rules:
  hint: {if: {hint: yes}, then: {advice: {go: 0.15}}}
  sure: {if: {sure: yes}, then: {advice: {go: 0.7}}}
""",
    "unless": """
goal: advice
attributes:
  advice: {choices: [go, stop]}
  rain: {question: "Rain?"}
  roof: {question: "A roof?"}
  wind: {question: "Wind?"}
rules:
  stop: {if: {rain: yes}, unless: {roof: yes}, then: {advice: stop}}
  wind: {if: {wind: yes}, then: {advice: {stop: 0.3}}}
""",
    "unless-others": """
goal: advice
attributes:
  advice: {choices: [go, stop, wait]}
  rain: {question: "Rain?"}
  roof: {question: "A roof?"}
  tent: {question: "A tent?"}
  shelter: {}
rules:
  stop: {if: {rain: yes}, unless: {shelter: yes}, then: {advice: stop}}
  go: {if: {rain: yes}, unless: {not: {roof: yes}}, then: {advice: go}}
  wait: {if: {rain: yes}, unless: {roof: unknown}, then: {advice: wait}}
  shelter: {if: {any: [{roof: yes}, {tent: yes}]}, then: {shelter: {yes: 0.5}}}
""",
    "contradicted": """
goal: advice
attributes:
  advice: {choices: [go, stop]}
  up: {question: "Up?"}
  down: {question: "Down?"}
  risk: {choices: [low, high], otherwise: low}
  alarm: {otherwise: yes}
rules:
  up: {if: {up: yes}, then: {risk: high}}
  down: {if: {down: yes}, then: {risk: {high: -1}}}
  quiet: {if: {risk: {not: high}}, then: {alarm: {no: 0.6}}}
  go: {if: {risk: low}, unless: {alarm: yes}, then: {advice: go}}
  stop: {if: {risk: high}, unless: {alarm: no}, then: {advice: stop}}
""",
    "unless-or-default": """
goal: advice
attributes:
  advice: {choices: [go, stop]}
  member: {question: "A member?"}
  banned: {question: "Banned?"}
  allowed: {otherwise: no}
rules:
  allowed: {if: {member: yes}, unless: {banned: yes}, then: {allowed: yes}}
  go: {if: {allowed: yes}, then: {advice: go}}
  stop: {if: {allowed: no}, then: {advice: stop}}
""",
    "two-of-three": """
goal: advice
attributes:
  advice: {choices: [alarm, calm]}
  a: {question: "A?"}
  b: {question: "B?"}
  c: {question: "C?"}
rules:
  alarm: {if: {at_least: 2, of: [{a: yes}, {b: yes}, {c: yes}]}, then: {advice: alarm}}
  calm: {if: {not: {at_least: 2, of: [{a: yes}, {b: yes}, {c: yes}]}}, then: {advice: calm}}
""",
    "counting": """
goal: advice
attributes:
  advice: {choices: [one, every, groups]}
  a: {question: "A?"}
  b: {question: "B?"}
  c: {question: "C?"}
rules:
  one: {if: {at_least: 1, of: [{a: yes}, {b: yes}, {c: yes}]}, then: {advice: one}}
  every: {if: {at_least: 3, of: [{a: yes}, {b: yes}, {c: yes}]}, then: {advice: every}}
  groups:
    if: {at_least: 2, of: [{a: yes, b: yes}, {any: [{b: yes}, {c: no}]}, {not: {c: yes}}]}
    then: {advice: groups}
""",
    "ratio": """
goal: advice
attributes:
  advice: {choices: [go, stop]}
  ratio: {number: {}, is: used / room}
  used: {question: "Used?", number: {}}
  room: {question: "Room?", number: {}}
rules:
  go: {if: {ratio: {at_most: 0.5}}, then: {advice: go}}
  stop: {if: {ratio: {more_than: 0.5}}, then: {advice: stop}}
""",
    "ratio-else": """
goal: advice
attributes:
  advice: {choices: [go, stop]}
  ratio: {number: {}, is: used / room, otherwise: 1}
  used: {question: "Used?", number: {}}
  room: {question: "Room?", number: {}}
rules:
  go: {if: {ratio: {at_most: 0.5}}, then: {advice: go}}
  stop: {if: {ratio: {more_than: 0.5}}, then: {advice: stop}}
""",
    "sums": """
goal: advice
attributes:
  advice: {choices: [more, less, same]}
  a: {question: "A?", number: {}}
  b: {question: "B?", number: {}}
  chained: {number: {}, is: low + nested}
  left: {number: {}, is: a - b - 1}
  mixed: {number: {}, is: -a + 2 * b}
  low: {number: {}, is: "min(a, b, 2.5) / max(a, b)"}
  twice: {number: {}, is: a / b / 2}
  nested: {number: {}, is: 2 * (a + b) - a / 4}
  turned: {number: {}, is: -(a - b)}
rules:
  more: {if: {turned: {less_than: 0}}, then: {advice: more}}
  less: {if: {turned: {more_than: 0}}, then: {advice: less}}
  same: {if: {turned: 0}, then: {advice: same}}
""",
    "concluded-inputs": """
goal: advice
attributes:
  advice: {choices: [go, stop]}
  small: {question: "Small?"}
  large: {question: "Large?"}
  booked: {question: "Booked?"}
  whole: {question: "Whole?"}
  broken: {question: "Broken?"}
  each: {question: "How many each?", number: {}}
  seats: {number: {}}
  total: {number: {}, is: seats * each}
rules:
  large: {if: {large: yes}, then: {seats: {4: 0.6}}}
  small: {if: {small: yes}, then: {seats: {2: 0.6}}}
  booked: {if: {booked: yes}, then: {seats: {4: 0.5}}}
  whole: {if: {whole: yes}, then: {seats: 2}}
  broken: {if: {broken: yes}, then: {seats: {2: -1}}}
  go: {if: {total: {at_least: 30}}, then: {advice: go}}
  stop: {if: {total: {not: {at_least: 30}}}, then: {advice: stop}}
""",
    "first": """
goal: advice
attributes:
  advice: {choices: [go, stop, wait]}
  a: {question: "A?"}
  b: {question: "B?"}
tables:
  pace:
    then: [advice]
    hit: first
    columns: [a, b, advice]
    rows:
      - [yes, "-", go]
      - ["-", yes, stop]
      - ["-", "-", wait]
""",
    "every-row": """
goal: advice
attributes:
  advice: {choices: [go, stop, wait]}
  a: {question: "A?"}
  b: {question: "B?"}
  size: {question: "Size?", number: {}}
certainties: {clear: 0.5}
tables:
  score:
    then: [advice]
    columns: [a, b, size, advice, certainty]
    certainty: 0.4
    rows:
      - [yes, "-", "-", go, clear]
      - ["-", yes, "", go, ""]
      - ["-", "-", "5..10", stop, "-"]
      - ["-", "-", ">= 8", stop, -0.2]
      - [not yes, "-", "-", wait, ""]
      - ["-", unknown, "-", wait, 0.3]
""",
    "two-columns": """
goal: advice
attributes:
  advice: {choices: [go, stop]}
  colour: {question: "Colour?", choices: [red, green, blue]}
  size: {question: "Size?", number: {}}
  level: {choices: [low, high], otherwise: low}
rules:
  plain: {if: {level: high}, then: {advice: {stop: 0.3}}}
tables:
  light:
    then: [level, advice]
    hit: first
    columns: [colour, level, size, advice]
    rows:
      - [red | blue, high, "-", stop]
      - ["-", high, "< 2", go]
      - [green, low, 7, go]
""",
    "whatever": """
goal: pace
attributes:
  pace: {choices: [fast, slow]}
  used: {question: "Used?"}
  open: {question: "Open?"}
tables:
  paces:
    then: [pace]
    columns: [used, open, pace]
    rows: [[yes, yes, fast], [yes, no, fast], [no, yes, slow], [no, no, fast]]
""",
    "gated": """
goal: pace
attributes:
  pace: {choices: [fast, slow]}
  used: {question: "Used?"}
  open: {question: "Open?", ask_if: {used: yes}}
tables:
  paces:
    then: [pace]
    columns: [used, open, pace]
    rows: [[yes, yes, fast], [yes, no, fast], [no, yes, slow], [no, no, slow]]
""",
    "tied": """
goal: advice
attributes:
  advice: {choices: [go, stop]}
  a: {question: "A?"}
  b: {question: "B?"}
rules:
  both: {if: {a: yes}, then: {advice: {go: 0.5, stop: 0.5}}}
  yes: {if: {b: yes}, then: {advice: {go: 0.3}}}
  no: {if: {b: no}, then: {advice: {go: 0.4}}}
""",
    "asked-despite-default": """
goal: pace
attributes:
  pace: {choices: [fast, slow]}
  used: {question: "Used?"}
  open: {question: "Open?", otherwise: no}
  size: {question: "Size?", choices: [small, large], ask_if: {open: yes}}
tables:
  paces:
    then: [pace]
    columns: [used, open, pace]
    rows: [[yes, yes, fast], [yes, no, slow]]
""",
}
