"""The page, in a real browser: it asks, answers, keeps, shares, and asks nothing of any other place."""

import random
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from expert import KnowledgeBase
from expert.explanation.retired import retired_reasons
from expert.rendering.headline import beginning, headline
from expert.rendering.text.interview_text import certain_text, progress_line, why_text
from expert.rendering.text.text_style import plain
from tests import nasty
from tests.browser import PHONE, narrow, shuts_out
from tests.named import FAR, NAMED, NEAR
from tests.page.test_evaluator import case_of, found_of
from tests.strategies import model_of, random_pick

EXAMPLES = [Path("docs/examples", name) for name in ("detector.yaml", "uncertain.yaml", "tie.json", "teaching.yaml")]


@pytest.fixture(scope="module")
def article():
    return KnowledgeBase.load()


@pytest.fixture(scope="module")
def content(article):
    return article.page()


@pytest.fixture
def visit(open_page, content):
    """Open the page about the article, or another."""

    def visit(address="", written=content, **options):
        return open_page(written, address, width=1400, **options)

    return visit


def said(page):
    return page.inner_text("#headline")


def load_anew(page):
    """Load a page anew, once what it keeps has left its process: the next one may begin before that."""
    page.wait_for_timeout(200)
    page.reload()


def answer(page, text):
    page.click(f"#question .choices >> text={text}")


def test_it_is_small_and_admits_nothing_but_itself(content):
    text = content.decode()
    assert len(content) <= 150_000
    assert "default-src 'none'" in text
    assert "unsafe" not in text
    assert not re.search(r"\b(src|srcset|@import|fetch|XMLHttpRequest)\b *[=(]", text)


def test_it_asks_until_the_answer_is_certain_as_the_interview_does(visit, article):
    page, interview = visit(), article.interview()
    while question := interview.next_question():
        assert page.inner_text("#asked") in {each.question for each in article.attributes.values()}
        name = next(n for n, each in article.attributes.items() if each.question == page.inner_text("#asked"))
        value = "large" if name == "dataset_size" else next(iter(question.attribute.choices))
        value = value if value in article.attributes[name].choices else next(iter(article.attributes[name].choices))
        interview.answer(name, value)
        answer(page, article.attributes[name].choices[value])
    expect(page.locator("#question")).to_contain_text("Nothing left to ask can change it")
    assert said(page) == headline(interview.consultation()).text
    page.click("#back")
    assert page.locator("#question [aria-pressed=true] >> text=yes").count() == 1


def test_answers_are_kept_changed_shared_and_cleared(visit):
    page = visit()
    answer(page, "large")
    assert said(page).startswith("TensorFlow is recommended")
    load_anew(page)
    assert said(page).startswith("TensorFlow is recommended")
    page.click("#given >> text=Change")
    answer(page, "small")
    assert said(page).startswith("Keras is recommended")
    page.click("#share")
    assert "dataset_size=small" in page.url
    other = visit(page.url[page.url.index("#") :])
    assert said(other) == said(page)
    assert not other.locator("#told").is_visible()
    page.click("#clear")
    assert said(page).startswith("Undecided")
    load_anew(page)
    assert said(page).startswith("Undecided")


def test_a_question_is_put_in_the_words_of_the_terminal(visit, article):
    page, interview = visit(), article.interview()
    for answer_given, text in (("small", "small, a laptop copes with it"), (None, "don't know")):
        question, consultation = interview.next_question(), interview.consultation()
        assert page.inner_text("#progress") == progress_line(question, interview.progress, consultation)
        assert page.inner_text("#asked") == question.attribute.question
        page.click("#why summary")
        pushes = re.findall("  • (.*)", why_text(interview.why(), consultation, 100, plain))
        expect(page.locator("#why li")).to_have_text(pushes)
        interview.answer(question.name, answer_given)
        answer(page, text)


