"""Every error of Beredt, as one tree.

    BeredtError                    anything that Beredt reports on purpose
    ├── StudyError                 a study cannot be used; carries all its issues
    │   └── StudyNotFoundError     there is no such study folder
    ├── EditError                  edits do not fit the service; carries all complaints
    ├── UnknownIdError             something was asked for by an id that nobody has
    ├── OutOfRangeError            a formula was asked for where it does not hold
    ├── ReferenceDataMissingError  a comparison needs data that is not on this machine
    ├── NetworkError               roads cannot carry what is asked of them
    ├── SimulationError            a run broke one of its own laws
    ├── CancelledError             somebody asked a run to stop
    └── ResultsError               a results folder is missing, unfinished or of another version

An error says what was got, where, and what to do about it, and carries the value.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol


class Finding(Protocol):
    """What an error needs of an issue or complaint: one line of text for a person."""

    def text(self) -> str:
        """Where, what and what to do, on one line."""
        ...


class BeredtError(Exception):
    """Anything that Beredt reports on purpose: the message is meant for the person at the keyboard."""


class StudyError(BeredtError):
    """A study cannot be used. `issues` holds everything that was found, never only the first."""

    def __init__(self, issues: Iterable[Finding]) -> None:
        self.issues: tuple[Finding, ...] = tuple(issues)
        super().__init__(_listed("the study cannot be used", self.issues))


class StudyNotFoundError(StudyError):
    """There is no study folder of that name. `name` is what was asked for."""

    def __init__(self, name: str, issues: Iterable[Finding]) -> None:
        self.name = name
        super().__init__(issues)


class EditError(BeredtError):
    """Edits do not fit the service they are laid on. `complaints` holds all of them."""

    def __init__(self, complaints: Iterable[Finding]) -> None:
        self.complaints: tuple[Finding, ...] = tuple(complaints)
        super().__init__(_listed("the edits cannot be applied", self.complaints))


class UnknownIdError(BeredtError, KeyError):
    """Something was asked for by an id that nobody has.

    `what` names the kind of thing ("node", "station"), `value` the id; `known` is used for a suggestion only.
    """

    def __init__(self, what: str, value: str, known: Iterable[str] = ()) -> None:
        self.what = what
        self.value = value
        close = get_close_matches(value, list(known), n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        super().__init__(f"there is no {what} {value!r}{hint}")

    def __str__(self) -> str:
        """The message itself: KeyError would show it in quotes."""
        return str(self.args[0])


class OutOfRangeError(BeredtError, ValueError):
    """A formula was asked for where it does not hold. `what` names the input, `value` is what it was."""

    def __init__(self, what: str, value: object, remedy: str) -> None:
        self.what = what
        self.value = value
        super().__init__(f"{what} is {value}: {remedy}")


class ReferenceDataMissingError(BeredtError):
    """A comparison needs data that is not on this machine. `path` is where it was looked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"no reference data at {path}: set BEREDT_REFERENCE_DATA to the folder that holds it")


class NetworkError(BeredtError):
    """Roads cannot carry what is asked of them."""


class SimulationError(BeredtError):
    """A run broke one of its own laws: a fault of the program, never of the input."""


class CancelledError(BeredtError):
    """Somebody asked a run to stop."""


class ResultsError(BeredtError):
    """A results folder is missing, unfinished or of another version."""


def _listed(headline: str, findings: tuple[Finding, ...]) -> str:
    return "\n".join([f"{headline}: {len(findings)} found", *(f"  {finding.text()}" for finding in findings)])
