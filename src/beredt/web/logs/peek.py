"""A process that reads the header of a log: `python -m beredt.web.logs.peek FILE [PROFILE.toml]`.

A file is anybody's: a workbook may unfold to gigabytes, and a damaged one may end its reader. So it is opened in a
process of its own, which can be stopped, and never in the server.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from beredt.errors import LogError, ProfileError, StudyError
from beredt.model.issue import Issue
from beredt.web.logs.header import Fit, Header
from beredt.web.logs.log import OWN

PATIENCE_S = 120.0
"""How long a header may take."""


def peek(file: Path, profile: Path | None = None) -> Header:
    """Read the header of a log in a process of its own.

    Args:
        file: The log.
        profile: One's own profile, by whose habits the file is opened, and which is a guess among the others.

    Raises:
        LogError: The file cannot be read as a log.
        ProfileError: The profile is at fault.
    """
    command = [sys.executable, "-m", "beredt.web.logs.peek", str(file), *([str(profile)] if profile else [])]
    try:
        answer = subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=False)
        told: dict[str, Any] = json.loads(answer.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        remedy = "open and save it anew, or export it as CSV"
        raise LogError(
            [Issue(file.name, None, None, None, 1, "its header could not be read: the file may be damaged", remedy)]
        ) from None
    if "issues" in told:
        issues = [Issue(**one) for one in told["issues"]]
        raise ProfileError(issues) if told["of"] == "profile" else LogError(issues)
    return Header.from_json(told)


def read_header(file: Path, profile: Path | None = None) -> Header:
    """The same in this process."""
    from beredt.missions.find_profile import load_profile, load_shipped_profiles
    from beredt.missions.generated import is_generated
    from beredt.missions.guess_profile import find_best, score_profiles
    from beredt.missions.profile import FileHabits
    from beredt.missions.read.open_log import open_log

    own = load_profile(str(profile)) if profile else None
    columns = open_log(file, own.profile.file if own else FileHabits()).columns
    known = load_shipped_profiles()
    guesses = score_profiles(columns, {**known, **({OWN: own} if own else {})})
    best = OWN if own else getattr(find_best(guesses), "profile", "")
    fits = tuple(Fit(one.profile, one.score, one.stamps, one.columns) for one in guesses)
    return Header(tuple(columns), fits, best, is_generated(file, columns))


def main(arguments: list[str]) -> int:
    """Tell a header, or why there is none, as JSON on stdout."""
    from dataclasses import asdict

    file, *profile = (Path(one) for one in arguments)
    try:
        told = read_header(file, *profile).as_json()
    except StudyError as error:
        of = "profile" if isinstance(error, ProfileError) else "log"
        told = {"of": of, "issues": [asdict(one) for one in error.issues]}  # type: ignore[call-overload]
    sys.stdout.write(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
