"""One reader under atheris: ``python -m tests.fuzz.target READER``, and the options of libFuzzer."""

import sys
import traceback
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["expert", "tomllib"]):
    from tests.fuzz import readers
    from tests.fuzz.corpus import inputs


def main():
    name, *options = sys.argv[1:]
    seen = set()

    def read(data):
        try:
            readers.check(name, data)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a panic of Polars is no Exception
            refused = error.__context__ if isinstance(error, AssertionError) else None
            frame = traceback.extract_tb((refused or error).__traceback__)[-1]
            place = (type(error), frame.filename, frame.lineno)
            if place not in seen:
                seen.add(place)
                said = f"{type(error).__name__}: {error}".partition("\n")[0]
                print(f"FINDING {data!r}  # {said[:200]}", file=sys.stderr, flush=True)

    with atheris.instrument_imports(include=["expert", "tomllib"]):  # what is imported only when it is needed
        for data in inputs(name):
            read(data)
    again = f"{sys.executable} -m tests.fuzz.target {name}"  # how libFuzzer starts itself to merge
    atheris.Setup([again, *options, f"-dict={Path(__file__).with_name('words.dict')}"], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
