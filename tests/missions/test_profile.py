"""Profiles: every shipped one is sound, and whatever is wrong in one of one's own is told at once, with a remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from beredt.errors import ProfileError, UnknownIdError
from beredt.missions.find_profile import load_profile, load_shipped_profiles, parse_profile, read_shipped
from beredt.missions.guess_profile import find_best, score_profiles
from beredt.missions.profile import Columns, Profile
from beredt.missions.read.binding import bind, binding_issues
from beredt.missions.schema import MISSIONS
from beredt.model.dictionary import load_fields
from beredt.model.issue import Issue

SMALL = """
id = "mine"
title = { en = "Mine" }
description = { en = "Our log." }
zone = "Europe/Oslo"

[columns]
unit = "car"
call_t = ["ring", "call"]
"""


def issues_of(text: str) -> list[Issue]:
    with pytest.raises(ProfileError) as caught:
        parse_profile("mine.toml", text.encode())
    return [issue for issue in caught.value.issues if isinstance(issue, Issue)]


def parsed(text: str) -> Profile:
    return parse_profile("mine.toml", text.encode()).profile


def test_the_shipped_profiles_are_those_that_are_promised() -> None:
    assert set(load_shipped_profiles()) == {"amis", "austin", "beredt", "cad_sf", "npr", "one_row_per_unit", "rvfd"}


@pytest.mark.parametrize("name", sorted(load_shipped_profiles()))
def test_a_shipped_profile_is_named_after_its_file_and_explained(name: str) -> None:
    profile = load_shipped_profiles()[name].profile
    assert profile.id == name
    assert {"en", "nb"} <= set(profile.title) & set(profile.description)
    assert f'id = "{name}"' in read_shipped(name)


@pytest.mark.parametrize("name", sorted(load_shipped_profiles()))
def test_a_header_of_all_names_of_a_profile_is_guessed_to_be_its(name: str) -> None:
    profile = load_shipped_profiles()[name].profile
    header = [names[0] for _, names in profile.columns if names and not names[0].startswith("@")]
    best = find_best(score_profiles(header, load_shipped_profiles()))
    assert best is not None
    assert best.profile == name


def test_a_header_of_something_else_is_not_guessed() -> None:
    guesses = score_profiles(["id", "amount", "currency"], load_shipped_profiles())
    assert find_best(guesses) is None
    assert all(guess.score == 0 for guess in guesses)


def test_fields_of_a_profile_are_columns_of_a_store_or_say_where_a_scene_is() -> None:
    others = {"date", "gap_s", "x", "y", "point"}
    assert set(Columns.model_fields) - others <= set(MISSIONS.names())


def test_the_dictionary_has_the_keys_of_a_profile() -> None:
    described = {field.name: field for field in load_fields("mission_profile")}
    found = dict(leaves(Profile))
    assert set(found) == set(described)
    for key, info in found.items():
        assert info.is_required() == described[key].required, key
        if described[key].default is not None and info.default is not PydanticUndefined:
            assert str(info.default) == described[key].default, key
        assert all(described[key].description[language].endswith(".") for language in ("en", "nb"))


def leaves(model: type[BaseModel], prefix: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, info in model.model_fields.items():
        found.append((prefix + name, info))
        annotation = info.annotation
        for part in (annotation, *getattr(annotation, "__args__", ())):
            if isinstance(part, type) and issubclass(part, BaseModel):
                found += leaves(part, f"{prefix}{name}.")
    return found


def test_a_name_may_stand_without_brackets() -> None:
    assert parsed(SMALL).columns.unit == ("car",)


@pytest.mark.parametrize(
    ("text", "field", "remedy"),
    [
        (SMALL.replace("call_t", "cal_t"), "columns.cal_t", "did you mean call_t?"),
        (SMALL.replace("[columns]", "[colums]"), "colums", "did you mean columns?"),
        (SMALL + '[file]\ndate_order = "dag"\n', "file.date_order", "one of day, month, year"),
        (SMALL + '[codes.urgency]\n"1" = "red"\n', "codes.urgency", "A, H, V"),
        (SMALL + '[codes.unit_kind]\n"/(/" = "ambulance"\n', "codes.unit_kind", "ambulance"),
        (SMALL.replace("Europe/Oslo", "Europe/Asker"), "zone", "IANA time zone"),
        (SMALL.replace("zone =", 'crs = "EPSG:1"\nzone ='), "crs", "EPSG:25833"),
        (SMALL.replace('id = "mine"\n', ""), "id", "Short name"),
        (SMALL + "[cleaning]\nlimits_s = { scene = 5 }\n", "cleaning.limits_s", "seconds"),
        (SMALL + '[columns2]\na = "b"\n', "columns2", "did you mean columns?"),
    ],
)
def test_a_slip_of_the_pen_is_an_issue_with_its_place_and_a_remedy(text: str, field: str, remedy: str) -> None:
    issues = {issue.field: issue for issue in issues_of(text)}
    assert all(issue.file == "mine.toml" for issue in issues.values())
    assert remedy in next(issue.remedy for name, issue in issues.items() if name and name.startswith(field))


def test_every_fault_is_told_at_once() -> None:
    text = SMALL.replace("call_t", "cal_t").replace("Europe/Oslo", "Oslo") + '[file]\ndecimal = "x"\n'
    assert len(issues_of(text)) == 3


@pytest.mark.parametrize(
    "text",
    [
        SMALL.replace('call_t = ["ring", "call"]', ""),
        SMALL + 'x = "east"\n',
        SMALL + 'lat = "north"\n',
        SMALL + "[region]\nsouth = 60\nwest = 10\nnorth = 59\neast = 11\n",
    ],
    ids=["no time", "half a place", "half a position", "turned round"],
)
def test_what_makes_no_sense_together_is_an_issue(text: str) -> None:
    assert issues_of(text)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a = ", b"[columns", "zone = 'Å'".encode("latin-1")])
def test_what_is_no_profile_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(ProfileError, match=r"mine\.toml"):
        parse_profile("mine.toml", content)


def test_an_unknown_name_is_refused_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'amis'"):
        load_profile("amiss")
    with pytest.raises(ProfileError, match="cannot be read"):
        load_profile(str(tmp_path / "none.toml"))


def test_a_profile_in_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SMALL, encoding="utf-8")
    assert load_profile(str(file)).profile.id == "mine"


def test_columns_are_found_however_they_are_written() -> None:
    binding = bind(["CAR ", "Ring", "other"], parsed(SMALL))
    assert dict(binding.fields) == {"unit": "CAR ", "call_t": "Ring"}
    assert binding.left_out == ("other",)


def test_the_first_name_that_a_log_has_is_read() -> None:
    assert bind(["call", "ring"], parsed(SMALL)).fields["call_t"] == "ring"


def test_a_log_without_any_time_is_refused() -> None:
    profile = parsed(SMALL)
    (issue,) = binding_issues("log.csv", bind(["car", "colour"], profile), profile)
    assert issue.severity == "error"
    assert "ring" in issue.remedy


def test_a_column_that_looks_like_one_that_is_missing_is_named() -> None:
    profile = parsed(SMALL.replace('unit = "car"', 'unit = "vehicle"'))
    (issue,) = binding_issues("log.csv", bind(["vehicles", "call"], profile), profile)
    assert (issue.severity, issue.field, issue.value) == ("warning", "unit", "vehicles")
