"""The roads of a study in the words of the screen."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from beredt.model.edits.apply import apply_edits
from beredt.model.study import Study
from beredt.report.edit_lines import edit_line
from beredt.report.names import names_of
from beredt.report.number_format import NumberFormat
from beredt.report.words import list_languages, load_words
from beredt.roads.imported.folder import FAULTS_FILE, ImportedRoads, load_roads
from beredt.roads.imported.reasons import REASONS
from beredt.roads.imported.road_class import ROAD_CLASSES
from beredt.roads.speeds.speed_table import SpeedTable, load_speeds
from beredt.web.roads.map_lines import map_lines
from beredt.web.roads.shapes import (
    FaultReason,
    PeriodOut,
    RoadLine,
    RoadLines,
    RoadProjectOut,
    RoadSourceOut,
    RoadsOut,
    SpeedRow,
)
from beredt.web.words import LocalText, in_all_languages

MOST_PLACES = 2_000
"""Places of one reason that are drawn; the count tells of all."""
OF_NETWORK = "network"
"""The only period of a study on links of its own."""
MAIN = "main"


def describe_roads(study: Study) -> RoadsOut:
    """All that the page of roads shows but reach. Reads the road map where the study has one."""
    form = study.settings.roads.form
    found = load_roads(study.folder) if study.road_map is not None else None
    speeds = load_speeds()
    lines: list[dict[str, Any]]
    if found is not None:
        drawn = map_lines(found.roads)
        lines, left_km = drawn.features, drawn.km_left
    else:
        lines, left_km = _link_lines(study), 0.0
    return RoadsOut(
        fingerprint=study.fingerprint,
        form=form,
        year=study.settings.study.year,
        source=None if found is None else _source(found.about),
        purposes=list(speeds.purposes) if found is not None else [one.purpose for one in study.service.speeds],
        periods=[
            PeriodOut(id=one, name=in_all_languages(f"studio.roads.period.{one}"))
            for one in (speeds.periods if found is not None else (OF_NETWORK,))
        ],
        least_kmh=speeds.least_kmh if found is not None else 0.0,
        speeds=list(_map_speeds(found, speeds) if found is not None else _link_speeds(study)),
        faults=[] if found is None else _faults(found),
        projects=list(_projects(study)),
        lines=RoadLines(type="FeatureCollection", features=[RoadLine.model_validate(line) for line in lines]),
        km_not_drawn=round(left_km, 1),
    )


def _source(about: Mapping[str, Any]) -> RoadSourceOut:
    roads, segments = about["roads"], about["segments"]
    return RoadSourceOut(
        kind=about["kind"],
        file=about["file"],
        licence=about["licence"],
        country=about["country"],
        profile=about["profile"],
        km=roads["km"],
        nodes=roads["nodes"],
        turn_bans=roads["turn_bans"],
        share_of_limits_guessed=roads["share_of_limits_guessed"],
        segments_read=segments["read"],
        segments_used=segments["used"],
        segments_left_out=sum(segments["left_out"].values()),
    )


def _map_speeds(found: ImportedRoads, speeds: SpeedTable) -> Iterator[SpeedRow]:
    roads = found.roads
    metres = roads.arc_m * roads.one_of_two()
    km = np.bincount(roads.arc_class, metres, minlength=len(ROAD_CLASSES)) / 1000.0
    limit = np.bincount(roads.arc_class, metres * roads.arc_kmh, minlength=len(ROAD_CLASSES)) / 1000.0
    for number in np.flatnonzero(km).tolist():
        ratio = [
            [
                float(speeds.share[number] * factor * (1.0 - (1.0 - hour[number]) * speeds.gives_way[purpose]))
                for purpose, factor in speeds.factor.items()
            ]
            for hour in speeds.hour
        ]
        yield SpeedRow(
            id=ROAD_CLASSES[number],
            name=in_all_languages(f"edit.value.{ROAD_CLASSES[number]}"),
            km=round(float(km[number]), 1),
            limit_kmh=round(float(limit[number] / km[number]), 1),
            most_kmh=float(speeds.most_kmh[number]),
            ratio=[[round(one, 4) for one in row] for row in ratio],
        )


def _link_speeds(study: Study) -> Iterator[SpeedRow]:
    """Main roads together, then local roads by how densely people live around them."""
    ratio = [[round(1.0 / speed.factor, 4) for speed in study.service.speeds]]
    links = study.service.links
    if links:
        km = sum(link.km for link in links)
        hours = sum(link.minutes * link.factor for link in links) / 60.0
        yield SpeedRow(
            id=MAIN, name=in_all_languages("studio.roads.main"), km=round(km, 1), limit_kmh=round(km / hours, 1),
            most_kmh=1000.0, ratio=ratio,
        )  # fmt: skip
    if study.settings.roads.form != "links":
        return
    local = study.settings.travel.local
    for number, pace in enumerate(local.pace_min_per_km):
        yield SpeedRow(
            id=f"local_{number}", name=_density_name(local.density_steps, number), km=None,
            limit_kmh=round(60.0 / pace, 1), most_kmh=1000.0, ratio=ratio,
        )  # fmt: skip


def _density_name(steps: Sequence[float], number: int) -> LocalText:
    """Local roads where so many people live on a square kilometre."""
    names = {}
    for language in list_languages():
        words = load_words(language)
        numbers = NumberFormat(words)
        low = numbers.whole(round(steps[number - 1])) if number > 0 else ""
        high = numbers.whole(round(steps[number])) if number < len(steps) else ""
        key = "below" if number == 0 else "above" if number == len(steps) else "between"
        names[language] = words(f"studio.roads.local_{key}", low=low, high=high)
    return names


def _faults(found: ImportedRoads) -> list[FaultReason]:
    """Reasons with their counts, faults first, the most frequent in front; with their places."""
    segments = found.about["segments"]
    places = _places(found.folder)
    rows = [
        FaultReason(
            reason=name,
            message=in_all_languages(f"studio.roads.reason.{name}"),
            count=count,
            left_out=REASONS[name].left_out,
            is_fault=REASONS[name].fault,
            places=places.get(name, [])[:MOST_PLACES],
        )
        for counts in (segments["left_out"], segments["remarks"])
        for name, count in counts.items()
        if name in REASONS
    ]
    return sorted(rows, key=lambda row: (not row.is_fault, -row.count, row.reason))


def _places(folder: Path) -> dict[str, list[list[float]]]:
    try:
        features = json.loads((folder / FAULTS_FILE).read_text("utf-8"))["features"]
    except (OSError, ValueError, KeyError):
        return {}
    places: dict[str, list[list[float]]] = {}
    for feature in features:
        lon, lat = feature["geometry"]["coordinates"]
        places.setdefault(feature["properties"]["reason"], []).append([round(lon, 5), round(lat, 5)])
    return places


def _projects(study: Study) -> Iterator[RoadProjectOut]:
    """Every edit that changes roads, in the order of alternatives and edits."""
    year = study.settings.study.year
    written = {}
    for language in list_languages():
        words = load_words(language)
        numbers = NumberFormat(words)
        written[language] = (words, numbers, names_of(study, words, numbers))
    for alternative in study.alternatives:
        service = study.service
        for edit in alternative.edits:
            before, service = len(service.road_changes), apply_edits(service, [edit], alternative.file)
            for change in service.road_changes[before:]:
                yield RoadProjectOut(
                    alternative=alternative.id,
                    text={language: edit_line(edit, *parts) for language, parts in written.items()},
                    year=change.year,
                    holds=change.holds_in(year),
                )


def _link_lines(study: Study) -> list[dict[str, Any]]:
    """Main roads as straight lines between the places that they join: what the model knows of them."""
    at = {place.id: [round(place.lon, 5), round(place.lat, 5)] for place in study.service.places}
    return [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [at[link.from_place], at[link.to_place]]},
            "properties": {
                "row": MAIN,
                "limit_kmh": round(link.km / (link.minutes * link.factor) * 60.0, 1),
                "road": link.road,
                "minutes": round(link.minutes * link.factor, 1),
            },
        }
        for link in study.service.links
    ]
