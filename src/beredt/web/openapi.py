"""The OpenAPI document of the server, from which the client in TypeScript is generated.

`python -m beredt.web.openapi FILE` writes it; without FILE to stdout. It needs no study.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sqlalchemy import create_engine

from beredt.web.access.accounts import Accounts
from beredt.web.app import create_app
from beredt.web.library import Library
from beredt.web.parts import Parts


def openapi_text() -> str:
    """The document as JSON, the same text for the same routes; those of a server with accounts among them."""
    nowhere = create_engine("sqlite://")  # nobody is asked anything: no table is made
    document = create_app(Parts(Library(()), Accounts(nowhere))).openapi()
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Write the document to the file that is named, or to stdout."""
    if arguments:
        Path(arguments[0]).write_text(openapi_text(), encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(openapi_text())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
