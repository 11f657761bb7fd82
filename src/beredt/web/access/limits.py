"""The rate limits of a server with accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from beredt.errors import RefusedError
from beredt.web.access.allowance import Allowance, Rate
from beredt.web.access.users import Clock


@dataclass(frozen=True, slots=True)
class Rates:
    """How often.

    Wrong logins are counted three ways: of one name from one address, of one address whatever the name, and of one name
    from wherever. The last is wide, so that a stranger can hardly lock somebody out, and still holds a guesser
    with many addresses to two hundred a day. Heavy work is a simulation after a change: nobody moves a station more
    than once a second for a minute.
    """

    name_and_address: Rate
    address: Rate
    name: Rate
    heavy: Rate


USUAL_RATES = Rates(name_and_address=Rate(5, 180.0), address=Rate(20, 60.0), name=Rate(50, 600.0), heavy=Rate(60, 1.0))


class LoginLimits:
    """Counts wrong logins, and refuses those who had too many. What was right is not counted."""

    def __init__(self, rates: Rates, clock: Clock) -> None:
        self._counted = tuple(Allowance(rate, clock) for rate in (rates.name_and_address, rates.address, rates.name))

    def check(self, name: str, address: str) -> None:
        """Refuse, before the password is looked at, whoever was wrong too often; the same for names that nobody has."""
        waits = [one.wait_s(key) for one, key in zip(self._counted, _keys(name, address), strict=True)]
        if (wait := max(waits)) > 0:
            raise RefusedError(429, "logins", retry_s=wait)

    def note_wrong(self, name: str, address: str) -> None:
        """Count a wrong login."""
        for one, key in zip(self._counted, _keys(name, address), strict=True):
            one.take(key)

    def note_right(self, name: str, address: str) -> None:
        """Forget the wrong ones of this name from this address: typing slips of whoever has the password."""
        self._counted[0].forgive(_keys(name, address)[0])


class HeavyLimits:
    """Counts heavy work of a user, and of an address for all users behind it."""

    def __init__(self, rates: Rates, clock: Clock) -> None:
        self._user, self._address = Allowance(rates.heavy, clock), Allowance(_wider(rates.heavy), clock)

    def take(self, name: str, address: str) -> None:
        """Count one, or refuse it."""
        wait = max(self._user.take(name), self._address.take(address))
        if wait > 0:
            raise RefusedError(429, "busy", retry_s=wait)


def _keys(name: str, address: str) -> Sequence[str]:
    folded = name.casefold()
    return (f"{folded}\0{address}", address, folded)


def _wider(rate: Rate) -> Rate:
    """Ten people of one office behind one address."""
    return Rate(10 * rate.burst, rate.refill_s / 10)
