"""The server as a whole: what it lists, what it refuses, and how it says so."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from beredt.report.words import list_languages
from beredt.web.app import create_app
from beredt.web.library import Library, open_library
from beredt.web.openapi import main, openapi_text
from beredt.web.parts import Parts
from beredt.web.security import CONTENT_SECURITY_POLICY
from tests.web.conftest import ADDRESS


def test_a_study_is_listed_and_told(client: TestClient, folder: Path) -> None:
    (head,) = client.get("/api/studies").json()["studies"]
    assert (head["id"], head["folder"], head["usable"], head["issues"]) == ("tiny", str(folder), True, [])
    study = client.get("/api/studies/tiny").json()
    assert study["fingerprint"] == head["fingerprint"]
    assert [one["id"] for one in study["alternatives"]] == ["today", "0+", "2"]
    assert [one["colour"] for one in study["alternatives"]] == [0, 1, 2]
    assert study["alternatives"][0]["edits"] == []
    assert [one["edit"] for one in study["alternatives"][2]["edits"]][:2] == ["assign_areas", "transfer_station"]
    assert {one["kind"] for one in study["groups"]} == {"all", "group", "municipality", "district"}
    split = next(one for one in study["rosters"] if one["id"] == "split")
    assert len(split["shifts"]) == 3
    assert split["text"]["en"] == "07:00–15:00 Mon–Fri, 16:00–23:00 Mon–Fri and 08:00–24:00 Sat–Sun"
    assert set(study["title"]) == set(list_languages()), "a language that the study lacks has the nearest text"


def test_a_study_is_read_again_when_its_files_change(client: TestClient, folder: Path) -> None:
    before = client.get("/api/studies/tiny").json()
    (folder / "alternatives" / "2.toml").unlink()
    settings = folder / "study.toml"
    settings.write_text(settings.read_text("utf-8").replace('2 = "st-mid"', ""), encoding="utf-8")
    after = client.get("/api/studies/tiny").json()
    assert after["fingerprint"] != before["fingerprint"]
    assert [one["id"] for one in after["alternatives"]] == ["today", "0+"]


def test_a_faulty_study_opens_and_shows_its_issues(client: TestClient, folder: Path) -> None:
    units = folder / "units.csv"
    units.write_text(units.read_text("utf-8").replace("st-west", "st-wets"), encoding="utf-8")
    (head,) = client.get("/api/studies").json()["studies"]
    assert not head["usable"]
    (issue,) = head["issues"]
    assert (issue["file"], issue["field"], issue["value"]) == ("units.csv", "station", "st-wets")
    assert "st-west" in issue["remedy"]
    answer = client.get("/api/studies/tiny")
    assert answer.status_code == 422
    assert answer.json()["issues"] == head["issues"]


def test_two_studies_of_one_id_are_told_apart(folder: Path, tmp_path: Path) -> None:
    import shutil

    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    library = open_library([str(folder), str(copy), str(folder)], tmp_path / "data")
    assert [study.id for study in library.list_studies()] == ["tiny", "tiny-2"]


def test_a_bundled_study_is_worked_on_as_a_copy(tmp_path: Path) -> None:
    (opened,) = open_library(["asker-baerum"], tmp_path).list_studies()
    assert opened.bundled_copy
    assert opened.folder == (tmp_path / "studies" / "asker-baerum").resolve()
    mark = opened.folder / "alternatives" / "9.toml"
    mark.write_text("mine", encoding="utf-8")
    open_library(["asker-baerum"], tmp_path)
    assert mark.read_text("utf-8") == "mine", "a copy that is there stays"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/studies/frog", 404),
        ("/api/frog", 404),
        ("/api/words/de", 422),
        ("/api/studies/tiny/drives?lat=59.9", 422),
        ("/api/studies/tiny/drives?lat=nan&lon=10.6", 422),
        ("/api/studies/tiny/drives?lat=1&lon=2", 422),
        ("/api/studies/..%2F..%2Fetc/map", 404),
        ("/api/studies/%2e%2e", 404),
    ],
)
def test_what_cannot_be_answered_is_a_problem(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_a_fault_of_the_program_is_a_problem_without_its_inside(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(study_id: str) -> None:
        raise RuntimeError(f"a secret of {study_id}")

    monkeypatch.setattr(library, "get", break_down)
    app = create_app(Parts(library, screen=tmp_path))
    answer = TestClient(app, base_url=ADDRESS, raise_server_exceptions=False).get("/api/studies/tiny")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "secret" not in answer.text
    assert "RuntimeError while answering GET /api/studies/tiny" in answer.json()["detail"]
    assert "a secret of tiny" in capsys.readouterr().err


def test_words_are_the_same_keys_in_every_language(client: TestClient) -> None:
    words = {language: client.get(f"/api/words/{language}").json() for language in list_languages()}
    assert words["nb"]["server.group.stations"] == "Stasjoner"
    assert {frozenset(one) for one in words.values()} == {frozenset(words["en"])}


# ---- who is let in, and what the browser is told ---------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/api/studies", "/api/frog", "/some/view"])
def test_every_answer_carries_the_policy(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::2]", "]["])
def test_a_foreign_name_of_the_server_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/api/studies", headers={"host": host})
    assert answer.status_code == 403
    assert "is not called" in answer.json()["detail"]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8770", "127.0.0.1:1", "[::1]:8770"])
def test_own_names_are_known(client: TestClient, host: str) -> None:
    assert client.get("/api/studies", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
     {"origin": "http://127.0.0.1:5173"}, {"origin": "null"}],
)  # fmt: skip
def test_a_change_asked_for_by_another_site_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/api/studies/tiny/service", json={"edits": []}, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("headers", [{}, {"origin": ADDRESS}, {"sec-fetch-site": "same-origin"}])
def test_own_pages_may_ask(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/api/studies/tiny/service", json={"edits": []}, headers=headers).status_code == 200


def test_a_body_without_its_type_is_not_read(client: TestClient) -> None:
    answer = client.post("/api/studies/tiny/service", content=b'{"edits": []}', headers={"content-type": "text/plain"})
    assert answer.status_code == 422


@pytest.mark.parametrize(("language", "title"), [("en", "This is too large"), ("nb", "Dette er for stort")])
def test_a_giant_body_is_refused(client: TestClient, language: str, title: str) -> None:
    giant = {"edits": [{"edit": "x" * 9_000_000}]}
    answer = client.post("/api/studies/tiny/service", json=giant, headers={"accept-language": language})
    assert answer.status_code == 413
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["title"], answer.json()["status"]) == (title, 413)
    assert answer.json()["detail"]


# ---- the screen ------------------------------------------------------------------------------------------


def test_a_screen_that_is_not_built_says_what_to_do(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 503
    assert "./dev web" in answer.text


def test_files_of_the_screen_come_as_the_build_has_compressed_them(library: Library, tmp_path: Path) -> None:
    screen = tmp_path / "screen"
    (screen / "assets").mkdir(parents=True)
    (screen / "index.html").write_text("first page", encoding="utf-8")
    (screen / "assets" / "app-1a2b.js").write_text("let a", encoding="utf-8")
    (screen / "assets" / "app-1a2b.js.gz").write_bytes(gzip.compress(b"let a"))
    (screen / "assets" / "app-1a2b.js.br").write_bytes(b"brotli")
    client = TestClient(create_app(Parts(library, screen=screen)), base_url=ADDRESS)
    for taken, form, ending in (("gzip, br", "br", ".br"), ("gzip;q=0.9", "gzip", ".gz"), ("identity", None, "")):
        with client.stream("GET", "/assets/app-1a2b.js", headers={"accept-encoding": taken}) as answer:
            assert answer.headers.get("content-encoding") == form
            assert answer.headers["content-type"].startswith("text/javascript")
            assert "immutable" in answer.headers["cache-control"]
            kept = (screen / "assets" / f"app-1a2b.js{ending}").read_bytes()
            assert b"".join(answer.iter_raw()) == kept


@pytest.mark.parametrize(
    ("address", "study"), [("/", "tiny"), ("/s/tiny", "tiny"), ("/s/tiny/", "tiny"), ("/s/a%22%3E%3Cb", "a%22%3E%3Cb"),
                           ("/s/tiny/report", None), ("/login-help", None)]
)  # fmt: skip
def test_the_first_page_of_a_map_names_what_the_map_needs(
    library: Library, tmp_path: Path, address: str, study: str | None
) -> None:
    (tmp_path / "index.html").write_text("first page", encoding="utf-8")
    client = TestClient(create_app(Parts(library, screen=tmp_path)), base_url=ADDRESS)
    link = client.get(address).headers.get("link")
    if study is None:
        assert link is None
    else:
        base = f"/api/studies/{study}"
        told = [f"<{one}>; rel=preload; as=fetch; crossorigin" for one in (base, f"{base}/map")]
        assert link == ", ".join(told)


def test_files_of_the_screen_and_its_first_page_for_every_view(library: Library, tmp_path: Path) -> None:
    screen = tmp_path / "screen"
    (screen / "assets").mkdir(parents=True)
    (screen / "index.html").write_text("first page", encoding="utf-8")
    (screen / "assets" / "app-1a2b.js").write_text("let a", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    client = TestClient(create_app(Parts(library, screen=screen)), base_url=ADDRESS)
    for view in ("/", "/tiny/compare", "/index.html"):
        assert client.get(view).text == "first page"
        assert client.get(view).headers["cache-control"] == "no-cache"
    script = client.get("/assets/app-1a2b.js")
    assert script.text == "let a"
    assert script.headers["content-type"].startswith("text/javascript")
    assert "immutable" in script.headers["cache-control"]
    assert client.get("/assets/gone.js").status_code == 404, "a missing file is not the first page"
    for way in (
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/..\\secret.txt",
    ):
        assert client.get(way).text != "secret"
    (screen / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert client.get("/link.txt").status_code == 404, "a link that leads out is not followed"


# ---- the description for the client ----------------------------------------------------------------------


def test_the_description_is_steady_and_names_every_route(tmp_path: Path) -> None:
    document = json.loads(openapi_text())
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert all(path.startswith("/api/") for path in document["paths"])
    assert all("default" in operation["responses"] for operation in operations), "each may answer a problem"
    assert openapi_text() == openapi_text()
    assert main([str(tmp_path / "openapi.json")]) == 0
    assert (tmp_path / "openapi.json").read_text("utf-8") == openapi_text()


# ---- odd input -------------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
ODD_EDITS = st.lists(
    st.dictionaries(st.sampled_from(["edit", "id", "station", "lat", "lon", "unit", "x"]), JSON | st.sampled_from(
        ["move_station", "add_unit", "st-east", "set_dispatch", "*"]), max_size=5),
    max_size=3,
)  # fmt: skip


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A server for many questions that change nothing."""
    from tests.tiny_study import write_tiny_study

    folder = tmp_path_factory.mktemp("steady")
    library = open_library([str(write_tiny_study(folder / "tiny"))], folder)
    return TestClient(create_app(Parts(library, screen=folder)), base_url=ADDRESS)


@given(edits=ODD_EDITS)
def test_odd_edits_are_told_never_a_fault(steady: TestClient, edits: list[dict[str, object]]) -> None:
    body = json.dumps({"edits": edits})  # with NaN and infinity as Python writes them
    answer = steady.post("/api/studies/tiny/service", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        lines = answer.json()["lines"]
        assert len(lines) == len(edits)
        assert all(line["text"] for line in lines)


@given(path=st.text(max_size=30))
def test_odd_addresses_are_told_never_a_fault(steady: TestClient, path: str) -> None:
    from urllib.parse import quote

    answer = steady.get(f"/api/studies/{quote(path, safe='')}")
    assert answer.status_code in (200, 404, 405)
