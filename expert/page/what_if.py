"""What if: the part of the graph page in which facts are changed in place.

It runs the evaluator of the page that answers, on the same data, and says the same words.
"""

from expert.inference.consultation import Consultation
from expert.page.page import MOST_RULES, as_data, script_of
from expert.rendering.graph.tabbed_page import Part, Tab, asset

SCRIPTS = (
    "evaluator.js", "numbers.js", "words.js", "facts.js", "elements.js", "base.js", "axis.js", "what_if.js",
)  # fmt: skip
"""The scripts of the part, each after those that it uses."""


def what_if_part(consultation: Consultation) -> Part | None:
    """Make the part; None where a browser would not answer at once."""
    model = consultation.knowledge_base
    if len(model.all_rules) > MOST_RULES:
        return None
    data = as_data(model, consultation.given)
    shows = asset("what_if.html", __package__) + f'<script type="application/json" id="base">{data}</script>'
    style = asset("axis.css", __package__) + asset("what_if.css", __package__)
    script = f"{{\n{script_of(SCRIPTS)}}}\n"
    return Part(Tab("what if", "What if", "", "What if facts were otherwise", shows), style, script)
