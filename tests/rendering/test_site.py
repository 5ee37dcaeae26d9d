"""The page about a whole knowledge base: everything is on it, linked, to be searched, and legible to all."""

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from hypothesis import given, settings

from expert import KnowledgeBase
from tests import nasty
from tests.browser import FLAGS, PHONE, shuts_out
from tests.colours import COLOURS
from tests.examples import examples
from tests.needs import needs
from tests.rendering.graph.test_hostile_labels import consultation, texts
from tests.strategies import model_of
from tests.tangle import TANGLE, tangle


class Page(HTMLParser):
    """Collects the places of a page, where its links lead, what could act on it, and its text by place."""

    def __init__(self, content):
        super().__init__()
        self.places, self.links, self.acting, self.said = [], [], [], {}
        self.article = ""
        self.feed(content.decode())

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.places += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if tag == "a" else []
        self.acting += [tag] if tag in ("script", "style", "iframe", "object", "img", "base", "form", "link") else []
        self.acting += [value for name, value in attrs if name.startswith("on") or name == "style"]
        self.article = found["id"] if tag in ("article", "section") else self.article
        if tag not in ("a", "b", "code", "span"):
            self.handle_data(" ")

    def handle_data(self, data):
        self.said[self.article] = self.said.get(self.article, "") + data

    def says(self, place):
        """Give the text of a place, on one line."""
        return " ".join(self.said[place].split())


FIRST, LAST = (
    {"name": "a light one", "given": {"weight": 1, "height": 2}, "expect": "left"},
    {"name": "one that fails", "given": {"colour": "a"}, "expect": {"recommendation": "right"}},
)
CASES = [
    {"name": "a small warm thing", "given": {"size": "small", "warm": "yes", "share": 0.7}, "expect": "green"},
    {"name": "a case that fails", "given": {"size": "large"}, "expect": {"recommendation": "blue", "ranking": ["red"]}},
]


@pytest.fixture(scope="module")
def colours():
    return Page(KnowledgeBase(model_of(COLOURS | {"cases": CASES, "certainties": {"strong": 0.6}})).site())


@pytest.fixture(scope="module")
def tangled():
    return Page(KnowledgeBase(model_of(TANGLE)).site())


def test_every_link_leads_to_a_place_on_the_page(colours, tangled):
    for page in (colours, tangled, Page(KnowledgeBase.load().site())):
        assert len(page.places) == len(set(page.places))
        assert {unquote(link).removeprefix("#") for link in page.links if link.startswith("#")} <= set(page.places)
        assert not [link for link in page.links if not link.startswith(("#", "https://", "http://"))]


def test_everything_has_a_place():
    model = KnowledgeBase.load().model
    places = set(Page(KnowledgeBase.load().site()).places)
    assert {f"attribute-{name}" for name in model.attributes} <= places
    assert {f"rule-{rule.name}" for rule in model.rules} <= places
    assert {f"source-{name}" for name in model.sources} <= places
    assert {f"level-{name}" for name in model.certainties} <= places
    assert {f"case-{number}" for number in range(1, len(model.cases) + 1)} <= places


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("overview", ["Candidates Red, Green, Blue", "7 attributes, 5 questions, 8 rules, 1 source"]),
        ("overview", ["1 of 2 fail: a case that fails", "Threshold 0.20", "Digest sha256:"]),
        ("attribute-glow", ["asked and derived yes/no Does it glow?", "yes: hot-glow +0.50", "1 rule glow-red"]),
        ("attribute-share", ["a number, at least 0 and at most 1"]),
        ("attribute-colour", ["goal derived choice", "Red red Green green", "Red: glow-red +0.60, hot-red"]),
        ("rule-glow-red", ["What glows is red.", "If glow is yes", "colour: Red +0.60", "p. 1, in guide: The guide"]),
        ("rule-hot-red", ["If hot is yes or size is known not to be small", "2 cases a small warm thing, a case"]),
        ("rule-open", ["colour: Red −0.30 colour: Green +0.30", "Holds in 2 cases"]),
        ("rule-shaped", ["If shape is known", "Holds in no case"]),
        ("levels", ["strong +0.60 1"]),
        ("source-guide", ["Cited by 2 rules hot-glow (p. 2), glow-red (p. 1; p. 2)"]),
        ("case-1", ["passes", "warm: yes, share: 0.7 Expected Green Comes Green", "Red +0.35", "7 rules hold"]),
        ("case-2", ["fails", "Expected Blue the ranking Red", "Fails expected Blue, but Green is recommended"]),
    ],
)  # fmt: skip
def test_it_says_what_there_is_to_say(colours, place, words):
    for each in words:
        assert each in colours.says(place)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("attribute-way", ["To the left is the answer where no candidate exceeds the threshold"]),
        ("attribute-old", ["no, where nothing says what it is"]),
        ("attribute-ratio", ["computed number", "Computed as weight / height"]),
        ("attribute-weight", ["An input of ratio"]),
        ("attribute-mood", ["Decides whether to ask signed"]),
        ("attribute-signed", ["Asked if mood is good"]),
        ("rule-heavy", ["If ratio is more than 2 Unless old is yes"]),
        ("rule-last/2", ["Unless a row above it in last holds"]),
        ("table-last", ["The first row that holds counts.", "1 yes – To the right +1.00 2 – a To the left +1.00 3 –"]),
        ("picture", ["ratio = weight / height", "read by this many rules"]),
    ],
)  # fmt: skip
def test_it_says_what_only_some_have(tangled, place, words):
    for each in words:
        assert each in tangled.says(place)


