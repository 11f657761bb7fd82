"""Alternatives must leave everybody a road; only the finished roads can tell."""

from __future__ import annotations

from beredt.errors import NetworkError
from beredt.model.edits.apply import apply_edits
from beredt.model.issue import Issue
from beredt.model.road_change import TODAYS_ROADS, road_state
from beredt.model.study import Study
from beredt.roads.build import load_or_build_network


def check_road_changes(study: Study) -> tuple[Issue, ...]:
    """One issue for every alternative whose roads cannot be made in the study's year.

    Each state of the roads is made, or read from the cache on disk.
    """
    issues = []
    for alternative in study.alternatives:
        service = apply_edits(study.service, alternative.edits, alternative.file)
        state = road_state(service.road_changes, study.settings.study.year)
        if state == TODAYS_ROADS:
            continue
        try:
            load_or_build_network(study, state=state)
        except NetworkError as error:
            remedy = "correct the edits of roads in this file"
            issues.append(Issue(alternative.file, None, "edits", None, 1, str(error), remedy))
    return tuple(issues)
