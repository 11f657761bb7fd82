"""OSRM as a peer: roads prepared by its own programs, and tables asked of it, all in another Python."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PROGRAM = Path(__file__).with_name("program.py")


class PeerError(Exception):
    """The other Python, or OSRM in it, did not do what was asked."""


@dataclass(frozen=True, slots=True, eq=False)
class PeerTable:
    """Times between k places: `seconds` float64 (k, k), inf where no way leads; `off_m` (k,); `core_s` it took."""

    seconds: NDArray[np.float64]
    off_m: NDArray[np.float64]
    core_s: float


class Peer:
    """OSRM over one extract with one profile."""

    def __init__(self, python: Path, extract: Path, profile: Path, folder: Path) -> None:
        """Prepare the roads.

        Args:
            python: A Python that has the package `osrm`.
            extract: The `.osm.pbf`.
            profile: In Lua.
            folder: New; OSRM's files are kept there.

        Raises:
            PeerError: With what OSRM said.
        """
        self._python, self._folder, self._base = python, folder, folder / "roads.osrm"
        folder.mkdir(parents=True)
        link = folder / "roads.osm.pbf"
        link.symlink_to(extract.resolve())
        call(python, "-m", "osrm", "extract", "--threads", "1", "--profile", str(profile), str(link))
        call(python, "-m", "osrm", "contract", "--threads", "1", str(self._base))

    def table(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> PeerTable:
        """Times between all of some places, degrees, float64 (k,) each. Raises PeerError."""
        job, answer = self._folder / "job.json", self._folder / "answer.json"
        places = np.column_stack((lon, lat)).tolist()
        job.write_text(json.dumps({"osrm": str(self._base), "places": places}), encoding="utf-8")
        call(self._python, str(PROGRAM), str(job), str(answer))
        told = json.loads(answer.read_text(encoding="utf-8"))
        rows = [[np.inf if one is None else one for one in row] for row in told["durations"]]
        return PeerTable(np.array(rows, dtype=np.float64), np.array(told["off_m"]), told["core_s"])


def own_profiles(python: Path) -> Path:
    """The folder of the profiles that come with OSRM. Raises PeerError."""
    return Path(call(python, str(PROGRAM), "profiles").strip())


def call(python: Path, *words: str) -> str:
    """What the other Python prints. Raises PeerError where it fails or is not there."""
    try:
        done = subprocess.run([str(python), *words], capture_output=True, text=True, check=False)
    except OSError as fault:
        raise PeerError(f"{python} cannot be started: {fault}. Name a Python that has osrm-bindings.") from fault
    if done.returncode:
        raise PeerError(f"{python} {' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout
