"""The auditor, on made-up advisories: what is affected is told, and what cannot be known is never called safe."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tools import audit
from tools.advisories import (
    NPM,
    PYPI,
    Looked,
    Package,
    is_affected,
    look_up,
    order_of,
    order_of_semver,
    packages_of_npm,
    packages_of_uv,
)
from tools.web import FRONTEND

NOW = datetime(2026, 3, 2, tzinfo=UTC)
RANGES = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2"}, {"introduced": "2.0rc1"},
                                          {"last_affected": "2.3"}]}]  # fmt: skip


def advisory(name: str, ecosystem: str, **affected: Any) -> dict[str, Any]:
    about = {"package": {"name": name, "ecosystem": ecosystem}, **affected}
    return {"id": f"X-{name}", "modified": "2026-03-01T00:00:00Z", "affected": [about]}


@pytest.mark.parametrize(
    ("version", "is_hit"),
    [("0.9", True), ("1.2", False), ("1.10", False), ("2.0b1", False), ("2.0rc1", True), ("2.3", True),
     ("2.3.1", False), ("7", True)],
)  # fmt: skip
def test_events_of_a_range_are_told_in_the_order_of_versions(version: str, is_hit: bool) -> None:
    assert is_affected(version, {"versions": ["7"], "ranges": RANGES}, order_of(PYPI)) is is_hit


def test_versions_of_npm_follow_one_another_as_the_standard_says() -> None:
    # https://semver.org/spec/v2.0.0.html, section 11
    told = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
            "1.0.0-rc.1", "1.0.0", "2.0.0", "2.1.0", "2.1.1", "2.10.0"]  # fmt: skip
    assert sorted(set(told), key=order_of_semver) == told
    assert order_of_semver("1.0.0+linux") == order_of_semver("1.0.0")


def test_a_copy_is_read_in_every_form(tmp_path: Path) -> None:
    (tmp_path / "vulns").mkdir()
    (tmp_path / "vulns" / "one.yaml").write_text(
        "id: X-1\nmodified: 2026-02-01T00:00:00Z\naffected:\n- package: {name: Frog_Lib, ecosystem: PyPI}\n"
        "  ranges:\n  - {type: GIT, events: [{introduced: abc}, {fixed: def}]}\n  versions: ['1.0']\n"
    )
    withdrawn = {**advisory("frog-lib", PYPI, ranges=RANGES), "withdrawn": "2026-01-01T00:00:00Z"}
    (tmp_path / "two.json").write_text(json.dumps(withdrawn))
    (tmp_path / "other.json").write_text(json.dumps({"affected": "no"}))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("three.json", json.dumps(advisory("@pond/toad", NPM, ranges=RANGES)))
    frog, toad = Package(PYPI, "frog-lib", "1.0"), Package(NPM, "@pond/toad", "1.1.0")
    python = look_up([frog, toad], [tmp_path], PYPI)
    assert [(one.package, one.id, one.fixed) for one in python.found] == [(frog, "X-1", ())]
    assert (python.advisories, python.newest) == (2, datetime(2026, 3, 1, tzinfo=UTC))
    screen = look_up([frog, toad], [tmp_path], NPM)
    assert [(one.package, one.fixed) for one in screen.found] == [(toad, ("1.2",))]
    assert audit.judge(screen, NOW)[0] == audit.FOUND


def test_the_database_of_retire_js_is_read(tmp_path: Path) -> None:
    told = {
        "toad.js": {
            "npmname": "toad",
            "vulnerabilities": [
                {"atOrAbove": "2.0.0-rc.1", "below": "2.1", "identifiers": {"CVE": ["CVE-1"]}, "excludes": ["2.0.5"]},
                {"below": "1.0.0", "info": ["https://pond.example"]},
            ],
            "extractors": {"func": ["toad.version"]},
        }
    }
    (tmp_path / "jsrepository-v6.json").write_text(json.dumps(told))
    (tmp_path / "testcases.json").write_text("{}")
    versions = ["0.9.0", "1.0.0", "2.0.0-beta.1", "2.0.0", "2.0.5", "2.1.0"]
    looked = look_up([Package(NPM, "toad", one) for one in versions], [tmp_path], NPM)
    assert [(one.package.version, one.id) for one in looked.found] == [
        ("0.9.0", "https://pond.example"), ("2.0.0", "CVE-1"),
    ]  # fmt: skip
    assert (looked.advisories, looked.newest) == (2, None)
    assert audit.judge(Looked((), 2, None), NOW)[0] == audit.NOT_ASKED
    assert audit.judge(looked, NOW)[0] == audit.FOUND


def test_the_database_of_pyup_is_read(tmp_path: Path) -> None:
    told = {"$meta": {"timestamp": round(NOW.timestamp())}, "Frog_lib": ["<1.0", ">=2.0rc1,<2.3"]}
    (tmp_path / "insecure.json").write_text(json.dumps(told))
    versions = ["0.9", "1.0", "2.0rc1", "2.3"]
    looked = look_up([Package(PYPI, "frog-lib", one) for one in versions], [tmp_path], PYPI)
    assert [one.package.version for one in looked.found] == ["0.9", "2.0rc1"]
    assert (looked.advisories, looked.newest) == (2, NOW)


def test_an_old_or_empty_copy_never_says_that_nothing_is_known() -> None:
    assert audit.judge(Looked((), 0, None), NOW)[0] == audit.NOT_ASKED
    assert audit.judge(Looked((), 9, NOW - timedelta(days=31)), NOW)[0] == audit.NOT_ASKED
    assert audit.judge(Looked((), 9, NOW - timedelta(days=29)), NOW)[0] == 0
    assert audit.worst([0, audit.NOT_ASKED]) == audit.NOT_ASKED
    assert audit.worst([audit.NOT_ASKED, audit.FOUND]) == audit.FOUND


def test_both_lock_files_are_looked_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    python, screen = packages_of_uv(audit.ROOT / "uv.lock"), packages_of_npm(FRONTEND / "package-lock.json")
    assert {"numpy", "fastapi"} <= {one.name for one in python}
    assert {"preact", "@types/node"} <= {one.name for one in screen}
    for package in (python[0], screen[0]):
        told = advisory(package.name, package.ecosystem, versions=[package.version])
        (tmp_path / f"{package.ecosystem}.json").write_text(json.dumps(told))
    assert audit.main(["--advisories", str(tmp_path)]) == audit.FOUND
    said = capsys.readouterr().out
    assert f"  {python[0].name} {python[0].version}: X-{python[0].name}" in said
    assert f"  {screen[0].name} {screen[0].version}: X-{screen[0].name}" in said
