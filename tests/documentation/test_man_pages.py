"""The man pages say what the help of the commands says."""

from docs.man_pages import FOLDER, man_pages


def test_the_man_pages_are_up_to_date(monkeypatch):
    monkeypatch.delenv("EXPERT_RULES", raising=False)
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert written == man_pages()  # write them by: python docs/man_pages.py
