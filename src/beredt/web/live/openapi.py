"""The OpenAPI document of the live server, from which its client in TypeScript is generated.

`python -m beredt.web.live.openapi FILE` writes it; without FILE to stdout.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from beredt.model.find import bundled_studies
from beredt.model.read import load_study
from beredt.web.live.app import create_live_app
from beredt.web.live.parts import LiveFiles, LiveParts, make_live_parts
from beredt.web.settings import ServeSettings


def live_openapi_text(parts: LiveParts) -> str:
    """The document as JSON, the same text for the same routes, whatever the study."""
    return json.dumps(create_live_app(parts).openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Write the document to the file that is named, or to stdout."""
    study = load_study(next(iter(bundled_studies().values())))  # routes need one to be made, and say nothing of it
    with TemporaryDirectory() as folder:
        parts = make_live_parts(ServeSettings((), Path(folder)), study, study.service, LiveFiles())
        text = live_openapi_text(parts)
        parts.live.close()
    if arguments:
        Path(arguments[0]).write_text(text, encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
