"""Settings of the documentation, and the pages that are made from the field dictionary and the command line."""

from __future__ import annotations

import sys
from pathlib import Path

from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))

from beredt import __version__
from make_reference import write_reference

project = "Beredt"
author = "The Beredt authors"
project_copyright = "2026, The Beredt authors"
version = release = __version__

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = True

html_theme = "furo"
html_title = f"Beredt {__version__}"
html_copy_source = False
html_show_sourcelink = False


def setup(app: Sphinx) -> None:
    """Write the generated reference pages before Sphinx looks for pages."""
    write_reference(Path(app.srcdir) / "reference" / "generated")
