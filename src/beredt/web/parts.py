"""Everything that the server is put together from."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from beredt.web.library import Library, open_library
from beredt.web.open_access import Access, OpenAccess
from beredt.web.security import LOOPBACK_NAMES
from beredt.web.settings import ServeSettings
from beredt.web.static import built_screen


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What routes are made from: each takes the parts that it needs.

    `host_names` are the names by which the server may be addressed, None for any; `screen` is the folder of the built
    front end.
    """

    library: Library
    access: Access = field(default_factory=OpenAccess)
    host_names: frozenset[str] | None = LOOPBACK_NAMES
    screen: Path = field(default_factory=built_screen)


def make_parts(settings: ServeSettings) -> Parts:
    """The parts of a server with these settings.

    Raises StudyNotFoundError for a study that is not there, and ServeError when a copy cannot be made.
    """
    return Parts(
        library=open_library(settings.studies, settings.data_folder),
        host_names=LOOPBACK_NAMES if settings.is_local else None,
    )
