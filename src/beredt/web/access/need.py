"""What a route needs, said where the route is defined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from beredt.web.access.kinds import Kind
from beredt.web.access.roles import Role

_NEED = "beredt_need"

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class Noted(StrEnum):
    """Whether a call of a route goes into the log of who did what."""

    NOT = "not"
    """Parts of a page, and questions asked many times a minute while somebody drags a station."""
    LOOK = "look"
    """Somebody saw figures of a study."""
    CHANGE = "change"
    """Something that stays was changed."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a caller must be and may send.

    `role` is the least role; `noted` whether the call is logged; `heavy` whether it costs seconds of the machine and is
    counted against the caller's allowance; `kinds` what an uploaded body may be, anything if empty, and `largest` how
    many bytes it may have, None for as many as any other request (FastAPI is told the same, as `max_body_size`);
    `form` that a page's own form sends it, with its CSRF token as a field instead of a header: the route itself checks
    it; `program` that a program sends it and no page: it brings no CSRF token, and what a browser sends is refused.
    """

    role: Role
    noted: Noted = Noted.NOT
    heavy: bool = False
    kinds: tuple[Kind, ...] = ()
    largest: int | None = None
    form: bool = False
    program: bool = False


def needs(
    role: Role,
    *,
    noted: Noted = Noted.NOT,
    heavy: bool = False,
    kinds: tuple[Kind, ...] = (),
    largest: int | None = None,
    form: bool = False,
    program: bool = False,
) -> Callable[[Endpoint], Endpoint]:
    """Say what a route needs; stands between the route's decorator and its function. See :class:`Need`.

    ::

        @router.put("/studies/{study}/alternatives/{alternative}")
        @needs(Role.ANALYST, noted=Noted.CHANGE)
        def save_alternative(…): …
    """
    need = Need(role, noted, heavy, kinds, largest, form, program)

    def declare(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _NEED, need)
        return endpoint

    return declare


def find_need(endpoint: object) -> Need | None:
    """What a route's function or mounted application needs; None if it does not say."""
    found = getattr(endpoint, _NEED, None)
    return found if isinstance(found, Need) else None
