"""One study that is open: read when somebody asks, and read again when its files have changed."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from beredt.errors import StudyError
from beredt.model.find import bundled_studies
from beredt.model.reading.files import ALTERNATIVES_FOLDER, SETTINGS_FILE
from beredt.web.kept import Kept

if TYPE_CHECKING:
    from beredt.model.issue import Issue
    from beredt.model.road_change import RoadState
    from beredt.model.service import Service
    from beredt.model.study import Study
    from beredt.roads.ground import Ground
    from beredt.roads.network import Network

Stamp = tuple[tuple[str, int, int], ...]
"""Name, time of the last change (ns) and size (bytes) of every file of a study."""

ROADS_KEPT = 4


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A study as its files were at one moment; `study` is None when any of the issues is an error."""

    stamp: Stamp
    study: Study | None
    issues: tuple[Issue, ...]

    def get_study(self) -> Study:
        """The study. Raises StudyError with every issue when it cannot be used."""
        if self.study is None:
            raise StudyError(self.issues)
        return self.study


class BaseRoads(NamedTuple):
    """The table of ways between all places of today's service, and the ground that it was made of."""

    network: Network
    ground: Ground


class OpenStudy:
    """A study folder under the id by which the screen knows it.

    `bundled` is the folder of the bundled study that this one is its user's own copy of, None for any other. All
    methods may be called by several threads at once: the first one reads, the others wait.
    """

    def __init__(self, study_id: str, folder: Path, *, bundled: Path | None = None) -> None:
        self.id, self.folder, self.bundled = study_id, folder, bundled
        self.writing = Lock()
        """Held by whoever changes a file of the study, from the look at what is there until it is written."""
        self._lock = Lock()
        self._reading: Reading | None = None
        self._roads: Kept[str, BaseRoads] = Kept(ROADS_KEPT)

    @property
    def bundled_copy(self) -> bool:
        """Whether it is a copy of a bundled study that Studio made for its user."""
        return self.bundled is not None

    @cached_property
    def newer_bundled(self) -> str | None:
        """The version of the bundled study, where the copy was made of another one."""
        from beredt.web.bundled_copy import find_newer

        return None if self.bundled is None else find_newer(self.folder, self.bundled)

    def read(self) -> Reading:
        """The study as its files are now."""
        from beredt.model.read import read_study

        with self._lock:
            stamp = stamp_of(self.folder)
            if self._reading is None or self._reading.stamp != stamp:
                self._reading = Reading(stamp, *read_study(self.folder, look_at_roads=False))
            return self._reading

    def get_study(self) -> Study:
        """The study as its files are now. Raises StudyError with every issue when it cannot be used."""
        return self.read().get_study()

    def try_change(self, instead: Mapping[str, bytes | None]) -> Reading:
        """The study as it would be with other contents of alternatives, None for a file that is to go.

        Nothing is written. The issues of the reading say what would be wrong.
        """
        from beredt.model.read import read_study

        return Reading(stamp_of(self.folder), *read_study(self.folder, look_at_roads=False, instead=instead))

    def get_base_roads(self, study: Study, state: RoadState = ()) -> BaseRoads:
        """The roads between the places of today's service; sites that only edits make hang beside them.

        `state`: what is different about them. Raises NetworkError for a study on a road graph, or one that is too
        large, and for changes that cannot be made.
        """
        from beredt.roads.build import load_or_build_network, road_inputs
        from beredt.roads.ground import ground_of

        base = without_plans(study)
        inputs = road_inputs(base, state)
        return self._roads.get(
            inputs.checksum(), lambda: BaseRoads(load_or_build_network(base, state=state), ground_of(inputs))
        )

    def find_base_roads(self, study: Study, service: Service | None = None) -> BaseRoads | None:
        """The roads of today's places under a service's changes of roads, None for a study on a road graph.

        `service`: None for today's. Raises NetworkError where its changes cannot be made.
        """
        if study.roads is not None:
            return None
        return self.get_base_roads(study, () if service is None else roads_of(study, service))


def roads_of(study: Study, service: Service) -> RoadState:
    """What is different about the roads of a service in the study's year."""
    from beredt.model.road_change import road_state

    return road_state(service.road_changes, study.settings.study.year)


def without_plans(study: Study) -> Study:
    """The study with nothing but today's service: no alternatives, and nothing laid on top of them."""
    return replace(study, alternatives=(), sensitivities=())


def stamp_of(folder: Path) -> Stamp:
    """What tells whether a study's files have changed. A folder that cannot be looked into has an empty one."""
    found = sorted((*_stamps(folder, ""), *_stamps(folder / ALTERNATIVES_FOLDER, f"{ALTERNATIVES_FOLDER}/")))
    return tuple(found)


def _stamps(folder: Path, prefix: str) -> Iterator[tuple[str, int, int]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_file() and not entry.name.startswith("."):
                    about = entry.stat()
                    yield prefix + entry.name, about.st_mtime_ns, about.st_size
    except OSError:
        return


def id_in_settings(folder: Path) -> str:
    """The id that a study gives itself, or the folder's name where it cannot be read: the issues will say why."""
    try:
        settings = tomllib.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8-sig"))
        return str(settings["study"]["id"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return folder.resolve().name


def bundled_name(folder: Path) -> str | None:
    """The name of the bundled study that lies in a folder, None for any other folder."""
    there = folder.resolve()
    return next((name for name, bundled in bundled_studies().items() if bundled.resolve() == there), None)
