"""Photograph every screen, to be looked at: ``python -m docs.screens FOLDER``, or only those that ``NAME`` is part of.

The terminal at three widths, and all pages on every kind of screen and on paper, light and dark: for each example, and
for a made-up knowledge base of 100 rules. ``FOLDER/index.html`` shows all pictures. It needs Chromium; Firefox
photographs the pages, too, and pdftoppm the paper, where they are installed.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from benchmarks.workload import cases as workload_cases
from benchmarks.workload import knowledge_base as workload
from docs.terminal_screens import Case, screens
from expert import Decision, KnowledgeBase
from expert.rendering.records.report_page import report_page

EXAMPLES = Path(__file__).parent / "examples"
SIZES = {"desktop": (1400, 900), "tablet": (1024, 768), "phone": (390, 844)}
SCHEMES = ("light", "dark")
VIEWS = {"": "", "-sides": "#tab=side%20by%20side", "-what-if": "#tab=what%20if"}
"""What is shown of the page of a graph, and its address."""


def cases(folder: Path) -> list[Case]:
    """List the examples, which are in the current folder, with their rules; and write a case of many rules."""
    found = [Case("patch-triage", "patch-triage.yaml", "vulnerability.yaml")]
    for examples, rules in ((".", "article"), ("profiles", "current")):
        files = (
            file for file in sorted(Path(examples).glob("*.*")) if file.stem not in ("patch-triage", "vulnerability")
        )
        found += [Case(f"{rules}-{file.stem}", rules, str(file)) for file in files]
    rules_file, facts = folder / "rules-100.yaml", folder / "rules-100-facts.yaml"
    rules_file.write_text(workload(100))
    facts.write_text("".join(f"{name}: {value}\n" for name, value in workload_cases(100, 1, seed=28)[0].items()))
    return [*found, Case("rules-100", str(rules_file), str(facts))]


def pages(every: list[Case]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Name each page, and say how it is written."""
    for name, rules, facts_file in every:
        knowledge_base = KnowledgeBase.load(rules)
        facts = knowledge_base.read_facts(facts_file)
        consultation = knowledge_base.consult(facts)
        yield f"graph-{name}", lambda it=consultation: it.draw("html")
        yield f"graph-{name}-all", lambda it=consultation: it.draw("html", everything=True, not_fired=True)
        yield f"page-{name}", lambda it=knowledge_base, given=facts: it.page(given)
        yield f"report-{name}", lambda it=consultation: report_page(it, Decision.of(it)).encode()
    for base in {case.rules: None for case in every}:
        yield f"site-{Path(base).stem}", KnowledgeBase.load(base).site


def photograph(browser: Browser, file: Path, size: tuple[int, int], picture: str, address: str = "") -> None:
    """Take a page or a picture on one kind of screen, light and dark."""
    for scheme in SCHEMES:
        width, height = size
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(file.as_uri() + address)
        page.screenshot(path=file.with_name(f"{picture}-{scheme}.png"), timeout=0)
        page.close()


def photograph_page(browser: Browser, file: Path) -> None:
    """Take a page on every kind of screen and on paper."""
    for view, address in VIEWS.items() if file.stem.startswith("graph-") else [("", "")]:
        for name, size in SIZES.items():
            photograph(browser, file, size, f"{file.stem}{view}-{name}", address)
    page = browser.new_page()
    page.goto(file.as_uri())
    page.pdf(path=file.with_suffix(".pdf"), format="A4", prefer_css_page_size=True)
    page.close()
    if drawer := which("pdftoppm"):
        words = [drawer, "-png", "-r", "60", file.with_suffix(".pdf"), file.with_name(f"{file.stem}-paper")]
        subprocess.run(words, check=True)


def photograph_by_firefox(file: Path) -> None:
    """Take a page by Firefox: light on a desktop, dark on a telephone."""
    if firefox := which("firefox"):
        for name, dark in (("desktop", 0), ("phone", 1)):
            with TemporaryDirectory() as profile:
                Path(profile, "user.js").write_text(f'user_pref("ui.systemUsesDarkTheme", {dark});\n')
                picture = file.with_name(f"{file.stem}-{name}-firefox.png")
                size = ",".join(map(str, SIZES[name]))
                options = ["--headless", "--no-remote", "--profile", profile, "--window-size", size]
                words = [firefox, *options, "--screenshot", picture, file.as_uri()]
                subprocess.run(words, check=True, capture_output=True, timeout=60)


def photograph_terminal(browser: Browser, folder: Path, name: str, svg: str) -> None:
    """Take what stands on a terminal."""
    file = folder / f"{name}.svg"
    file.write_text(svg, encoding="utf-8")
    width, height = (int(float(number)) + 1 for number in svg.split('viewBox="0 0 ')[1].split('"')[0].split())
    photograph(browser, file, (width, height), name)


def index(folder: Path) -> str:
    """Write the page that shows all pictures."""
    pictures = "\n".join(
        f'<figure><a href="{escape(file.name)}"><img src="{escape(file.name)}" loading="lazy"></a>'
        f"<figcaption>{escape(file.stem)}</figcaption></figure>"
        for file in sorted(folder.glob("*.png"))
    )
    style = "body{display:flex;flex-wrap:wrap;gap:1em}img{max-width:45vw;border:1px solid gray}figure{margin:0}"
    return f"<!doctype html><meta charset=utf-8><title>Every screen</title><style>{style}</style>\n{pictures}\n"


def main(to: str, wanted: str = "") -> None:
    """Write the pages and the pictures into a folder."""
    folder = Path(to).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(EXAMPLES)
    every = cases(folder)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        for screen in screens(every, wanted):
            photograph_terminal(browser, folder, *screen)
        for name, content in pages(every):
            if wanted in name:
                file = folder / f"{name}.html"
                file.write_bytes(content())
                photograph_page(browser, file)
                photograph_by_firefox(file)
        browser.close()
    (folder / "index.html").write_text(index(folder), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
