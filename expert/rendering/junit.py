"""The results of cases as JUnit XML, which most services that run tests can show."""

from collections.abc import Sequence
from xml.etree import ElementTree

from expert.knowledge.foreign_text import visible_lines
from expert.knowledge.loading.tree import NOT_TEXT
from expert.rendering.text.cases_text import case_text
from expert.verification.scenarios import Result


def junit(name: str, results: Sequence[Result]) -> bytes:
    """Write a suite of tests, one for each case; a failure says what ``expert rules test`` does."""
    counts = {
        "tests": str(len(results)),
        "failures": str(sum(not result.passed for result in results)),
        "errors": "0",
        "skipped": "0",
    }
    suites = ElementTree.Element("testsuites", counts)
    suite = ElementTree.SubElement(suites, "testsuite", {"name": _text(name), **counts})
    for result in results:
        place = result.case.place
        about = {"classname": name, "name": result.case.name, "file": place.file, "line": str(place.line)}
        case = ElementTree.SubElement(suite, "testcase", {key: _text(text) for key, text in about.items()})
        if not result.passed:
            message = "; ".join(map(str, result.unmet))
            failure = ElementTree.SubElement(case, "failure", {"message": _text(message), "type": "expectation"})
            failure.text = _text(case_text(result))
    ElementTree.indent(suites)
    written: bytes = ElementTree.tostring(suites, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _text(text: str) -> str:
    """Write out what XML cannot contain."""
    return NOT_TEXT.sub(lambda found: f"\\u{ord(found[0]):04x}", visible_lines(text))
