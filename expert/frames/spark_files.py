"""Tables in files, read and written by Spark: on this machine, or on a cluster."""

import csv
import json
import os
import shutil
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from expert.frames.file_faults import LONGEST, kind_of, refuse_same_names
from expert.knowledge.atomic_files import temporary_name
from expert.knowledge.foreign_text import shown, visible
from expert.knowledge.problems import InputError, Place

CSV = {"header": True, "escape": '"', "ignoreLeadingWhiteSpace": False, "ignoreTrailingWhiteSpace": False}
"""CSV as everybody else writes it."""

INTERVAL = 0.2
"""How often the tasks that are done are counted, in seconds."""


@contextmanager
def session(master: str) -> Iterator[Any]:
    """Start Spark, and stop it in the end."""
    _check_installed()
    settings = {"spark.app.name": "expert decide", "spark.log.level": "ERROR", "spark.ui.showConsoleProgress": "false"}
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings["spark.ui.enabled"] = "false"
    with TemporaryFile() as log, reporting(log), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        spark = _start(master, settings, log)
        try:
            yield spark
        finally:
            spark.stop()


@contextmanager
def reporting(log: IO[bytes]) -> Iterator[None]:
    """Turn what goes wrong in Spark into one problem; the log is that of Java."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as error:
        raise InputError.at("Spark", shown(_reason(error, log), LONGEST)) from None


@contextmanager
def watching(spark: Any, on_tasks: Callable[[int, int], None]) -> Iterator[None]:
    """Report now and then how many of Spark's tasks are done, and of how many."""
    tracker = spark.sparkContext.statusTracker()
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(INTERVAL):
            for stage in filter(None, map(tracker.getStageInfo, tracker.getActiveStageIds())):
                on_tasks(stage.numCompletedTasks, stage.numTasks)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _check_installed() -> None:
    """Raise if PySpark or Java is missing."""
    place = Place("--engine spark")
    try:
        import pyspark  # noqa: F401
    except ImportError:
        message = "needs PySpark; install it with: pip install 'framework-expert[spark]'"
        raise InputError.at(place, message) from None
    home = os.environ.get("JAVA_HOME")
    if shutil.which(str(Path(home, "bin", "java")) if home else "java") is None:
        where = f"JAVA_HOME is {visible(home)}" if home else "there is no java on the PATH, and JAVA_HOME is not set"
        raise InputError.at(place, f"needs Java 17 or later; {where}")


def _start(master: str, settings: dict[str, Any], log: IO[bytes]) -> Any:
    """Start Spark with its messages, which are many, going to a file."""
    from pyspark.sql import SparkSession

    sys.stderr.flush()
    terminal = os.dup(2)
    os.dup2(log.fileno(), 2)
    try:
        return SparkSession.builder.master(master).config(map=settings).getOrCreate()
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)


def _reason(error: Exception, log: IO[bytes]) -> str:
    """Say in one line why Spark failed: what it says first, and what that comes from."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PythonException

    if isinstance(error, Py4JJavaError):
        cause = error.java_exception
        while cause.getCause() is not None:
            cause = cause.getCause()
        first, last = (_lines(exception.toString())[0] for exception in (error.java_exception, cause))
        return first if last in first else f"{first.rstrip(': ')}: {last}"
    lines = _lines(str(error))
    if isinstance(error, PythonException):
        return lines[-1]
    if "JAVA_GATEWAY_EXITED" in lines[0]:
        log.seek(0)
        return _lines(log.read().decode(errors="replace"))[-1]
    return lines[0]


def _lines(text: str) -> list[str]:
    """Take a message apart, without the places in Java's code."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("at ")] or ["no reason given"]


def scan(spark: Any, paths: Sequence[str | Path]) -> Any:
    """Open tables of one kind."""
    kind = kind_of(paths)
    names = [str(path) for path in paths]
    if kind == "Parquet":
        return spark.read.parquet(*names)
    first = spark.read.text(names).first()
    if kind == "CSV":
        refuse_same_names(next(csv.reader([first.value]), []) if first else [], names[0])
        # A text in quotes may be empty, and hold line breaks; all files must have the columns of the first.
        return spark.read.csv(names, **CSV, multiLine=True, nullValue="\0", enforceSchema=False, mode="FAILFAST")
    frame = spark.read.json(names, mode="FAILFAST")
    order = _keys(first.value) if first else []  # Spark sorts them by name
    columns = sorted(frame.columns, key=lambda name: order.index(name) if name in order else len(order))
    return frame.select(*("`{}`".format(name.replace("`", "``")) for name in columns))


def _keys(line: str) -> list[str]:
    """List the keys of an object in a line of JSON; none where Spark accepts something else."""
    try:
        found = json.loads(line)
    except ValueError:
        return []
    return list(found) if isinstance(found, dict) else []


def write(frame: Any, out: str | Path) -> None:
    """Run a Spark frame, and write it to a folder of files: whole, or not at all."""
    kind = kind_of([out])
    spark = frame.sparkSession
    with _whole_folder(spark, out) as temporary:
        if kind == "Parquet":
            frame.write.parquet(temporary)
        elif kind == "CSV":
            frame.write.csv(temporary, **CSV)
        else:
            frame.write.json(temporary, ignoreNullFields=False)


@contextmanager
def _whole_folder(spark: Any, out: str | Path) -> Iterator[str]:
    """Give a temporary folder beside `out`, which takes its name when all has gone well, and is removed otherwise."""
    # By Hadoop, which knows local and distributed file systems alike.
    hadoop = spark._jvm.org.apache.hadoop.fs
    target = hadoop.Path(str(out))
    system = target.getFileSystem(spark._jsc.hadoopConfiguration())
    temporary, old = (hadoop.Path(target.getParent() or ".", temporary_name(ending)) for ending in ("partial", "old"))
    try:
        yield temporary.toString()
        # To a folder that is still there, another would be moved into it, and that reported as done.
        made_way = not system.exists(target) or system.rename(target, old)
        if not (made_way and system.rename(temporary, target)):
            raise InputError.at(visible(out), "cannot be written")
    finally:
        if not system.exists(target) and system.exists(old):
            system.rename(old, target)
        for path in (temporary, old):
            system.delete(path, True)
