"""From a folder of fetched files to a study that can be checked, looked over and run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import polars as pl

from beredt.errors import FoundingError
from beredt.founding.ages import counted_people, counted_year
from beredt.founding.borders import Municipality, read_municipalities, slug
from beredt.founding.outlines import outlines_of
from beredt.founding.places import NEARBY_KM, Place, is_hospital_with_emergency, read_places
from beredt.founding.settings_text import settings_text, sources_text
from beredt.founding.sources import FetchedFiles, read_fetched
from beredt.founding.tables import Founded, study_tables
from beredt.founding.trusts import read_trusts
from beredt.model.dictionary import load_tables
from beredt.model.issue import Issue, has_errors
from beredt.model.read import find_study_folder, read_study
from beredt.model.study_form import StudyForm
from beredt.roads.imported.folder import FOLDER_IN_STUDY

TEMPLATE = "asker-baerum"
ROADS = "roads"
"""The source whose roads are imported."""
SAME_PEOPLE = 0.02
"""Small squares are blurred by their publisher, which comes to 1 %; more has another reason."""
USED = (
    "population-grid", "population-age", "projection", "municipalities", "municipality-borders", "ambulance-stations",
    "hospitals", "health-trusts", "roads",
)  # fmt: skip
EMPTY_ALTERNATIVE = """id = "0+"

[title]
en = "0+ Today's organisation, improved"
nb = "0+ Dagens organisering, forbedret"

