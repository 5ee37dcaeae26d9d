"""Links on a terminal: where they are shown, what they lead to, and that they change no text and no width."""

import re
import sys
from pathlib import Path

import pytest

from expert.knowledge.loading.knowledge_base_file import _SHIPPED

LINK = re.compile(r"\x1b]8;;([^\x1b]+)\x1b\\(.*?)\x1b]8;;\x1b\\")
SHOW = ("rules", "show", "warm-red")
RECOMMEND = ("recommend", "--set", "warm=yes")


@pytest.fixture
def linked(small, monkeypatch):
    """Give the small knowledge base a source on the web."""
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("LINES", "100")
    monkeypatch.setenv("COLUMNS", "80")
    small.write_text(small.read_text().replace("colours}", 'colours, url: "https://example.org/a b>\u202e"}'))
    return small


@pytest.fixture
def links(run, linked, monkeypatch):
    """Run a command on a terminal, or not; find what is linked, and to what."""

    def links(*words, is_terminal=True):
        monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
        rules = () if "--rules" in words else ("--rules", linked)
        out = run(*words, *rules).out
        assert is_terminal or LINK.sub(r"\2", out) == out
        return [(text, address) for address, text in LINK.findall(out)]

    return links


def test_sources_lead_to_the_web_in_the_characters_of_addresses(links):
    assert links(*RECOMMEND) == [("guide", "https://example.org/a%20b%3E%E2%80%AE")]


@pytest.mark.parametrize("url", ["http://example.org", "javascript:alert(1)", "file:///etc/passwd"])
def test_sources_elsewhere_are_no_links(links, linked, url):
    linked.write_text(re.sub('url: ".*?"', f'url: "{url}"', linked.read_text()))
    assert links(*RECOMMEND) == []


def test_places_lead_to_their_files(links, linked):
    ((text, address),) = links(*SHOW)
    assert re.fullmatch(rf"{re.escape(str(linked))}:\d+", text)
    assert address == Path(linked).as_uri()


def test_findings_lead_to_their_files(links, linked):
    assert {address for _, address in links("rules", "check")} == {Path(linked).as_uri()}


@pytest.mark.parametrize("options", [(), ("--why", "red")])
def test_facts_lead_to_their_files(links, write, monkeypatch, tmp_path, options):
    monkeypatch.chdir(tmp_path)
    facts = write("facts.yaml", "degrees: 30\nwarm: {value: no, certainty: 0.5}\n")
    found = links("explain", "facts.yaml", *options)
    assert ("facts.yaml:2", facts.as_uri()) in found
    assert {address for text, address in found if text.startswith("facts")} == {facts.as_uri()}


def test_what_only_looks_like_the_origin_of_a_fact_is_no_link(links, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    Path("--set").write_text("")
    Path("a facts.yaml").write_text("warm: yes\n")
    assert links("explain", "a facts.yaml", "--set", "degrees=30")[0][0] == "a facts.yaml:1"
    assert all("guide" in text for text, _ in links("explain", "--set", "degrees=30"))


@pytest.fixture
def shipped(links, monkeypatch, tmp_path):
    """Find the links of a command about a shipped knowledge base, with another file of its name in this folder."""
    monkeypatch.chdir(tmp_path)
    Path("article.yaml").write_text("")
    return lambda *words: [each for each in links(*words) if "article.yaml" in each[0]]


@pytest.mark.parametrize("words", [("rules", "show", "prototyping-keras"), ("rules", "show", "dataset_size")])
def test_places_in_a_shipped_knowledge_base_lead_to_the_file_that_was_read(shipped, monkeypatch, words):
    ((text, address),) = shipped(*words, "--rules", "article")
    assert re.fullmatch(r"article\.yaml:\d+", text)
    assert address == (_SHIPPED / "article.yaml").as_uri()


def test_places_of_an_extended_knowledge_base_and_of_tables_lead_to_their_own_files(links, linked, write):
    write("t.csv", "warm,colour\nyes,red\nno,green\n")
    more = write("more.yaml", "{knowledge_base: more, extends: small.yaml, tables: {t: {then: [colour], file: t.csv}}}")
    for name, file in (("warm-red", linked), ("t/1", more.with_name("t.csv"))):
        ((_, address),) = links("rules", "show", name, "--rules", more)
        assert address == file.as_uri()


@pytest.mark.parametrize("words", [SHOW, RECOMMEND])
@pytest.mark.parametrize(
    ("options", "variables"),
    [
        (("--color", "never"), {}),
        ((), {"NO_COLOR": "1"}),
        ((), {"TERM": "dumb"}),
        (("--color", "always"), {"TERM": "dumb"}),
    ],
)
def test_a_terminal_without_colours_has_no_links(links, monkeypatch, words, options, variables):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert links(*options, *words) == []


@pytest.mark.parametrize("words", [SHOW, RECOMMEND])
def test_files_and_pipes_have_no_links_even_with_colours(links, words):
    assert links("--color", "always", *words, is_terminal=False) == []


@pytest.mark.parametrize("words", [SHOW, RECOMMEND, ("explain", "--set", "warm=yes"), ("rules", "check")])
def test_the_text_is_the_same_with_links(run, linked, monkeypatch, words):
    plain = run(*words, "--rules", linked).out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    out = run(*words, "--rules", linked).out
    assert "\x1b]8;;" in out
    assert re.sub(r"\x1b\[\d*m", "", LINK.sub(r"\2", out)) == plain
