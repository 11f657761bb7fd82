"""Ask whether a version that the lock files name has a known vulnerability: `./dev audit`.

Python's are asked of OSV by uv, those of the screen of the package registry by npm. Both need the network; where nobody
answers that is said, and the exit code is 2: nothing was found is not the same as nobody was asked. 1: something was.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.web import FRONTEND, npm

ROOT = Path(__file__).resolve().parents[1]
FOUND, NOT_ASKED = 1, 2
SILENCE = (
    "error sending request",
    "dns error",
    "audit endpoint returned an error",
    "ENOTFOUND",
    "ECONNREFUSED",
    "EAI_AGAIN",
    "ETIMEDOUT",
)
"""What uv and npm say when the service could not be asked."""


def audit(name: str, command: list[str], folder: Path) -> int:
    """Ask about one lock file; 0, `FOUND` or `NOT_ASKED`."""
    try:
        answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    except (OSError, subprocess.TimeoutExpired) as error:
        sys.stdout.write(f"{name}: not asked ({error})\n")
        return NOT_ASKED
    said = answer.stdout + answer.stderr
    if answer.returncode and any(one in said for one in SILENCE):
        sys.stdout.write(f"{name}: not asked, nobody answers\n{said}")
        return NOT_ASKED
    sys.stdout.write(f"{name}: {'something was found' if answer.returncode else 'nothing is known'}\n{said}")
    return FOUND if answer.returncode else 0


def main() -> int:
    """Ask about both lock files; the graver of both answers."""
    codes = [
        audit("uv.lock", ["uv", "audit", "--locked"], ROOT),
        audit("package-lock.json", [*npm(), "audit", "--package-lock-only"], FRONTEND),
    ]
    return FOUND if FOUND in codes else max(codes)


if __name__ == "__main__":
    sys.exit(main())
