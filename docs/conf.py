"""Sphinx's settings: Markdown pages and the docstrings of the package, in one site that needs no network."""

import sys
import typing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

# Names that are imported for type checkers alone stand in signatures too, and autodoc wants to see them.
typing.TYPE_CHECKING = True
import expert.api  # noqa: E402

typing.TYPE_CHECKING = False

project = "expert"
author = "the authors of expert"
copyright = "the authors of expert"
release = version = expert.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "examples"]
source_suffix = {".md": "markdown"}

html_theme = "furo"
html_title = f"expert {release}"
html_copy_source = False
html_show_sphinx = False

myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence", "deflist"]

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
napoleon_google_docstring = False
napoleon_use_param = False  # the docstrings' types are prose, not names to be looked up
napoleon_use_rtype = False
napoleon_use_ivar = True

# The standard library's names: its inventory would have to be fetched over the network.
nitpick_ignore = [
    ("py:class", "collections.abc.Callable"),
    ("py:class", "collections.abc.Iterable"),
    ("py:class", "collections.abc.Mapping"),
    ("py:class", "pathlib.Path"),
]
