"""Firefox shows what Chromium shows, on a desktop and on a telephone, and complains of nothing."""

import json
import subprocess

import pytest

from expert import KnowledgeBase
from tests.needs import needs

SIZES = ((1400, 900), (390, 844))

SHOWN = "[document.body.innerText.replace(/\\s/g, ''), document.documentElement.scrollWidth > innerWidth]"
"""What is looked at: the text that is visible, without its spaces, and whether the page is too wide."""

VISIT = """
const [executablePath, what, sizes, ...pages] = JSON.parse(process.argv[1]);
(async () => {
    const browser = await require("puppeteer-core").launch({ browser: "firefox", executablePath });
    const page = await browser.newPage(), shown = [], wrong = [];
    page.on("console", (message) => wrong.push(message.text()));
    page.on("pageerror", (error) => wrong.push(error.message));
    for (const address of pages) for (const [width, height] of sizes) {
        await page.setViewport({ width, height });
        await page.goto(address);
        shown.push(await page.evaluate(what));
    }
    await browser.close();
    console.log(JSON.stringify({ shown, wrong }));
})();
"""


@pytest.fixture
def driver(tmp_path):
    """Install what drives Firefox, and give the folder where it is."""
    words = [needs("npm"), "install", "--no-audit", "--no-fund", "--silent", "--ignore-scripts", "puppeteer-core@25"]
    if subprocess.run(words, cwd=tmp_path, capture_output=True, check=False).returncode:
        pytest.skip("npm cannot install puppeteer-core here")
    return tmp_path


def test_it_shows_the_same_as_chromium(browser, driver):
    firefox, knowledge_base = needs("firefox"), KnowledgeBase.load()
    facts = knowledge_base.read_facts("docs/examples/detector.yaml")
    contents = {"graph.html": knowledge_base.consult(facts).draw("html"), "page.html": knowledge_base.page(facts)}
    for name, content in contents.items():
        (driver / name).write_bytes(content)
    pages = [(driver / name).as_uri() for name in contents]

    expected = []
    for address in pages:
        for width, height in SIZES:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(address)
            expected.append(page.evaluate(SHOWN))
            page.close()
    words = [needs("node"), "-e", VISIT, json.dumps([firefox, SHOWN, SIZES, *pages])]
    done = subprocess.run(words, cwd=driver, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"shown": expected, "wrong": []}
