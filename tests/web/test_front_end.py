"""What the front end is made from is what the server and the report say, and what is packed holds what was built."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from beredt.web.openapi import openapi_text
from tools.write_theme import colours_css, scales_ts


def test_the_client_is_made_from_what_the_server_says(root: Path) -> None:
    kept = (root / "frontend" / "openapi.json").read_text(encoding="utf-8")
    assert json.loads(kept) == json.loads(openapi_text()), "python tools/web.py api writes it anew"


def test_the_screen_has_the_colours_of_the_report(root: Path) -> None:
    theme = root / "frontend" / "src" / "theme"
    assert (theme / "colours.css").read_text(encoding="utf-8") == colours_css(), "python tools/write_theme.py"
    assert (theme / "scales.ts").read_text(encoding="utf-8") == scales_ts(), "python tools/write_theme.py"


def test_the_front_end_names_exact_versions_and_no_registry(root: Path) -> None:
    manifest = json.loads((root / "frontend" / "package.json").read_text(encoding="utf-8"))
    versions = {**manifest["dependencies"], **manifest["devDependencies"]}
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    packages = json.loads((root / "frontend" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


@pytest.mark.slow
def test_what_is_packed_holds_the_screen(root: Path, tmp_path: Path) -> None:
    """An sdist of this checkout carries the built screen, and so does the wheel that is made from it without Node."""
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path)]
    subprocess.run([*build, "-t", "sdist"], cwd=root, check=True, capture_output=True)
    (sdist,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    assert not (unpacked / "frontend" / "node_modules").exists()
    subprocess.run([*build, "-t", "wheel"], cwd=unpacked, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = [name for name in archive.namelist() if name.startswith("beredt/web/static/")]
        first_load = sum(len(gzip.compress(archive.read(name))) for name in inside if "licences" not in name)
    assert {"beredt/web/static/index.html", "beredt/web/static/licences.txt"} <= set(inside)
    assert any(re.search(r"assets/maplibre-gl-worker.*\.mjs$", name) for name in inside)
    assert first_load < 3_000_000
