"""Every error of Beredt, as one tree.

    BeredtError                    anything that Beredt reports on purpose
    ├── StudyError                 a study cannot be used; carries all its issues
    │   ├── StudyNotFoundError     there is no such study folder
    │   ├── ForeignFilesError      files of another simulator cannot be imported; carries all its issues
    │   ├── ProfileError           a profile for mission logs cannot be used; carries all its issues
    │   ├── DefinitionError        a file of indicators, triage scales or links cannot be used; carries all its issues
    │   ├── FoundingError          fetched files do not make a study; carries all its issues
    │   └── LogError               a mission log cannot be imported; carries all its issues
    ├── ExpressionError            an expression of an indicator means nothing
    ├── QueueError                 a review queue cannot be used, or has no such entry
    ├── EditError                  edits do not fit the service; carries all complaints
    ├── UnknownIdError             something was asked for by an id that nobody has
    ├── OptionError                an option of the call says what cannot be
    ├── OutOfRangeError            a formula was asked for where it does not hold
    ├── ReferenceDataMissingError  a comparison needs data that is not on this machine
    ├── NetworkError               roads cannot carry what is asked of them
    ├── SimulationError            a run went wrong that no input can make go wrong
    │   └── BrokenLawError         a run broke a law that holds whatever is decided
    ├── LostRowsError              cleaning a log lost rows: a fault of the program
    ├── ClusterError               a cluster cannot be used, or was lost
    ├── CancelledError             somebody asked a run to stop
    ├── SitingError                a siting problem has no answer as it is posed
    ├── StretchError               a stretch of time that is not in the simulated period
    ├── FetchError                 a public source does not answer as it should
    ├── ServeError                 the web application cannot be started
    ├── AccountError               an account cannot be made or changed as asked
    ├── RefusedError               the web application does not let a request through
    ├── UploadError                a file did not arrive whole, or cannot be taken
    ├── StaleVersionError          a file was changed by somebody else since it was read
    ├── NotYoursError              somebody tried to change what belongs to somebody else
    ├── AdviceError                live advice is switched off, or cannot be given yet
    ├── LiveStoreError             the log of live events cannot be written or read; nothing was acknowledged
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

    def __init__(self, issues: Iterable[Finding], headline: str = "the study cannot be used") -> None:
        self.issues: tuple[Finding, ...] = tuple(issues)
        super().__init__(_listed(headline, self.issues))


class StudyNotFoundError(StudyError):
    """There is no study folder of that name. `name` is what was asked for."""

    def __init__(self, name: str, issues: Iterable[Finding]) -> None:
        self.name = name
        super().__init__(issues)


class ForeignFilesError(StudyError):
    """Files of another simulator cannot be imported. `issues` holds everything that was found."""

    def __init__(self, issues: Iterable[Finding]) -> None:
        super().__init__(issues, "the files cannot be imported")


class ProfileError(StudyError):
    """A profile for mission logs cannot be used. `issues` holds everything that was found."""

    def __init__(self, issues: Iterable[Finding]) -> None:
        super().__init__(issues, "the profile cannot be used")


class DefinitionError(StudyError):
    """A file of definitions cannot be used. `issues` holds everything that was found, `what` says what it defines."""

    def __init__(self, what: str, issues: Iterable[Finding]) -> None:
        self.what = what
        super().__init__(issues, f"the {what} cannot be used")


class LogError(StudyError):
    """A mission log cannot be imported. `issues` holds everything that was found."""

    def __init__(self, issues: Iterable[Finding]) -> None:
        super().__init__(issues, "the log cannot be imported")


class FoundingError(StudyError):
    """Fetched files do not make a study. `issues` holds everything that was found; nothing was written."""

    def __init__(self, issues: Iterable[Finding]) -> None:
        super().__init__(issues, "the study cannot be founded")


class ExpressionError(BeredtError, ValueError):
    """An expression means nothing. `at` is the place of the fault in the text, from 0; `remedy` what to do."""

    def __init__(self, at: int, message: str, remedy: str) -> None:
        self.at, self.message, self.remedy = at, message, remedy
        super().__init__(f"{message}, at place {at + 1}; {remedy}")


class QueueError(BeredtError):
    """A review queue cannot be used, or has no such entry. `path` is where it lies."""

    def __init__(self, path: Path, message: str) -> None:
        self.path = path
        super().__init__(f"{path}: {message}")


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


class OptionError(BeredtError, ValueError):
    """An option of the call says what cannot be. `option` is its name, `value` what was given."""

    def __init__(self, option: str, value: str, message: str, remedy: str) -> None:
        self.option = option
        self.value = value
        super().__init__(f"{option} {value}: {message}; {remedy}")


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
    """A run went wrong that no input can make go wrong: a fault of the program."""


class BrokenLawError(SimulationError):
    """A run broke a law that holds whatever is decided.

    `law` names it; `unit` and `incident` are numbers in the packed arrays, None where the law knows none; `time_s` is
    the simulated time in seconds; `breaches` counts all that was found broken, of which this is the first in time.
    """

    def __init__(
        self, law: str, what: str, *, unit: int | None, incident: int | None, time_s: float, breaches: int = 1
    ) -> None:
        self.law, self.what = law, what
        self.unit, self.incident, self.time_s = unit, incident, time_s
        self.breaches = breaches
        who = [f"{kind} {number}" for kind, number in (("unit", unit), ("incident", incident)) if number is not None]
        more = f" ({breaches - 1} more such faults in this run)" if breaches > 1 else ""
        super().__init__(
            f"the simulation broke the law '{law}': {', '.join(who)} at {time_s:.3f} s: {what}{more}. "
            "This is a fault of Beredt, not of the study: please report it with the study, its seed and this message"
        )

    def __reduce__(self) -> tuple[object, ...]:
        """How a worker process sends it: arguments by name are not kept by `Exception`."""
        return _broken_law, (self.law, self.what, self.unit, self.incident, self.time_s, self.breaches)


class LostRowsError(BeredtError):
    """Cleaning a log gave back another number of rows than went in. `given` went in, `kept` came out."""

    def __init__(self, given: int, kept: int) -> None:
        self.given, self.kept = given, kept
        super().__init__(
            f"of {given} rows of the log {kept} came out of cleaning. This is a fault of Beredt, not of the log: "
            "please report it with the profile and this message; nothing was written in their place"
        )


class ClusterError(BeredtError):
    """A cluster cannot be used, or was lost. `address` is what was asked for."""

    def __init__(self, address: str, message: str) -> None:
        self.address = address
        super().__init__(message)

    def __reduce__(self) -> tuple[object, ...]:
        """How a worker process sends it: `Exception` would keep the message alone."""
        return type(self), (self.address, str(self))


class CancelledError(BeredtError):
    """Somebody asked a run to stop."""


class SitingError(BeredtError):
    """A siting problem has no answer as it is posed: nothing meets all that is asked for, or nothing limits it."""


class StretchError(BeredtError):
    """A stretch of time that is not in the simulated period, or not a stretch at all."""


class StoreError(BeredtError):
    """A store of missions is missing, unfinished or of another version. `path` is where it was looked for."""

    def __init__(self, path: Path, message: str) -> None:
        self.path = path
        super().__init__(f"{path}: {message}")


class FetchError(BeredtError):
    """A public source does not answer as it should. `url` is what was asked, `remedy` what to do about it."""

    def __init__(self, url: str, message: str, remedy: str) -> None:
        self.url, self.message, self.remedy = url, message, remedy
        super().__init__(f"{url}: {message} → {remedy}")


class ServeError(BeredtError):
    """The web application cannot be started: the message says why and what to do."""


class AccountError(BeredtError):
    """An account cannot be made or changed as asked. `name` is the account's; the message never holds a password."""

    def __init__(self, name: str, message: str) -> None:
        self.name = name
        super().__init__(message)


