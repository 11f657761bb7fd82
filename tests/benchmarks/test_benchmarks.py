"""The benchmarks run and keep their books; how fast anything is, no test asks."""

from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from benchmarks import contestants, kernel, start, study_run
from benchmarks.generated_year import DAY_S, GeneratedYear
from benchmarks.process_tree import PROC, memory_bytes, run_watched
from benchmarks.stopwatch import Timing, rate_of
from tests.simulation.small_worlds import Recipe, build


def small_year() -> GeneratedYear:
    world, incidents = build(Recipe(seed=5, units=6, incidents=120, load=0.3))
    return GeneratedYear("small", world, incidents)


def test_every_way_runs_in_every_round() -> None:
    year = small_year()
    entries = (
        kernel.Entry("kernel", contestants.kernel, year, runs=2),
        kernel.Entry("whole", contestants.whole_simulate, year, runs=1),
        kernel.Entry("SimPy", contestants.simpy_model, year, runs=1, beside="kernel"),
        kernel.Entry("twin", contestants.twin, year, runs=1, beside="kernel"),
    )
    measured = kernel.measure(entries, 2, Console(file=StringIO()))
    assert [(row.name, row.rate.runs) for row in measured.rows] == [
        ("kernel", 4),
        ("whole", 2),
        ("SimPy", 2),
        ("twin", 2),
    ]
    assert [row.slower is None for row in measured.rows] == [True, True, False, False]
    assert all(row.rate.calls == year.calls for row in measured.rows)


def test_part_of_a_year_has_the_calls_of_its_days_in_their_order() -> None:
    year = small_year()
    part = year.first_days(year.days / 2)
    assert 0 < part.calls < year.calls
    assert part.world.end_s == year.world.end_s / 2 == part.days * DAY_S
    assert part.incidents.call_t[-1] < part.world.end_s <= year.incidents.call_t[part.calls]
    assert sorted(part.incidents.ready_order.tolist()) == list(range(part.calls))
    assert np.all(np.diff(part.incidents.ready_t[part.incidents.ready_order]) >= 0)


def test_rates_are_per_second_of_the_core_and_of_the_clock() -> None:
    rate = rate_of(
        100, [Timing(wall_s=2.0, core_s=1.0), Timing(wall_s=4.0, core_s=0.5), Timing(wall_s=5.0, core_s=2.0)]
    )
    assert (rate.median, rate.best, rate.median_wall, rate.runs) == (100.0, 200.0, 25.0, 3)


def test_a_watched_command_tells_its_lines_answer_and_status() -> None:
    program = "import sys; print('first', file=sys.stderr); print('second', file=sys.stderr); print(42); sys.exit(3)"
    watched = run_watched([sys.executable, "-c", program], dict(os.environ))
    assert [line.text for line in watched.lines] == ["first", "second"]
    assert 0.0 < watched.lines[0].at_s <= watched.lines[1].at_s <= watched.wall_s
    assert watched.core_s >= 0.0
    assert (watched.status, watched.answer.strip()) == (3, "42")


def test_memory_is_told_where_the_system_knows_it() -> None:
    known = (PROC / "self" / "smaps_rollup").is_file()
    assert (memory_bytes(os.getpid()) > 0) == known


def test_the_largest_memory_is_seen_though_it_goes_again() -> None:
    size = 100 << 20
    program = f"""
import time
kept = bytearray({size})
kept[::4096] = b"x" * len(kept[::4096])
time.sleep(0.5)
del kept
time.sleep(0.3)
"""
    watched = run_watched([sys.executable, "-c", program], dict(os.environ))
    if watched.peak_bytes is not None:
        assert size <= watched.peak_bytes <= 1.5 * size


def test_unknown_benchmarks_are_refused_and_known_ones_listed(root: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "benchmarks", *arguments]
        return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)

    assert run("frog").returncode == 2
    listed = run("--list")
    assert listed.returncode == 0
    assert "kernel" in listed.stdout
    assert "study-run" in listed.stdout


def test_a_start_is_timed_to_the_moment_that_is_told() -> None:
    measured = start.measure({"soon": "tell()", "late": "import time; time.sleep(0.2); tell(); time.sleep(0.2)"}, 1)
    soon, late = measured.starts
    assert (soon.name, late.name, measured.rounds) == ("soon", "late", 1)
    assert soon.core_s > 0.0
    assert late.wall_s >= 0.2


def test_a_start_that_fails_ends_the_benchmark() -> None:
    with pytest.raises(SystemExit, match="ZeroDivisionError"):
        start.measure({"broken": "1 / 0"}, 1)


def test_compiling_is_what_the_first_run_takes_more() -> None:
    parts = dict.fromkeys(study_run.Measured.__dataclass_fields__)
    measured = study_run.Measured(**parts | {"first_ever_s": 50.0, "same_compiled_s": 20.0})  # type: ignore[arg-type]
    assert measured.compile_s == 30.0
