"""The site builds without a warning, and its pages ask nothing of the network."""

import subprocess
import sys
from html.parser import HTMLParser

import pytest

from tests.documentation.pages import TOP

LOADING = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src"}


class Loads(HTMLParser):
    """Collects the addresses that a browser fetches to show a page."""

    def __init__(self):
        super().__init__()
        self.addresses = []

    def handle_starttag(self, tag, attrs):
        address = dict(attrs).get(LOADING.get(tag))
        if address:
            self.addresses.append(address)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    for needed in ("furo", "myst_parser", "sphinx"):
        pytest.importorskip(needed, reason="the extra 'docs' is not installed")
    site = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "-n", "--keep-going", "-q", "-b", "html"]
    command += ["-d", site / "trees", TOP / "docs", site / "html"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return site / "html"


def test_pages_load_nothing_from_elsewhere(site):
    pages = list(site.glob("*.html"))
    assert len(pages) > 10
    for page in pages:
        loads = Loads()
        loads.feed(page.read_text(encoding="utf-8"))
        assert loads.addresses
        assert not [address for address in loads.addresses if "//" in address], page.name
    for style in site.rglob("*.css"):
        assert "url(http" not in style.read_text(encoding="utf-8").replace('"', "").replace("'", ""), style.name


def test_the_public_names_are_in_the_interface(site):
    interface = (site / "api.html").read_text(encoding="utf-8")
    for name in ("expert.KnowledgeBase.consult", "expert.Consultation.ranking", "expert.InputError"):
        assert f'id="{name}"' in interface
