"""A study of a call trace on a road graph: what it needs, what it becomes, and every fault in its tables."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl
import pytest

from beredt.errors import StudyError
from beredt.model.dictionary import load_tables
from beredt.model.issue import Issue, has_errors
from beredt.model.read import load_study, read_study
from beredt.model.road_source import LARGE_ROAD_TABLES
from beredt.model.study_form import StudyForm
from tests.tiny_study import tiny_files, write_files
from tests.tiny_trace_study import trace_files, write_trace_study

REPLAY = StudyForm("graph", "trace")
NEEDED = [name for name, table in load_tables().items() if REPLAY.asks(table.needed_by)]
Files = dict[str, str | bytes | None]


def issues_of(folder: Path, changes: Files) -> tuple[Issue, ...]:
    kept = {name: text for name, text in {**trace_files(), **changes}.items() if text is not None}
    study, issues = read_study(write_files(folder, kept))
    assert (study is None) == has_errors(issues)
    return issues


def replaced(name: str, old: str, new: str) -> Files:
    text = str(trace_files()[name])
    assert old in text
    return {name: text.replace(old, new)}


def test_is_read_without_any_issue(tmp_path: Path) -> None:
    study, issues = read_study(write_trace_study(tmp_path))
    assert issues == ()
    assert study is not None


def test_needs_no_population_and_no_outlines(tmp_path: Path) -> None:
    study = load_study(write_trace_study(tmp_path))
    assert study.population.is_empty()
    assert study.links.is_empty()
    assert not [*study.service.rates, *study.service.profile, *study.service.border_rules]
    assert study.outlines == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize("name", [f"{name}.csv" for name in NEEDED])
def test_a_missing_table(tmp_path: Path, name: str) -> None:
    found = [issue for issue in issues_of(tmp_path, {name: None}) if issue.file == name]
    assert [issue.message for issue in found] == ["the file is missing"]


@pytest.mark.parametrize("name", ["links.csv", "rates.csv", "speeds.csv"])
def test_a_table_of_another_form_is_a_warning(tmp_path: Path, name: str) -> None:
    (issue,) = issues_of(tmp_path, {name: tiny_files()[name]})
    assert (issue.file, issue.severity) == (name, "warning")
    assert "roads.form = graph and demand.source = trace has no use" in issue.message


def test_the_form_is_told_from_a_torn_settings_file(tmp_path: Path) -> None:
    issues = issues_of(tmp_path, {"study.toml": str(trace_files()["study.toml"]) + "\nseed = \n"})
    assert [issue.file for issue in issues] == ["study.toml"]


def test_a_graph_needs_its_plane(tmp_path: Path) -> None:
    issues = issues_of(tmp_path, replaced("study.toml", "x_km_per_degree = 55.8\n", ""))
    assert any("needs x_km_per_degree" in issue.message for issue in issues)


def test_the_trace_keeps_every_figure(tmp_path: Path) -> None:
    trace = load_study(write_trace_study(tmp_path)).trace
    assert trace is not None
    assert trace["incident"].to_list() == [1, 2, 3, 4, 5, 7]
    assert trace.row(1, named=True) == {
        "incident": 2, "call_s": 90.5, "urgency": "A", "lat": 59.9005, "lon": 10.5305, "handling_s": 50.0,
        "mobilisation_s": 0.0, "on_scene_s": 600.0, "transported": False, "hospital": None, "handover_s": 0.0,
        "area": "town",
    }  # fmt: skip


def test_modes_periods_and_cover_times_are_objects(tmp_path: Path) -> None:
    study = load_study(write_trace_study(tmp_path, travel_timing="start_s,set\n3600,day\n0,day\n"))
    assert [(mode.id, mode.off_road_kmh) for mode in study.travel_modes] == [("mode-1", 47.0), ("mode-2", 33.0)]
    assert [period.start_s for period in study.travel_periods] == [0.0, 3600.0]
    assert study.travel_periods[0].mode_of["transport"] == "mode-2"
    assert [(one.urgency, one.cover_s) for one in study.cover] == [("A", 430.0), ("V", 1150.0)]
    assert study.demand_points["people"].to_list() == [100.0, 50.5]


def test_roads_are_read_when_asked_for(tmp_path: Path) -> None:
    study, _ = read_study(write_trace_study(tmp_path), look_at_roads=False)
    assert study is not None
    assert study.roads is not None
    frames = study.roads.read()
    assert (frames.nodes.height, frames.arcs.height, frames.times.height) == (8, 17, 34)
    assert study.roads.time_unit_s == 60


def test_roads_that_were_not_looked_at_are_checked_when_read(tmp_path: Path) -> None:
    folder = write_trace_study(tmp_path, road_arcs=str(trace_files()["road_arcs.csv"]).replace("1,1,2", "1,1,99", 1))
    study, issues = read_study(folder, look_at_roads=False)
    assert issues == ()
    assert study is not None
    assert study.roads is not None
    with pytest.raises(StudyError, match="there is no 99"):
        study.roads.read()


def test_the_checksum_of_roads_knows_the_roads_and_nothing_else(tmp_path: Path) -> None:
    def checksum(name: str, **changed: str) -> str:
        roads = load_study(write_trace_study(tmp_path / name, **changed)).roads
        assert roads is not None
        return roads.checksum

    plain = checksum("plain")
    assert checksum("trace", trace=str(trace_files()["trace.csv"]).replace("90.5", "91")) == plain
    others = [
        checksum(name, **{name: str(trace_files()[f"{name}.csv"]).replace(old, new)})
        for name, old, new in (
            ("road_nodes", "59.9,", "59.91,"),
            ("road_arcs", "1.0", "1.5"),
            ("road_times", "1.5", "2"),
            ("travel_modes", "47", "48"),
        )
    ]
    assert len({plain, *others}) == 5


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "message"),
    [
        ("road_nodes.csv", "2,59.9,", "1,59.9,", "id", "duplicate key: another row has the same id (first in row 2)"),
        ("road_nodes.csv", ",1\n", ",0\n", "access", "no node has access: nobody could get on or off the roads"),
        ("road_nodes.csv", "1,59.9,10.5,1", "1,10.5,59.9,1", "lat", "lat and lon are swapped"),
        ("road_arcs.csv", "1,1,2,1.0", "1,1,9,1.0", "to_node", "there is no 9 in road_nodes.id"),
        ("road_arcs.csv", "1,1,2,1.0", "1,1,1,1.0", "to_node", "the arc ends where it begins"),
        ("road_arcs.csv", "1,1,2,1.0", "1,1,2,-1.0", "km", "out of range: too small"),
        ("road_times.csv", "\n1,mode-1,1.0\n", "\n", "arc, mode", "no time for arc 1 with mode mode-1"),
        ("road_times.csv", "\n1,mode-1,1.0\n", "\n1,mode-1,nan\n", "time", "not a finite number"),
        ("road_times.csv", "\n1,mode-1,1.0\n", "\n1,mode-3,1.0\n", "mode", "there is no 'mode-3' in travel_modes.id"),
        ("travel_sets.csv", "day,transport,mode-2\n", "", "set, purpose", "set day has no mode for transport"),
        ("travel_timing.csv", "0,day", "5,day", "start_s", "no set holds from the start at 0 s"),
        ("travel_timing.csv", "0,day", "0,night", "set", "there is no 'night' in travel_sets.set"),
        ("trace.csv", "2,90.5,A", "2,9.5,A", "call_s", "the call came before the one in the row above"),
        ("trace.csv", "7,86399,", "7,86400,", "call_s", "the call came after the 1 simulated days"),
        ("trace.csv", "7,86399,", "5,86399,", "incident",
         "duplicate key: another row has the same incident (first in row 6)"),
        ("trace.csv", "hospital-1", "hospital-2", "hospital", "there is no 'hospital-2' in hospitals.id"),
        ("trace.csv", "59.9005,10.5305", "69.9005,10.5305", "lat",
         "the place lies outside the region (59.8–60 north, 10.4–10.7 east)"),
        ("trace.csv", "90.5,A", "90.5,B", "urgency", "not one of the values"),
        ("cover.csv", "A,430", "A,", "cover_s", "the cell is empty"),
    ],
)  # fmt: skip
def test_every_fault_is_an_issue(tmp_path: Path, file: str, old: str, new: str, field: str, message: str) -> None:
    issues = issues_of(tmp_path, replaced(file, old, new))
    assert (file, field, message) in [(issue.file, issue.field, issue.message) for issue in issues]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [('source = "trace"', 'source = "rates"', "roads.form"), ('form = "graph"', 'form = "links"', "demand.source")],
)
def test_forms_that_do_not_go_together(tmp_path: Path, old: str, new: str, field: str) -> None:
    issues = issues_of(tmp_path, replaced("study.toml", old, new))
    assert field in [issue.field for issue in issues if issue.file == "study.toml"]


def test_a_call_before_units_are_on_duty(tmp_path: Path) -> None:
    text = str(trace_files()["study.toml"]).replace('source = "trace"', 'source = "trace"\nstart_s = 100')
    messages = [issue.message for issue in issues_of(tmp_path, {"study.toml": text})]
    assert "the call came before the trace begins (100 s)" in messages


def test_several_areas_ask_for_the_area_of_each_incident(tmp_path: Path) -> None:
    areas = str(trace_files()["areas.csv"])
    two = areas + areas.splitlines()[1].replace("town,59.905", "field,59.90") + "\n"
    (issue,) = issues_of(tmp_path / "without", {"areas.csv": two})
    assert (issue.file, issue.field, issue.remedy) == ("trace.csv", "area", "add the column area")
    lines = str(trace_files()["trace.csv"]).splitlines()
    named = [f"{lines[0]},area", *(f"{line},town" for line in lines[1:-1]), f"{lines[-1]},"]
    (issue,) = issues_of(tmp_path / "with", {"areas.csv": two, "trace.csv": "\n".join(named) + "\n"})
    assert (issue.row, issue.count, issue.field) == (7, 1, "area")


def test_patients_need_a_unit_that_transports(tmp_path: Path) -> None:
    issues = issues_of(tmp_path, replaced("unit_kinds.csv", "ambulanse,1,1,1", "ambulanse,0,1,1"))
    assert any("no main unit can take them" in issue.message for issue in issues)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        ('edit = "scale_rate"\nurgency = "*"\nfactor = 1.2\nmunicipalities = ["town"]', "a call trace"),
        ('edit = "scale_interval"\ninterval = "*"\nurgency = "*"\nfactor = 2.0', "a call trace"),
        ('edit = "set_misrouting"\nshare = 0.1', "a call trace"),
        ('edit = "scale_speed"\npurpose = "*"\nfactor = 2.0', "a road graph"),
        ('edit = "set_speed"\npurpose = "A"\nfactor = 2.0', "a road graph"),
    ],
)
def test_an_edit_without_effect_is_told(tmp_path: Path, edit: str, words: str) -> None:
    text = f'id = "1"\ntitle = {{ en = "One" }}\ndescription = {{ en = "One." }}\n\n[[edits]]\n{edit}\n'
    issues = issues_of(tmp_path, {"alternatives/1.toml": text})
    assert any(issue.file == "alternatives/1.toml" and words in issue.message for issue in issues)


def parquet(name: str) -> bytes:
    buffer = io.BytesIO()
    kept = {"number": pl.String, "start": pl.String, "end": pl.String, "hospital": pl.String}
    frame = pl.read_csv(io.StringIO(str(trace_files()[name])), schema_overrides=kept)
    flags = [column for column in ("access", "transported") if column in frame.columns]
    frame.with_columns(pl.col(flags).cast(pl.Boolean)).write_parquet(buffer)
    return buffer.getvalue()


def test_parquet_is_read_as_csv_is(tmp_path: Path) -> None:
    plain = load_study(write_trace_study(tmp_path / "csv"))
    files = {
        name.replace(".csv", ".parquet") if name.endswith(".csv") else name: (
            parquet(name) if name.endswith(".csv") else text
        )
        for name, text in trace_files().items()
    }
    other = load_study(write_files(tmp_path / "parquet", files))
    assert plain.trace is not None
    assert other.trace is not None
    assert other.trace.equals(plain.trace)
    assert other.service == plain.service
    assert plain.roads is not None
    assert other.roads is not None
    mine, theirs = plain.roads.read(), other.roads.read()
    assert theirs.nodes.equals(mine.nodes)
    assert theirs.arcs.equals(mine.arcs)
    assert theirs.times.equals(mine.times)


def test_all_large_tables_are_road_tables() -> None:
    assert set(LARGE_ROAD_TABLES) <= set(NEEDED)
