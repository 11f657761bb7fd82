"""Known vulnerabilities read from a local copy of an open database in the form of OSV, for `./dev audit --advisories`.

Such copies are the files of PyPA's and GitHub's advisory databases, and the `all.zip` of an ecosystem from OSV. Which
versions an advisory is about is told as OSV says: by name, or by the events of a range, the newest of which that is not
above a version decides (https://ossf.github.io/osv-schema, "Evaluation").

The database of retire.js (`npmrepository*.json` and `jsrepository*.json`) is read likewise: libraries of browsers by
name, each with what is wrong `atOrAbove` a version and `below` another. It tells no date. And so is that of pyup.io
(`insecure.json`): packages of Python, each with specifiers of the versions that are affected.
"""

from __future__ import annotations

import json
import re
import tomllib
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

PYPI, NPM = "PyPI", "npm"
Order = Callable[[str], Any]


@dataclass(frozen=True, slots=True, order=True)
class Package:
    """A package that a lock file names."""

    ecosystem: str
    name: str
    version: str


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """A vulnerability that is known of a package; `fixed` are versions without it, as the advisory names them."""

    package: Package
    id: str
    fixed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, in how many advisories, and when the newest of them was changed; None where none tells it."""

    found: tuple[Known, ...]
    advisories: int
    newest: datetime | None


def packages_of_uv(lock: Path) -> tuple[Package, ...]:
    """The packages of a `uv.lock` that come from a registry."""
    content = tomllib.loads(lock.read_text(encoding="utf-8"))
    rows = [one for one in content["package"] if "registry" in one["source"]]
    return tuple(Package(PYPI, canonicalize_name(row["name"]), row["version"]) for row in rows)


def packages_of_npm(lock: Path) -> tuple[Package, ...]:
    """The packages of a `package-lock.json`."""
    rows = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    named = ((row.get("name") or path.rpartition("node_modules/")[2], row) for path, row in rows.items() if path)
    return tuple({Package(NPM, name, row["version"]) for name, row in named if "version" in row})


def look_up(packages: Iterable[Package], folders: Iterable[Path], ecosystem: str) -> Looked:
    """Which packages of an ecosystem the advisories of these folders are about."""
    by_name: dict[tuple[str, str], list[Package]] = {}
    for package in packages:
        by_name.setdefault((package.ecosystem, package.name), []).append(package)
    found: set[Known] = set()
    count, newest = 0, None
    for advisory in (one for folder in folders for one in read_advisories(folder)):
        if all(one.get("package", {}).get("ecosystem") != ecosystem for one in advisory["affected"]):
            continue
        count += 1
        if "modified" in advisory:
            changed = _moment(advisory["modified"])
            newest = changed if newest is None else max(newest, changed)
        if "withdrawn" not in advisory:
            found.update(_about(advisory, by_name))
    return Looked(tuple(sorted(found)), count, newest)


def read_advisories(folder: Path) -> Iterator[Mapping[str, Any]]:
    """Every advisory in a folder: files of JSON and YAML, and those in zip files."""
    for path in sorted(folder.rglob("*")):
        if _OF_RETIRE.fullmatch(path.name):
            yield from read_retire(json.loads(path.read_bytes()))
        elif path.name == "insecure.json":
            yield from read_insecure(json.loads(path.read_bytes()))
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield from _advisory(name, archive.read(name))
        elif path.suffix in (".json", ".yaml") and path.is_file():
            yield from _advisory(path.name, path.read_bytes())


_OF_RETIRE = re.compile(r"(npm|js)repository(-v\d+)?\.json")


def read_retire(libraries: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The database of retire.js in the form of OSV, without dates; made-up libraries in it are left out."""
    for name, library in libraries.items():
        about = {"package": {"ecosystem": NPM, "name": library.get("npmname", name)}}
        for one in library.get("vulnerabilities", []):
            events = [{"introduced": one.get("atOrAbove", "0")}]
            if "below" in one:
                events.append({"fixed": one["below"]})
            told = {**about, "ranges": [{"type": "SEMVER", "events": events}], "except": one.get("excludes", [])}
            yield {"id": _name_of(one), "affected": [told]}


