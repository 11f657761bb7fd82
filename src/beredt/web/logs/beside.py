"""Files that lie beside a log, one of each kind, and that its indicators are counted with."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from beredt.web.logs.log_folder import LogFolder
from beredt.web.logs.names import file_name

if TYPE_CHECKING:
    from beredt.web.logs.log import MissionLog
    from beredt.web.logs.shelf import LogShelf

Beside = Literal["roster", "printed", "catalogue"]
"""Planned and staffed shifts · printed figures that are made again · indicators of one's own."""

KINDS: tuple[Beside, ...] = get_args(Beside)

ENDINGS = {"roster": (".csv", ".txt", ".tsv"), "printed": (".csv", ".txt", ".tsv"), "catalogue": (".toml",)}
"""Endings of the names of such files."""


def check_beside(kind: Beside, path: Path) -> None:
    """Whether a file can be used as one of this kind.

    Raises:
        StudyError: It cannot; with every issue.
        OptionError: A catalogue defines what one that comes with the program does.
    """
    if kind == "roster":
        from beredt.indicators.observing.roster_file import check_roster

        check_roster(path)
    elif kind == "printed":
        from beredt.indicators.log.printed_figures import read_printed

        read_printed(path)
    else:
        from beredt.indicators.catalogue.choose_catalogue import choose_catalogue
        from beredt.indicators.catalogue.read_catalogue import BUILT_IN

        choose_catalogue([*BUILT_IN, str(path)])


def set_beside(shelf: LogShelf, log: MissionLog, kind: Beside, name: str, content: bytes) -> MissionLog:
    """Keep a file beside a log, in the place of any other of its kind.

    Raises:
        StudyError: It cannot be used; with every issue.
        OptionError: It cannot be kept under its name, or stands against what comes with the program.
    """
    plain = file_name(name, ENDINGS[kind])
    own = shelf.folder_of(log)
    kept = own.beside_path(kind, plain)
    with tempfile.TemporaryDirectory(dir=own.path, prefix=f".{kind}-") as coming:
        draft = Path(coming) / plain
        draft.write_bytes(content)
        check_beside(kind, draft)
        kept.parent.mkdir(exist_ok=True)
        os.replace(draft, kept)
    changed = shelf.change(log.study, log.id, **{kind: plain})
    for path in kept.parent.iterdir():
        if path != kept:
            path.unlink(missing_ok=True)
    return changed


def drop_beside(shelf: LogShelf, log: MissionLog, kind: Beside) -> MissionLog:
    """Throw away the file of a kind beside a log; what was counted with it stays."""
    changed = shelf.change(log.study, log.id, **{kind: ""})
    shutil.rmtree(shelf.folder_of(log).path / kind, ignore_errors=True)
    return changed


def names_beside(own: LogFolder) -> dict[str, str]:
    """Names of the files that lie beside a log, by kind; "" where there is none."""
    return {kind: path.name if (path := own.find_beside(kind)) else "" for kind in KINDS}


def lay_beside(own: LogFolder, job_folder: Path) -> None:
    """Lay them into a job's folder: what is counted is what was asked for, whatever lies there later."""
    for kind in KINDS:
        path = own.find_beside(kind)
        if path is not None:
            laid = job_folder / kind / path.name
            laid.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, laid)


def find_laid(job_folder: Path, kind: Beside, name: str | None) -> Path | None:
    """The file of a kind that was laid into a job's folder; None where none was."""
    return job_folder / kind / name if name else None