def test_a_question_that_is_skipped_is_asked_when_no_other_is_left(visit):
    questions = {name: {"question": f"Is it {name}?"} for name in ("warm", "round", "old")}
    rules = {name: {"if": {name: "yes"}, "then": {"colour": "red"}} for name in questions}
    attributes = {"colour": {"choices": {"red": "Red", "green": "Green"}}, **questions}
    data = {"knowledge_base": "small", "goal": "colour", "attributes": attributes, "rules": rules}
    page = visit(written=KnowledgeBase(model_of(data)).page())
    asked = [page.inner_text("#asked")]
    page.click("#skip")
    for _ in range(2):
        asked.append(page.inner_text("#asked"))
        answer(page, "no")
    assert len(set(asked)) == 3
    assert page.inner_text("#asked") == asked[0]
    assert not page.locator("#skip").count()
    assert page.inner_text("#progress") == "Question 3, the last · nothing leads yet"


@pytest.mark.parametrize("said_last", ["no", "unknown"])
def test_the_end_says_what_the_questions_left_could_do_as_the_terminal_does(visit, article, said_last):
    given = {"rapid_prototyping": "yes", "dataset_size": "small", "multiple_backends": "yes", "debugging": "no"}
    page = visit(f"#@=article&{'&'.join(f'{name}={value}' for name, value in given.items())}")
    while page.locator("#progress").count():
        answer(page, {"no": "no", "unknown": "don't know"}[said_last])
    interview = article.interview(given)
    left = int(re.search(r"(\d+) questions", page.inner_text("#ask-on"))[1])
    text = certain_text(interview.consultation(), left, 1_000, plain, said_last == "unknown")
    assert text.splitlines()[-1] in page.inner_text("#question")


def test_the_notes_of_a_facts_file_are_there_when_the_page_is_loaded_anew(visit, article):
    page = visit(written=article.page(article.read_facts("docs/examples/detector.yaml")))
    load_anew(page)
    assert "unless the line is rebuilt" in page.inner_text("#given")


def test_doubt_and_not_knowing_count_as_everywhere(visit, article):
    page = visit("#@=article&dataset_size=unknown&training_examples=250000")
    assert said(page) == headline(article.consult({"training_examples": 250_000})).text
    page.click("text=Clear all")
    page.fill("input[type=range]", "40")
    answer(page, "large")
    assert said(page) == headline(article.consult({"dataset_size": {"value": "large", "certainty": 0.4}})).text
    page.click("text=Remove")
    answer(page, "don't know")
    page.click("#mode-form")
    page.fill("input[type=text]", "many")
    page.press("input[type=text]", "Enter")
    assert page.inner_text(".wrong") == "Please give a whole number of examples, at least 0."
    page.fill("input[type=text]", "12,000 examples")
    page.press("input[type=text]", "Enter")
    assert said(page) == headline(article.consult({"training_examples": 12_000})).text
    answer(page, "small")  # so that the number is not asked any more
    assert "it does not count" in page.inner_text("#given")
    assert said(page) == headline(article.consult({"dataset_size": "small"})).text


def test_the_form_has_all_questions_and_keeps_the_place(visit):
    page = visit()
    page.click("#mode-form")
    page.click("fieldset:has-text('How large') button >> text=large")
    assert page.evaluate("document.activeElement.textContent").startswith("large")
    assert said(page).startswith("TensorFlow is recommended")
    assert "It is not asked, as things are." in page.inner_text("fieldset:has-text('About how many examples')")


def test_a_click_that_ends_the_typing_of_a_number_counts_as_well(visit, article):
    page = visit("#@=article&dataset_size=unknown")
    page.click("#mode-form")
    page.fill("input[type=text]", "250000")
    page.click("fieldset:has-text('first working model') button >> text=yes")
    given = {"training_examples": 250_000, "rapid_prototyping": "yes"}
    expect(page.locator("#headline")).to_have_text(headline(article.consult(given)).text)


def test_the_keyboard_alone_answers(visit):
    page = visit()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("large"):
            break
    page.keyboard.press("Enter")
    assert said(page).startswith("TensorFlow is recommended")
    assert page.evaluate("document.activeElement.id") == "asked"


