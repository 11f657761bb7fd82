"""What makes the start of a simulation quick leaves no trace behind."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from beredt.simulation.paused_collector import paused_collector


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_afterwards_as_it_was(on: bool) -> None:
    was_on = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        with paused_collector():
            assert not gc.isenabled()
        assert gc.isenabled() == on
    finally:
        (gc.enable if was_on else gc.disable)()


def run_python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_the_start_brings_in_nothing_that_is_not_needed() -> None:
    """Roads from the cache need no search trees, and scipy's special functions no Fortran."""
    code = (
        "import sys\nimport beredt.roads.build, beredt.simulation.simulate_study\n"
        "print(sorted({'numpy.f2py', 'scipy.spatial', 'matplotlib', 'distributed'} & set(sys.modules)))"
    )
    assert run_python(code) == "[]"


def test_a_live_server_tells_its_picture_before_scipy_is_brought_in() -> None:
    """What reckons with roads is brought in once the picture can be asked for."""
    code = "import sys\nimport beredt.web.live.serve\nprint(sorted({'numba', 'scipy', 'shapely'} & set(sys.modules)))"
    assert run_python(code) == "[]"


def test_fortran_tools_can_be_had_afterwards() -> None:
    code = "import beredt.demand.special\nimport numpy.f2py\nprint(callable(numpy.f2py.get_include))"
    assert run_python(code) == "True"
