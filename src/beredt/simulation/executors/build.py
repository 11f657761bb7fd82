"""What a process calculates with: two of the same build give the same bytes for the same replication."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np

import beredt

LIBRARIES = ("numpy", "numba", "llvmlite", "scipy", "polars")
"""Libraries that replications are calculated with."""

ROUNDING = "rounding of exp and log"
"""Entry of a build that another kind of processor changes."""

SAMPLE = 4096

Build = Mapping[str, str]
"""By name what must be equal: the version and sources of Beredt, Python, libraries, and how the processor rounds."""


@cache
def this_build() -> Build:
    """The build of this process."""
    build = {"beredt": beredt.__version__, "sources of beredt": _sources(Path(beredt.__file__).parent)}
    build["Python"] = ".".join(platform.python_version_tuple()[:2])
    build |= {name: version(name) for name in LIBRARIES}
    return build | {ROUNDING: _rounding()}


def differences(here: Build, there: Build) -> list[str]:
    """What differs between two builds, in words, the most telling first."""
    return [
        f"{name} {there.get(name, 'unknown')} instead of {value}"
        for name, value in here.items()
        if there.get(name) != value
    ]


def _sources(package: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        digest.update(f"{path.relative_to(package).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _rounding() -> str:
    """Hash of some logarithms and exponentials: numpy takes other instructions on another kind of processor."""
    sample = np.linspace(0.001, 4.0, SAMPLE)
    return hashlib.sha256(np.exp(sample).tobytes() + np.log(sample).tobytes()).hexdigest()[:12]
