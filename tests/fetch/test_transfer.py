"""An answer is whole on the disk or not there, whatever the network does."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.fetch.asked import Asked
from beredt.fetch.provenance import read_provenance
from tests.fetch.conftest import Desk, fetching_into
from tests.fetch.publisher import Answer

LINES = b"name,people\n" + b"".join(b"%06d,%d\n" % (row, row % 97) for row in range(20_000))
ETAG = {"ETag": '"first"'}


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


WHOLE = ["LICENCES.md", "provenance.json", "text/lines.csv"]


def test_answer_comes_whole_with_its_origin(desk: Desk) -> None:
    desk.publisher.answers["/lines.csv"] = Answer(LINES, headers=ETAG)
    fetched = desk.fetch().fetch_all([desk.source(needs=("name", "people|pop"))])
    assert (desk.folder / "text/lines.csv").read_bytes() == LINES
    (origin,) = read_provenance(desk.folder)
    assert fetched.new == (origin,)
    assert (origin.bytes, origin.etag, origin.licence) == (len(LINES), '"first"', "CC BY 4.0")
    assert origin.asked_utc == "2026-03-01T12:00:00Z"
    assert _files(desk.folder) == WHOLE
    assert "Somebody, CC BY 4.0" in (desk.folder / "LICENCES.md").read_text()


def test_cut_connection_goes_on_where_it_was(desk: Desk) -> None:
    cut = Answer(LINES, headers=ETAG, cut_after=80_000, ranges=True)
    desk.publisher.answers["/lines.csv"] = [cut, cut, Answer(LINES, headers=ETAG, ranges=True)]
    fetched = desk.fetch().fetch_all([desk.source()])
    assert not fetched.issues
    assert (desk.folder / "text/lines.csv").read_bytes() == LINES
    assert [heard.headers.get("Range") for heard in desk.publisher.heard] == [None, "bytes=80000-", "bytes=160000-"]
    assert {heard.headers.get("If-Range") for heard in desk.publisher.heard[1:]} == {'"first"'}


def test_another_version_after_a_cut_begins_anew(desk: Desk) -> None:
    newer = LINES.replace(b"000001", b"999999")
    desk.publisher.answers["/lines.csv"] = [
        Answer(LINES, headers=ETAG, cut_after=50_000, ranges=True),
        Answer(newer, headers={"ETag": '"second"'}, ranges=True),
    ]
    desk.fetch().fetch_all([desk.source()])
    assert (desk.folder / "text/lines.csv").read_bytes() == newer


def test_source_without_versions_begins_anew(desk: Desk) -> None:
    desk.publisher.answers["/lines.csv"] = [Answer(LINES, cut_after=50_000, ranges=True), Answer(LINES, ranges=True)]
    desk.fetch().fetch_all([desk.source()])
    assert (desk.folder / "text/lines.csv").read_bytes() == LINES
    assert [heard.headers.get("Range") for heard in desk.publisher.heard] == [None, None]


def test_next_call_goes_on_and_nothing_has_the_name_before(desk: Desk) -> None:
    desk.publisher.answers["/lines.csv"] = Answer(LINES, headers=ETAG, cut_after=10, ranges=False)
    fetched = desk.fetch().fetch_all([desk.source()])
    assert len(fetched.issues) == 1
    assert "the connection failed" in fetched.issues[0].message
    assert _files(desk.folder) == ["text/lines.csv.part", "text/lines.csv.part.json"]
    desk.publisher.answers["/lines.csv"] = Answer(LINES, headers=ETAG, ranges=True)
    assert not desk.fetch().fetch_all([desk.source()]).issues
    assert desk.publisher.heard[-1].headers["Range"] == "bytes=10-"
    assert _files(desk.folder) == WHOLE


def test_patience_asked_for_is_given(desk: Desk) -> None:
    desk.publisher.answers["/lines.csv"] = [
        Answer(status=429, headers={"Retry-After": "7"}), Answer(status=503), Answer(LINES)
    ]  # fmt: skip
    assert not desk.fetch().fetch_all([desk.source()]).issues
    assert desk.waits == [7.0, 2.0]


def test_too_much_patience_is_told(desk: Desk) -> None:
    desk.publisher.answers["/lines.csv"] = Answer(status=429, headers={"Retry-After": "86400"})
    (issue,) = desk.fetch().fetch_all([desk.source()]).issues
    assert "429" in issue.message
    assert desk.waits == []


def test_slow_source_is_given_up(desk: Desk) -> None:
    desk.client.timeout = 0.05
    desk.publisher.answers["/lines.csv"] = Answer(LINES, slow_s=0.3)
    (issue,) = desk.fetch().fetch_all([desk.source()]).issues
    assert issue.message == "the source is too slow"
    assert len(desk.waits) == 5


def test_what_is_there_is_left_and_what_was_changed_is_not(desk: Desk) -> None:
    desk.publisher.answers["/lines.csv"] = Answer(LINES)
    desk.fetch().fetch_all([desk.source()])
    fetched = desk.fetch().fetch_all([desk.source()])
    assert (len(fetched.new), len(fetched.kept), len(desk.publisher.heard)) == (0, 1, 1)
    path = desk.folder / "text/lines.csv"
    path.write_bytes(LINES.replace(b"000002", b"000003"))
    assert len(desk.fetch().fetch_all([desk.source()]).new) == 1
    assert path.read_bytes() == LINES
    assert len(desk.fetch(again=True).fetch_all([desk.source()]).new) == 1


def test_wrong_checksum_leaves_nothing(desk: Desk) -> None:
    desk.publisher.answers["/lines.csv"] = Answer(LINES)
    desk.publisher.answers["/lines.csv.md5"] = Answer(b"0123456789abcdef0123456789abcdef  lines.csv\n")
    source = desk.source(checksum=f"{desk.publisher.url}/lines.csv.md5")
    (issue,) = desk.fetch().fetch_all([source]).issues
    assert "checksum" in issue.message
    assert _files(desk.folder) == []


def test_one_that_does_not_answer_does_not_stop_the_others(desk: Desk) -> None:
    desk.publisher.answers["/lines.csv"] = Answer(LINES)
    gone = desk.source(id="gone", url=f"{desk.publisher.url}/gone.csv", file="gone.csv")
    fetched = desk.fetch().fetch_all([gone, desk.source()])
    assert [issue.file for issue in fetched.issues] == ["gone"]
    assert "404" in fetched.issues[0].message
    assert [origin.source for origin in fetched.new] == ["lines"]


def test_secret_is_sent_and_never_written(desk: Desk) -> None:
    desk.publisher.answers["/lines.csv"] = Answer(LINES)
    source = desk.source(key="somebody", key_header="X-Key")
    (issue,) = desk.fetch().fetch_all([source]).issues
    assert "--key somebody=" in issue.text()
    desk.fetch(Asked(keys={"somebody": "hush-hush"})).fetch_all([source])
    assert desk.publisher.heard[-1].headers["X-Key"] == "hush-hush"
    assert all(b"hush-hush" not in path.read_bytes() for path in desk.folder.rglob("*") if path.is_file())


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40_000), st.booleans(), st.booleans()), max_size=8), st.booleans())
def test_any_row_of_cuts_ends_in_the_same_bytes(cuts: list[tuple[int, bool, bool]], has_etag: bool) -> None:
    content = LINES[:50_000]
    with tempfile.TemporaryDirectory() as folder, fetching_into(Path(folder)) as desk:
        headers = ETAG if has_etag else {}
        played = [
            Answer(status=502) if is_fault else Answer(content, headers=headers, cut_after=cut, ranges=ranges)
            for cut, ranges, is_fault in cuts
        ]
        desk.publisher.answers["/lines.csv"] = [*played, Answer(content, headers=headers, ranges=True)]
        for _ in range(len(cuts) + 1):
            if not desk.fetch().fetch_all([desk.source()]).issues:
                break
        assert (desk.folder / "text/lines.csv").read_bytes() == content
        assert _files(desk.folder) == WHOLE


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"navn,folk\n"])
def test_changed_columns_are_told_and_nothing_is_kept(desk: Desk, content: bytes) -> None:
    desk.publisher.answers["/lines.csv"] = Answer(content)
    (issue,) = desk.fetch().fetch_all([desk.source(needs=("name",))]).issues
    assert "the answer has changed" in issue.message
    assert "--sources" in issue.remedy
    assert _files(desk.folder) == []
