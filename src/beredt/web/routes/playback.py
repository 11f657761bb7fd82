"""A stretch of simulated time, to be played on the map."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from beredt.model.alternative import TODAY, Alternative
from beredt.model.study import Study
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.draft import fitting_edits
from beredt.web.kept import Kept
from beredt.web.library import Library
from beredt.web.open_study import OpenStudy, roads_of
from beredt.web.prepared_json import PreparedJson, prepared_from_gzip, send_prepared
from beredt.web.routes.service_answers import MOST_EDITS, Entry

DRAFT = "draft"
"""What a playback calls edits that are not saved."""
PLAYBACKS_KEPT = 6
MOST_HOURS = 7 * 24

Begin = Annotated[str, Field(max_length=40)]
Hours = Annotated[float, Field(gt=0, le=MOST_HOURS, allow_inf_nan=False)]
Replication = Annotated[int, Field(ge=0, le=9_999)]


class StretchQuestion(BaseModel):
    """Which stretch of which replication: from `begin`, a day counted from 0 or a local time in ISO form."""

    begin: Begin = "0"
    hours: Hours = 24.0
    replication: Replication = 0


class PlaybackQuestion(StretchQuestion):
    """A draft's edits, and a stretch."""

    edits: Annotated[list[Entry], Field(max_length=MOST_EDITS)]


def playback_router(library: Library) -> APIRouter:
    """`/studies/{study}/playback`."""
    router = APIRouter(tags=["playback"])
    kept: Kept[str, PreparedJson] = Kept(PLAYBACKS_KEPT)

    @router.get("/studies/{study}/playback")
    @needs(Role.READER, noted=Noted.LOOK, heavy=True)
    def get_playback(
        study: str, request: Request, stretch: Annotated[StretchQuestion, Query()], alternative: str = TODAY
    ) -> Response:
        """A stretch of simulated time under a saved alternative, in the form of the playback file (JSON)."""
        opened = library.get(study)
        read = opened.get_study()
        plan = None if alternative == TODAY else read.get_alternative(alternative)
        return answer(opened, read, plan, stretch, request)

    @router.post("/studies/{study}/playback")
    @needs(Role.READER, heavy=True)
    def post_playback(study: str, request: Request, question: PlaybackQuestion) -> Response:
        """The same under a draft. 422 with every complaint when its edits do not fit."""
        opened = library.get(study)
        read = opened.get_study()
        edits = fitting_edits(read, question.edits)
        return answer(opened, read, Alternative(DRAFT, {}, {}, edits, {}, ""), question, request)

    def answer(
        opened: OpenStudy, read: Study, plan: Alternative | None, stretch: StretchQuestion, request: Request
    ) -> Response:
        asked = (opened.id, read.fingerprint, plan and (plan.id, plan.edits), stretch.begin, stretch.hours,
                 stretch.replication)  # fmt: skip
        tag = sha256(repr(asked).encode()).hexdigest()[:32]
        return send_prepared(kept.get(tag, lambda: _record(opened, read, plan, stretch, tag)), request)

    return router


def _record(
    opened: OpenStudy, read: Study, plan: Alternative | None, stretch: StretchQuestion, tag: str
) -> PreparedJson:
    """Simulate, and keep the stretch. The roads are those of the plan between today's places, its sites beside them."""
    from beredt.model.edits.apply import apply_edits
    from beredt.roads.networks import Networks
    from beredt.roads.sites import new_nodes
    from beredt.roads.with_sites import with_sites
    from beredt.simulation.playback.playback_file import playback_bytes
    from beredt.simulation.playback.record_playback import record_playback

    plans = () if plan is None else (plan,)
    service = apply_edits(read.service, () if plan is None else plan.edits)
    roads = opened.find_base_roads(read, service)
    added = [] if plan is None else new_nodes(read.service, plan.edits)
    recorded = record_playback(
        replace(read, alternatives=plans, sensitivities=()),
        alternative=None if plan is None else plan.id,
        replication=stretch.replication,
        begin=stretch.begin,
        days=stretch.hours / 24.0,
        progress=lambda stage, done, total: None,
        roads=None
        if roads is None
        else Networks(
            read.settings.study.year,
            {(): roads.network, roads_of(read, service): with_sites(roads.network, roads.ground, added)},
        ),
    )
    return prepared_from_gzip(playback_bytes(recorded), tag)