def test_attributes_have_their_labels_and_in_small_print_the_names_that_one_types():
    page = Page(KnowledgeBase.load().site())
    assert page.says("attribute-multiple_backends").startswith("several back-ends asked yes/no multiple_backends ")
    assert "several back-ends is yes" in page.says("rule-backends-keras")


@settings(max_examples=examples(20))
@given(texts, texts)
def test_hostile_texts_stay_texts(label, text):
    page, usual = (Page(KnowledgeBase(consultation(*both).knowledge_base).site()) for both in ((label, text), "ab"))
    assert page.acting == usual.acting == ["style", "script"]
    assert not [link for link in page.links if not link.startswith("#")]


def test_it_names_no_other_place_and_is_the_same_each_time():
    content = KnowledgeBase.load().site()
    assert content == KnowledgeBase.load().site()
    text = content.decode()
    without_links = re.sub(r'<a href="https://[^"]*" rel="noreferrer">[^<]*</a>', "", text)
    assert set(re.findall(r"\w+://[\w./-]+", without_links)) == set()
    assert "default-src 'none'" in text
    assert "unsafe" not in text
    for picture in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        ET.fromstring(picture)


def test_nasty_texts_are_shown():
    page = Page(KnowledgeBase(model_of(nasty.NASTY)).site())
    shown = "".join(page.says("attribute-asked").split())
    for text in (nasty.QUOTES, nasty.EMOJI, nasty.RIGHT_TO_LEFT, nasty.UNBROKEN):
        assert "".join(text.split()) in shown


def test_in_a_browser_it_is_searched_followed_and_open_to_all(tmp_path):
    path = needs("chromium")
    from playwright.sync_api import expect, sync_playwright

    file, wrong = tmp_path / "index.html", []
    file.write_bytes(KnowledgeBase.load().site())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(10_000)
        page.on("console", lambda message: wrong.append(message.text))
        page.on("request", lambda request: wrong.append(request.url) if "index.html" not in request.url else None)
        page.goto(file.as_uri())

        page.keyboard.press("/")
        page.keyboard.type("slow keras")
        assert page.inner_text("#hits") == f"{page.locator('article:visible').count()} found"
        assert page.locator("#rule-slow-keras").is_visible()
        assert not page.locator("#rule-readable-is-easy").is_visible()
        names = page.locator("nav li:visible").all_inner_texts()
        assert "slow-keras" in names
        assert page.inner_text("#rules .count") == str(page.locator("#rules article:visible").count())
        page.click("#rule-slow-keras dd a >> nth=0")
        assert page.locator("#attribute-fast_execution").is_visible()
        page.fill("#search", "no such words")
        assert page.locator("#nothing").is_visible()
        page.press("#search", "Escape")
        assert page.locator("#overview").is_visible()

        for scheme, colour, other in (
            ("light", "rgb(255, 255, 255)", "Dark colours"),
            ("dark", "rgb(20, 23, 29)", "Light colours"),
        ):
            page.emulate_media(color_scheme=scheme)
            expect(page.locator("#theme")).to_have_text(other)
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == colour
        page.click("#theme")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"

        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert len(page.pdf()) > 10_000

        for scheme in ("light", "dark"):
            for screen in ({}, PHONE):
                file.write_bytes(KnowledgeBase(model_of(TANGLE | {"cases": [FIRST, LAST]})).site())
                context = browser.new_context(color_scheme=scheme, bypass_csp=True, reduced_motion="reduce", **screen)
                assert shuts_out(_opened(context, file)) == []
            file.write_bytes(tangle().draw("html"))
            assert shuts_out(_opened(context, file)) == []
        file.write_bytes(KnowledgeBase.load().site())
        still = _opened(browser.new_context(java_script_enabled=False), file)
        assert not still.locator("#search, #theme").locator("visible=true").count()
        assert still.locator("article:visible").count() == still.locator("article").count()
        browser.close()
    assert wrong == []


def test_the_picture_is_not_cropped_on_a_desktop(open_page):
    page = open_page(KnowledgeBase.load("current").site(), width=1400)
    assert page.eval_on_selector("#picture .wide", "room => room.scrollWidth <= room.clientWidth")


def test_it_prints_with_margins_and_no_heading_left_behind_by_what_it_heads(open_page):
    page = open_page(KnowledgeBase.load("current").site(), width=700, color_scheme="dark")
    page.emulate_media(media="print")
    assert "@page { margin: 1.6cm; }" in page.content()
    assert page.eval_on_selector("h2", "heading => getComputedStyle(heading).breakAfter") == "avoid"
    height, background = page.eval_on_selector(
        "#picture svg", "svg => [svg.getBoundingClientRect().height, getComputedStyle(document.body).backgroundColor]"
    )
    assert height < 24 * 96 / 2.54
    assert background == "rgb(255, 255, 255)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_can_be_searched_stands_out(open_page, scheme):
    page = open_page(KnowledgeBase.load().site(), width=1400, color_scheme=scheme)
    said = page.eval_on_selector("#search", "field => getComputedStyle(field, '::placeholder').color")
    faint = page.eval_on_selector(".count", "count => getComputedStyle(count).color")
    assert said == faint


def _opened(context, file):
    page = context.new_page()
    page.goto(file.as_uri())
    return page
