"""A Spark cluster of its own on loopback: one master and workers with one core each, gone when the tests are done."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"
"""What makes Java start with less work, at the cost of what it does in long runs."""


def needs_spark():
    """Skip where PySpark or Java is missing; in continuous integration, fail."""
    missing = [name for name in ("py4j", "pyspark") if find_spec(name) is None]
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        missing.append("Java")
    if missing:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"not installed: {', '.join(missing)}")


def quick_variables(**settings):
    """Give what makes a process start Spark soon: environment variables, with settings of Spark's of one's own."""
    settings = {"spark.sql.shuffle.partitions": "1", "spark.ui.enabled": "false"} | settings
    options = " ".join(f"--conf '{name}={value}'" for name, value in settings.items())
    return {
        "PYSPARK_SUBMIT_ARGS": f"{options} pyspark-shell",
        "SPARK_LAUNCHER_OPTS": QUICK_START,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_SUBMIT_OPTS": QUICK_START,
    }


class Cluster:
    """The processes of a cluster; all of them, and what they start, listen on loopback alone."""

    def __init__(self, folder):
        self._folder = folder
        self._processes = []
        self._workers = []
        self.url = ""
        self.is_busy = False

    def start(self, workers):
        master = self._launch("master.Master")
        self.url = self._wait_for(*master, r"Starting Spark master at (spark://127\.0\.0\.1:\d+)")
        self.add_workers(workers)

    def add_workers(self, count=1):
        words = ["--cores", "1", "--memory", "700m", "--work-dir", str(self._folder / "work"), self.url]
        launched = [self._launch("worker.Worker", *words) for _ in range(count)]
        for process, log in launched:
            self._wait_for(process, log, "Successfully registered with (master)")
            self._workers.append(process)

    def kill_worker(self):
        """Kill a worker with its executor and the executor's Python, like a machine that goes dark."""
        kill(self._workers.pop(0).pid)

    def close(self):
        for process in self._processes:
            kill(process.pid)
            process.wait()

    def _launch(self, name, *words):
        """Start a process of Spark's; give it with its log."""
        import pyspark

        home = Path(pyspark.__file__).parent
        log = self._folder / f"{name}-{len(self._processes)}.log"
        # Even if the tests themselves are killed, nothing is left behind.
        tied = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        command = [*tied, home / "bin" / "spark-class", f"org.apache.spark.deploy.{name}"]
        command += ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0", *words]
        variables = os.environ | {
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_DAEMON_JAVA_OPTS": f"{QUICK_START} -Dspark.master.rest.enabled=false",
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_HOME": str(home),
            "SPARK_LAUNCHER_OPTS": QUICK_START,
            "SPARK_LOCAL_IP": "127.0.0.1",
        }
        with log.open("wb") as file:
            process = subprocess.Popen(
                command, env=variables, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
            )
        self._processes.append(process)
        return process, log

    def _wait_for(self, process, log, ready):
        """Wait until a log says that the process is ready, and give what it says."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            if found := re.search(ready, log.read_text(errors="replace")):
                return found[1]
            time.sleep(0.05)
        raise RuntimeError(log.read_text(errors="replace"))


def kill(pid):
    """Kill a process and all that it started, from the top down, so that none is started anew."""
    below = children(pid)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    for child in below:
        kill(child)


def children(pid):
    """List the processes that a process has started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # After the name, which is in parentheses and may hold anything: the state, then the parent.
            if int(status.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(status.parent.name))
    return found


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    """Give a cluster of two workers."""
    needs_spark()
    cluster = Cluster(tmp_path_factory.mktemp("spark"))
    try:
        cluster.start(workers=2)
        yield cluster
    finally:
        cluster.close()


@pytest.fixture(scope="session")
def spark(cluster):
    """Give a session on the cluster, which takes two cores."""
    from pyspark.sql import SparkSession

    settings = {
        "spark.cores.max": "2",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": QUICK_START,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "700m",
        "spark.executor.extraJavaOptions": QUICK_START,
        "spark.executor.memory": "700m",
        "spark.log.level": "ERROR",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        session = SparkSession.builder.master(cluster.url).config(map=settings).getOrCreate()
        cluster.is_busy = True
        yield session
        session.stop()
        cluster.is_busy = False