class RefusedError(BeredtError):
    """The web application does not let a request through.

    `status` is the HTTP status; `reason` the name of a text in the section `studio.access.refused` of the language
    files, `values` fill its placeholders; `retry_s` is after how many seconds it may be tried again, None if waiting
    does not help.
    """

    def __init__(self, status: int, reason: str, *, retry_s: float | None = None, **values: str) -> None:
        self.status, self.reason, self.retry_s, self.values = status, reason, retry_s, values
        super().__init__(f"{status} {reason} {values or ''}".rstrip())


class UploadError(BeredtError):
    """A file did not arrive whole, or cannot be taken; nothing of it is kept. `status` is the HTTP status."""

    def __init__(self, status: int, message: str, remedy: str) -> None:
        self.status = status
        super().__init__(f"{message}; {remedy}")


class StaleVersionError(BeredtError):
    """A file was changed by somebody else since it was read, and nothing was written. `path` is the file."""

    def __init__(self, path: Path, message: str) -> None:
        self.path = path
        super().__init__(message)


class NotYoursError(BeredtError):
    """Somebody tried to change what belongs to somebody else; nothing was changed."""


class AdviceError(BeredtError):
    """Live advice is switched off, is not ready yet, or is about something that is not there."""


class LiveStoreError(BeredtError):
    """The log of live events cannot be written or read just now, or is damaged; nothing was acknowledged."""


class ResultsError(BeredtError):
    """A results folder is missing, unfinished or of another version."""


def _broken_law(
    law: str, what: str, unit: int | None, incident: int | None, time_s: float, breaches: int
) -> BrokenLawError:
    return BrokenLawError(law, what, unit=unit, incident=incident, time_s=time_s, breaches=breaches)


def _listed(headline: str, findings: tuple[Finding, ...]) -> str:
    return "\n".join([f"{headline}: {len(findings)} found", *(f"  {finding.text()}" for finding in findings)])
