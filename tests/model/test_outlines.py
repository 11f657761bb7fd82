"""Faults of `outlines.geojson`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.model.spoil import issues_of, messages, only
from tests.tiny_study import tiny_files


def _changed(change: Callable[[Any], object]) -> dict[str, str | bytes | None]:
    document = json.loads(tiny_files()["outlines.geojson"])
    change(document)
    return {"outlines.geojson": json.dumps(document)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not valid JSON"),
        ("[]", "not a GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection", "features": {}}', "not a GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection", "features": [NaN]}', "not valid JSON: NaN is not a number of JSON"),
        ('{"type": "FeatureCollection", "features": [3]}', "not a feature with geometry and properties"),
        ("[" * 100_000, "not valid JSON"),
        (
            '{"type": "FeatureCollection", "features": [{"properties": {"kind": "a", "id": "b", "name": "c"}, '
            '"geometry": {"type": "Polygon", "coordinates": ' + "[" * 900 + "]" * 900 + "}}]}",
            "not a position of two numbers",
        ),
    ],
)
def test_what_is_not_geojson(tmp_path: Path, text: str, message: str) -> None:
    issue = only(issues_of(tmp_path, {"outlines.geojson": text}), "outlines.geojson")
    assert issue.message.startswith(message)


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        (lambda d: d["features"][0]["properties"].pop("id"), "features[1].properties.id", "missing or no text"),
        (lambda d: d["features"][0]["properties"].update(name=3), "features[1].properties.name", "missing or no text"),
        (lambda d: d["features"][1]["geometry"].update(type="Blob"), "features[2].geometry.type", "no such geometry"),
        (lambda d: d["features"][1]["geometry"].update(coordinates=[]), "features[2].geometry", "no coordinates"),
        (lambda d: d["features"][1]["geometry"].update(coordinates="x"), "features[2].geometry.coordinates",
         "not a position"),
        (lambda d: d["features"][1]["geometry"]["coordinates"][0].__setitem__(2, [10.0]),
         "features[2].geometry.coordinates", "not a position"),
        (lambda d: d["features"][1]["geometry"]["coordinates"][0].__setitem__(2, [10.0, 590.0]),
         "features[2].geometry.coordinates", "not a place on the globe"),
        (lambda d: d["features"][1]["geometry"].update(coordinates=[10.5, 59.9]),
         "features[2].geometry.coordinates", "the coordinates do not make a Polygon"),
        (lambda d: d["features"][1]["geometry"].update(coordinates=d["features"][1]["geometry"]["coordinates"][0]),
         "features[2].geometry.coordinates", "the coordinates do not make a Polygon"),
        (lambda d: d["features"][1]["geometry"]["coordinates"].__setitem__(0, [[10.5, 59.9], [10.6, 59.9]]),
         "features[2].geometry.coordinates", "the coordinates do not make a Polygon"),
        (lambda d: d["features"][0]["properties"].update(id="osst"), "features[1].properties.id", "there is no 'osst'"),
        (lambda d: d["features"][1]["properties"].update(id="ost"), "features[2].properties.id", "a second outline"),
    ],
)  # fmt: skip
def test_a_faulty_feature(tmp_path: Path, change: Callable[[Any], object], field: str, message: str) -> None:
    issues = issues_of(tmp_path, _changed(change))
    found = [issue for issue in issues if issue.field == field]
    assert len(found) == 1, messages(issues)
    assert message in found[0].message


def test_a_shape_that_crosses_itself_is_told_of_and_can_be_used(tmp_path: Path) -> None:
    def cross(document: Any) -> None:
        ring = document["features"][5]["geometry"]["coordinates"][0]
        ring[1], ring[2] = ring[2], ring[1]

    issue = only(issues_of(tmp_path, _changed(cross)), "outlines.geojson")
    assert (issue.severity, issue.message) == ("warning", "the shape crosses itself")
    assert (issue.value or "").startswith("Self-intersection")


def test_swapped_and_distant_shapes(tmp_path: Path) -> None:
    def swap(document: Any) -> None:
        for feature in document["features"]:
            feature["geometry"]["coordinates"] = [
                [[lat, lon] for lon, lat in ring] for ring in feature["geometry"]["coordinates"]
            ]

    def move(document: Any) -> None:
        for feature in document["features"]:
            feature["geometry"]["coordinates"] = [
                [[lon + 5, lat] for lon, lat in ring] for ring in feature["geometry"]["coordinates"]
            ]

    assert only(issues_of(tmp_path, _changed(swap)), "outlines.geojson").message == "lat and lon are swapped"
    assert only(issues_of(tmp_path, _changed(move)), "outlines.geojson").message.startswith("all shapes lie outside")


def test_other_kinds_of_shape_are_welcome(tmp_path: Path) -> None:
    def lake(document: Any) -> None:
        document["features"][5]["properties"].update(kind="lake", id="anything")

    assert issues_of(tmp_path, _changed(lake)) == ()
