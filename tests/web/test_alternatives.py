"""Alternatives saved: whatever is written is read back the same, and nothing is lost that somebody wrote by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from beredt.model.edits.parse import parse_edits
from beredt.model.read import load_study
from beredt.web.alternative_text import AlternativeContent, changed_text, new_text
from tests.model.test_edits_property import edit_lists

TEXTS = st.dictionaries(
    st.sampled_from(["en", "nb", "nn"]),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=20),
    min_size=1,
)
contents = st.builds(AlternativeContent, st.just("x"), TEXTS, TEXTS, st.just({}) | TEXTS, edit_lists.map(tuple))
FREE_STANDING = '{ edit = "move_unit", unit = "a", station = "b" }'
REMOVAL = '[[edits]]\nedit = "remove_unit"\nunit = "a"\n'
HEAD = '[title]\nen = "a"\n[description]\nen = "b"\n'
BY_HAND = [
    'id = "x"\ntitle = { en = "a" }\ndescription = { en = "b" }\n',
    f'# mine\nid = "x"  # the id\n{HEAD}# why\n[note]\nen = """\n[[edits]]\n"""\n{REMOVAL}# not needed\n',
    f'id = "x"\ntitle.en = "a"\ndescription.en = "b"\nedits = [{FREE_STANDING}, {FREE_STANDING}]\n',
    f'id = "x"\n{HEAD}# one\n{REMOVAL}'.replace("\n", "\r\n"),
    f'{REMOVAL}{HEAD}[note]\nen = "c"\n',
]


def read_back(text: str) -> dict[str, Any]:
    return {key: value for key, value in tomllib.loads(text).items() if value}


@given(contents)
def test_every_edit_that_is_written_new_is_read_back_the_same(content: AlternativeContent) -> None:
    text = new_text(content)
    assert read_back(text) == content.as_document()
    parsed = parse_edits("", text, tomllib.loads(text).get("edits", []))
    assert parsed.edits == parse_edits("", "", content.edits).edits


@given(contents, contents)
def test_every_change_of_a_file_is_read_back_the_same(first: AlternativeContent, second: AlternativeContent) -> None:
    text = changed_text(new_text(first), second)
    assert read_back(text) == second.as_document()
    assert changed_text(text, second) == text, "saving the same again changes nothing"


@pytest.mark.parametrize("text", BY_HAND)
@given(content=contents)
def test_every_change_of_a_file_written_by_hand_is_read_back_the_same(text: str, content: AlternativeContent) -> None:
    assert read_back(changed_text(text, content)) == content.as_document()


COMMENTED = """\
# Who wrote this, and why.
id = "2"  # as in the decision

[title]
nb = "To"
# English is for the board.
en = "Two"

[description]
nb = "b"
en = "d"

# The first car.
[[edits]]
edit = "remove_unit"
unit = "e-1"  # the oldest

