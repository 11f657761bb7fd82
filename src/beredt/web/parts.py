"""Everything that the server is put together from."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from beredt.web.access.choose import choose_access, host_name
from beredt.web.answers.engine import Engine
from beredt.web.division.division import Division, read_division
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.open_jobs import open_jobs
from beredt.web.library import Library, open_library
from beredt.web.logs.data_folder import open_shelf
from beredt.web.logs.shelf import LogShelf
from beredt.web.open_access import Access, OpenAccess
from beredt.web.risk.open_workshop import open_workshop
from beredt.web.risk.workshop import Workshop
from beredt.web.security import LOOPBACK_NAMES
from beredt.web.settings import ServeSettings
from beredt.web.static import built_screen
from beredt.web.watch.make_watch import studio_watch
from beredt.web.watch.watch import Watch


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What routes are made from: each takes the parts that it needs.

    `host_names` are the names by which the server may be addressed, None for any; `secure` that browsers are to come
    over TLS from now on; `screen` is the folder of the built front end. `engine` simulates while somebody watches, its
    workers begin when it is first asked; `jobs` are long work and `logs` mission logs, of which a server without
    a data folder has none, and `workshop` is where risk analyses are filled in together, which needs one too. `watch`
    counts, and tells how the server is. `division` says which organisation opens what; None where all see everything.
    """

    library: Library
    access: Access = field(default_factory=OpenAccess)
    host_names: frozenset[str] | None = LOOPBACK_NAMES
    secure: bool = False
    screen: Path = field(default_factory=built_screen)
    engine: Engine = field(default_factory=Engine)
    jobs: JobQueue = field(default_factory=lambda: JobQueue(None))
    logs: LogShelf = field(default_factory=lambda: LogShelf(None))
    workshop: Workshop = field(default_factory=lambda: open_workshop(None))
    watch: Watch = field(default_factory=Watch)
    division: Division | None = None


def make_parts(settings: ServeSettings, library: Library | None = None) -> Parts:
    """The parts of a server with these settings; its studies are opened where they are not given.

    Raises StudyNotFoundError for a study that is not there, and ServeError when a copy cannot be made or others cannot
    be let in; DefinitionError for a division that cannot be used.
    """
    library = library or open_library(settings.studies, settings.data_folder)
    division = None
    if settings.division is not None:
        division = read_division(settings.division, [study.id for study in library.list_studies()])
    access = choose_access(settings, divided=division is not None)
    logs = open_shelf(settings.data_folder)
    logs.sweep()
    jobs = open_jobs(settings.data_folder, settings.database)
    return Parts(
        library=library,
        jobs=jobs,
        workshop=open_workshop(settings.data_folder, address=settings.database),
        logs=logs,
        access=access,
        host_names=frozenset({host_name(settings.url)}) if settings.url else LOOPBACK_NAMES,
        secure=settings.is_shared,
        watch=studio_watch(settings, access, jobs),
        division=division,
    )
