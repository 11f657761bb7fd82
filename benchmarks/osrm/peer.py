"""OSRM as a peer: roads prepared by its own programs, and questions to it, all in another Python."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.osrm.profile import SLOWER

PROGRAM = Path(__file__).with_name("program.py")

LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Times between k places: `seconds` float64 (k, k), inf where no way leads; `off_m` (k,); `core_s` it took."""

    seconds: NDArray[np.float64]
    off_m: NDArray[np.float64]
    core_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Leg:
    """One leg of a way: seconds, the source's ids of the points passed, and the seconds between those."""

    seconds: float
    nodes: list[int]
    each_s: list[float]


class PeerError(Exception):
    """The other Python, or OSRM in it, did not do what was asked."""


class Peer:
    """OSRM over one extract with one profile. `python`: a Python that has the package `osrm`; `folder`: to work in."""

    def __init__(self, python: Path, extract: Path, profile: str, folder: Path) -> None:
        self._python, self._folder = python, folder
        folder.mkdir(parents=True, exist_ok=True)
        lua, link = folder / "ambulance.lua", folder / "roads.osm.pbf"
        lua.write_text(profile, encoding="utf-8")
        link.symlink_to(extract.resolve())
        self._call("-m", "osrm", "extract", "--threads", "1", "--profile", str(lua), str(link))
        self._base = folder / "roads.osrm"
        self._call("-m", "osrm", "contract", "--threads", "1", str(self._base))

    def table(self, places: Sequence[LonLat]) -> Table:
        """Times between all of some places."""
        answer = self._ask(places, [])
        seconds = [[np.inf if one is None else one / SLOWER for one in row] for row in answer["durations"]]
        return Table(np.array(seconds, dtype=np.float64), np.array(answer["off_m"]), answer["table_s"])

    def ways(self, ways: Sequence[Sequence[LonLat]]) -> list[list[Leg] | None]:
        """The way through some places each; None where none leads."""
        return [
            None
            if legs is None
            else [Leg(leg["seconds"] / SLOWER, leg["nodes"], [one / SLOWER for one in leg["each_s"]]) for leg in legs]
            for legs in self._ask([], ways)["ways"]
        ]

    def _ask(self, places: Sequence[LonLat], ways: Sequence[Sequence[LonLat]]) -> Any:
        job, answer = self._folder / "job.json", self._folder / "answer.json"
        job.write_text(json.dumps({"osrm": str(self._base), "places": places, "ways": ways}), encoding="utf-8")
        self._call(str(PROGRAM), str(job), str(answer))
        return json.loads(answer.read_text(encoding="utf-8"))

    def _call(self, *words: str) -> None:
        done = subprocess.run([str(self._python), *words], capture_output=True, text=True, check=False)
        if done.returncode:
            raise PeerError(f"{self._python} {' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
