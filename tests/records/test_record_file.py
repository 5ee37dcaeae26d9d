"""Records of decisions: what is written is read, and nothing else is."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import Decision, InputError, KnowledgeBase
from expert.records.record_file import FORMAT, decision_text
from expert.records.shapes import plain
from tests import colours, nasty
from tests.examples import examples
from tests.strategies import CONSTRUCTS, cases, knowledge_bases, model_of

DAY = date(2026, 5, 31)


def made(consultation, **options):
    return Decision.of(consultation, as_of=DAY, **options)


@pytest.fixture
def record(tmp_path):
    """A record that has all there is."""
    given = {"warm": {"value": "yes", "certainty": 0.9, "note": "since May: #1", "fixed": True}, "share": 0.75}
    made(colours.consult(given), review=date(2027, 6, 1)).save(tmp_path / "decision.yaml")
    return tmp_path / "decision.yaml"


def test_it_is_read_as_it_was_made(record):
    decision = Decision.load(record)
    assert (decision.date, decision.review, decision.goal) == (DAY, date(2027, 6, 1), "colour")
    assert [(fact.attribute, fact.value, fact.certainty, fact.note, fact.fixed) for fact in decision.facts] == [
        ("share", "0.75", 1.0, "", False),
        ("warm", "yes", 0.9, "since May: #1", True),
    ]
    assert (decision.outcome, decision.recommendation, decision.leaders) == ("recommended", "red", ("red",))
    assert decision.firings[0].rule == "warm-hot"
    assert decision.firings[0].matched == ("warm = yes", "share = 0.75")
    assert [source.title for source in decision.sources] == ["The guide"]
    assert decision.open_questions
    assert decision.flips
    assert decision.robustness.delta > 0
    assert decision.file == record


def test_its_keys_are_in_a_fixed_order_and_it_can_be_read_by_people(record):
    lines = record.read_text().splitlines()
    keys = [line.partition(":")[0] for line in lines if line[0] not in "# -"]
    assert keys == [
        "format", "date", "review", "knowledge_base", "goal", "about", "outcome", "recommendation", "threshold",
        "ranking", "facts", "firings", "sources", "open_questions", "flips", "searched", "robustness", "checksum",
    ]  # fmt: skip
    assert lines[0].startswith("# ")
    assert '  note: "since May: #1"' in lines


def test_the_same_decision_is_written_in_the_same_bytes(record, tmp_path):
    Decision.load(record).save(tmp_path / "again.yaml")
    assert (tmp_path / "again.yaml").read_bytes() == record.read_bytes()


@nasty.every_text
def test_texts_of_all_kinds_are_kept(tmp_path, text):
    consultation = nasty.consult(text)
    decision = made(consultation).save(tmp_path / "d.yaml")
    assert Decision.load(tmp_path / "d.yaml") == decision
    assert decision.recheck(KnowledgeBase(consultation.knowledge_base)).verdict == "unchanged"
    assert "\x1b" not in (tmp_path / "d.yaml").read_text()


@settings(max_examples=examples(40))
@given(st.data())
def test_what_is_saved_is_loaded_and_unchanged_under_the_same_rules(tmp_path_factory, data):
    drawn = data.draw(knowledge_bases(rules=6, asked=3, derived=2, constructs=CONSTRUCTS))
    base = KnowledgeBase(model_of(drawn))
    consultation = base.consult(data.draw(cases(drawn)))
    path = tmp_path_factory.mktemp("drawn") / "decision.yaml"
    decision = made(consultation).save(path)
    loaded = Decision.load(path)
    assert loaded == decision
    assert plain(loaded) == plain(decision)
    assert loaded.leaders == tuple(map(str, (leader.value for leader in consultation.leaders)))
    recheck = loaded.recheck(base)
    assert (recheck.verdict, recheck.rules) == ("unchanged", ())


def read_or_refused(path):
    """Write anew what is read; None where it is refused."""
    try:
        return decision_text(Decision.load(path))
    except InputError:
        return None


TEXT = decision_text(made(colours.consult({"warm": {"value": "yes", "certainty": 0.9, "note": "ö"}, "share": 0.75})))
CONTENT = TEXT.encode()


@settings(max_examples=examples(400))
@given(st.integers(0, len(CONTENT) - 1), st.integers(0, 255))
def test_a_changed_byte_is_refused_or_harmless(tmp_path_factory, position, byte):
    path = tmp_path_factory.getbasetemp() / "mutated.yaml"
    path.write_bytes(CONTENT[:position] + bytes([byte]) + CONTENT[position + 1 :])
    assert read_or_refused(path) in (TEXT, None)


@settings(max_examples=examples(60))
@given(st.integers(0, len(CONTENT) - 1))
def test_a_truncated_record_is_refused_or_whole(tmp_path_factory, end):
    path = tmp_path_factory.getbasetemp() / "truncated.yaml"
    path.write_bytes(CONTENT[:end])
    assert read_or_refused(path) in (TEXT, None)


def with_checksum(text):
    """Give a changed record the checksum of what it says now."""
    from expert.knowledge.loading.yaml_format import parse_yaml
    from expert.records.record_file import checksum

    content = text[: text.rindex("checksum:")]
    return f"{content}checksum: {checksum(parse_yaml(content, '')[0])}\n"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: "", "{path}: is empty; expected a record of a decision"),
        (lambda text: "dataset_size: small\n", "{path}: is not a record of a decision: its format is not " + FORMAT),
        (lambda text: "- a list\n", "{path}: is not a record of a decision: its format is not " + FORMAT),
        (
            lambda text: text.replace(FORMAT, "expert.decision/2"),
            "{path}:3:9: its format is expert.decision/2, which this version cannot read; it reads " + FORMAT,
        ),
        (
            lambda text: text.replace("outcome: recommended", "outcome: tie"),
            "its content was changed or damaged after it was written: the checksum is that of another",
        ),
        (
            lambda text: text[: text.rindex("checksum:")],
            "{path}: is incomplete: the checksum at its end is missing",
        ),
        (lambda text: with_checksum(text.replace("outcome: rec", "outcome: wr")), "'outcome' must be one of its words"),
        (lambda text: with_checksum(text.replace("'2026-05-31'", "May")), "{path}:4:7: 'date' must be a date such as"),
        (lambda text: with_checksum(text.replace("goal: colour\n", "")), "a decision needs 'goal', which is missing"),
        (lambda text: with_checksum(text.replace("goal:", "gaol:")), "unknown key 'gaol' in a decision; did you mean"),
        (lambda text: with_checksum(text.replace("degree: 0.9", "degree: most")), "'degree' must be a number, not 'mo"),
        (lambda text: with_checksum(text.replace("threshold: 0.2", "threshold: []")), "'threshold' must be a number"),
        (
            lambda text: with_checksum(text[: text.index("ranking:")] + "ranking: 1\n" + text[text.index("facts:") :]),
            "'ranking' must be a list, not '1'",
        ),
        (lambda text: text.replace("goal: colour\n", "goal: colour\ngoal: colour\n"), "duplicate key 'goal'"),
    ],
)  # fmt: skip
def test_each_thing_wrong_is_one_clear_line(tmp_path, change, message):
    path = tmp_path / "decision.yaml"
    path.write_text(change(TEXT))
    with pytest.raises(InputError) as error:
        Decision.load(path)
    lines = str(error.value).splitlines()
    assert any(message.format(path=path) in line for line in lines), lines
    assert all(line.startswith(str(path)) for line in lines)


def test_comments_and_layout_are_no_part_of_the_content(record):
    text = record.read_text()
    record.write_text("# Filed under 7.\n" + text.replace("\nfacts:\n", "\n\nfacts:  # of May\n"))
    assert decision_text(Decision.load(record)) == text


@pytest.mark.parametrize("name", ["decision.json", "decision", "decision.md"])
def test_a_record_has_a_name_that_says_so(tmp_path, name):
    with pytest.raises(InputError, match=r"it must end in \.yaml"):
        made(colours.consult({})).save(tmp_path / name)
