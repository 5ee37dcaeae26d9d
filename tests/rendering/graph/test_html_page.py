"""The page, in a real browser: it shows, lights up, finds, remembers, and asks nothing of any other place."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import permutations, product
from pathlib import Path

import pytest

from benchmarks import workload
from expert import KnowledgeBase
from expert.page import what_if
from expert.rendering.headline import headline
from tests import nasty
from tests.browser import PHONE, narrow, shuts_out
from tests.colours import COLOURS, consult, retiring
from tests.strategies import model_of

DETECTOR = "docs/examples/detector.yaml"
OTHERS = {"patch-triage", "vulnerability"}  # of other knowledge bases
EXAMPLES = [
    *(("article", path) for path in sorted(Path("docs/examples").glob("*.*")) if path.stem not in OTHERS),
    *(("current", path) for path in sorted(Path("docs/examples/profiles").iterdir())),
]


@pytest.fixture
def visit(open_page):
    """Open the page of a consultation."""
    return partial(open_page, width=1440)


@pytest.fixture(scope="module")
def detector():
    knowledge_base = KnowledgeBase.load()
    return knowledge_base.consult(knowledge_base.read_facts(DETECTOR))


@pytest.fixture
def page(visit, detector):
    return visit(detector.draw("html"))


def box(page, node):
    """Find a box of the open tab by its node."""
    return page.locator(f'[role="tabpanel"]:not([hidden]) .picture:not([hidden]) .box[data-node="{node}"]')


def lit(page, shade="on"):
    boxes = page.locator(f'[role="tabpanel"]:not([hidden]) .picture:not([hidden]) .box.{shade}')
    return set(boxes.evaluate_all("all => all.map(each => each.dataset.node)"))


def outside(page):
    """List the boxes of the picture on show that are not on the screen as a whole."""
    return page.locator("svg.stage:visible").evaluate("""(stage) => {
        const seen = stage.getBoundingClientRect();
        const out = (at) => at.left < Math.max(0, seen.left) - 1 || at.right > Math.min(innerWidth, seen.right) + 1
            || at.top < seen.top - 1 || at.bottom > seen.bottom + 1;
        return [...stage.querySelectorAll('.box')]
            .filter((box) => out(box.getBoundingClientRect())).map((box) => box.dataset.node);
    }""")


def letters(page):
    """Measure the smallest letters of the picture on show, in pixels of the screen."""
    return page.locator("svg.stage:visible").evaluate("""(stage) => Math.min(...[...stage.querySelectorAll('text')]
        .filter((text) => text.checkVisibility({ opacityProperty: true }))
        .map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))""")


def example(rules, facts):
    """Consult the rules about the facts of an example."""
    knowledge_base = KnowledgeBase.load(rules)
    return knowledge_base.consult(knowledge_base.read_facts(str(facts)))


def many_rules(folder):
    """Consult a made-up base of 100 rules."""
    (folder / "many.yaml").write_text(workload.knowledge_base(100))
    return KnowledgeBase.load(folder / "many.yaml").consult(workload.cases(100, 1)[0])


def test_it_names_no_other_place(detector):
    text = detector.draw("html").decode()
    without_data = re.sub(r'<script type="application/json".*?</script>', "", text, flags=re.DOTALL)
    assert set(re.findall(r"\w+://[\w./-]+", without_data)) == {"http://www.w3.org/2000/svg"}
    assert "default-src 'none'" in text
    assert "unsafe" not in text


def test_one_sees_what_was_decided_on_which_facts_by_which_rules_from_which_source(page):
    said = page.inner_text("body").replace("\xa0", " ")
    assert "Which deep learning framework fits this project?" in said
    assert "TensorFlow is recommended with certainty 0.996, clearly ahead of PyTorch (by 0.376)." in said
    three = "dataset size: small; rapid prototyping: yes; several back-ends: yes → Keras"
    assert f"Neither one nor two facts would change it; three together would: {three}; 49 others" in said
    aside = page.inner_text("#overview")
    for words in (
        "dataset size: large", "unless the line is rebuilt", "How large is the training data?", "4 more reasons",
        "TensorFlow is the choice for a large dataset.", "article C25, conclusion", "since high performance: yes",
        "Nothing speaks against TensorFlow.", "Atlas Systems",
        "PyTorch, 0.376 behind, with less for it:", "Keras, 1.376 behind:",
    ):  # fmt: skip
        assert words in aside
    assert "0.7 ⊕ 0.7 ⊕ 0.7 ⊕ 0.63" in page.text_content("#overview")


def test_every_candidate_has_a_tab_with_its_proof(page):
    names = page.locator('[role="tab"]').all_inner_texts()
    assert names == ["TensorFlow+0.996", "PyTorch+0.62", "Keras−0.38", "Everything", "Side by side", "What if"]
    assert box(page, "framework=tensorflow").count() == 1
    page.click('[role="tab"] >> text=Keras')
    assert box(page, "framework=keras").count() == 1
    assert box(page, "rule:slow-keras").is_visible()
    assert box(page, "framework=tensorflow").count() == 0
    assert "Against Keras" in page.inner_text("#overview")
    missed = page.locator(".missed:visible").inner_text()
    assert "(+0.70) Keras is the choice for rapid prototyping." in " ".join(missed.split())
    assert "To be decided by: Do you need a first working model soon?" in missed
    page.click("nav >> text=Everything")
    assert box(page, "framework=keras").count() == box(page, "framework=pytorch").count() == 1


def test_what_led_to_a_box_and_what_it_led_to_light_up_in_two_shades(page):
    led_to = {
        "fast_execution=yes", "rule:large-data-needs-speed", "rule:performance-needs-speed", "dataset_size=large",
        "high_performance=yes",
    }  # fmt: skip
    node = "rule:fast-tensorflow-and-pytorch"
    for choose in (box(page, node).hover, box(page, node).focus):
        choose()
        assert lit(page, "led-to") == led_to
        assert lit(page, "followed") == {"framework=tensorflow"}
        assert lit(page) == led_to | {node, "framework=tensorflow"}
        page.mouse.move(5, 5)
        page.evaluate("document.activeElement.blur()")
        assert lit(page) == set()


def test_the_answer_never_fades(page):
    page.click("nav >> text=Everything")
    box(page, "rule:slow-keras").hover()
    assert "framework=tensorflow" not in lit(page)
    assert box(page, "framework=tensorflow").evaluate("each => getComputedStyle(each).opacity") == "1"


def test_a_click_tells_all_about_a_rule(page):
    box(page, "rule:object-detection-tensorflow").click()
    aside = page.inner_text("#reading")
    assert "If object_detection = yes, then framework = tensorflow (+0.70)." in aside
    assert "It held to degree 0.90" in aside
    assert "0.9 × 0.7 = 0.63" in aside
    assert "C28, conclusion, in: TensorFlow vs Keras vs PyTorch" in aside
    page.click(".about:not([hidden]) a >> text=framework: TensorFlow")
    assert "Certainty 0.996" in page.inner_text("#reading")
    page.click("text=Back to the overview")
    assert "Why not another" in page.inner_text("#overview")


def test_it_is_said_of_each_other_candidate_why_it_is_not_the_answer(visit):
    page = visit(example("current", "docs/examples/profiles/tpu-research.yaml").draw("html"))
    others = page.locator("section:has(> h2:text('Why not another'))")
    assert others.locator("b:visible").all_inner_texts() == ["PyTorch", "Keras"]
    others.locator("text=3 more candidates").click()
    assert others.locator("b:visible").all_inner_texts()[2:] == ["TensorFlow", "PyTorch Lightning", "fastai"]


def test_the_panel_begins_with_the_bars_and_names_files_without_their_folders(visit, tmp_path):
    facts = tmp_path / "few.yaml"
    facts.write_text("natural_language: yes")
    page = visit(example("article", facts).draw("html"))
    assert page.inner_text("#overview").startswith("PyTorch")
    assert "in too many ways to say what is still possible" in page.inner_text("#overview")
    assert "(few.yaml:1)" in page.inner_text("#overview")


def test_the_keyboard_does_all_of_it(page):
    for _ in ("#changes", "#theme", "the first tab"):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.name") == "framework=tensorflow"
    page.keyboard.press("ArrowRight")
    assert page.get_attribute('[data-name="framework=pytorch"]', "aria-selected") == "true"
    box(page, "dataset_size=large").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.node").startswith("rule:")
    page.keyboard.press("Enter")
    assert page.locator("#back").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#overview").is_visible()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"


def test_search_marks_and_opens_what_it_finds(page):
    page.fill("#search", "fast")
    assert page.inner_text("#hits") == "5 found"
    assert page.locator('[role="tabpanel"]:not([hidden]) .picture:not([hidden]) .box.hit').count() == 5
    page.press("#search", "Enter")
    first = page.locator(".box.chosen").get_attribute("data-node")
    page.press("#search", "Enter")
    assert page.locator(".box.chosen").get_attribute("data-node") != first
    page.fill("#search", "no such text")
    assert page.inner_text("#hits") == "0 found"
    page.fill("#search", "slow-keras")
    assert page.inner_text("#hits") == "0 found; look at Keras, Everything"


def test_an_address_leads_to_a_tab_and_a_box(visit, detector):
    page = visit(detector.draw("html"), "#tab=framework%3Dkeras&node=rule%3Aslow-keras")
    assert page.get_attribute('[data-name="framework=keras"]', "aria-selected") == "true"
    assert page.locator(".box.chosen").get_attribute("data-node") == "rule:slow-keras"
    page.click("nav >> text=Everything")
    assert page.evaluate("location.hash") == "#tab=everything"
    page.go_back()
    assert page.locator(".box.chosen").get_attribute("data-node") == "rule:slow-keras"


def test_it_zooms_pans_and_fits(page):
    seen = lambda: [float(n) for n in page.locator("svg.stage:visible").get_attribute("viewBox").split()]  # noqa: E731
    before = seen()
    page.mouse.move(500, 500)
    page.mouse.wheel(0, -400)
    page.wait_for_timeout(100)
    assert seen()[2] < before[2]
    page.mouse.move(40, 800)
    page.mouse.down()
    page.mouse.move(140, 760)
    page.mouse.up()
    moved = seen()
    page.click("#nearer")
    assert seen()[2] < moved[2]
    page.click("#fit")
    assert seen()[2] >= before[2] - 1


def test_what_is_seen_first_can_be_read(visit, tmp_path):
    found = {str(facts): example(rules, facts) for rules, facts in EXAMPLES} | {"many rules": many_rules(tmp_path)}
    page = visit(b"")
    for name, consultation in found.items():
        (tmp_path / "page.html").write_bytes(consultation.draw("html"))
        page.set_viewport_size({"width": 1400, "height": 900})
        page.reload()
        assert letters(page) >= 12, name
        below = page.locator("header .below")
        assert re.search("would (change|settle) it", below.inner_text())
        for width, height, smallest in ((1400, 900, 12), (1024, 768, 11.9), (390, 844, 9)):
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            assert letters(page) >= smallest, (name, width)
            page.locator("#fit").click()
            assert outside(page) == [], (name, width)
            at = below.bounding_box()
            assert at["y"] + at["height"] < height
        against = re.compile("^Against|speaks against")
        assert page.locator("#overview :is(h2, p):visible", has_text=against).first.bounding_box()["y"] < 844 - 16


def test_a_long_proof_begins_with_its_strongest_reasons(visit):
    knowledge_base = KnowledgeBase.load("current")
    facts = knowledge_base.read_facts("docs/examples/profiles/tpu-research.yaml")
    long = [fact._replace(value="scientific") if fact.attribute == "task" else fact for fact in facts]
    page = visit(knowledge_base.consult(long).draw("html"))
    boxes = page.locator("svg.stage:visible .box")
    short = boxes.count()
    assert box(page, "rule:models-pytorch").locator("visible=true").count() == 1  # it speaks against the answer
    assert box(page, "rule:several-devices").locator("visible=true").count() == 0
    page.locator(".box.more:visible").click()
    assert boxes.count() > short
    assert page.locator("svg.stage:visible .more").count() == 0
    assert outside(page) == []
    assert "whole=yes" in page.url
    page.click("text=The strongest reasons")
    assert boxes.count() == short
    page.locator("#overview summary", has_text="more reasons").first.click()
    page.locator("#overview :visible", has_text="PyTorch (fully_shard)").last.click()
    assert page.locator(".box.chosen:visible").get_attribute("data-node") == "rule:several-devices"
    page.go_back()
    assert boxes.count() == short


def test_letters_that_could_not_be_read_are_not_shown(visit, tmp_path):
    page = visit(many_rules(tmp_path).draw("html", everything=True, not_fired=True))
    assert outside(page) == []
    assert letters(page) >= 12
    assert "choose a box, or zoom in" in page.inner_text("#hint")
    page.locator("svg.stage:visible .box.rule").first.click()
    assert letters(page) >= 12
    assert page.locator(".box.chosen .faint, .box.chosen text").first.is_visible()
    assert page.inner_text("#hint") == ""
    page.click("#fit")
    assert page.inner_text("#hint") != ""


def test_a_map_names_given_facts_and_candidates(visit, detector):
    page = visit(detector.draw("html"), **PHONE)
    page.tap("text=The whole proof")
    names = page.locator(".landmark:visible")
    assert {"dataset size: large", "TensorFlow"} < set(names.all_text_contents())
    for _ in range(6):
        page.tap("#nearer")
    assert names.count() == 0


def test_names_stand_beside_a_map_where_there_is_room_and_never_over_one_another(visit):
    base = KnowledgeBase.load("current")
    facts = base.read_facts("docs/examples/profiles/android-detector.yaml")
    page = visit(base.consult(facts).draw("html", everything=True, not_fired=True))
    at = "each => { const { x, y, right, bottom } = each.getBoundingClientRect(); return [x, y, right, bottom] }"
    places = lambda those: [each.evaluate(at) for each in page.locator(those).all()]  # noqa: E731
    boxes, names, (seen,) = (places(f"{those}:visible") for those in (".box .shape", ".landmark", "svg.stage"))
    assert len(names) > 6
    assert not any(one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
                   for one, other in (*product(names, boxes), *permutations(names, 2)))  # fmt: skip
    assert all(seen[0] <= name[0] and name[2] <= seen[2] for name in names)


def test_two_fingers_move_and_zoom_the_picture_and_one_scrolls_the_page(visit, detector):
    page = visit(detector.draw("html"), viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.evaluate("document.querySelector('main').scrollIntoView()")
    touch = page.context.new_cdp_session(page)
    stage = page.locator("svg.stage:visible")
    at = stage.bounding_box()
    seen = lambda: [float(number) for number in stage.get_attribute("viewBox").split()]  # noqa: E731

    def drag(*fingers):
        """Move fingers, each by its steps of (x, y) from the middle of the picture."""
        for step, kind in enumerate(["touchStart", *["touchMove"] * (len(fingers[0]) - 1), "touchEnd"]):
            points = [] if kind == "touchEnd" else [
                {"x": at["x"] + at["width"] / 2 + finger[step][0], "y": at["y"] + at["height"] / 2 + finger[step][1]}
                for finger in fingers
            ]  # fmt: skip
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    before, scrolled = seen(), page.evaluate("scrollY")
    drag([(-50, 0), (-30, 20), (-10, 40)], [(50, 0), (70, 20), (90, 40)])
    moved = seen()
    assert moved[2:] == pytest.approx(before[2:])
    assert moved[0] < before[0]
    assert moved[1] < before[1]
    drag([(-40, 0), (-60, 0), (-80, 0)], [(40, 0), (60, 0), (80, 0)])
    zoomed = seen()
    assert zoomed[2] == pytest.approx(moved[2] / 2)
    assert zoomed[0] + zoomed[2] / 2 == pytest.approx(moved[0] + moved[2] / 2)
    assert page.evaluate("scrollY") == scrolled
    drag([(0, -60), (0, -20), (0, 20), (0, 60), (0, 80)])
    page.wait_for_function(f"scrollY < {scrolled - 40}")
    assert seen() == zoomed


def test_no_view_is_cropped_and_fit_shows_all(visit, detector):
    page = visit(detector.draw("html", everything=True, not_fired=True))
    assert page.get_attribute('[data-name="everything"]', "aria-selected") == "true"
    assert "For TensorFlow" in page.inner_text("#overview")
    assert outside(page) == []
    for _ in range(4):
        page.click("#nearer")
    assert outside(page) != []
    page.click("#fit")
    assert outside(page) == []


def test_a_phone_shows_reasons_first_and_opens_a_sheet_for_a_box(visit, detector):
    page = visit(detector.draw("html"), **PHONE)
    top = lambda selector: page.locator(selector).bounding_box()["y"]  # noqa: E731
    assert top("header") < top("#overview") < top("main")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert outside(page) == []
    before = page.locator("svg.stage:visible").get_attribute("viewBox")
    box(page, "rule:object-detection-tensorflow").tap()
    sheet = page.locator("#reading").bounding_box()
    assert sheet["y"] + sheet["height"] == pytest.approx(844, abs=1)
    assert "TensorFlow is the choice for object detection." in page.inner_text("#reading")
    chosen = page.locator(".box.chosen:visible").bounding_box()
    assert 0 <= chosen["y"] < chosen["y"] + chosen["height"] <= page.locator("#reading").bounding_box()["y"]
    page.tap("#back")
    assert not page.locator(".about:visible").count()
    assert page.locator("svg.stage:visible").get_attribute("viewBox") == before
    assert "pan" in page.locator("svg.stage:visible").evaluate("each => getComputedStyle(each).touchAction")


def test_two_candidates_stand_side_by_side(page):
    page.click("nav >> text=Side by side")
    assert not page.locator(".tools").is_visible()
    page.select_option("#side1", label="Keras")
    assert page.locator(".sides thead th:visible").all_inner_texts() == ["Evidence", "TensorFlow", "Keras"]
    said = page.locator("#difference p").all_inner_texts()
    assert "object detection: yes" in said[0]
    assert said[0].startswith("Facts that favour TensorFlow over Keras: ")
    assert said[1:] == ["Facts that favour Keras over TensorFlow: none."]
    assert "PyTorch, too, is used" not in page.inner_text(".sides")
    page.select_option("#side1", label="PyTorch")
    assert page.locator("#difference p").all_inner_texts() == [
        "Facts that favour TensorFlow over PyTorch: breadth of features: yes; object detection: yes.",
        "Facts that favour PyTorch over TensorFlow: none.",
        "Facts that favour both, by different rules: "
        "dataset size: large (TensorFlow more); high performance: yes (TensorFlow more).",
    ]
    page.select_option("#side1", label="Keras")
    page.click(".sides >> text=Keras is slower")
    assert "It held to degree 0.96" in page.inner_text("#reading")


def test_no_candidate_is_compared_with_itself(page):
    page.click("nav >> text=Side by side")
    page.select_option("#side1", label="TensorFlow")
    assert page.locator(".choosing option:checked").all_inner_texts() == ["PyTorch", "TensorFlow"]
    assert page.locator(".sides thead th:visible").all_inner_texts() == ["Evidence", "PyTorch", "TensorFlow"]
    assert page.inner_text("#difference").startswith("Facts that favour PyTorch over TensorFlow: none.")


def test_what_tells_two_candidates_apart_most_stands_first(visit):
    android = example("current", "docs/examples/profiles/android-detector.yaml")
    page = visit(android.draw("html"), "#tab=side%20by%20side")
    rows = page.locator(".sides tbody tr:visible")
    shown = lambda: [row.locator("td:visible").all_inner_texts() for row in rows.all()]  # noqa: E731
    assert shown() == [["+0.80", ""], ["+0.20", "+0.80"], ["", "−0.40"], ["+0.20", "+0.40"], ["−0.19", "−0.38"]]
    page.select_option("#side1", label="JAX with Flax")
    assert shown() == [["+0.80", ""], ["+0.20", ""], ["+0.20", ""], ["−0.19", "−0.19"]]


def test_long_names_leave_a_telephone_room_for_the_evidence_side_by_side(visit):
    content = example("docs/examples/patch-triage.yaml", "docs/examples/vulnerability.yaml").draw("html")
    page = visit(content, "#tab=side%20by%20side", **PHONE)
    assert page.locator(".content:visible").evaluate("each => each.scrollWidth <= each.clientWidth")
    assert page.locator(".sides tbody th").first.bounding_box()["width"] > 150


def test_facts_can_be_changed_in_place(visit, detector):
    page = visit(detector.draw("html"), "#tab=what%20if", viewport={"width": 390, "height": 844}, is_mobile=True)
    said = lambda: page.inner_text("#what-if-said")  # noqa: E731
    tab = page.get_by_role("tab", name="What if").bounding_box()
    assert 0 <= tab["x"] <= 391 - tab["width"]
    assert said() == headline(detector).text
    page.get_by_label("How large is the training data?").select_option("not known")
    page.get_by_label("Must the project detect objects in pictures or video?").select_option("no")
    page.click("#what-if summary")
    page.get_by_label("Is it important that errors").select_option("yes")
    page.get_by_label("About how many examples").fill("2,000")
    page.keyboard.press("Enter")
    changed = detector.what_if(object_detection="no", debugging="yes", training_examples=2_000, dataset_size=None)
    assert said() == headline(changed.after).text != headline(detector).text
    for kind in ("started", "stopped"):
        rows = page.locator(f"#what-if-follows h3:has-text('Rules that {kind}') + ul .faint")
        assert rows.all_inner_texts() == [rule.rule for rule in changed.rules if rule.kind == kind] != []
    assert f"Before: {headline(detector).text}" in page.inner_text("#what-if-follows")
    page.get_by_label("About how many examples").fill("-1")
    page.keyboard.press("Enter")
    assert "Please give a whole number" in page.inner_text("#what-if .wrong")
    assert said() == headline(changed.after).text
    assert (narrow(page), page.evaluate("document.documentElement.scrollWidth")) == ([], 390)
    page.click("#take-back")
    assert said() == headline(detector).text
    assert not page.locator("#what-if .changed, #take-back:visible").count()


def test_a_given_fact_leads_to_where_it_is_changed(page):
    box(page, "dataset_size=large").click()
    page.click("#reading >> text=What if it were otherwise?")
    assert page.evaluate("document.activeElement.labels[0].textContent") == "How large is the training data?"
    page.keyboard.press("s")
    assert page.locator("#what-if .changed").count() == 1


def test_what_a_browser_would_not_answer_at_once_cannot_be_changed_in_place(detector, monkeypatch):
    assert 'data-name="what if"' in detector.draw("html").decode()
    monkeypatch.setattr(what_if, "MOST_RULES", 10)
    assert "what if" not in detector.draw("html").decode().lower()


def test_what_made_the_page_can_be_copied_and_the_picture_downloaded(page, detector, tmp_path):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("text=Copy the command")
    command = page.evaluate("navigator.clipboard.readText()")
    assert command == page.inner_text("pre")
    assert "--set 'object_detection=yes (0.90)' --of tensorflow --open" in command
    page.click("text=Copy the facts")
    (tmp_path / "facts.yaml").write_text(page.evaluate("navigator.clipboard.readText()"))
    assert KnowledgeBase.load().read_facts(str(tmp_path / "facts.yaml"))[0][:3] == detector.given[0][:3]
    with page.expect_download() as download:
        page.click("#download")
    picture = ET.parse(download.value.path()).getroot()
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    style = picture.findtext("{http://www.w3.org/2000/svg}style")
    assert "prefers-color-scheme: dark" in style
    assert "var(" not in style


def test_without_its_script_it_says_all_and_has_nothing_that_does_nothing(visit, detector):
    page = visit(detector.draw("html"), java_script_enabled=False)
    assert page.locator("button:visible, input:visible, select:visible").count() == 0
    assert page.locator("svg.stage:visible").count() == 4
    said = page.inner_text("body")
    for words in ("Proof of Keras", "Against Keras", "It held to degree 0.90", "Candidates side by side"):
        assert words in said


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_follows_the_scheme_and_can_be_switched(visit, detector, scheme):
    page = visit(detector.draw("html"), color_scheme=scheme)
    colour = lambda: page.evaluate("getComputedStyle(document.body).backgroundColor")  # noqa: E731
    assert colour() == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 29)"}[scheme]
    assert page.inner_text("#theme") == {"light": "Dark colours", "dark": "Light colours"}[scheme]
    page.click("#theme")
    assert colour() == {"dark": "rgb(255, 255, 255)", "light": "rgb(20, 23, 29)"}[scheme]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address", ["", "#tab=side%20by%20side", "#tab=framework%3Dkeras&node=rule%3Aslow-keras", "#tab=what%20if"]
)
def test_a_checker_finds_nothing_that_shuts_people_out(visit, detector, scheme, address):
    content = detector.draw("html", not_fired=True)
    page = visit(content, address, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    assert shuts_out(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nor_does_it_on_a_telephone_where_all_can_be_touched(visit, detector, scheme):
    page = visit(detector.draw("html"), color_scheme=scheme, bypass_csp=True, **PHONE)
    assert shuts_out(page) == []
    assert narrow(page) == []
    page.locator("#overview summary").evaluate_all("all => all.forEach((each) => { each.parentElement.open = true; })")
    assert narrow(page) == []
    for node in ("dataset_size=large", "rule:large-fast-tensorflow", "framework=tensorflow"):
        page.evaluate("(node) => go(node)", node)
        assert narrow(page) == []
    page.tap("nav >> text=Side by side")
    assert narrow(page) == []


def test_it_prints_all_tabs_on_light_paper_without_tools(visit, detector):
    page = visit(detector.draw("html"), color_scheme="dark")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not page.locator(".tools, button").first.is_visible()
    assert page.locator("svg.stage:visible").count() == 4
    assert page.locator(".sides").is_visible()
    assert page.locator("h2:visible", has_text="For TensorFlow").count() == 1
    assert page.get_attribute("svg.stage", "viewBox").startswith("0 0 ")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(page.pdf()) > 10_000


def test_a_small_proof_is_printed_no_larger_than_others(visit):
    page = visit(KnowledgeBase.load().consult({}).draw("html"))
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    scales = page.locator("svg.stage:visible").evaluate_all("all => all.map((each) => each.getScreenCTM().a)")
    assert max(scales) <= 1


def test_a_long_proof_is_printed_as_at_first_sight_on_few_pages(visit):
    current = KnowledgeBase.load("current")
    facts = current.read_facts("docs/examples/profiles/tpu-research.yaml")
    page = visit(current.consult(facts).draw("html"))
    assert page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n") <= 10
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".short + .picture:visible").count() == 0
    assert page.locator(".short:visible").count() == 6
    assert page.locator("summary:visible", has_text="12 more rules").count() == 1
    assert page.locator("summary:visible", has_text="more reason").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#overview details[open]").count() == 0


@nasty.every_text
def test_texts_of_all_kinds_are_shown_as_they_are(visit, text):
    page = visit(nasty.consult(text).draw("html", everything=True, not_fired=True))
    shown = page.evaluate("document.querySelector('aside').textContent")
    assert "".join(text.split()) in "".join(shown.split())
    assert page.locator("aside a[href^=javascript]").count() == 0
    assert page.locator("body > script").count() == 1


def test_a_derived_fact_can_come_first(visit):
    page = visit(consult({"warm": "yes", "share": 0.5}).draw("html", ["hot=yes"]))
    assert page.locator('[role="tab"]').first.inner_text() == "hot: yes"
    assert box(page, "rule:warm-hot").is_visible()


def test_undecided_and_ties_have_pages_too(visit):
    knowledge_base = KnowledgeBase.load()
    assert "Undecided" in visit(knowledge_base.consult({}).draw("html")).inner_text("header")
    tie = knowledge_base.consult({"object_detection": "yes", "flexibility": "yes"})
    page = visit(tie.draw("html"))
    assert "A tie between TensorFlow and PyTorch" in page.inner_text("header")
    assert box(page, "framework=tensorflow").count() == box(page, "framework=pytorch").count() == 1
    assert "For TensorFlow" in page.inner_text("#overview")
    assert "For PyTorch" in page.inner_text("#overview")


def test_pictures_on_the_page_are_well_formed(detector):
    for picture in re.findall(r"<svg.*?</svg>", detector.draw("html").decode(), re.DOTALL):
        ET.fromstring(picture)


def test_rules_that_no_longer_count_are_told_with_what_they_would_have_said(detector):
    model = retiring(model_of(COLOURS), {"green": "Green <is> gone.", "shaped": "Shapes do not matter."})
    page = KnowledgeBase(model).consult({"size": "small"}).draw("html").decode()
    section = page.partition("<h2>Rules that would have held, and no longer count</h2>")[2].partition("</section>")[0]
    assert "(+0.70 for Green) Rule green concludes colour: Green." in section
    assert "no longer counts: Green &lt;is&gt; gone." in section
    assert "shaped" not in section
    assert "no longer count" not in detector.draw("html").decode()


def test_the_page_tells_when_the_rules_were_to_be_reviewed(visit):
    model = replace(model_of(COLOURS), review_by=date(2027, 5, 31))
    page = visit(KnowledgeBase(model).consult({"size": "small"}).draw("html"))
    for day, said in (
        ("2027-05-31", "To be reviewed by 2027-05-31."),
        ("2027-06-01", "The rules of colours were to be reviewed by 2027-05-31: they may be out of date."),
    ):
        page.clock.set_fixed_time(day)
        page.reload()
        assert page.inner_text("[data-review-by]") == said


def test_a_candidate_may_be_called_everything(visit):
    attributes = {"goal": {"choices": {"everything": "E", "nothing": "N"}}, "asked": {"question": "?"}}
    rules = {"rule": {"if": {"asked": "yes"}, "then": {"goal": "everything"}}}
    data = {"knowledge_base": "all", "goal": "goal", "attributes": attributes, "rules": rules}
    page = visit(KnowledgeBase(model_of(data)).consult({"asked": "yes"}).draw("html"))
    assert "For E" in page.inner_text("#overview")
    page.click("nav >> text=Everything")
    assert page.get_attribute('[data-name="everything"]', "aria-selected") == "true"
