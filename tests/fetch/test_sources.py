"""The shipped sources, asked of a publisher that answers in their forms."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import polars as pl
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.errors import DefinitionError, OptionError, UnknownIdError
from beredt.fetch.asked import Asked
from beredt.fetch.forms.json_stat import labels, read_json_stat
from beredt.fetch.read_sources import read_sources
from beredt.fetch.source import Source
from tests.fetch.conftest import Desk
from tests.fetch.publisher import Answer, Heard
from tests.fetch.real_forms import border, grid_zip, json_stat, metadata, pbf

BOTH = Asked(("9901", "9902"), 2025, "norway/ostlandet")
AGES = ["Region", "Kjonn", "Alder", "ContentsCode", "Tid"]


def _here(source: Source, desk: Desk) -> Source:
    """A shipped source whose publisher is the one of the test."""
    moved = {
        name: f"{desk.publisher.url}/{urlsplit(said).netloc}{urlsplit(said).path}"
        + (f"?{urlsplit(said).query}" if urlsplit(said).query else "")
        for name in ("url", "checksum", "find_url")
        if (said := getattr(source, name))
    }
    return source.model_copy(update=moved)


def _shipped(desk: Desk, name: str) -> Source:
    return _here(read_sources().get(name), desk)


def test_all_shipped_sources_can_be_chosen() -> None:
    sources = read_sources()
    assert {source.id for name in sources.collections for source in sources.choose(name)} <= set(sources.by_id)
    assert sources.choose("roads")[0].licence == "ODbL 1.0"
    with pytest.raises(UnknownIdError, match="norway"):
        sources.choose("norwai")


def test_roads_come_with_the_checksum_told_beside(desk: Desk) -> None:
    from hashlib import md5

    path = "/download.geofabrik.de/europe/norway/ostlandet-latest.osm.pbf"
    desk.publisher.answers[path] = Answer(pbf())
    desk.publisher.answers[f"{path}.md5"] = Answer(f"{md5(pbf()).hexdigest()}  ostlandet.osm.pbf\n".encode())
    fetched = desk.fetch(BOTH).fetch_all([_shipped(desk, "roads")])
    assert [origin.file for origin in fetched.new] == ["roads/norway/ostlandet-latest.osm.pbf"]


def test_grid_in_a_zip_is_read_whichever_way_people_are_called(desk: Desk, tmp_path: Path) -> None:
    for people in ("popTot", "pop_tot"):
        source = _shipped(desk, "population-grid")
        desk.publisher.answers[urlsplit(BOTH.fill(source.url)).path] = Answer(grid_zip(tmp_path, people))
        assert not desk.fetch(BOTH, again=True).fetch_all([source]).issues
    desk.publisher.answers[urlsplit(BOTH.fill(source.url)).path] = Answer(grid_zip(tmp_path, "folk"))
    (issue,) = desk.fetch(BOTH, again=True).fetch_all([source]).issues
    assert "no popTot or pop_tot" in issue.message
    assert "folk" in issue.message


def test_table_is_asked_for_what_it_has(desk: Desk) -> None:
    at = "/data.ssb.no/api/pxwebapi/v2/tables/07459"
    values: list[float | None] = [10.0, 20.0, 30.0, None]
    answer = json_stat(
        dict(zip(AGES, [["K-9901", "K-9902"], ["1"], ["000", "001"], ["Personer1"], ["2025"]], strict=True)), values
    )
    desk.publisher.answers |= {f"{at}/metadata": Answer(metadata(AGES)), f"{at}/data": Answer(answer)}
    fetched = desk.fetch(BOTH).fetch_all([_shipped(desk, "population-age")])
    assert not fetched.issues
    asked = {one["variableCode"]: one["valueCodes"] for one in json.loads(desk.publisher.heard[-1].body)["selection"]}
    assert asked["Region"] == ["K-9901", "K-9902"]
    assert asked["Tid"] == ["2025"]
    table = read_json_stat(desk.folder / "population/age-2025.json")
    assert table.filter(pl.col("Region") == "K-9902")["value"].to_list() == [30.0, None]
    assert labels(desk.folder / "population/age-2025.json", "Alder")["001"] == "label of 001"


def test_table_that_lost_a_variable_is_told(desk: Desk) -> None:
    at = "/data.ssb.no/api/pxwebapi/v2/tables/07459"
    desk.publisher.answers[f"{at}/metadata"] = Answer(metadata(["Region", "Sex", "Alder", "ContentsCode", "Tid"]))
    (issue,) = desk.fetch(BOTH).fetch_all([_shipped(desk, "population-age")]).issues
    assert "no variable Kjonn" in issue.message
    assert "Sex" in issue.message


def test_newest_table_of_a_title_is_taken(desk: Desk) -> None:
    tables = [
        {"id": "14746", "label": "14746: Framskrevet folkemengde, etter alder", "updated": "2024-06-01T06:00:00Z"},
        {"id": "15001", "label": "15001: Framskrevet folkemengde, etter alder", "updated": "2026-06-01T06:00:00Z"},
        {"id": "15900", "label": "15900: Framskrevet folkemengde", "updated": "2027-01-01", "discontinued": True},
        {"id": "16000", "label": "16000: Husholdninger", "updated": "2027-06-01T06:00:00Z"},
    ]
    root = "/data.ssb.no/api/pxwebapi/v2/tables"
    values = json_stat(dict(zip(AGES, [["9901"], ["1"], ["000"], ["Personer"], ["2030"]], strict=True)), {"0": 12.0})
    desk.publisher.answers |= {
        root: Answer(json.dumps({"tables": tables}).encode()),
        f"{root}/15001/metadata": Answer(metadata(AGES)),
        f"{root}/15001/data": Answer(values),
    }
    fetched = desk.fetch(BOTH).fetch_all([_shipped(desk, "projection")])
    assert "/15001/data" in fetched.new[0].url
    desk.publisher.answers[root] = Answer(b'{"tables": []}')
    (issue,) = desk.fetch(BOTH, again=True).fetch_all([_shipped(desk, "projection")]).issues
    assert "no table is called" in issue.message


def test_borders_come_one_by_one(desk: Desk) -> None:
    for number in BOTH.municipalities:
        desk.publisher.answers[f"/ws.geonorge.no/kommuneinfo/v1/kommuner/{number}/omrade"] = Answer(border(number))
    source = _shipped(desk, "municipality-borders")
    fetched = desk.fetch(BOTH).fetch_all([source])
    assert [origin.file for origin in fetched.new] == ["borders/9901.json", "borders/9902.json"]
    assert desk.waits == [0.2]
    (issue,) = desk.fetch(Asked()).fetch_all([source]).issues
    assert "--municipalities" in issue.text()


def test_order_is_waited_for(desk: Desk, tmp_path: Path) -> None:
    content = grid_zip(tmp_path, "kommunenummer")
    at = "/nedlasting.geonorge.no/api/order"
    ready = {"name": "Kommuner.ZIP", "downloadUrl": f"{desk.publisher.url}/file/1", "status": "ReadyForDownload"}

    def order(heard: Heard) -> Answer:
        files = [ready] if len(desk.publisher.heard) > 2 else [ready | {"status": "WaitingForProcessing"}]
        return Answer(json.dumps({"referenceNumber": "abc", "files": files}).encode())

    desk.publisher.answers |= {at: order, f"{at}/abc": order, "/file/1": Answer(content)}
    source = _shipped(desk, "municipalities").model_copy(update={"needs": ("kommunenummer",)})
    fetched = desk.fetch().fetch_all([source])
    assert [origin.file for origin in fetched.new] == ["borders/municipalities.zip"]
    assert json.loads(desk.publisher.heard[0].body)["orderLines"][0]["formats"] == [{"name": "GeoPackage"}]
    assert desk.waits == [5.0, 5.0]


def test_order_that_fails_is_told(desk: Desk) -> None:
    answer = {"referenceNumber": "abc", "files": [{"name": "Kommuner.ZIP", "status": "Error"}]}
    desk.publisher.answers["/nedlasting.geonorge.no/api/order"] = Answer(json.dumps(answer).encode())
    (issue,) = desk.fetch().fetch_all([_shipped(desk, "municipalities")]).issues
    assert "Kommuner.ZIP failed" in issue.message


def test_pages_become_one_list(desk: Desk) -> None:
    at = "/nvdbapiles.atlas.vegvesen.no/vegnett/api/v4/veglenkesekvenser/segmentert"

    def page(heard: Heard) -> Answer:
        number = int(heard.path.partition("page=")[2] or 0)
        following = {"href": f"{desk.publisher.url}{at}?kommune=9901&page={number + 1}"}
        held = [{"veglenkesekvensid": number}] if number < 3 else []
        return Answer(json.dumps({"objekter": held, "metadata": {"neste": following}}).encode())

    desk.publisher.answers[at] = page
    asked = Asked(("9901",))
    desk.fetch(asked).fetch_all([_shipped(desk, "roads-nvdb")])
    held = json.loads((desk.folder / "roads/nvdb-9901.json").read_bytes())
    assert [one["veglenkesekvensid"] for one in held] == [0, 1, 2]
    assert desk.publisher.heard[0].headers["X-Client"] == "Beredt"


def test_pages_without_end_are_told_and_nothing_is_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    at = "/nvdbapiles.atlas.vegvesen.no/vegnett/api/v4/veglenkesekvenser/segmentert"

    def page(heard: Heard) -> Answer:
        following = {"href": f"{desk.publisher.url}{at}?page={len(desk.publisher.heard)}"}
        return Answer(json.dumps({"objekter": [{"id": heard.path}], "metadata": {"neste": following}}).encode())

    desk.publisher.answers[at] = page
    monkeypatch.setattr("beredt.fetch.fetch.MOST_PAGES", 3)
    (issue,) = desk.fetch(Asked(("9901",))).fetch_all([_shipped(desk, "roads-nvdb")]).issues
    assert "more than 3 pages" in issue.message
    assert not list(desk.folder.rglob("*.json"))


def test_places_are_asked_for_in_words_that_overpass_reads(desk: Desk) -> None:
    from urllib.parse import parse_qs

    desk.publisher.answers["/overpass-api.de/api/interpreter"] = Answer(b'{"elements": [{"type": "node", "id": 1}]}')
    assert not desk.fetch().fetch_all([_shipped(desk, "ambulance-stations")]).issues
    asked = parse_qs(desk.publisher.heard[0].body.decode())["data"][0]
    assert 'nwr["emergency"="ambulance_station"](area)' in asked


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[sources]]\nid = 'a'\n", "title"),
        ("nonsense = 1", "nonsense"),
        ("[[sources", "TOML"),
        ("[collections]\nmine = ['nobody']", "nobody"),
    ],
)
def test_faulty_table_is_told(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=said):
        read_sources(path)


def test_number_of_a_municipality_has_four_digits() -> None:
    with pytest.raises(OptionError, match="four digits"):
        Asked(("Asker",))


def test_command_fetches_from_a_table_of_ones_own(desk: Desk, tmp_path: Path) -> None:
    desk.publisher.answers["/lines.csv"] = Answer(b"name,people\nA,1\n")
    own = tmp_path / "own.toml"
    own.write_text(
        f"""[collections]
