"""What every test stands on: compiled kernels kept apart by source, steady hypothesis runs, the reference data."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from beredt.simulation.kernel_cache import prepare_kernel_cache

ROOT = Path(__file__).resolve().parent.parent
LIVE = ROOT / "tests" / "live"
STUDIO = ROOT / "tests" / "browser" / "studio"

# Before any test module imports a kernel.
prepare_kernel_cache()

# No deadlines: how fast a machine is decides no test. On a build machine the same examples every time.
settings.register_profile("beredt", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
# There it is fewer of them, since the same are seen each time: other machines and ./dev soak go through more.
settings.register_profile("ci", settings.get_profile("beredt"), derandomize=True, database=None, max_examples=30)
settings.load_profile("ci" if os.environ.get("CI") else "beredt")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", metavar="DIR", help="keep pictures of all pages of Studio in this folder")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the tests of a file in one process: what they share is then made once."""
    # Groups that xdist knows of itself stand in the names of tests, where this pytest keeps none.
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

    scheduler = LoadScopeScheduling(config, log)
    scheduler._split_scope = lambda test: group_of(ROOT / test.partition("::")[0])
    return scheduler


def pytest_collection_finish() -> None:
    """Look for garbage among what tests make, not among the modules of all of them, which stay until the end.

    Going through those again and again took a twentieth of a run.
    """
    gc.collect()
    gc.freeze()


def group_of(path: Path) -> str:
    """The tests that run in one process: those of a file, and all of Studio, which share a server and a browser.

    Large groups begin first. One test of the live picture takes a minute by the clock: in a group of its own all would
    wait for it at the end.
    """
    if STUDIO in path.parents:
        return "studio"
    return "live" if LIVE in path.parents else path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Travel times are made anew in every test run: kept ones would hide an edit of how they are made.

    The workers of a run share one folder: what one of them has made, no other makes again.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    os.environ["BEREDT_CACHE_DIR"] = str(shared / "shared-cache")


@pytest.fixture(scope="session")
def root() -> Path:
    """Top folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """Folder of real inputs and known answers; the test is skipped, with the reason, where it is missing."""
    folder = Path(os.environ.get("BEREDT_REFERENCE_DATA", ROOT.parent / "shared" / "data")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no reference data at {folder}: set BEREDT_REFERENCE_DATA to the folder that holds it")
    return folder
