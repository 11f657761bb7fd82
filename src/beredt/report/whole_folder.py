"""A folder of results that is either what it was before or whole: written beside it, and put in its place in one step.

Somebody who kills a report half-way, or a machine that goes down, leaves no folder that is a half of two reports.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from beredt.errors import OptionError
from beredt.report.write_index import INDEX

COMING = "coming-"
"""Beginning of what stands behind the name of a folder while it is being written."""

BEFORE = "-before"
"""Ending of what stood there before, where folders cannot change names in one step."""

STORE = "store"
"""The fact that an index of a report on a log has, and that of a simulated run, which may have taken hours, has not."""

TABLES = ("results", "results_before")
"""Folders of a report that have an index of their own."""

_CWD, _EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux, see renameat2(2)."""


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """A folder to write results into, which stands at `out` when the block is done, in the place of older results.

    Args:
        out: Where results shall stand: nothing, an empty folder, or a folder in which there is nothing but results of
            an earlier report on a log, each file named by a results.json.

    Raises:
        OptionError: Something else stands there, or it cannot be put in its place in one step. Nothing was touched.
    """
    out = Path(os.path.abspath(out))
    _check(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    coming = out.parent / f"{_prefix(out)}{secrets.token_hex(4)}"
    coming.mkdir()
    held = _hold(coming)
    try:
        yield coming
        _check(out)  # somebody may have laid something there meanwhile
        _put(coming, out)
    finally:
        shutil.rmtree(coming, ignore_errors=True)  # after the exchange it holds what stood there before
        if held is not None:
            os.close(held)


def _check(out: Path) -> None:
    if not os.path.lexists(out):
        return
    if out.is_symlink() or not out.is_dir():
        what = "a link" if out.is_symlink() else "a file"
        raise OptionError("--out", str(out), f"it is {what}", "name a new folder")
    if out.is_mount() or Path.cwd().is_relative_to(out):
        why = "it cannot be replaced in one step: it is mounted there, or somebody works in it"
        raise OptionError("--out", str(out), why, f"name a folder in it, such as {out / 'report'}")
    strange = sorted(path.relative_to(out).as_posix() for path in _files(out) - _written(out))
    if strange:
        more = f" and {len(strange) - 1} more" if len(strange) > 1 else ""
        why = f"it holds {strange[0]}{more}, which no whole report on a log names as its own"
        raise OptionError("--out", str(out), why, "name a new folder, or move that away")


def _files(folder: Path) -> set[Path]:
    """All that is not a folder below a folder."""
    return {Path(base) / name for base, _, names in os.walk(folder) for name in names} | {
        Path(base) / name for base, names, _ in os.walk(folder) for name in names if (Path(base) / name).is_symlink()
    }


def _written(out: Path) -> set[Path]:
    """The files that the indexes of a report and of its tables name, and these; none without that of a report."""
    found: set[Path] = set()
    for index in (out / INDEX, *(out / name / INDEX for name in TABLES)):
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            facts = json.loads(index.read_text(encoding="utf-8"))
            if STORE in facts:
                found |= {index, *(index.parent / name for name in facts["files"])}
    return found if out / INDEX in found else set()


def _put(coming: Path, out: Path) -> None:
    """Put a folder in the place of another, or of none, in one step."""
    if not out.exists() or not any(out.iterdir()):
        os.rename(coming, out)  # one step, also onto an empty folder
    elif not _exchange(coming, out):
        gone = coming.with_name(f"{coming.name}{BEFORE}")
        os.rename(out, gone)
        os.rename(coming, out)
        shutil.rmtree(gone, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; False where this machine has no way to."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(_CWD, os.fsencode(one), _CWD, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL):  # an old kernel, or a file system that cannot
        return False
    raise OSError(number, os.strerror(number), str(other))


def _prefix(out: Path) -> str:
    return f".{out.name}.{COMING}"


def _hold(folder: Path) -> int | None:
    """Mark a folder as being written, as long as this process lives; None where there are no such marks."""
    try:
        import fcntl
    except ImportError:
        return None
    held = os.open(folder, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    return held


def _sweep(out: Path) -> None:
    """Remove what processes that were killed have left beside a folder."""
    with suppress(ImportError):
        import fcntl

        for left in [path for path in out.parent.iterdir() if path.name.startswith(_prefix(out))]:
            if left.name.endswith(BEFORE) and not out.exists():
                os.rename(left, out)
                continue
            with suppress(OSError):
                held = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
                try:
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(left, ignore_errors=True)
                finally:
                    os.close(held)
