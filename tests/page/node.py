"""A process of Node that runs the page's scripts, without a browser, on what it reads line by line."""

import json
import subprocess
from contextlib import contextmanager
from pathlib import Path

import expert.page
from tests.needs import needs

ASSETS = Path(expert.page.__file__).parent / "assets"
LOOP = """
const lines = require("node:readline").createInterface({ input: process.stdin });
lines.on("line", (line) => console.log(JSON.stringify(respond(JSON.parse(line)))));
"""


@contextmanager
def running(scripts, respond):
    """Start it with some of the scripts and a function `respond`; give what asks it."""
    source = "\n".join([*((ASSETS / name).read_text() for name in scripts), respond, LOOP])
    words = [needs("node"), "--input-type=commonjs", "-e", source]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:

        def ask(data):
            process.stdin.write(json.dumps(data).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
            assert line, process.stderr.read().decode()
            return json.loads(line)

        yield ask
        process.stdin.close()
