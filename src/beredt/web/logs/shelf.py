"""All mission logs of a data folder: one folder each, made and thrown away in one step.

A folder gets its name when everything in it is there, and loses it before anything of it is removed: whoever looks,
also after the server was killed, sees a whole log or none.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from beredt.errors import OptionError, UnknownIdError
from beredt.web.jobs.job import ID, new_id
from beredt.web.logs.header import Header
from beredt.web.logs.log import MissionLog, Origin
from beredt.web.logs.log_folder import LOG_FILE, LogFolder
from beredt.web.logs.names import file_name, inside
from beredt.web.logs.peek import peek
from beredt.web.logs.upload import receive_file

COMING, GOING = ".coming-", ".going-"
"""Beginnings of the names of folders that are not logs yet, or no longer."""

Peek = Callable[..., Header]


class LogShelf:
    """The logs below one folder; with None for it there are none, and none can be. May be called from any thread."""

    def __init__(self, folder: Path | None, incoming: Path | None = None, look: Peek = peek) -> None:
        """Look at what is there.

        Args:
            folder: of all logs, made when the first one is added.
            incoming: folder in which people lay files and stores beside the server.
            look: reads the header of a file, and with a second path by the habits of that profile.
        """
        self._folder, self._incoming, self.look = folder, incoming, look
        self._lock = Lock()
        self._of: str | None = None
        """The organisation whose logs these are; None for all."""

    def of_organisation(self, organisation: str) -> LogShelf:
        """The same shelf as an organisation sees it: its own logs, and its own folder inside `incoming`."""
        own = LogShelf(self._folder, self._incoming, self.look)
        own._lock, own._of = self._lock, organisation
        return own

    def sweep(self) -> None:
        """Remove what a server that was killed has left half-written or half removed."""
        for pattern in (f"{COMING}*", f"{GOING}*"):
            for left in self._folder.glob(pattern) if self._folder else ():
                shutil.rmtree(left, ignore_errors=True)

    # ---- what there is

    def list_logs(self, study: str) -> tuple[MissionLog, ...]:
        """The logs of a study, the newest first. Folders without a whole `log.json` are left alone."""
        found = (_read(path) for path in self._all().glob(f"*/{LOG_FILE}"))
        return tuple(
            sorted((one for one in found if one and self._has(one, study)), key=lambda one: one.id, reverse=True)
        )

    def get(self, study: str, log_id: str) -> MissionLog:
        """One log of a study. Raises UnknownIdError for any other."""
        log = _read(self._path(log_id) / LOG_FILE)
        if log is None or not self._has(log, study):
            raise UnknownIdError("mission log", log_id)
        return log

    def _has(self, log: MissionLog, study: str) -> bool:
        return log.study == study and self._of in (None, log.organisation)

    def folder_of(self, log: MissionLog) -> LogFolder:
        """Where everything of a log lies."""
        return LogFolder(self._path(log.id), log, self._incoming_of(log.organisation))

    def _incoming_of(self, organisation: str) -> Path | None:
        return self._incoming / organisation if self._incoming and organisation else self._incoming

    # ---- what people do

    async def upload(
        self, study: str, name: str, by: str, stream: AsyncIterator[bytes], size: int | None, largest: int
    ) -> MissionLog:
        """Take a log that arrives. Nothing is left of one that cannot be taken.

        Raises:
            OptionError: Its name is none of a log.
            UploadError: It did not arrive whole.
            LogError: It cannot be read as a log.
        """
        from asyncio import to_thread

        plain = file_name(name)
        with self._coming() as folder:
            file = folder / "file" / plain
            file.parent.mkdir()
            taken = await receive_file(stream, file, size, largest)
            header = await to_thread(self.look, file)
            return self._put(folder, study, plain, "upload", by, taken, header)

    def take_incoming(self, study: str, name: str, by: str) -> MissionLog:
        """Take what lies in the folder `incoming`: a file is read where it lies, and so is a store.

        Raises:
            UnknownIdError: There is nothing of that name.
            LogError: It cannot be read as a log.
            StoreError: It is no store.
        """
        from beredt.missions.store import open_store

        incoming = self._own_incoming()
        path = inside(incoming, name) if incoming else None
        if path is None:
            raise UnknownIdError("file in incoming", name, [one.name for one in self.list_incoming()])
        if path.is_dir():
            open_store(path)
            with self._coming() as folder:
                return self._put(folder, study, name, "store", by, 0, None)
        if file_name(name) != name:
            raise OptionError("name", name, "it cannot be kept under this name", "give the file a plain name")
        with self._coming() as folder:
            return self._put(folder, study, name, "incoming", by, path.stat().st_size, self.look(path))

    @property
    def incoming_folder(self) -> str:
        """The folder in which people lay files beside the server, as they would type it."""
        return str(self._own_incoming() or "")

    def _own_incoming(self) -> Path | None:
        return self._incoming_of(self._of or "")

    def list_incoming(self) -> list[Path]:
        """Files and stores in the folder `incoming` that can be taken, by name."""
        incoming = self._own_incoming()
        if incoming is None or not incoming.is_dir():
            return []
        found = (inside(incoming, path.name) for path in sorted(incoming.iterdir()))
        return [path for path in found if path and (_is_file(path) or (path / "store.json").is_file())]

    def set_profile(self, log: MissionLog, content: bytes) -> MissionLog:
        """Keep one's own profile beside a log, and read the header by its habits.

        Raises ProfileError with every issue, and LogError where the log cannot be read so; nothing is kept then.
        """
        own = self.folder_of(log)
        draft = own.path / ".profile.toml"
        draft.write_bytes(content)
        try:
            header = self.look(own.get_file(), draft)
            os.replace(draft, own.own_profile)
        finally:
            draft.unlink(missing_ok=True)
        return self.change(log.study, log.id, header=header)

    def drop_file(self, log: MissionLog) -> None:
        """Throw away the uploaded file, and keep what was made of it. Raises OptionError where nothing was."""
        own = self.folder_of(log)
        if own.find_store() is None:
            raise OptionError("log", log.name, "nothing was made of it yet", "import it first, or delete the log")
        if log.origin == "upload":
            shutil.rmtree(own.path / "file", ignore_errors=True)

    def change(self, study: str, log_id: str, **fields: object) -> MissionLog:
        """Keep a log with other fields."""
        from dataclasses import replace

        with self._lock:
            log = replace(self.get(study, log_id), **fields)  # type: ignore[arg-type]
            _write(self._path(log_id), log)
            return log

    def remove(self, log: MissionLog) -> None:
        """Throw away a log with everything that was made of it; what lies in `incoming` stays where it is."""
        going = self._all() / f"{GOING}{log.id}"
        os.replace(self._path(log.id), going)
        shutil.rmtree(going, ignore_errors=True)

    # ---- inside

    def _put(
        self,
        folder: Path,
        study: str,
        name: str,
        origin: Origin,
        by: str,
        size: int,
        header: Header | None,
    ) -> MissionLog:
        now_s = time.time()
        log = MissionLog(
            id=new_id(now_s),
            study=study,
            name=name,
            origin=origin,
            size_bytes=size,
            added_s=now_s,
            by=by,
            header=header,
            organisation=self._of or "",
        )
        _write(folder, log)
        os.replace(folder, self._path(log.id))
        return log

    @contextmanager
    def _coming(self) -> Iterator[Path]:
        """A folder for a log that is about to be, which is gone again unless it got its name."""
        base = self._all()
        try:
            base.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(dir=base, prefix=COMING))
        except OSError as error:
            raise OptionError("log", str(base), f"nothing can be kept there: {error.strerror or error}",
                              "make room there, or give another folder with --data") from error  # fmt: skip
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _all(self) -> Path:
        if self._folder is None:
            raise OptionError("log", "", "this server keeps no mission logs", "start it with a data folder")
        return self._folder

    def _path(self, log_id: str) -> Path:
        """Where a log lies, be it there or not. Raises UnknownIdError for what is not an id: no path gets through."""
        if not ID.match(log_id):
            raise UnknownIdError("mission log", log_id)
        return self._all() / log_id


def _is_file(path: Path) -> bool:
    try:
        return path.is_file() and file_name(path.name) == path.name
    except OptionError:
        return False


def _read(file: Path) -> MissionLog | None:
    try:
        log = MissionLog.from_json(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return log if log.id == file.parent.name else None


def _write(folder: Path, log: MissionLog) -> None:
    draft = folder / f".{LOG_FILE}"
    draft.write_text(json.dumps(log.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(draft, folder / LOG_FILE)