def test_it_runs_the_rules_as_python_does(visit, article):
    model, pick, page = article.model, random_pick(7), visit()
    names, asked = list(model.attributes), [each for each in model.attributes.values() if each.question]
    cases = [
        {
            each.name: {"value": pick.one([*each.choices] or [0, 10_000, 2_500]), "certainty": pick.one((1, 0.7, -0.4))}
            for each in asked
            if pick.number(1)
        }
        for _ in range(100)
    ]
    consultations = [article.consult(case) for case in cases]
    found = page.evaluate(
        """(cases) => cases.map((facts) => {
            const state = consult(base, new Map(facts));
            const known = state.known.map((values) => (values ? [...values] : null));
            return { known, degree: [...state.degree], ...answerOf(base, leading(base, scores(base, state))) };
        })""",
        [case_of(model, consultation.given) for consultation in consultations],
    )
    for each, consultation in zip(found, consultations, strict=True):
        each["known"] = {names[i]: {v: cf for v, cf in values} for i, values in enumerate(each["known"]) if values}  # noqa: C416
        assert each == found_of(consultation)


def test_facts_files_go_in_and_out(visit, article, tmp_path):
    page = visit()
    for path in EXAMPLES:
        page.set_input_files("#file", path)
        consultation = article.consult(article.read_facts(path))
        expect(page.locator("#headline")).to_have_text(headline(consultation).text)
        with page.expect_download() as download:
            page.click("#save")
        saved = tmp_path / "facts.yaml"
        download.value.save_as(saved)
        facts = [fact._replace(origin="") for fact in article.read_facts(saved)]
        assert facts == [fact._replace(origin="") for fact in consultation.given]


def test_what_does_not_fit_is_told_and_the_rest_is_taken(visit, tmp_path):
    facts = "dataset_size=huge&no_such=yes&flexibility=yes~3&fast_execution=yes&object_detection=yes"
    page = visit(f"#@=other+2.0+1234&{facts}")
    told = page.inner_text("#told")
    for words in ("“other 2.0”", "“huge”", "no attribute “no_such”", "[-1, 1]", "fast_execution is concluded by rules"):
        assert words in told
    assert said(page).startswith("TensorFlow is recommended")
    file = tmp_path / "facts.yaml"
    for text in ("- a\n- b\n", "{", "[]", "dataset_size: [1]\n", "\0\xff", "x" * 300_000):
        file.write_text(text)
        page.set_input_files("#file", file)
        expect(page.locator("#told")).to_contain_text("nothing in it fits")
        page.evaluate("tell('')")
    assert said(page).startswith("TensorFlow is recommended")


def test_no_address_breaks_it_or_adds_to_it(visit, article):
    page, generator = visit(), random.Random(11)
    marks = page.evaluate("document.querySelectorAll('script, img, iframe, object, style, link').length")
    pieces = [
        *article.attributes, "@", "=", "&", "~", "yes", "large", "<img src=x onerror=alert(1)>", "javascript:alert(1)",
        "%", "%00", "\u202e", "__proto__", "constructor", "1e999", "-0", "unknown", "[object Object]",
        "'\"><script>alert(1)</script>",
    ]  # fmt: skip
    addresses = ["@=" + "".join(generator.choices(pieces, k=generator.randrange(1, 14))) for _ in range(30)]
    pairs = lambda: "&".join(f"{generator.choice(pieces)}={generator.choice(pieces)}" for _ in range(8))  # noqa: E731
    addresses += [f"@=x&{pairs()}" for _ in range(30)]
    found = page.evaluate(
        """(addresses) => addresses.map((address) => {
            history.replaceState(null, "", "#" + address);
            follow();
            return document.querySelectorAll("script, img, iframe, object, style, link").length;
        })""",
        addresses,
    )
    assert set(found) == {marks}
    assert said(page)


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desktop", "telephone"])
@pytest.mark.parametrize(("scheme", "mode"), [("light", "one"), ("dark", "form")])
def test_a_checker_finds_nothing_that_shuts_people_out(visit, scheme, mode, screen):
    given = "#@=old&dataset_size=unknown&training_examples=250000&object_detection=yes~0.9&flexibility=yes"
    page = visit(given, color_scheme=scheme, bypass_csp=True, **screen)
    page.click(f"#mode-{mode}")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert shuts_out(page) == []
    if screen:  # words of a sentence may be as low as their line
        assert narrow(page, "button:not(.link), select, input, summary") == []


