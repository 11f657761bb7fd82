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
from threading import Thread
ctypes.CDLL(None).prctl(41, 1, 0, 0, 0)  # PR_SET_THP_DISABLE: small pages, so that their number is that of the memory
if sys.argv[1] != "given":
    from beredt.missions.kept_memory import give_back_large_arrays, keep_memory
    keep_memory()
    if sys.argv[1] == "large given":
        give_back_large_arrays()
import numpy as np

def come_and_go():
    for _ in range(20):
        some = [np.ones(size) for size in 10 * [500_000] + [5_000_000]]
        del some

before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
beside = Thread(target=come_and_go)
beside.start()
beside.join()
come_and_go()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def test_a_setting_of_the_user_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(POLARS_SETTING, "dirty_decay_ms:7")
    keep_memory()
    assert os.environ[POLARS_SETTING] == "dirty_decay_ms:7"


@pytest.mark.skipif(not sys.platform.startswith("linux") or not hasattr(resource, "getrusage"), reason="GNU C library")
def test_memory_is_handed_out_again_without_a_fault() -> None:
    """Pages of arrays that come and go together, ten of four megabytes and one of forty, by one thread and then by
    another, are asked for once and not every time; where large ones are given back, those alone are."""
    given, kept, large_given = (
        int(subprocess.run([sys.executable, "-c", FAULTS, how], check=True, capture_output=True, text=True).stdout)
        for how in ("given", "kept", "large given")
    )
    assert kept < given / 10
    assert 5 * kept < large_given < given * 2 / 3