[description]
en = "Today's organisation. Improvements within it belong here, as edits."
nb = "Dagens organisering. Forbedringer innenfor den hører hjemme her, som endringer."
"""


@dataclass(frozen=True, slots=True)
class FoundedStudy:
    """What was founded: the folder, how many of everything, and what the checks say that a person should look at."""

    folder: Path
    counts: dict[str, int]
    people: float
    issues: tuple[Issue, ...]


def found_study(source: Path, numbers: Sequence[str], out: Path) -> FoundedStudy:
    """Read a folder of fetched files and write the study of some municipalities.

    Args:
        source: folder that `beredt fetch` filled.
        numbers: four-digit numbers of the municipalities.
        out: folder of the study, new or empty.

    Raises:
        FoundingError: With everything that is wrong or missing; nothing is written then.
    """
    files = read_fetched(source)
    founded = _read(files, numbers)
    tables = study_tables(founded, files, find_study_folder(TEMPLATE))
    with draft_of(out) as draft:
        _write(draft, founded, files, tables, out.resolve().name)
        lost = _add_roads(draft, files)
        issues = checked(draft)
    today = tables["population"].filter(pl.col("year") == founded.year)
    unlike = _not_counted_alike(founded, files, tables, today)
    return founded_study(out, tables, founded.year, (*issues, *unlike, *lost))


def founded_study(out: Path, tables: dict[str, pl.DataFrame], year: int, issues: tuple[Issue, ...]) -> FoundedStudy:
    """What was founded, counted."""
    counts = {name: tables[name].height for name in ("municipalities", "areas", "stations", "units", "hospitals")}
    people = tables["population"].filter(pl.col("year") == year)["people"].sum()
    return FoundedStudy(out.resolve(), counts, float(people), issues)


@contextmanager
def draft_of(out: Path) -> Iterator[Path]:
    """A folder to write a study into, moved to `out`, new or empty, when all went well: no half study is left."""
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        yield draft
        if out.exists():
            out.rmdir()
        draft.chmod(0o755)
        draft.rename(out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def checked(folder: Path) -> tuple[Issue, ...]:
    """What a person should look at in a study. Raises FoundingError with what keeps it from being used."""
    _, issues = read_study(folder)
    if has_errors(issues):
        raise FoundingError([one for one in issues if one.severity == "error"])
    return issues


def _add_roads(folder: Path, files: FetchedFiles) -> tuple[Issue, ...]:
    """Import the roads that were fetched into the study."""
    file = files.find(ROADS)
    return () if file is None else add_roads(folder, file, files.origins_of(ROADS)[-1].licence, None)


def add_roads(folder: Path, file: Path, licence: str, country: str | None) -> tuple[Issue, ...]:
    """Import roads of OpenStreetMap into a study's folder; what could not be used is told in one issue.

    `country`: whose speed limits hold without a sign; None to find it from where the roads lie.
    """
    from beredt.roads.imported.import_roads import import_roads
    from beredt.roads.osm.read_osm import read_osm
    from beredt.roads.profile.profile import load_profile

    profile, out = load_profile(), folder / FOLDER_IN_STUDY
    answer = import_roads(
        lambda limits, tally: read_osm(file, profile, limits, tally), [file], "osm", profile, country, out, licence
    )
    unsure = tuple(issue for issue in answer.issues if issue.field == "--country")
    rest = [issue for issue in answer.issues if issue not in unsure]
    if not rest:
        return unsure
    message, remedy = "some of the roads could not be used", f"look at {FOLDER_IN_STUDY}/issues.csv in the study"
    where, segments = f"{FOLDER_IN_STUDY}/issues.csv", sum(issue.count for issue in rest)
    return (*unsure, Issue(where, None, None, None, segments, message, remedy, severity="warning"))


def _not_counted_alike(
    founded: Founded, files: FetchedFiles, tables: dict[str, pl.DataFrame], today: pl.DataFrame
) -> tuple[Issue, ...]:
    """Municipalities in which the grid has clearly more or fewer people than the register."""
    counted = counted_people(files.get("population-age"))
    home = tables["areas"].select(area="id", municipality="municipality")
    sums = today.join(home, on="area").group_by("municipality").agg(pl.col("people").sum())
    grid = dict(zip(sums["municipality"].to_list(), sums["people"].to_list(), strict=True))
    return tuple(
        Issue(
            "population.csv",
            None,
            "people",
            f"{grid[one.id]:,.0f} on the grid, {counted[one.number]:,.0f} in the register",
            1,
            f"{one.name} has clearly other people on the grid than in the register",
            "look whether the borders hold the shore, and whether both are of the same year",
            severity="warning",
        )
        for one in founded.municipalities
        if abs(grid[one.id] - counted[one.number]) > SAME_PEOPLE * counted[one.number]
    )


def _read(files: FetchedFiles, numbers: Sequence[str]) -> Founded:
    municipalities = read_municipalities(files, numbers)
    stations = read_places(files.get("ambulance-stations"), municipalities, default_name="ambulance station")
    hospitals = tuple(
        one
        for one in read_places(files.get("hospitals"), municipalities, NEARBY_KM, "hospital")
        if is_hospital_with_emergency(one)
    )
    _refuse_without(files, municipalities, {"ambulance-stations": stations, "hospitals": hospitals})
    return Founded(
        municipalities=municipalities,
        stations=stations,
        hospitals=hospitals,
        trusts=read_trusts(files.find("health-trusts"), municipalities),
        year=counted_year(files.get("population-age")),
    )


def _refuse_without(
    files: FetchedFiles, municipalities: Sequence[Municipality], needed: dict[str, tuple[Place, ...]]
) -> None:
    missing = [
        Issue(
            files.get(source).name, None, None, ", ".join(one.name for one in municipalities), 1,
            f"none of the {source.replace('-', ' ')} lies where the study is",
            "add them to the file by hand, or take more municipalities",
        )
        for source, found in needed.items()
        if not found
    ]  # fmt: skip
    if missing:
        raise FoundingError(missing)


def empty_tables(has_roads: bool) -> dict[str, pl.DataFrame]:
    """Tables that every such study has, without rows."""
    form = StudyForm(roads="map" if has_roads else "links")
    return {
        name: pl.DataFrame(schema=dict.fromkeys([field.name for field in table.fields], pl.String))
        for name, table in load_tables().items()
        if form.asks(table.needed_by) and table.may_be_empty
    }


def _write(folder: Path, founded: Founded, files: FetchedFiles, tables: dict[str, pl.DataFrame], name: str) -> None:
    has_roads = files.find(ROADS) is not None
    settings = settings_text(founded, tables["areas"], tables["municipalities"], slug(name), has_roads=has_roads)
    texts = {
        "study.toml": settings,
        "outlines.geojson": outlines_of(founded.municipalities),
        "SOURCES.md": sources_text(founded, files.origins_of(*USED), has_roads=has_roads),
    }
    write_study(folder, empty_tables(has_roads) | tables, texts)


def write_study(folder: Path, tables: dict[str, pl.DataFrame], texts: dict[str, str]) -> None:
    """Write tables, texts by their file, and the alternative 0+ without edits."""
    for table, frame in tables.items():
        frame.write_csv(folder / f"{table}.csv")
    for file, text in (texts | {"alternatives/0plus.toml": EMPTY_ALTERNATIVE}).items():
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
