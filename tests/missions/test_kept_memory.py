"""What a process frees it keeps, and a setting of the user's own stays."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

import pytest

from beredt.missions.kept_memory import POLARS_SETTING, keep_memory

FAULTS = """
import ctypes, resource, sys
ctypes.CDLL(None).prctl(41, 1, 0, 0, 0)  # PR_SET_THP_DISABLE: small pages, so that their number is that of the memory
if sys.argv[1] == "kept":
    from beredt.missions.kept_memory import keep_memory
    keep_memory()
import numpy as np
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    some = [np.ones(500_000) for _ in range(10)]
    del some
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def test_a_setting_of_the_user_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(POLARS_SETTING, "dirty_decay_ms:7")
    keep_memory()
    assert os.environ[POLARS_SETTING] == "dirty_decay_ms:7"


@pytest.mark.skipif(not sys.platform.startswith("linux") or not hasattr(resource, "getrusage"), reason="GNU C library")
def test_memory_is_handed_out_again_without_a_fault() -> None:
    """Pages of arrays that come and go together, forty megabytes of them, are asked for once and not every time."""
    given, kept = (
        int(subprocess.run([sys.executable, "-c", FAULTS, how], check=True, capture_output=True, text=True).stdout)
        for how in ("given", "kept")
    )
    assert kept < given / 3
