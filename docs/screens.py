"""Photograph the page of the graph on every kind of screen, to be looked at: ``python docs/screens.py FOLDER``.

It takes every facts file of the examples, and a made-up knowledge base of 100 rules, and needs Chromium.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import which

from playwright.sync_api import Browser, sync_playwright

from expert import KnowledgeBase
from expert.api.consultation import Consultation

TOP = Path(__file__).parent.parent
SIZES = {"desktop": (1400, 900), "tablet": (1024, 768), "phone": (390, 844)}
VIEWS = {"first": "", "sides": "#tab=side%20by%20side"}


def consultations() -> Iterator[tuple[str, Consultation]]:
    """Consult about each example, and about a case of many rules."""
    examples = TOP / "docs" / "examples"
    for folder, rules in ((examples, "article"), (examples / "profiles", "current")):
        knowledge_base = KnowledgeBase.load(rules)
        for file in sorted(folder.glob("*.*")):
            if not {"patch-triage", "vulnerability"} & {file.stem}:
                yield f"{rules}-{file.stem}", knowledge_base.consult(knowledge_base.read_facts(str(file)))
    sys.path.insert(0, str(TOP))
    from benchmarks.workload import cases
    from benchmarks.workload import knowledge_base as workload

    rules_file = Path(sys.argv[1]) / "workload.yaml"
    rules_file.write_text(workload(100))
    yield "rules-100", KnowledgeBase.load(rules_file).consult(cases(100, 1)[0])


def photograph(browser: Browser, page_file: Path) -> None:
    """Take a page on every screen, light and dark, and on paper."""
    for name, (width, height) in SIZES.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            page = context.new_page()
            for view, address in VIEWS.items():
                page.goto(page_file.as_uri() + address)
                page.screenshot(path=page_file.with_name(f"{page_file.stem}-{view}-{name}-{scheme}.png"))
            context.close()
    page = browser.new_page()
    page.goto(page_file.as_uri())
    page.pdf(path=page_file.with_suffix(".pdf"))
    page.close()


def main() -> None:
    """Write the pages and their pictures into a folder."""
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        for name, consultation in consultations():
            for suffix, all_of_it in (("", False), ("-all", True)):
                file = folder / f"{name}{suffix}.html"
                file.write_bytes(consultation.draw("html", everything=all_of_it, not_fired=all_of_it))
                photograph(browser, file)
        browser.close()


if __name__ == "__main__":
    main()
