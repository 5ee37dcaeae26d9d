"""Files and Python data, read into the model, every problem with its place.

A file is bytes, then a tree of text with places (`file_formats`: YAML, JSON, TOML), then the model. What follows is the
whole grammar of the trees. Names in angle brackets stand for what is defined below, or for a text, a number or a name
of the author's own; ``?`` is optional, ``*`` any number of times, ``+`` at least once, ``|`` or.

A knowledge base (`knowledge_base_file`)::

    knowledge_base: <name>        a-z, 0-9 and hyphens
    title: <text> ?               the name, if absent
    about: <text> ?
    version: <text> ?             0, if absent
    review_by: <date> ?           when it should be looked over again, such as 2027-05-31
    extends: <name> ?             another knowledge base, beside this one or shipped; its parts count as written here,
                                  and this one has neither goal nor threshold of its own (`extension`)
    retire: {<rule>: <text> *} ?  rules of the extended one that no longer count, and why
    goal: <attribute>             one with choices, or yes/no
    threshold: <number> ?         in [0, 1); 0.2, if absent
    certainties: ?
      <level>: <certainty> *
    sources: ?
      <source>: {title: <text>, by: <text> ?, year: …, url: …, accessed: …, kind: …, note: …} *
    attributes:
      <attribute>: <declaration> *
    rules: ?                      one of the two is there
      <rule>: <rule body> *
    tables: ?
      <table>: <table body> *
    cases: ?
      - <case> *
    accept: ?                     findings of a check that are meant (`accept_grammar`), each with the reason
      <kind> <name>: <text> *

A declaration (`attribute_grammar`), which may be left empty; without choices or a number it is yes/no::

    label: <text> ?               two or three words for people; without it, the name with spaces
    about: <text> ?
    question: <text> ?            without one, it is not asked
    help: <text> ?
    choices: [<value> +] | {<value>: <label> +} ?
      <label> is <text> | {label: <text> ?, long: <text> ?, start: {install: <text> ?, read: <text> ?} ?}
    number: {unit: <text> ?, at_least: <number> ?, at_most: <number> ?, integer: yes | no ?} ?
    ask_if: <premise> ?
    otherwise: <value> ?          its default; of the goal: the answer where no candidate exceeds the threshold
    is: <formula> ?               a computed number, which is neither asked nor concluded (`formula_grammar`)

A rule body (`rule_grammar`)::

    if: <premise>
    unless: <premise> ?           an exception
    then:
      <attribute>: <value> | [<value> +] | {<value>: <certainty> +}  +
    certainty: <certainty> ?      of the conclusions without one of their own; 1, if absent
    because: <text> ?
    source: <citation> | [<citation> *] ?     the name of a source, then where in it

    <certainty>: a level, or a number in [-1, 1] other than 0

A premise (`premise_grammar`); all entries of a mapping and all items of a list must hold::

    <premise>: {<entry> +} | [<premise> +]
    <entry>:   all: [<premise> +]
             | any: [<premise> +]
             | not: <premise>
             | at_least: <whole number>, of: [<premise> +]     both, and nothing beside them
             | <attribute>: <test>
    <test>:    <value>
             | [<value> +]        any of them
             | unknown            of attributes with a question, or that no rule concludes
             | {<limit> +}        all of them
    <limit>:   not: <test>
             | at_least: <number> | at_most: <number> | more_than: <number> | less_than: <number>

A decision table (`table_grammar`), of which each row is a rule, named ``<table>/<row>`` with rows counted from 1::

    then: [<column> +]            the columns of conclusions
    hit: first | all ?            a row counts unless one above it does; all, if absent: every row that holds counts
    file: <name>.csv              in the folder of the knowledge base; the header names the columns
       or, instead:
    columns: [<column> +]
    rows: [[<cell> +] +]          as many cells as columns
    certainty: <certainty> ?      these three as in rules, for rows without one of their own
    because: <text> ?
    source: <citation> | [<citation> *] ?

    <column>:  <attribute>
             | certainty | because | source       what the row has of its own
    <cell>:    - | (nothing)      of a test: anything; of another column: none; a row needs a conclusion
             | <part> { | <part> } *              of a test: any of them; of a conclusion: each; of source: each
             | not <part> { | <part> } *          of tests only: none of them
    <part>:    <value> | unknown                  a value that is a choice as a whole is not taken apart
             | >= <number> | <= <number> | > <number> | < <number>
             | <number>..<number>                 both included

A case (`case_grammar`)::

    name: <text>
    given: <facts>
    expect: <value>               the recommendation
          | {recommendation: <value> ?, ranking: [<value> *] ?, certainty: {<value>: <number> *} ?,
             tie: [<value> *] ?, undecided: yes | no ?}

Facts, in a file of their own or in a case (`facts_reading`)::

    <facts>:   {<attribute>: <fact> *}
    <fact>:    <answer>
             | {value: <answer>, certainty: <number> ?, note: <text> ?, fixed: yes | no ?}     certainty in [-1, 1]
    <answer>:  <value> | unknown | (nothing)
"""
