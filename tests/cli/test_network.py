"""No command opens a socket, looks a name up or asks for an address."""

import json
import os
import subprocess
import sys

import polars as pl
import pytest

from expert import KnowledgeBase
from expert.cli import cli

FACTS = "docs/examples/detector.yaml"

RUNS = {
    "ask": [["--facts", "docs/examples/prototype.yaml"]],
    "recommend": [[FACTS], [FACTS, "--json"], ["{folder}/table.csv", "--row", "0"]],
    "recheck": [["{folder}/kept.yaml"], ["{folder}/kept.yaml", "--due"], ["{folder}/stamped.csv"]],
    "explain": [[FACTS]],
    "graph": [
        [FACTS, "--out", f"{{folder}}/proof.{kind}"] for kind in ("svg", "png", "html", "dot", "mmd", "graphml", "json")
    ],
    "decide": [["{folder}/table.csv", "--out", "{folder}/decided.parquet"]],
    "compare": [[FACTS, "--with", "article"], ["--with", "article"]],
    "facts": [["list"], ["template"], ["schema"]],
    "rules": [
        ["list"],
        ["show", "slow-keras"],
        ["graph", "--out", "{folder}/attributes.png"],
        ["docs", "--out", "{folder}"],
    ],
}
"""What is run of each command; of others, the help."""

WATCHED = """
import json, sys
calls = []
sys.addaudithook(lambda event, arguments: calls.append(event) if event.startswith(("socket.", "urllib.")) else None)
from expert.cli import main
status = []
for words in json.loads(sys.argv[1]):
    try: main(words)
    except SystemExit as left: status.append(left.code or 0)
print(json.dumps([status, calls]))
import socket
socket.socket().close()
print(len(calls))
"""


@pytest.mark.parametrize("command", cli.list_commands(None))
def test_no_command_talks_to_the_network(command, tmp_path):
    (tmp_path / "table.csv").write_text("dataset_size\nsmall\n")
    knowledge_base = KnowledgeBase.load()
    knowledge_base.consult({"dataset_size": "small"}).save(tmp_path / "kept.yaml")
    knowledge_base.decide(pl.DataFrame({"dataset_size": ["small"]}), stamp=True).write_csv(tmp_path / "stamped.csv")
    runs = [[command, *(word.format(folder=tmp_path) for word in words)] for words in RUNS.get(command, [["--help"]])]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, json.dumps(runs)],
        input="no\n" * 20,
        capture_output=True,
        env=os.environ | {"EXPERT_STATE": str(tmp_path)},
        text=True,
        check=True,
    )
    *_, seen, noticed = done.stdout.splitlines()
    assert json.loads(seen) == [[0] * len(runs), []], done.stderr
    assert int(noticed) > 0, "the hook would not have seen a socket"
