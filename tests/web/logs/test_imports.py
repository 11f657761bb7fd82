"""A log through the server: the same store as on the command line, every finding told, nothing lost on the way."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest

from beredt.missions.find_profile import load_profile
from beredt.missions.importing.import_log import import_log
from beredt.missions.importing.plan import ImportPlan
from beredt.missions.store import Store, open_store
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.log_import import LOG_IMPORT
from beredt.web.logs.data_folder import open_shelf
from beredt.web.logs.header import Header
from tests.missions.importing.log_writer import export
from tests.web.logs.conftest import LOGS, ROWS, Desk

Imported = tuple[Desk, str]


def quiet(*_: object) -> None:
    """Nobody watches."""


def by_hand(content: bytes, folder: Path, without: tuple[str, ...] = ()) -> Store:
    """What `beredt missions import` makes of a log."""
    folder.mkdir()
    (folder / "amis.csv").write_bytes(content)
    plan = ImportPlan((folder / "amis.csv",), load_profile("amis"), folder / "store", without)
    return import_log(plan, quiet, quiet).store


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def test_rows_in_are_rows_out_and_rules_count_as_on_the_command_line(
    imported: Imported, amis: bytes, tmp_path: Path
) -> None:
    desk, address = imported
    told = desk.client.get(f"{address}/issues").json()
    store = by_hand(amis, tmp_path / "hand")
    assert (told["store"]["rows_in"], told["store"]["rows_out"]) == (ROWS, ROWS)
    assert {one["rule"]: one["count"] for one in told["found"]} == dict(store.info.rules)
    assert sum(1 for one in told["found"] if one["count"]) > 8
    for one in told["found"]:
        assert (one["kinds"] > 0) == (one["count"] > 0), one["rule"]
        assert len(one["examples"]) == min(one["kinds"], 8)
    codes = next(one for one in told["found"] if one["rule"] == "unknown_urgency")
    assert (codes["examples"][0]["file"], codes["examples"][0]["value"]) == ("amis.csv", "X")
    assert told["reading"]["left_out"] == ["hendelse"]


def test_where_they_are_can_be_taken_along(imported: Imported, amis: bytes, tmp_path: Path) -> None:
    desk, address = imported
    store = by_hand(amis, tmp_path / "hand")
    found = lines(desk.client.get(f"{address}/issues.csv").text)
    assert len(found) == store.findings.height
    for rule in ("unknown_urgency", "overlapping_missions", "no_unit"):
        answer = desk.client.get(f"{address}/issues/{rule}.csv")
        assert answer.headers["content-disposition"].endswith(f'amis-{rule}.csv"')
        rows = lines(answer.text)
        each = {(row["row"], row["incident"]): int(row["rows"]) for row in rows}
        assert sum(each.values()) == store.info.rules[rule], rule
    found = lines(desk.client.get(f"{address}/issues/unknown_urgency.csv").text)
    changed = [row for row in found if row["row"]]  # the others name no unit, and are told by their incident
    text = amis.decode("windows-1252").splitlines()
    assert {row["before"] for row in changed} == {"X"}
    assert all(text[int(row["row"]) - 1].split(";")[3] == "X" for row in changed), "the row of the file is told"
    assert desk.client.get(f"{address}/issues/frog.csv").status_code == 404


def test_a_file_taken_along_is_not_left_behind(
    imported: Imported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, address = imported
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert desk.client.get(f"{address}/issues.csv").status_code == 200
    assert list(tmp_path.iterdir()) == []


def test_rules_are_switched_off_and_the_store_before_is_gone(desk: Desk, amis: bytes) -> None:
    log = desk.upload(amis).json()
    address = f"{LOGS}/{log['id']}"
    first = desk.work(f"{address}/import", {"profile": "amis"})
    second = desk.work(f"{address}/import", {"profile": "amis", "without": ["grouped"]})
    told = desk.client.get(address).json()
    assert (told["store"]["version"], told["store"]["without"]) == (second["id"], ["grouped"])
    assert told["store"]["incidents"] > first["summary"]["incidents"]
    stores = desk.data / "logs" / log["id"] / "stores"
    assert [path.name for path in stores.iterdir()] == [second["id"]]


@pytest.mark.parametrize(
    ("question", "status", "said"),
    [
        ({"profile": "amiss"}, 404, "did you mean 'amis'"),
        ({"profile": "own"}, 404, "there is no profile"),
        ({"profile": "../../etc/passwd.toml"}, 404, "there is no profile"),
        ({"profile": "cad_sf"}, 422, "the profile cannot be used"),
        ({"profile": "amis", "without": ["frog"]}, 404, "there is no rule"),
        ({"profile": "amis", "without": ["broken_row"]}, 422, "cannot be switched off"),
    ],
)
def test_what_cannot_be_imported_is_told_and_asks_for_no_job(
    desk: Desk, amis: bytes, question: dict[str, object], status: int, said: str
) -> None:
    address = f"{LOGS}/{desk.upload(amis).json()['id']}"
    answer = desk.send("POST", f"{address}/import", json=question)
    assert (answer.status_code, said in answer.json()["detail"]) == (status, True), answer.text
    assert desk.client.get("/api/jobs").json()["jobs"] == []
    assert desk.client.get(f"{address}/issues").status_code == 422


def test_identity_numbers_end_an_import_and_are_told_to_nobody(desk: Desk, amis: bytes) -> None:
    spoilt = amis.replace(b";Asker\n", b";01010112345 01019012480\n").replace(b";Asker\r\n", b";01019012480\r\n")
    log = desk.upload(spoilt).json()
    job = desk.work(f"{LOGS}/{log['id']}/import", {"profile": "amis"})
    assert job["state"] == "failed"
    assert "identity numbers" in job["problem"]["issues"][0]["message"]
    assert "01019012480" not in str(desk.client.get("/api/jobs").json())
    assert desk.client.get(f"{LOGS}/{log['id']}").json()["store"] is None


def test_the_file_is_thrown_away_once_it_is_imported(desk: Desk, amis: bytes) -> None:
    log = desk.upload(amis).json()
    address = f"{LOGS}/{log['id']}"
    assert desk.send("DELETE", f"{address}/file").status_code == 422, "nothing was made of it yet"
    desk.work(f"{address}/import", {"profile": "amis"})
    assert desk.send("DELETE", f"{address}/file").json()["has_file"] is False
    again = desk.send("POST", f"{address}/import", json={"profile": "amis"})
    assert (again.status_code, "not here any more" in again.json()["detail"]) == (422, True)
    assert desk.client.get(f"{address}/issues").status_code == 200


def test_a_log_is_deleted_with_everything_of_it(desk: Desk, amis: bytes) -> None:
    log, other = desk.upload(amis).json(), desk.upload(amis).json()
    address = f"{LOGS}/{log['id']}"
    desk.work(f"{address}/import", {"profile": "amis"})
    desk.work(f"{address}/review", {"days": 0})
    assert desk.send("DELETE", address).status_code == 204
    assert desk.client.get(address).status_code == 404
    assert desk.kept() == [other["id"]]
    assert list((desk.data / "jobs").iterdir()) == []


@pytest.mark.reference
def test_every_row_of_a_real_log_whose_cells_list_units_is_found_again(desk: Desk, reference_data: Path) -> None:
    (file,) = (reference_data / "calls" / "rvfd").glob("*.csv.gz")
    log = desk.upload(file.read_bytes(), file.name).json()
    assert log["header"]["best"] == "rvfd"
    job = desk.work(f"{LOGS}/{log['id']}/import", {"profile": "rvfd"})
    assert job["state"] == "done", job["problem"]
    store = desk.client.get(f"{LOGS}/{log['id']}").json()["store"]
    assert (store["rows_in"], store["rows_out"], store["missions"]) == (19_520, 19_520, 44_372)
    rows = lines(desk.client.get(f"{LOGS}/{log['id']}/issues/long_interval.csv").text)
    assert {row["file"] for row in rows} == {file.name}
    assert len(rows) == 6


# ---- a server that is killed -------------------------------------------------------------------------------


def test_an_import_of_a_killed_server_goes_on_and_its_store_is_whole(tmp_path: Path) -> None:
    content = export(12_000, seed=5).encode("windows-1252")
    shelf = open_shelf(tmp_path / "data")
    (tmp_path / "data" / "incoming").mkdir(parents=True)
    (tmp_path / "data" / "incoming" / "amis.csv").write_bytes(content)
    shelf.look = lambda path: Header((), (), "amis", generated=False)
    log = shelf.take_incoming("tiny", "amis.csv", "ann")
    own = shelf.folder_of(log)
    options = {"study": "tiny", "log": log.id, "profile": "amis", "without": [], "generated": False, "who": "ann"}
    before = JobQueue(tmp_path / "data" / "jobs")
    before.start()
    job = before.ask(LOG_IMPORT, "tiny", "", options, quiet)
    work = own.store_path(job.id) / "work"
    for _ in range(4_000):
        if (work / "read" / "000000.json").exists() or before.get(job.id).state != "running":
            break
        time.sleep(0.005)
    before.close()  # ends the process, as the death of the server does
    assert before.get(job.id).state == "interrupted"
    assert own.find_store() is None, "nothing is read that is not whole"
    after = JobQueue(tmp_path / "data" / "jobs")
    assert after.get(job.id).state == "interrupted"
    after.start()
    after.ask_again(job.id)
    for _ in range(4_000):
        if after.get(job.id).state in ("done", "failed"):
            break
        time.sleep(0.02)
    after.close()
    assert after.get(job.id).state == "done", after.get(job.id).problem
    store, whole = own.get_store(), by_hand(content, tmp_path / "hand")
    assert store.info == whole.info
    assert store.missions().collect().equals(whole.missions().collect())
    told = own.find_imported()
    assert told is not None
    assert told["rows_out"] == store.info.rows_in == 12_000


def test_a_server_killed_between_the_store_and_the_word_that_it_holds(desk: Desk, amis: bytes) -> None:
    log = desk.upload(amis).json()
    address, folder = f"{LOGS}/{log['id']}", desk.data / "logs" / log["id"]
    job = desk.work(f"{address}/import", {"profile": "amis"})
    (folder / "imported.json").unlink()
    assert desk.client.get(address).json()["store"] is None
    from beredt.web.jobs.log_import import import_job
    from beredt.web.jobs.work import Teller

    import_job(desk.data / "jobs" / job["id"], job["options"], Teller(io.BytesIO()))
    assert desk.client.get(address).json()["store"]["version"] == job["id"]
    assert open_store(folder / "stores" / job["id"]).info.rows_in == ROWS
