"""The comparison with JEMSS keeps its books; how fast anything is, no test asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import jemss
from benchmarks.yardstick import yardstick


def test_a_ratio_is_taken_at_the_same_yardstick() -> None:
    one = jemss.round_of(265_700, wall_s=0.5, core_s=0.4, relocation="none", between=(20.0, 24.0))
    assert (one.calls_per_s, one.yardstick) == (531_400.0, 22.0)
    assert one.times_jemss == pytest.approx(20.0)
    slower = jemss.round_of(265_700, wall_s=0.5, core_s=0.4, relocation="none", between=(11.0, 11.0))
    assert slower.times_jemss == pytest.approx(40.0)


def test_each_rule_is_held_to_its_own_rate() -> None:
    assert jemss.jemss_calls_per_s("dmexclp:0.4", 44.0) == pytest.approx(15_000.0)
    assert jemss.jemss_calls_per_s("home", 22.0) == pytest.approx(26_570.0)
    assert jemss.jemss_calls_per_s("stay", 22.0) is None


def test_without_a_yardstick_there_is_no_ratio() -> None:
    one = jemss.round_of(100, wall_s=0.5, core_s=0.4, relocation="none", between=(None, None))
    assert (one.calls_per_s, one.yardstick, one.times_jemss) == (200.0, None, None)
    assert yardstick(None) is None


def test_the_yardstick_is_the_median_of_what_a_program_prints(tmp_path: Path) -> None:
    program = tmp_path / "yardstick"
    program.write_text("#!/bin/sh\necho 12.5\n", encoding="utf-8")
    program.chmod(0o755)
    assert yardstick(str(program)) == 12.5
    program.write_text("#!/bin/sh\necho soon\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="prints one number"):
        yardstick(str(program))


@pytest.mark.reference
@pytest.mark.soak
def test_a_run_of_jemss_is_made_ready_and_run(reference_data: Path, tmp_path: Path) -> None:
    measured = jemss.measure(reference_data / "jemss", tmp_path, "auckland_dmexclp", "dmexclp:0.4", None, 1, times=1)
    assert (measured.calls, len(measured.rounds)) == (3000, 1)
    assert measured.mean_response_min == pytest.approx(10.227709, abs=1e-6)
    assert {kind: len(found) for kind, found in measured.preparations.items()} == {"made": 1, "kept": 1}
    jemss.show(measured)
