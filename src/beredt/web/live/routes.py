"""Events in, and the picture out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from beredt.errors import UnknownIdError, UploadError
from beredt.live.events.event import event_schema
from beredt.web.access.caller import get_caller
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.ending import ending_of
from beredt.web.live.parts import LiveParts
from beredt.web.live.shapes import (
    MOST_EVENTS,
    CollectionOut,
    EventBatch,
    PictureOut,
    ReceiptOut,
    collection_out,
    picture_out,
    receipt_out,
)
from beredt.web.live.stream import changes


class GeoJson(JSONResponse):
    """A collection of GeoJSON (RFC 7946)."""

    media_type = "application/geo+json"


def feed_router(parts: LiveParts) -> APIRouter:
    """`/live/events`: what a feed sends, and in which form."""
    router = APIRouter(tags=["live"])

    @router.post("/live/events")
    @needs(Role.ANALYST, program=True)
    async def post_live_events(request: Request, batch: EventBatch) -> ReceiptOut:
        """Take up to 100 events. What is taken or doubled is on the disk; 503: nothing was taken, send again."""
        return await _take(parts, batch.events, request)

    @router.post("/live/events/{adapter}")
    @needs(Role.ANALYST, program=True)
    async def post_foreign_events(request: Request, adapter: str, sent: Annotated[Any, Body()]) -> ReceiptOut:
        """Take up to 100 events as another system writes them, by an adapter that the server was started with."""
        if adapter not in parts.adapters:
            raise UnknownIdError("adapter", adapter, parts.adapters)
        return await _take(parts, parts.adapters[adapter].translate(sent), request)

    @router.get("/live/events/schema")
    @needs(Role.READER)
    def get_event_schema() -> dict[str, Any]:
        """The JSON Schema of an event."""
        return event_schema()

    return router


async def _take(parts: LiveParts, events: list[Any], request: Request) -> ReceiptOut:
    if len(events) > MOST_EVENTS:
        raise UploadError(413, f"{len(events)} events at once", f"send at most {MOST_EVENTS} in a batch")
    taken = parts.live.take(events, get_caller(request).name, parts.scope_of(request))
    return receipt_out(await asyncio.wrap_future(taken))


def picture_router(parts: LiveParts) -> APIRouter:
    """`/live/picture` and the stream of its changes."""
    router = APIRouter(tags=["live"])

    @router.get("/live/picture")
    @needs(Role.ANALYST, noted=Noted.LOOK)
    def get_live_picture(request: Request) -> PictureOut:
        """Units, incidents and sources as they are known now, as GeoJSON."""
        return picture_out(parts.study.settings.study.id, parts.seen_by(request).view())

    @router.get("/live/picture.geojson", response_class=GeoJson)
    @needs(Role.ANALYST, noted=Noted.LOOK)
    def get_live_geojson(request: Request) -> CollectionOut:
        """Units and incidents as they are known now, as one collection of GeoJSON: `what` tells them apart."""
        return collection_out(parts.seen_by(request).view())

    @router.get("/live/changes", response_class=EventSourceResponse)
    @needs(Role.ANALYST, noted=Noted.LOOK)
    async def follow_live(request: Request) -> AsyncIterator[ServerSentEvent]:
        """A stream of `change` events, each a ChangeOut: the first with everything, then what is new."""
        async for change in changes(parts.seen_by(request), ending_of(request.app)):
            yield ServerSentEvent(event="change", data=change)

    return router
