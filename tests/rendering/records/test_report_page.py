"""The page to send or print, in a real browser: all is on it, it asks for nothing else, and its links lead on."""

from datetime import date

import pytest

from expert import Decision, KnowledgeBase
from expert.rendering.records.report_page import report_page
from tests import nasty
from tests.browser import PHONE, shuts_out


@pytest.fixture
def visit(open_page):
    """Open the report of a consultation."""

    def visit(consultation, **options):
        decision = Decision.of(consultation, as_of=date(2026, 5, 31), review=date(2027, 6, 1))
        return open_page(report_page(consultation, decision).encode(), width=1200, **options)

    return visit


@pytest.fixture(scope="module")
def detector():
    knowledge_base = KnowledgeBase.load()
    return knowledge_base.consult(knowledge_base.read_facts("docs/examples/detector.yaml"))


def test_everything_is_on_it(visit, detector):
    page = visit(detector)
    assert page.inner_text("h1") == "Which deep learning framework fits this project?"
    assert "TensorFlow is recommended with certainty 0.996" in page.inner_text("header")
    assert "Decided on 2026-05-31 by the rules of article 1.0. To be reviewed on 2027-06-01." in page.inner_text(
        "header"
    )
    titles = page.locator("main > section > h2, main > div > section > h2").all_inner_texts()
    assert titles == [
        "Ranking", "Reasons", "How firm it is", "Facts given", "Proof", "Why not another", "Sources",
        "Every fact and rule",
    ]  # fmt: skip
    assert page.locator("svg.stage .box").count() > 8
    others = page.inner_text("section:has(> h2:text('Why not another'))")
    assert "PyTorch has certainty 0.62, 0.376 behind TensorFlow." in others
    assert "Would have supported Keras" in others
    assert "stays the answer while no rule's certainty is off by more than 0.285" in page.inner_text("main")
    assert "dataset size: small; rapid prototyping: yes; several back-ends: yes → Keras" in page.inner_text("main")


def test_reasons_follow_the_ranking_however_many_facts_are_given(visit):
    knowledge_base = KnowledgeBase.load("current")
    page = visit(knowledge_base.consult(knowledge_base.read_facts("docs/examples/profiles/android-detector.yaml")))
    ranking, reasons = (page.locator(f"section:has(> h2:text-is('{title}'))") for title in ("Ranking", "Reasons"))
    above = ranking.bounding_box()
    assert reasons.bounding_box()["y"] - above["y"] - above["height"] < 40


def test_addresses_are_links_that_are_broken_after_slashes(visit, detector):
    page = visit(detector)
    address = "https://www.tensorflow.org/tutorials/quickstart/beginner"
    assert page.get_attribute("section:has(> h2:text-is('Ranking')) a", "href") == address
    assert "quickstart/<wbr>beginner" in page.content()


def test_every_link_leads_to_what_is_on_the_page(visit, detector):
    page = visit(detector)
    links = page.eval_on_selector_all("a", "links => links.map(link => link.getAttribute('href'))")
    names = page.eval_on_selector_all("[id]", "all => all.map(each => '#' + each.id)")
    assert links
    assert {link for link in links if link.startswith("#")} <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desktop", "telephone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_checker_finds_nothing_that_shuts_people_out(visit, detector, scheme, screen):
    page = visit(detector, color_scheme=scheme, bypass_csp=True, **screen)
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 29)"}[scheme]
    assert shuts_out(page) == []


def test_it_prints_light_on_few_pages(visit, detector):
    page = visit(detector, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert 2 <= page.pdf(format="A4").count(b"/Type /Page\n") <= 8


def test_of_a_long_proof_it_draws_as_much_as_can_be_read(visit):
    current = KnowledgeBase.load("current")
    facts = current.read_facts("docs/examples/profiles/tpu-research.yaml")
    page = visit(current.consult(facts))
    scale = page.locator("svg.stage").evaluate("(drawn) => drawn.getScreenCTM().a")
    assert scale > 0.75
    assert page.pdf(format="A4").count(b"/Type /Page\n") <= 13


def test_it_fits_a_telephone(visit, detector):
    page = visit(detector, viewport={"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@nasty.every_text
def test_texts_of_all_kinds_are_shown_as_they_are(visit, text):
    page = visit(nasty.consult(text))
    assert "".join(text.split()) in "".join(page.text_content("main").split())
    assert page.locator("script, a[href^=javascript]").count() == 0


@pytest.mark.parametrize("given", [{}, {"object_detection": "yes", "flexibility": "yes"}])
def test_undecided_and_ties_have_reports_too(visit, given):
    page = visit(KnowledgeBase.load().consult(given))
    assert page.locator("main section").count() > 4
