"""What SARIF 2.1.0 asks of the objects that a log of ours has, after its schema; nothing else is admitted in them."""


def _object(required, **properties):
    return {"type": "object", "properties": properties, "required": required.split(), "additionalProperties": False}


def _list(items, **more):
    return {"type": "array", "items": items, **more}


_TEXT = {"type": "string"}
_MESSAGE = _object("text", text=_TEXT)
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_BAG = {"type": "object", "properties": {"tags": _list(_TEXT, uniqueItems=True)}}
_URI = {"type": "string", "pattern": r"^(file:///)?[A-Za-z0-9_.~!$&'()*+,;=:@%/-]*$"}
_COUNT = {"type": "integer", "minimum": 1}
_RULE = _object("id", id=_TEXT, shortDescription=_MESSAGE, defaultConfiguration=_object("", level=_LEVEL))
_DRIVER = _object(
    "name",
    name=_TEXT,
    semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
    rules=_list(_RULE, uniqueItems=True),
)
_PHYSICAL = _object(
    "artifactLocation",
    artifactLocation=_object("uri", uri=_URI),
    region=_object("startLine", startLine=_COUNT, startColumn=_COUNT),
)
_RESULT = _object(
    "message ruleId",
    ruleId=_TEXT,
    ruleIndex={"type": "integer", "minimum": -1},
    level=_LEVEL,
    message=_MESSAGE,
    locations=_list(_object("", physicalLocation=_PHYSICAL)),
    partialFingerprints={"type": "object", "additionalProperties": _TEXT},
    suppressions=_list(_object("kind", kind={"enum": ["inSource", "external"]}, justification=_TEXT), uniqueItems=True),
    properties=_BAG,
)
_RUN = _object(
    "tool",
    tool=_object("driver", driver=_DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=_list(_RESULT),
)
SARIF = _object(
    "version runs",
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs=_list(_RUN),
)
