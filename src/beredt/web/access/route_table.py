"""All routes of an application with what each needs, found as the router finds them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from beredt.web.access.need import Need, find_need, needs
from beredt.web.access.roles import Role


@dataclass(frozen=True, slots=True)
class KnownRoute:
    """A route: its `path` with {placeholders}, its `methods` (all if empty), its function and what that needs."""

    path: str
    pattern: re.Pattern[str]
    methods: frozenset[str]
    endpoint: object
    need: Need | None


@dataclass(frozen=True, slots=True)
class Found:
    """The route that a request goes to, and the parts of its path by name."""

    route: KnownRoute
    parts: dict[str, str]


def list_routes(app: FastAPI) -> tuple[KnownRoute, ...]:
    """All routes and mounted applications in the order in which they are tried."""
    return tuple(_known(context) for context in iter_route_contexts(app.routes) if _pattern(context) is not None)


def declare_description(app: FastAPI) -> None:
    """Open the OpenAPI document, which FastAPI adds itself, to whoever may use what it describes."""
    for route in app.routes:
        if getattr(route, "path", None) == app.openapi_url:
            needs(Role.READER)(getattr(route, "endpoint", None) or route)


def find_route(routes: Sequence[KnownRoute], method: str, path: str) -> Found | None:
    """The first route that takes this path and method, None if there is none."""
    for route in routes:
        if (not route.methods or method in route.methods) and (match := route.pattern.match(path)):
            return Found(route, {key: value for key, value in match.groupdict().items() if value is not None})
    return None


def _known(context: object) -> KnownRoute:
    route = getattr(context, "original_route", None)
    endpoint: object = route.app if isinstance(route, Mount) else getattr(context, "endpoint", None)
    pattern = _pattern(context)
    assert pattern is not None
    methods: set[str] = getattr(context, "methods", None) or set()
    return KnownRoute(
        path=getattr(context, "path", None) or "/",
        pattern=pattern,
        methods=frozenset(methods),
        endpoint=endpoint,
        need=find_need(endpoint),
    )


def _pattern(context: object) -> re.Pattern[str] | None:
    try:
        found = getattr(context, "path_regex", None)
    except AttributeError:
        return None
    return found if isinstance(found, re.Pattern) else None
