"""A counter that waits to be killed: what a test sends to the workers of a cluster to have one die on the way."""

from __future__ import annotations

import os
import time
from pathlib import Path

from beredt.indicators.observed import Frame, Year
from beredt.indicators.tally import ResponseOnly, tally_response_only

FOLDER = "BEREDT_TEST_DEADLY_FOLDER"
ARMED, VICTIM = "armed", "victim"
LONG_S = 600.0


def count_or_wait_for_death(frame: Frame, year: Year) -> ResponseOnly:
    """Count responses; once the folder says so, the first process to get here leaves its number and waits."""
    folder = os.environ.get(FOLDER)
    if folder is not None and (Path(folder) / ARMED).exists():
        try:
            with (Path(folder) / VICTIM).open("x") as file:
                file.write(f"{os.getpid()}\n")
        except FileExistsError:  # another process is the victim
            pass
        else:
            time.sleep(LONG_S)
    return tally_response_only(frame, year)
