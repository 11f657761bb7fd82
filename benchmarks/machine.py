"""Where and when something was measured: without it a figure says nothing."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import beredt


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine and what runs on it. The load is that of the last minute: above 0 others were at work, too."""

    date: str
    cpu: str
    cores: int
    load: float
    system: str
    python: str
    beredt: str
    numba: str

    def as_text(self) -> str:
        """One line."""
        return (
            f"{self.date} · {self.cpu}, {self.cores} cores, load {self.load:.1f} · {self.system} · "
            f"Python {self.python}, numba {self.numba}, Beredt {self.beredt}"
        )


def this_machine() -> Machine:
    """Describe the machine that this runs on."""
    return Machine(
        date=datetime.now(UTC).date().isoformat(),
        cpu=_cpu(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        load=os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0,
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        beredt=beredt.__version__,
        numba=version("numba"),
    )


def _cpu() -> str:
    """Name of the processor, as the system gives it."""
    path = Path("/proc/cpuinfo")
    if path.is_file():
        fields: dict[str, str] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition(":")
            fields.setdefault(key.strip(), value.strip())
        if "model name" in fields:
            return f"{fields['model name']} (family {fields.get('cpu family', '?')}, model {fields.get('model', '?')})"
    return platform.processor() or platform.machine()