def read_insecure(packages: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The database of pyup.io in the form of OSV, all of the moment that it says."""
    changed = datetime.fromtimestamp(packages["$meta"]["timestamp"], UTC)
    for name, specifiers in packages.items():
        for one in specifiers if isinstance(specifiers, list) else ():
            about = {"package": {"ecosystem": PYPI, "name": name}, "specifier": one}
            yield {"id": f"insecure.json: {name} {one}", "modified": changed, "affected": [about]}


def _name_of(one: Mapping[str, Any]) -> str:
    names = one.get("identifiers", {})
    cves = names.get("CVE", [])
    return str(names.get("githubID") or " ".join(cves) or names.get("summary") or one.get("info", ["?"])[0])


def _advisory(name: str, content: bytes) -> Iterator[Mapping[str, Any]]:
    if b"affected" not in content:  # not one, or one that is about nothing: reading YAML takes its time
        return
    read = json.loads(content) if name.endswith(".json") else yaml.load(content, yaml.CSafeLoader)
    if isinstance(read, dict) and {"id", "modified", "affected"} <= set(read):
        yield read


def _about(advisory: Mapping[str, Any], by_name: Mapping[tuple[str, str], list[Package]]) -> Iterator[Known]:
    for affected in advisory["affected"]:
        about = affected.get("package", {"ecosystem": "", "name": ""})
        ecosystem, name = about["ecosystem"], about["name"]
        name = canonicalize_name(name) if ecosystem == PYPI else name
        for locked in by_name.get((ecosystem, name), []):
            if is_affected(locked.version, affected, order_of(ecosystem)):
                yield Known(locked, advisory["id"], tuple(_fixed(affected)))


def is_affected(version: str, affected: Mapping[str, Any], order: Order) -> bool:
    """Whether a version is among the affected ones: named, or in a range."""
    if version in affected.get("versions", []):
        return True
    if version in affected.get("except", []):
        return False
    if "specifier" in affected and SpecifierSet(affected["specifier"]).contains(version, prereleases=True):
        return True
    ranges = [one for one in affected.get("ranges", []) if one["type"] in ("ECOSYSTEM", "SEMVER")]
    return any(_is_within(version, one["events"], order) for one in ranges)


def _is_within(version: str, events: Iterable[Mapping[str, str]], order: Order) -> bool:
    """The last event at or before the version decides; a version that is `last_affected` is affected itself."""
    here = order(version)
    told = sorted(((order(at), kind) for one in events for kind, at in one.items() if kind != "limit"),
                  key=lambda event: event[0])  # fmt: skip
    within = False
    for at, kind in told:
        if kind == "introduced" and here >= at:
            within = True
        elif (kind == "fixed" and here >= at) or (kind == "last_affected" and here > at):
            within = False
    return within


def _fixed(affected: Mapping[str, Any]) -> Iterator[str]:
    for one in affected.get("ranges", []):
        yield from (event["fixed"] for event in one["events"] if "fixed" in event and one["type"] != "GIT")


def order_of(ecosystem: str) -> Order:
    """How versions of an ecosystem follow one another."""
    return _order_of_pypi if ecosystem == PYPI else order_of_semver


def _order_of_pypi(version: str) -> Version:
    try:
        return Version(version)
    except InvalidVersion:
        return Version("0")  # "0" of an event, and names of old that nothing in a lock file has


def order_of_semver(version: str) -> tuple[Any, ...]:
    """The order of Semantic Versioning 2.0.0, section 11."""
    core, _, before = version.partition("+")[0].partition("-")
    numbers = tuple(int(one) for one in re.findall(r"\d+", core)[:3])
    parts = tuple((0, int(one), "") if one.isdigit() else (1, 0, one) for one in before.split(".")) if before else ()
    return (*numbers, *(0,) * (3 - len(numbers))), not before, parts


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value).replace("Z", "+00:00"))
