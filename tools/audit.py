"""Ask whether a version that the lock files name has a known vulnerability: `./dev audit`.

Python's are asked of OSV by uv, those of the screen of the package registry by npm. Both need the network; where nobody
answers that is said, and the exit code is 2: nothing was found is not the same as nobody was asked. 1: something was.

Without a network, `--advisories DIR` looks into a copy of the open databases, in OSV's form, and says of when it is.
A copy without advisories of an ecosystem, or one in which nothing is newer than a month, cannot say that nothing is
known: 2.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tools.advisories import Looked, look_up, packages_of_npm, packages_of_uv
from tools.web import FRONTEND, npm

ROOT = Path(__file__).resolve().parents[1]
FOUND, NOT_ASKED = 1, 2
OLDEST = timedelta(days=30)
"""Age of a copy from which on it cannot say that nothing is known."""
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


def audit_copy(folders: Sequence[Path], now: datetime) -> int:
    """Look both lock files up in copies of advisory databases; 0, `FOUND` or `NOT_ASKED`."""
    locks = {
        "uv.lock": packages_of_uv(ROOT / "uv.lock"),
        "package-lock.json": packages_of_npm(FRONTEND / "package-lock.json"),
    }
    codes = []
    for name, packages in locks.items():
        ecosystem = packages[0].ecosystem
        looked = look_up(packages, folders, ecosystem)
        code, words = judge(looked, now)
        sys.stdout.write(f"{name}: {len(packages)} packages of {ecosystem}, {words}\n")
        for one in looked.found:
            fixed = f"; without it: {', '.join(one.fixed)}" if one.fixed else ""
            sys.stdout.write(f"  {one.package.name} {one.package.version}: {one.id}{fixed}\n")
        codes.append(code)
    return worst(codes)


def judge(looked: Looked, now: datetime) -> tuple[int, str]:
    """What a look into a copy can say, as an exit code and in words."""
    if not looked.advisories:
        return NOT_ASKED, "not asked: the copy has no advisories of it"
    age = "none of which tells its date" if looked.newest is None else f"the newest of {looked.newest:%Y-%m-%d}"
    of = f"{looked.advisories} advisories, {age}"
    if looked.found:
        return FOUND, f"something was found ({of})"
    if looked.newest is None or now - looked.newest > OLDEST:
        return NOT_ASKED, f"nothing in {of}: what became known since then was not asked"
    return 0, f"nothing is known ({of})"


def worst(codes: Sequence[int]) -> int:
    """The graver of several answers: that something was found is graver than that nobody was asked."""
    return FOUND if FOUND in codes else max(codes)


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask about both lock files; the graver of both answers."""
    parser = argparse.ArgumentParser(prog="./dev audit", description=__doc__)
    parser.add_argument("--advisories", metavar="DIR", type=Path, action="append", default=[])
    folders: list[Path] = parser.parse_args(arguments).advisories
    if folders:
        return audit_copy(folders, datetime.now(UTC))
    return worst(
        [
            audit("uv.lock", ["uv", "audit", "--locked"], ROOT),
            audit("package-lock.json", [*npm(), "audit", "--package-lock-only"], FRONTEND),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
