"""What notebooks show of a knowledge base and of its answers."""

import xml.etree.ElementTree as ET
from base64 import b64decode

import pytest

from expert import KnowledgeBase
from expert.rendering.graph.notebook import ROWS
from tests import nasty
from tests.colours import COLOURS, consult
from tests.needs import needs
from tests.strategies import model_of

GIVEN = {"size": "small", "shape": "round"}


def shown(thing):
    return ET.fromstring(thing._repr_html_())


def rows(root):
    return [["".join(cell.itertext()) for cell in row] for row in root.iter("tr")]


def paragraphs(root):
    return [paragraph.text for paragraph in root.iter("p")]


def bars(root):
    """Take the widths and colours of bars apart."""
    styles = [div.get("style") for cell in root.iter("td") for track in cell.findall("div") for div in track]
    return [dict(part.split(":") for part in style.split(";")) for style in styles]


def all_results(consultation, other):
    return [consultation, consultation.why("green"), consultation.why_not("red"), consultation.what_if(**other)]


def test_a_consultation_shows_the_answer_the_ranking_with_bars_and_the_proof():
    consultation = consult(GIVEN)
    root = shown(consultation)
    assert root.findtext("p") == "Green is recommended with certainty 0.70, clearly ahead of Blue (by 0.30)."
    assert root.findall("p")[1].text == "Weight of evidence, not probability."
    assert rows(root) == [["Green", "", "+0.70"], ["Blue", "", "+0.40"], ["Red", "", "0.00"]]
    assert [bar["width"] for bar in bars(root)] == ["70.0%", "40.0%", "0.0%"]
    kind, _, data = root.find("img").get("src").partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert b64decode(data) == consultation.draw("svg")


def test_bars_tell_support_from_opposition():
    supported, opposed = (
        bars(shown(consult({"size": {"value": "small", "certainty": 1}}).why("hot=yes")))[:1],
        bars(shown(consult({"size": "large"}).why("red"))),
    )
    assert supported[0]["background"] in {bar["background"] for bar in opposed}
    assert len({bar["background"] for bar in opposed}) == 2


def test_bars_start_at_an_axis_at_0():
    consultation = consult({"size": "large", "shape": {"value": "round", "certainty": 0}})
    drawn = bars(shown(consultation.why("red")))
    assert [(bar["margin-left"], bar["width"]) for bar in drawn] == [("23.1%", "38.5%"), ("0.0%", "23.1%")]
    assert {bar["margin-left"] for bar in bars(shown(consult(GIVEN)))} == {"0.0%"}


def test_a_proof_shows_each_step_with_its_evidence():
    root = shown(consult({"warm": "yes", "share": 0.7, "size": "large"}).why("red"))
    assert paragraphs(root)[0] == "Red has certainty 0.48."
    said = " ".join("".join(root.itertext()).split())
    for words in ("What glows is red. [guide p. 1; guide p. 2]", "rule hot-glow", "hot: yes has certainty 0.90."):
        assert words in said
    assert paragraphs(shown(consult({"shape": "round"}).why("glow=yes")))[1] == "Nothing speaks for it or against it."


def test_why_not_shows_how_far_it_is_and_what_was_missing():
    root = shown(consult(GIVEN).why_not("red"))
    assert paragraphs(root)[0] == "Red has certainty 0.00, 0.70 behind Green."
    assert "rule glow-red: glow is yes (not known)" in "".join(root.itertext())
    both = {"both": {"if": {"size": "small"}, "then": {"colour": {"green": 0.4, "blue": 0.4}}}}
    assert paragraphs(shown(consult(GIVEN, rules=both).why_not("red")))[0].endswith("behind Green and Blue.")
    tied = consult(GIVEN, rules=both).why_not("blue")
    assert paragraphs(shown(tied))[0] == "Blue has certainty 0.40, the same as Green: a tie."
    assert paragraphs(shown(consult({"warm": "no", "shape": "unknown"}, rules={}).why_not("red")))[0] == (
        "Red has certainty 0.00, and would have to exceed 0.20."
    )


def test_what_if_shows_both_rankings():
    root = shown(consult(GIVEN).what_if(size="large"))
    assert paragraphs(root)[:2] == [
        "Changed: size: small becomes large.",
        "The answer changes from Green to Red.",
    ]
    assert rows(root)[:2] == [["", "", "before", "", "after"], ["Red", "", "0.00", "", "+0.50"]]
    assert ["stopped: green"] in rows(root)


def test_a_knowledge_base_shows_what_it_is_about():
    root = shown(KnowledgeBase(model_of(COLOURS)))
    assert paragraphs(root) == ["colours", "colours 0 concludes colour (Red, Green or Blue) by 8 rules."]
    assert ["size", "How large?", "small, middle or large"] in rows(root)
    labelled = KnowledgeBase(
        model_of(
            COLOURS
            | {"attributes": COLOURS["attributes"] | {"so_warm": {"label": "several warm ones", "question": "Warm?"}}}
        )
    )
    assert ["several warm onesso_warm", "Warm?", "yes or no"] in rows(shown(labelled))
    assert ["share", "Which share?", "a number, at least 0 and at most 1"] in rows(root)


def test_what_is_too_long_for_a_notebook_is_counted():
    choices = {f"c{number}": f"C{number}" for number in range(ROWS + 7)}
    data = {"knowledge_base": "many", "goal": "g", "attributes": {"g": {"choices": choices}}, "rules": {}}
    root = shown(KnowledgeBase(model_of(data)).consult())
    assert len(rows(root)) == ROWS
    assert "and 7 more" in paragraphs(root)


@nasty.every_text
def test_texts_of_all_kinds_are_shown(text):
    consultation = nasty.consult(text)
    root = shown(consultation)
    assert {row.findtext("th") for row in root.iter("tr")} >= {nasty.QUOTES, nasty.EMOJI}
    for other in (
        consultation.why("plain"),
        consultation.what_if(other=None),
        KnowledgeBase(consultation.knowledge_base),
    ):
        assert not {each.tag for each in shown(other).iter()} & {"script", "b", "style"}


@pytest.mark.parametrize(("page", "letters", "scheme"), [("#fff", "#111", "light"), ("#111", "#e0e0e0", "dark")])
def test_it_is_legible_in_light_and_dark_notebooks(page, letters, scheme):
    path = needs("chromium")
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    consultation = consult({"warm": "yes", "share": 0.7, "size": "small"})
    shown = [*all_results(consultation, {"size": "large"}), KnowledgeBase(consultation.knowledge_base)]
    body = "".join(each._repr_html_() for each in shown).replace("<details>", "<details open>")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        notebook = browser.new_page(color_scheme=scheme)
        notebook.set_content(f"<!doctype html><body style='background:{page};color:{letters}'>{body}</body>")
        rules = {"runOnly": ["color-contrast", "image-alt", "td-headers-attr"]}
        found = Axe().run(notebook, options=rules).response
        colours = notebook.eval_on_selector_all("p,th,td", "all => all.map(each => getComputedStyle(each).color)")
        browser.close()
    assert [each["id"] for each in found["violations"]] == []
    assert "color-contrast" in [each["id"] for each in found["passes"]]
    assert len(set(colours)) == 1
