"""What a check found, for programs that show it beside the file: GitHub's annotations, and SARIF 2.1.0."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from expert.knowledge.finding_kinds import KINDS
from expert.verification.checks import Checked
from expert.verification.findings import Finding

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"

_COMMANDS = {"note": "notice", "warning": "warning", "error": "error"}
"""What GitHub calls each severity."""


def github_annotations(checked: Checked) -> str:
    """Write a workflow command of GitHub's for each finding, a line each."""
    return "".join(f"{_annotation(finding)}\n" for finding in checked.findings)


def _annotation(finding: Finding) -> str:
    """Write one; only a place with a line has one."""
    place = finding.place
    properties: dict[str, Any] = {"file": place.file}
    if place.line:
        properties |= {"line": place.line, "col": place.column}
    properties["title"] = f"{finding.kind} {finding.name}"
    written = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {written}::{_escaped(_told(finding))}"


def _escaped(text: object, more: str = "") -> str:
    """Write what ends a command, or a property of one, by its code."""
    return "".join(f"%{ord(each):02X}" if each in "%\r\n" + more else each for each in str(text))


def _told(finding: Finding) -> str:
    """Say what is wrong and what to do."""
    return f"{finding.message} {finding.advice}"


def sarif_log(checked: Checked, version: str) -> dict[str, Any]:
    """Write findings, made by this version, as a log of SARIF; those that are accepted are suppressed, with reasons."""
    found = [*((finding, None) for finding in checked.findings), *checked.accepted]
    kinds = [kind for kind in KINDS if any(finding.kind == kind for finding, _ in found)]
    rules = [
        {
            "id": kind,
            "shortDescription": {"text": KINDS[kind].meaning},
            "defaultConfiguration": {"level": KINDS[kind].severity},
        }
        for kind in kinds
    ]
    run = {
        "tool": {"driver": {"name": "expert", "semanticVersion": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, reason, kinds) for finding, reason in found],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, reason: str | None, kinds: list[str]) -> dict[str, Any]:
    """Write one finding; its fingerprint stays when lines move."""
    result: dict[str, Any] = {
        "ruleId": finding.kind,
        "ruleIndex": kinds.index(finding.kind),
        "level": finding.severity,
        "message": {"text": _told(finding)},
        "locations": [_location(finding)],
        "partialFingerprints": {"finding/v1": f"{finding.kind} {finding.name}"},
        "properties": {key: finding.to_dict()[key] for key in ("name", "proved", "example")},
    }
    if reason is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": reason}]
    return result


def _location(finding: Finding) -> dict[str, Any]:
    """Write where a finding is, the file as an address."""
    path, line = Path(finding.place.file), finding.place.line
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if line:
        physical["region"] = {"startLine": line, "startColumn": finding.place.column}
    return {"physicalLocation": physical}
