"""The published instances of ``beredt site --instance``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from beredt.errors import OptionError

if TYPE_CHECKING:
    from beredt.siting.problem import SitingProblem


def read_published(
    kind: str, path: Path, radius: float | None, stations: int | None
) -> tuple[SitingProblem, int | None]:
    """A published instance and its number of stations.

    Raises:
        OptionError: there is no such kind, or a covering instance without a radius.
        StudyError: the file is at fault.
    """
    from beredt.siting.read_instance import read_mclp, read_p_median

    if kind == "mclp":
        if radius is None or radius <= 0.0:
            raise OptionError(
                "--radius", str(radius), "a covering instance has no distance of its own", "give --radius"
            )
        return read_mclp(path, radius), stations
    if kind == "pmedian":
        found = read_p_median(path)
        return found.problem, stations or found.stations
    raise OptionError("--instance", kind, "there is no such kind of instance", "give mclp or pmedian")
