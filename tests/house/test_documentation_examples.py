"""Every console example of the documentation is run, and prints what the page shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """One command of a page, with the output that the page shows below it."""

    command: str
    shown: str


def examples_of(page: Path) -> Iterator[Example]:
    """Yield the commands of a page: a line after `$`, with its `> ` lines, and what stands below."""
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            first, *rest = part.splitlines()
            more = []
            while rest and (rest[0] == ">" or rest[0].startswith("> ")):
                more.append(rest.pop(0)[2:])
            yield Example("\n".join([first, *more]), "\n".join(rest))


LONG = {"docs/tutorials/first-study.md"}
"""Pages that simulate the bundled study with all its sensitivities: for `./dev soak`."""


def pages() -> list[Path]:
    """List the pages that have console examples."""
    candidates = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted(page for page in candidates if "_build" not in page.parts and any(examples_of(page)))


def as_pattern(shown: str) -> re.Pattern[str]:
    """Read `…` as any text, and everything else as it stands."""
    return re.compile(".*".join(re.escape(piece) for piece in shown.split("…")), re.DOTALL)


def page_params() -> Iterator[Any]:
    """Each page under its name."""
    for page in pages():
        name = page.relative_to(ROOT).as_posix()
        yield pytest.param(page, id=name, marks=[pytest.mark.soak] if name in LONG else [])


@pytest.mark.parametrize("page", list(page_params()))
def test_console_examples_print_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for example in examples_of(page):
        done = subprocess.run(
            ["sh", "-c", example.command],
            cwd=tmp_path,
            env=os.environ | {"PATH": path},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{example.command}\n{done.stdout}{done.stderr}"
        assert as_pattern(example.shown).fullmatch(done.stdout.rstrip("\n")), (
            f"{example.command}\nprinted:\n{done.stdout}\nthe page shows:\n{example.shown}"
        )


def test_there_are_examples() -> None:
    assert pages()
