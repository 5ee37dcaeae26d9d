"""Pages in a real browser: nothing may go wrong on them, and they ask for nothing but themselves."""

import pytest

from tests.needs import needs

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
"""How a page is opened as on a telephone."""

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"]


def shuts_out(page):
    """List what a checker finds on a page that shuts people out; the page must have been opened with `bypass_csp`."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"]][:5]) for each in found]


def narrow(page, what="a, button, select, input, summary"):
    """List what is to be touched and is smaller than 44 pixels."""
    return page.locator(f":is({what}):visible").evaluate_all(
        "all => all.map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])"
        ".filter(([, at]) => at.width < 44 || at.height < 44)"
    )


@pytest.fixture(scope="module")
def browser():
    path = needs("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, tmp_path):
    """Open a page from its bytes; when the test is done, see that nothing went wrong, and that it asked for nothing."""
    wrong, contexts = [], []

    def open_page(content, address="", *, width, **options):
        file = tmp_path / "page.html"
        file.write_bytes(content)
        context = browser.new_context(**{"viewport": {"width": width, "height": 900}} | options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: wrong.append(request.url) if "page.html" not in request.url else None)
        page.goto(file.as_uri() + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []
