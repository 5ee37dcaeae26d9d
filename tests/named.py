"""A knowledge base whose names are told from words at a glance: those of attributes begin with qx_, of values with qv_.

It has everything that can be written: its labels share no word with its names.
"""

NAMED = """\
knowledge_base: named
title: Which vehicle should it be?
about: For journeys of all kinds.
goal: qx_goal
threshold: 0.2
sources: {guide: {title: The guide to journeys, url: "https://example.org/guide"}}
attributes:
  qx_goal:
    label: way to travel
    about: how to get there
    choices: {qv_bus: omnibus, qv_car: motor car, qv_ship: steamer}
    otherwise: qv_bus
  qx_rain:
    label: weather to come
    question: Will there be showers?
  qx_size:
    label: size of the party
    question: How many are coming along?
    choices: {qv_few: a handful, qv_many: {label: a crowd, long: a crowd of a dozen or more}}
  qx_way:
    label: distance to go
    question: How far is it?
    number: {unit: km, at_least: 0}
  qx_speed:
    label: usual speed
    question: How fast will it be?
    number: {unit: km/h, at_least: 0}
  qx_hours:
    label: time on the road
    number: {unit: hours}
    is: qx_way / qx_speed
  qx_comfort:
    label: comfort that counts
    choices: {qv_high: much of it, qv_low: hardly any}
    otherwise: qv_low
  qx_luggage:
    label: luggage to carry
    question: Is there luggage?
    ask_if: {qx_size: qv_many}
  qx_port:
    label: a port nearby
    question: Is there a port?
rules:
  far-comfort: {if: {qx_hours: {at_least: 5}}, then: {qx_comfort: qv_high}, certainty: 0.9, source: guide p. 4,
    because: A long trip needs a good seat.}
  comfort-car: {if: {qx_comfort: qv_high}, then: {qx_goal: {qv_car: 0.6, qv_bus: -0.3}}, source: guide p. 5}
  rain-car: {if: {qx_rain: yes}, unless: {qx_size: qv_many}, then: {qx_goal: qv_car}, certainty: 0.5,
    because: A roof helps.}
  crowd-bus: {if: {at_least: 2, of: [{qx_size: qv_many}, {qx_rain: yes}, {qx_luggage: yes}]}, then: {qx_goal: qv_bus},
    certainty: 0.7}
  calm-ship: {if: {all: [{qx_port: yes}, {qx_comfort: {not: qv_high}}]}, then: {qx_goal: qv_ship}, certainty: 0.4}
  short-bus: {if: {any: [{qx_comfort: qv_low}, {qx_way: {less_than: 3}}]}, then: {qx_goal: qv_bus}, certainty: 0.3}
  unasked: {if: {qx_port: unknown}, then: {qx_goal: {qv_ship: -0.2}}, because: Ships need a port.}
tables:
  fares:
    then: [qx_goal]
    hit: first
    certainty: 0.25
    columns: [qx_size, qx_way, qx_goal]
    rows:
      - [qv_few, "< 100", qv_car]
      - [qv_many, "-", qv_bus]
      - ["-", "100..500", qv_ship]
cases:
  - name: a crowd in the rain
    given: {qx_rain: yes, qx_size: qv_many}
    expect: qv_bus
  - name: a wrong one
    given: {qx_rain: yes, qx_size: qv_few}
    expect: {recommendation: qv_ship, certainty: {qv_ship: 0.9}}
"""

NEWER = """\
knowledge_base: newer
extends: named
retire: {rain-car: Roofs are everywhere now.}
rules:
  modern-ship: {if: {qx_port: yes}, then: {qx_goal: qv_ship}, certainty: 0.9, because: Ships got better.}
"""

FAR = """\
qx_rain: {value: yes, certainty: 0.8, note: the forecast says so}
qx_size: qv_many
qx_way: 600
qx_speed: 90
"""

NEAR = """\
qx_rain: yes
qx_size: qv_few
"""

TABLE = """\
case,qx_rain,qx_size,qx_way,qx_speed
a,yes,qv_many,600,90
b,no,qv_few,,
"""