mine = ["lines"]
[[sources]]
id = "lines"
title = "Lines"
url = "{desk.publisher.url}/lines.csv"
file = "lines.csv"
form = "text"
needs = ["people"]
licence = "CC0"
attribution = "Ourselves"
about = "https://example.org"
""",
        encoding="utf-8",
    )
    call = ["fetch", "mine", "--out", str(desk.folder), "--sources", str(own)]
    done = CliRunner().invoke(build_app(), [*call, "--json"])
    assert done.exit_code == 0, done.output
    assert [one["file"] for one in json.loads(done.stdout)["fetched"]] == ["lines.csv"]
    again = CliRunner().invoke(build_app(), call)
    assert "there already, unchanged" in again.stdout
    desk.publisher.answers["/lines.csv"] = Answer(b"name\nA\n")
    changed = CliRunner().invoke(build_app(), [*call, "--again"])
    assert changed.exit_code == 1
    assert "no people" in changed.output
    assert (desk.folder / "lines.csv").read_bytes() == b"name,people\nA,1\n"


def test_command_lists_sources_and_refuses_what_it_does_not_know() -> None:
    listed = CliRunner().invoke(build_app(), ["fetch", "--list"])
    assert listed.exit_code == 0
    assert "ODbL" in listed.stdout
    assert CliRunner().invoke(build_app(), ["fetch", "nowhere", "--out", "x"]).exit_code == 2
    assert CliRunner().invoke(build_app(), ["fetch", "norway"]).exit_code == 2
