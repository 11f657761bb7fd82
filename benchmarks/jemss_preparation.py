"""Making an imported city ready: how long every step takes, and the most memory that the process has had.

`python -m benchmarks.jemss_preparation STUDY [RELOCATION]` does it in a process of its own and prints the seconds as
JSON. Roads come from the cache of `BEREDT_CACHE_DIR`, and are made and kept there where they are missing.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from beredt.simulation.kernel_cache import prepare_kernel_cache

prepare_kernel_cache()  # before anything imports numba

from beredt.cli.checked_study import load_checked_study  # noqa: E402
from beredt.model.relocation_option import relocation_from_option  # noqa: E402
from beredt.simulation.case import Met, meet, prepare_case  # noqa: E402
from beredt.simulation.paused_collector import paused_collector  # noqa: E402
from beredt.simulation.study_roads import load_or_build_roads, study_roads  # noqa: E402

STATUS = Path("/proc/self/status")
PEAK = "VmHWM:"


@dataclass(frozen=True, slots=True)
class Preparation:
    """Seconds on the clock of each step, and the peak memory up to the end of it; None where the system tells none."""

    read_s: float  # the study's files
    roads_s: float  # from its tables, or from the cache
    service_s: float  # all that the kernel reads, the trace included
    roads_peak_mib: float | None
    peak_mib: float | None

    @property
    def all_s(self) -> float:
        """All steps together."""
        return self.read_s + self.roads_s + self.service_s


def make_ready(folder: Path, relocation: str | None) -> tuple[Preparation, Met]:
    """Read an imported city and make its trace ready for the kernel.

    Args:
        folder: The study.
        relocation: As `--relocation`; None for the study's own rule.
    """
    began = time.perf_counter()
    with paused_collector():
        study = load_checked_study(str(folder))
    service = study.service
    if relocation is not None:
        service = replace(service, relocation=relocation_from_option(relocation, service))
    read = time.perf_counter()
    network = load_or_build_roads(study)
    laid, roads_peak_mib = time.perf_counter(), peak_mib()
    met = meet(prepare_case(study, study_roads(study, network), service), None)
    ready = time.perf_counter()
    return Preparation(read - began, laid - read, ready - laid, roads_peak_mib, peak_mib()), met


def peak_mib() -> float | None:
    """The most memory that this process has had at once, pages shared with others included; MiB.

    Not from `getrusage`, which starts a new program with the peak of the one that started it.
    """
    if not STATUS.is_file():
        return None
    lines = STATUS.read_text(encoding="ascii", errors="replace").splitlines()
    return next((int(line.split()[1]) / 1024.0 for line in lines if line.startswith(PEAK)), None)


if __name__ == "__main__":
    found, _ = make_ready(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
    print(json.dumps(asdict(found)))
