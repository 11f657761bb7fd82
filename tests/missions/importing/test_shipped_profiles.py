"""A tiny story for each shipped profile: lines as such systems write them, and what must be in the store."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyproj
import pytest

from beredt.missions.find_profile import load_profile
from beredt.missions.importing.import_log import Imported, import_log
from beredt.missions.importing.plan import ImportPlan


def imported(tmp_path: Path, name: str, content: bytes) -> Imported:
    log = tmp_path / "log.csv"
    log.write_bytes(content)
    plan = ImportPlan((log,), load_profile(name), tmp_path / "store", key=bytes(range(32)))
    return import_log(plan, lambda *_: None, lambda _: None)


def local(missions: pl.DataFrame, stamp: str, zone: str) -> list[str | None]:
    return missions[stamp].dt.convert_time_zone(zone).dt.strftime("%Y-%m-%d %H:%M:%S").to_list()


AMIS = (
    '"","hastegrad","tidspunkt","tiltak_opprettet","ressurs_id","tiltak_type","varslet","rykker_ut","ank_hentested",'
    '"avg_hentested","ank_levsted","ledig","ssbid1000M","xcoor","ycoor","geometry"\r\n'
    '"1","A","31.12.2023 23:58:10 ","31.12.2023 23:58:40 ","3-1-1","Ambulanse","31.12.2023 23:59:30 ",'
    '"01.01.2024 00:00:50 ","01.01.2024 00:08:00 ","01.01.2024 00:30:00 ","01.01.2024 00:45:00 ",'
    '"01.01.2024 01:02:00 ",22450006645000,245500,6645500,c(245500, 6645500)\r\n'
    '"2","A","31.12.2023 23:58:10 ","31.12.2023 23:58:45 ","3-1-9","Akuttbil","31.12.2023 23:59:35 ",'
    '"","","","","01.01.2024 00:05:00 ",22450006645000,245500,6645500,c(245500, 6645500)\r\n'
    '"3","V2","01.01.2024 09:00:00 ","01.01.2024 09:00:30 ","7-2-1","Båtambulanse","01.01.2024 09:10:00 ",'
    '"01.01.2024 09:12:00 ","01.01.2024 09:40:00 ","","","01.01.2024 10:00:00 ",22450006645000,245500,6645500,'
    '"c(245500, 6645500)"\r\n'
).encode("windows-1252")


def test_an_export_of_amis(tmp_path: Path) -> None:
    found = imported(tmp_path, "amis", AMIS)
    missions, incidents = found.store.missions().collect(), found.store.incidents().collect()
    assert missions["unit_kind"].to_list() == ["ambulance", "single_responder", "boat"]
    assert missions["urgency"].to_list() == ["A", "A", "V"]
    assert missions["planned"].to_list() == [False, False, True]
    assert local(missions, "scene_t", "Europe/Oslo") == ["2024-01-01 00:08:00", None, "2024-01-01 09:40:00"]
    assert incidents["missions"].to_list() == [2, 1]
    assert (incidents["first_scene_t"][0] - incidents["call_t"][0]).total_seconds() == 590
    lon, lat = pyproj.Transformer.from_crs("EPSG:25833", "EPSG:4326", always_xy=True).transform(245_500, 6_645_500)
    assert (missions["lat"][0], missions["lon"][0]) == pytest.approx((lat, lon), abs=1e-8)
    assert found.store.info.rules["joined_cells"] == 2
    assert found.store.info.privacy == {}


SAN_FRANCISCO = (
    "Call Number,Unit ID,Incident Number,Call Type,Call Date,Watch Date,Received DtTm,Entry DtTm,Dispatch DtTm,"
    "Response DtTm,On Scene DtTm,Transport DtTm,Hospital DtTm,Call Final Disposition,Available DtTm,Address,City,"
    "Station Area,Original Priority,Priority,Final Priority,Unit Type,case_location\n"
    "230010001,E01,23000001,Medical Incident,01/01/2023,12/31/2022,01/01/2023 12:01:00 AM,01/01/2023 12:02:00 AM,"
    "01/01/2023 12:02:30 AM,01/01/2023 12:03:30 AM,01/01/2023 12:06:00 AM,,,Code 2 Transport,01/01/2023 12:30:00 AM,"
    "100 Block of A ST,San Francisco,01,3,3,3,ENGINE,POINT (-122.41 37.78)\n"
    "230010001,M07,23000001,Medical Incident,01/01/2023,12/31/2022,01/01/2023 12:01:00 AM,01/01/2023 12:02:00 AM,"
    "01/01/2023 12:02:30 AM,01/01/2023 12:04:00 AM,01/01/2023 12:09:00 AM,01/01/2023 12:25:00 AM,"
    "01/01/2023 12:40:00 AM,Code 2 Transport,01/01/2023 01:10:00 AM,100 Block of A ST,San Francisco,01,3,3,3,MEDIC,"
    "POINT (-122.41 37.78)\n"
    "230010002,B02,23000002,Alarms,01/01/2023,12/31/2022,01/01/2023 01:00:00 PM,01/01/2023 01:01:00 PM,"
    "01/01/2023 01:02:00 PM,,,,,Cancelled,01/01/2023 01:03:00 PM,1 B ST,San Francisco,02,B,3,2,CHIEF,\n"
)


@pytest.mark.parametrize("names", ["download", "API"])
def test_a_dispatch_log_of_san_francisco(tmp_path: Path, names: str) -> None:
    header, rest = SAN_FRANCISCO.split("\n", 1)
    header = header if names == "download" else header.lower().replace(" ", "_")
    found = imported(tmp_path, "cad_sf", f"{header}\n{rest}".encode())
    missions, incidents = found.store.missions().collect(), found.store.incidents().collect()
    assert missions["unit_kind"].to_list() == ["single_responder", "ambulance", "operations_leader"]
    assert missions["urgency"].to_list() == ["A", "A", "H"]
    assert missions["urgency_first"].to_list() == ["A", "A", "H"]
    assert local(missions, "dest_t", "America/Los_Angeles") == [None, "2023-01-01 00:40:00", None]
    assert missions["cancelled"].to_list() == [False, False, True]
    assert (missions["lat"][0], missions["lon"][0]) == (37.78, -122.41)
    assert incidents["key"].to_list() == ["230010001", "230010002"]
    assert (incidents["first_scene_t"][0] - incidents["call_t"][0]).total_seconds() == 480
    assert (incidents["first_responder_scene_t"][0] - incidents["call_t"][0]).total_seconds() == 300
    assert list(found.store.info.privacy.values()) == ["left out"]


REGISTRY = (
    "hendelse_id;pasient_lopenr;ressurs_id;ressurstype;hastegrad;hastegrad_ved_mottak;tidspunkt_henvendelse;"
    "tidspunkt_varslet;tidspunkt_rykker_ut;tidspunkt_ankomst_hentested;tidspunkt_ledig;kommunenummer;alder\n"
    "77;900001;3-1-1;Ambulanse;H;A;03.02.2023 10:00;03.02.2023 10:02;03.02.2023 10:03;03.02.2023 10:15;"
    "03.02.2023 11:00;3201;81\n"
)


def test_a_record_of_the_patient_registry(tmp_path: Path) -> None:
    found = imported(tmp_path, "npr", REGISTRY.encode())
    row = found.store.missions().collect().row(0, named=True)
    assert (row["urgency"], row["urgency_first"], row["age"], row["municipality"]) == ("H", "A", 81, "3201")
    assert len(row["patient"]) == 24
    assert "900001" not in str(row)
    assert found.store.incidents().collect()["key"].to_list() == ["77"]


def test_a_log_written_by_hand_with_times_of_day(tmp_path: Path) -> None:
    lines = "incident,date,unit,call,arrived,free\n5,2026-01-31,A1,23:50,00:04,00:40\n5,2026-01-31,A2,23:50,,\n"
    found = imported(tmp_path, "one_row_per_unit", lines.encode())
    missions = found.store.missions().collect()
    assert local(missions, "scene_t", "Europe/Oslo") == ["2026-02-01 00:04:00", None]
    assert found.store.info.unit_responses == 1
    assert found.store.info.missions == 2
