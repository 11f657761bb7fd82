"""Readiness and advice over HTTP. Everything that is advised is in the log before it is told."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from beredt.live.picture.fold import ADVICE_KEPT
from beredt.model.urgency import urgency_code
from beredt.web.access.caller import get_caller
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.live.advice_shapes import (
    AdviceList,
    AreasOut,
    ArrivalList,
    ArrivalOut,
    DoneIn,
    MovesGivenOut,
    ReadinessOut,
    SendGivenOut,
    SwitchIn,
    areas_out,
    given_out,
    horizon_out,
    moves_given_out,
    send_given_out,
)
from beredt.web.live.parts import LiveParts


def readiness_router(parts: LiveParts) -> APIRouter:
    """`/live/readiness` and the areas that it tells of."""
    router = APIRouter(tags=["live"])

    @router.get("/live/areas")
    @needs(Role.READER)
    def get_live_areas(request: Request) -> AreasOut:
        """The study's areas as GeoJSON, in the order of readiness. 503 while the study is made ready."""
        return areas_out(parts.seen_by(request).ground())

    @router.get("/live/readiness")
    @needs(Role.READER)
    def get_readiness(request: Request, urgency: Literal["A", "H", "V"] = "A") -> ReadinessOut:
        """What areas can expect now, in 30 and in 60 minutes. 503 while the study is made ready."""
        desk = parts.seen_by(request)
        found = desk.readiness(urgency_code(urgency))
        volume = desk.volume()
        return ReadinessOut(
            urgency=urgency,
            horizons=[horizon_out(one) for one in found],
            not_forecast=volume.reason,
            filled_hours=volume.filled,
        )

    @router.get("/live/arrivals")
    @needs(Role.ANALYST)
    def list_arrivals(request: Request) -> ArrivalList:
        """When units on their way are expected at their incidents. 503 while the study is made ready."""
        found = parts.seen_by(request).arrivals()
        return ArrivalList(arrivals=[ArrivalOut(**one._asdict()) for one in found])

    return router


def advice_router(parts: LiveParts) -> APIRouter:
    """`/live/advice`: off until somebody switches it on."""
    router = APIRouter(tags=["live"])

    @router.get("/live/advice")
    @needs(Role.ANALYST, noted=Noted.LOOK)
    def list_live_advice(
        request: Request, most: Annotated[int, Query(ge=1, le=ADVICE_KEPT)] = ADVICE_KEPT
    ) -> AdviceList:
        """Whether advice is given, and what was advised lately: who has seen it, and what was done."""
        desk = parts.seen_by(request)
        return AdviceList(on=desk.advice_on, advice=[given_out(one) for one in desk.list_advice()[:most]])

    @router.put("/live/advice", status_code=204)
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def switch_live_advice(request: Request, switch: SwitchIn) -> Response:
        """Switch advice on or off, for everybody of one's organisation."""
        parts.seen_by(request).switch(switch.on, get_caller(request).name)
        return Response(status_code=204)

    @router.get("/live/advice/sending/{incident}")
    @needs(Role.ANALYST, noted=Noted.LOOK)
    def get_sending_advice(request: Request, incident: str) -> SendGivenOut:
        """Whom the study's rules would send to an open incident, with reasons. 503 while advice is off."""
        with parts.watch.metrics.advising("sending"):
            return send_given_out(parts.seen_by(request).advise(incident, get_caller(request).name))

    @router.get("/live/advice/moves")
    @needs(Role.ANALYST, noted=Noted.LOOK)
    def get_move_advice(request: Request) -> MovesGivenOut:
        """Which free units would do more elsewhere, with gain and cost. 503 while advice is off."""
        with parts.watch.metrics.advising("moves"):
            return moves_given_out(parts.seen_by(request).advise_moves(get_caller(request).name))

    @router.put("/live/advice/{advice}/done", status_code=204)
    @needs(Role.ANALYST, noted=Noted.CHANGE)
    def put_advice_done(request: Request, advice: str, done: DoneIn) -> Response:
        """Write down what a person did about a piece of advice."""
        desk = parts.seen_by(request)
        desk.note_done(advice, done.deed, done.unit, done.why, get_caller(request).name)
        return Response(status_code=204)

    return router
