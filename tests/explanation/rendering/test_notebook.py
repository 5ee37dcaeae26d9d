"""A consultation in a notebook."""

import xml.etree.ElementTree as ET
from base64 import b64decode

from tests.explanation import nasty
from tests.explanation.colours import consult


def test_it_shows_the_answer_the_ranking_and_the_proof():
    consultation = consult({"size": "small", "shape": "round"})
    root = ET.fromstring(consultation._repr_html_())
    assert root.findtext("p") == "Green is recommended with certainty 0.70, clearly ahead of Blue (by 0.30)."
    rows = [[cell.text for cell in row] for row in root.iter("tr")]
    assert rows == [["Green", "+0.70"], ["Blue", "+0.40"], ["Red", "0.00"]]
    kind, _, data = root.find("img").get("src").partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert b64decode(data) == consultation.draw("svg")


@nasty.every_text
def test_texts_of_all_kinds_are_shown(text):
    root = ET.fromstring(nasty.consult(text)._repr_html_())
    assert {row.findtext("th") for row in root.iter("tr")} >= {nasty.QUOTES, nasty.EMOJI}