# The second car.
[[edits]]
edit = "remove_unit"
unit = "e-2"
"""


def changed(edits: list[dict[str, Any]], title: str = "Two") -> str:
    document = tomllib.loads(COMMENTED)
    return changed_text(
        COMMENTED,
        AlternativeContent("2", {"nb": "To", "en": title}, document["description"], {}, tuple(edits)),
    )


def test_what_stays_keeps_its_comments_wherever_it_goes() -> None:
    first, second = tomllib.loads(COMMENTED)["edits"]
    assert changed([first, second]) == COMMENTED
    assert changed([second, first]).endswith(
        '# The second car.\n[[edits]]\nedit = "remove_unit"\nunit = "e-2"\n\n'
        '# The first car.\n[[edits]]\nedit = "remove_unit"\nunit = "e-1"  # the oldest\n'
    )
    assert changed([second]) == COMMENTED.replace(
        '# The first car.\n[[edits]]\nedit = "remove_unit"\nunit = "e-1"  # the oldest\n\n', ""
    )
    new = {"station": "st-east", "edit": "move_unit", "unit": "e-1"}
    assert changed([first, new, second]) == COMMENTED.replace(
        "# The second car.", '[[edits]]\nedit = "move_unit"\nunit = "e-1"\nstation = "st-east"\n\n# The second car.'
    )
    assert changed([first, second], "Number two") == COMMENTED.replace('en = "Two"', 'en = "Number two"')


# ---- through the server ----------------------------------------------------------------------------------

ADDRESS = "/api/studies/tiny/alternatives"
UNIT = {"edit": "add_unit", "id": "m-9", "station": "st-east", "unit_kind": "ambulance", "roster": "all-day"}


def test_make_save_and_delete(client: TestClient, folder: Path) -> None:
    made = client.post(ADDRESS, json={"id": "More+cars", "title": {"nb": "Flere biler"}, "edits": [UNIT]})
    assert made.status_code == 201, made.text
    assert made.json()["file"] == "alternatives/morepluscars.toml"
    assert made.json()["title"] == {"nb": "Flere biler", "en": "Flere biler"}
    study = load_study(folder)
    assert study.get_alternative("More+cars").edits[0].values()["id"] == "m-9"

    head = made.json()
    saved = client.put(f"{ADDRESS}/More+cars", json={**head, "title": {"en": "More cars", "nb": "Flere"}, "edits": []})
    assert saved.status_code == 200, saved.text
    assert saved.json()["version"] != head["version"]
    assert load_study(folder).get_alternative("More+cars").edits == ()

    gone = client.delete(f"{ADDRESS}/More+cars", params={"version": saved.json()["version"]})
    assert (gone.status_code, gone.content) == (204, b"")
    assert client.get(f"{ADDRESS}/More+cars").status_code == 404
    assert sorted(path.name for path in (folder / "alternatives").iterdir()) == ["0-plus.toml", "2.toml"]


def test_nobody_overwrites_what_somebody_else_has_changed(client: TestClient, folder: Path) -> None:
    head = client.get(f"{ADDRESS}/2").json()
    file = folder / head["file"]
    file.write_text("# somebody else was here\n" + file.read_text("utf-8"), encoding="utf-8")
    before = file.read_bytes()
    assert client.put(f"{ADDRESS}/2", json=head).status_code == 409
    assert client.delete(f"{ADDRESS}/2", params={"version": head["version"]}).status_code == 409
    assert file.read_bytes() == before
    fresh = client.get(f"{ADDRESS}/2").json()
    again = client.put(f"{ADDRESS}/2", json={**fresh, "edits": fresh["edits"][:4]})
    assert again.status_code == 200
    assert file.read_text("utf-8").startswith("# somebody else was here\n")


def test_an_id_that_is_taken(client: TestClient) -> None:
    for taken in ("2", "0+", "today"):
        answer = client.post(ADDRESS, json={"id": taken, "title": {"en": "x"}, "edits": []})
        assert answer.status_code == 409
        assert "another id" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("edits", "field"),
    [
        ([{"edit": "frog"}], "edits[1].edit"),
        ([{**UNIT, "lat": None}], "edits[1].lat"),
        ([{**UNIT, "station": {"a": [1]}}], "edits[1].station"),
        ([{**UNIT, "station": "nowhere"}], "edits[1].station"),
        ([UNIT, UNIT], "edits[2].id"),
        ([{"edit": "move_station", "station": "st-east", "lat": 1.0, "lon": 2.0}], "edits[1].lat"),
    ],
)
def test_what_does_not_fit_is_not_written(
    client: TestClient, folder: Path, edits: list[dict[str, Any]], field: str
) -> None:
    before = {path.name: path.read_bytes() for path in (folder / "alternatives").iterdir()}
    head = client.get(f"{ADDRESS}/2").json()
    for answer in (
        client.post(ADDRESS, json={"id": "new", "title": {"en": "x"}, "edits": edits}),
        client.put(f"{ADDRESS}/2", json={**head, "edits": edits}),
    ):
        assert answer.status_code == 422, answer.text
        assert [issue["field"] for issue in answer.json()["issues"]] == [field]
    assert {path.name: path.read_bytes() for path in (folder / "alternatives").iterdir()} == before


def test_what_the_study_rests_on_is_not_deleted(client: TestClient, folder: Path) -> None:
    head = client.get(f"{ADDRESS}/0+").json()
    answer = client.delete(f"{ADDRESS}/0+", params={"version": head["version"]})
    assert answer.status_code == 422
    assert "gate.baseline" in [issue["field"] for issue in answer.json()["issues"]]
    assert (folder / head["file"]).is_file()


@pytest.mark.parametrize("bad", ["../x", "a/b", "", ".hidden", "a b", "x" * 41, "æ", "a\nb", "C:x"])
def test_an_id_that_is_none(client: TestClient, folder: Path, bad: str) -> None:
    assert client.post(ADDRESS, json={"id": bad, "title": {"en": "x"}, "edits": []}).status_code == 422
    assert len(list(folder.parent.rglob("*.toml"))) == 3


@given(name=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9+_.-]{0,39}", fullmatch=True))
def test_every_id_becomes_a_file_of_the_study(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    from beredt.web.alternative_files import _free_file

    file = _free_file(tmp_path_factory.getbasetemp(), name)
    folder, _, plain = file.partition("/")
    assert folder == "alternatives"
    assert plain.endswith(".toml")
    assert plain.isascii()
    assert not set(plain) & set('/\\:*?"<>|')
    assert plain.partition(".")[0] not in ("", "con", "nul", "aux", "prn", "com1", "lpt1")


def test_nothing_is_written_where_a_link_leads_out_of_the_study(client: TestClient, folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    (folder / "alternatives").rename(elsewhere)
    (folder / "alternatives").symlink_to(elsewhere)
    before = sorted(elsewhere.iterdir())
    answer = client.post(ADDRESS, json={"id": "new", "title": {"en": "x"}, "edits": []})
    assert answer.status_code == 422
    assert "leads elsewhere" in answer.json()["detail"]
    assert sorted(elsewhere.iterdir()) == before