def test_its_colours_are_those_of_the_system_and_the_button_says_what_it_does(visit):
    page = visit(color_scheme="dark")
    assert page.inner_text("#theme") == "Light colours"
    page.emulate_media(color_scheme="light")
    expect(page.locator("#theme")).to_have_text("Dark colours")
    page.click("#theme")
    assert page.inner_text("#theme") == "Light colours"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 29)"


def test_it_fits_a_telephone_and_prints_the_decision(visit):
    page = visit("#@=article&object_detection=yes&dataset_size=large", viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not page.locator("#question").is_visible()
    assert page.locator("#given").is_visible()
    assert page.locator("text=Against Keras").is_visible()


@pytest.fixture(scope="module")
def android():
    current = KnowledgeBase.load("current")
    return current.page(current.read_facts("docs/examples/profiles/android-detector.yaml"))


def test_answers_with_the_same_outcome_are_named_together(visit, android):
    changes = visit(written=android).locator("#changes")
    expect(changes).to_contain_text("something else or not known → TensorFlow")
    expect(changes).to_contain_text("TensorFlow 1, PyTorch or not known → PyTorch; JAX → JAX with Flax")


@pytest.mark.parametrize(
    ("facts", "heading"), [("flexibility=yes", "change"), ("flexibility=yes&object_detection=yes", "settle")]
)
def test_a_tie_is_settled_where_an_answer_is_changed(visit, facts, heading):
    expect(visit(f"#@=article&{facts}").locator("#changes h2")).to_have_text(f"What would {heading} it")


def test_rules_that_did_not_hold_do_not_look_like_evidence(visit, android):
    page = visit(written=android)
    for said in page.locator(".missed > li > strong").all():
        assert said.text_content().startswith("(+")
        assert said.get_attribute("class") is None
    assert page.locator(".missed").count() >= 5


def test_it_prints_on_few_pages(visit, android):
    assert visit(written=android).pdf(format="A4").count(b"/Type /Page\n") <= 7


def test_without_javascript_the_rules_can_be_read(visit):
    page = visit(java_script_enabled=False)
    assert "needs JavaScript" in page.inner_text("main")
    assert "TensorFlow is the choice for object detection. [article C28, conclusion]" in page.inner_text("#rules")


def test_texts_of_all_kinds_are_shown_as_they_are(visit):
    base = KnowledgeBase(model_of(nasty.NASTY))
    page = visit(written=base.page({"asked": {"value": nasty.TEXTS[0], "certainty": 0.8}}))
    for text in nasty.TEXTS:
        page.evaluate(
            """(text) => take(taken(base, [["asked", { value: text, certainty: 0.8, note: text }]]), "")""", text
        )
        assert said(page) == headline(base.consult({"asked": {"value": text, "certainty": 0.8}})).text
        assert page.locator("a[href^=javascript]").count() == 0
        assert page.locator("main script, main img").count() == 0
        assert "".join(text.split()) in "".join(page.inner_text("#given").split())


def test_it_says_how_to_begin_what_no_longer_counts_and_when_it_has_aged(visit):
    current = KnowledgeBase.load("current")
    given = {"short_training": "yes", "popularity": "yes", "high_performance": "yes"}
    consultation = current.consult(given)
    page = visit(written=current.page(given), timezone_id="UTC")
    assert said(page) == headline(consultation).text
    assert page.inner_text("#begin") == beginning(consultation)
    for reason in retired_reasons(consultation):
        assert f"no longer counts: {reason.retired.reason}" in page.inner_text("#reasons")
    assert retired_reasons(consultation)
    aged = KnowledgeBase(replace(current.model, review_by=date(2020, 1, 1)))
    assert "meant to review current by 2020-01-01" in visit(written=aged.page()).inner_text("#answer")


def test_it_says_words_and_no_names(visit, tmp_path):
    (tmp_path / "named.yaml").write_text(NAMED)
    base = KnowledgeBase.load(tmp_path / "named.yaml")
    for facts in (FAR, NEAR):
        (tmp_path / "facts.yaml").write_text(facts)
        page = visit(written=base.page(base.read_facts(tmp_path / "facts.yaml")))
        page.evaluate("document.querySelectorAll('#answer details, main details').forEach(each => each.open = true)")
        shown = page.inner_text("body").partition("All rules")[0]
        assert "motor car" in shown
        assert re.findall(r".*q[xv]_\w+.*", shown) == []
