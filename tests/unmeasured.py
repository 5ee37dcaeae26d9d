"""An environment for processes whose coverage is not measured.

Measuring takes a third of the time of a short process, so it is left to other tests where many processes do what those
do too; and it imports modules of its own.
"""

import os

UNMEASURED = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
