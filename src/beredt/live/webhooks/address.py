"""To which address a target's host leads, looked up once: what was checked is what is connected to.

A name whose owner changes where it leads between the look and the connection gains nothing: there is only one look.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

from beredt.errors import LiveStoreError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""Addresses of a host and port, as text."""

_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
"""IPv4 in IPv6 (RFC 6052, RFC 8215): what lies behind is decided by a router."""


def resolve(host: str, port: int) -> Sequence[str]:
    """What the machine's resolver says. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def checked_addresses(host: str, port: int, allow_private: bool, look_up: Resolve = resolve) -> tuple[Address, ...]:
    """The addresses of a host, all of them such that events may be sent there.

    Args:
        host: name or address.
        port: of the target.
        allow_private: whether addresses that the internet does not know are allowed.
        look_up: the resolver.

    Raises:
        OSError: nobody knows the host.
        AddressError: one of its addresses is not allowed.
    """
    found = tuple(ipaddress.ip_address(one.partition("%")[0]) for one in look_up(host, port))
    if not found:
        raise OSError("the host has no address")
    if not allow_private and not all(is_public(one) for one in found):
        raise AddressError(
            "the host leads to an address of a private network or of this machine, and the file does not allow that: "
            "allow_private = true does"
        )
    return found


class AddressError(LiveStoreError):
    """A target is where nothing may be sent."""


def is_public(address: Address) -> bool:
    """Whether it is one machine's of the whole internet, and not another kind of address in disguise."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address.sixtofour is not None or address.teredo is not None or any(address in net for net in _TRANSLATED):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
