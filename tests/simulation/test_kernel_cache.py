"""The cache of compiled kernels is never that of other sources."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from numba.core.dispatcher import Dispatcher

import beredt
from beredt.simulation.kernel_cache import kernel_fingerprint, kernel_sources

DECORATOR = "from numba import njit\n\n\ndef compiled(function):\n    return njit(cache=True)(function)\n"
KERNEL = """
from beredt.room.decorator import compiled
from beredt.room.helper import help_out


@compiled
def f():
    return help_out()
"""
HELPER = "from beredt.limits import (\n    LIMIT,\n)\n\n\ndef help_out():\n    return LIMIT\n"
CALLER = "from beredt.room.kernel import f\n\n\ndef run():\n    return f()\n"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "beredt"
    (folder / "room").mkdir(parents=True)
    (folder / "room" / "decorator.py").write_text(DECORATOR)
    (folder / "room" / "caller.py").write_text(CALLER)
    (folder / "room" / "kernel.py").write_text(KERNEL)
    (folder / "room" / "helper.py").write_text(HELPER)
    (folder / "limits.py").write_text("LIMIT = 1\n")
    (folder / "stranger.py").write_text("NAME = 'no kernel reads this'\n")
    return folder


def test_sources_are_the_compiled_modules_and_all_they_import(package: Path) -> None:
    names = [path.relative_to(package).as_posix() for path in kernel_sources(package)]
    assert names == ["limits.py", "room/decorator.py", "room/helper.py", "room/kernel.py"]


def test_an_edit_in_a_far_constant_changes_the_fingerprint(package: Path) -> None:
    before = kernel_fingerprint(package, kernel_sources(package))
    (package / "stranger.py").write_text("NAME = 'edited'\n")
    assert kernel_fingerprint(package, kernel_sources(package)) == before
    (package / "limits.py").write_text("LIMIT = 2\n")
    assert kernel_fingerprint(package, kernel_sources(package)) != before


def test_every_compiled_function_of_the_package_is_in_the_sources() -> None:
    package = Path(beredt.__file__).parent
    sources = set(kernel_sources(package))
    seen = set()
    for room in ("demand", "dispatch", "roads", "simulation"):
        for path in sorted((package / room).rglob("*.py")):
            module = importlib.import_module(".".join(path.relative_to(package.parent).with_suffix("").parts))
            functions = [value for value in vars(module).values() if isinstance(value, Dispatcher)]
            seen |= {Path(function.py_func.__code__.co_filename) for function in functions}
    assert seen
    assert seen <= sources


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a new interpreter, since numba reads its cache folder once, when it is imported."""
    inherited = {key: value for key, value in os.environ.items() if key not in {"NUMBA_CACHE_DIR", "BEREDT_CACHE_DIR"}}
    return subprocess.run(
        [sys.executable, "-c", code], env=inherited | environment, capture_output=True, text=True, check=False
    )


PREPARE = """
import json, os
from beredt.simulation.kernel_cache import prepare_kernel_cache
first = prepare_kernel_cache()
second = prepare_kernel_cache()
import numba
third = prepare_kernel_cache()
print(json.dumps([str(first), str(second), str(third), os.environ["NUMBA_CACHE_DIR"], numba.config.CACHE_DIR]))
"""


@pytest.mark.parametrize(("variable", "below"), [("BEREDT_CACHE_DIR", "kernels"), ("NUMBA_CACHE_DIR", "")])
def test_the_folder_lies_where_the_environment_says_and_stays_the_same(
    tmp_path: Path, variable: str, below: str
) -> None:
    done = run_python(PREPARE, **{variable: str(tmp_path)})
    assert done.returncode == 0, done.stderr
    folders = set(json.loads(done.stdout))
    assert len(folders) == 1
    folder = Path(folders.pop())
    assert folder.parent == tmp_path / below
    assert folder.is_dir()


def test_numba_imported_too_early_is_refused(tmp_path: Path) -> None:
    code = "import numba\nfrom beredt.simulation.kernel_cache import prepare_kernel_cache\nprepare_kernel_cache()"
    done = run_python(code, BEREDT_CACHE_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "before its cache was prepared" in done.stderr


def test_numba_imported_by_somebody_else_is_told_afterwards(tmp_path: Path) -> None:
    """Compiled functions that were made before stay where they were; those of the package go to their folder."""
    code = (
        "import json, numba\n"
        "from beredt.simulation.kernel_cache import prepare_kernel_cache\n"
        "first, second = (prepare_kernel_cache(after_numba=True) for _ in range(2))\n"
        "from beredt.demand.philox import _open_unit\n"
        "print(json.dumps([str(first), str(second), _open_unit._cache.cache_path]))"
    )
    done = run_python(code, BEREDT_CACHE_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    first, second, kept = json.loads(done.stdout)
    assert first == second
    assert Path(first) in Path(kept).parents


def test_kernels_imported_too_early_are_refused(tmp_path: Path) -> None:
    code = (
        "import beredt.demand.philox\nfrom beredt.simulation.kernel_cache import prepare_kernel_cache\n"
        "prepare_kernel_cache(after_numba=True)"
    )
    done = run_python(code, BEREDT_CACHE_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "before its cache was prepared" in done.stderr


def test_a_cache_that_cannot_be_written_names_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = run_python(PREPARE, BEREDT_CACHE_DIR=str(tmp_path / "file"))
    assert done.returncode == 1
    assert "Set BEREDT_CACHE_DIR" in done.stderr
