"""The contracts of ARCHITECTURE.md hold: layers, and what a kernel never imports."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path


def test_every_contract_is_kept(root: Path) -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_has_its_place_on_the_map(root: Path) -> None:
    rooms = {path.parent.name for path in (root / "src" / "beredt").glob("*/__init__.py")}
    text = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    missing = sorted(room for room in rooms if f"| `{room}/` |" not in text)
    assert not missing, f"ARCHITECTURE.md does not say what these rooms hold: {', '.join(missing)}"


def test_the_typer_contract_names_every_room_but_the_command_line(root: Path) -> None:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (contract,) = (c for c in contracts if c["name"] == "Only the command line knows typer")
    rooms = {f"beredt.{path.parent.name}" for path in (root / "src" / "beredt").glob("*/__init__.py")}
    assert rooms - {"beredt.cli", "beredt.studies"} <= set(contract["source_modules"])
