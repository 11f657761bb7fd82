"""One delivery: posted once, to an address that was checked, with nothing believed of the answer but its status."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx2

from beredt import __version__
from beredt.live.webhooks.address import AddressError, Resolve, checked_addresses, resolve
from beredt.live.webhooks.outbox import Batch
from beredt.live.webhooks.signature import sign
from beredt.live.webhooks.target import Target

TIMEOUT_S = 10.0
"""For connecting, for each piece of a request and an answer, and for the whole answer after its head."""
MOST_ANSWERED = 65_536
"""Bytes of an answer that are read, and thrown away, so that the connection can be used again."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a delivery; `why` is "" where it was taken, else a few words that hold nothing of the answer."""

    why: str = ""

    @property
    def taken(self) -> bool:
        """Whether the receiver has it."""
        return not self.why


class Poster:
    """Posts to one target. For one thread; use it in a ``with`` block."""

    def __init__(
        self,
        target: Target,
        clock: Callable[[], float] = time.time,
        look_up: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Get ready.

        Args:
            target: where to.
            clock: seconds since 1970.
            look_up: the resolver.
            tls: whom to believe; None for the authorities that the machine's users believe.
        """
        self._target, self._clock, self._look_up = target, clock, look_up
        self._url, self._tried = httpx2.URL(target.url), 0
        self._host = self._url.raw_host.decode("ascii")
        # A proxy of the environment would do the connecting, and to wherever it likes.
        self._client = httpx2.Client(
            timeout=TIMEOUT_S,
            follow_redirects=False,
            trust_env=False,
            verify=True if tls is None else tls,
            limits=httpx2.Limits(max_connections=1, keepalive_expiry=30.0),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def post(self, batch: Batch) -> Answered:
        """Post a batch once. Whatever goes wrong is an answer, never an error."""
        url, target = self._url, self._target
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            addresses = checked_addresses(self._host, port, target.allow_private, self._look_up)
        except AddressError as error:
            return Answered(str(error))
        except (OSError, ValueError):
            return Answered("nobody knows the host")
        address = addresses[self._tried % len(addresses)]
        self._tried += 1  # of several addresses, another one next time: also where this one answers
        headers = {
            "host": url.netloc.decode("ascii"),
            "content-type": "application/json",
            "user-agent": f"beredt/{__version__}",
            **sign(batch.name, int(self._clock()), batch.body, target.secrets),
        }
        # The certificate is that of the host's name, whatever address was connected to.
        asked = self._client.build_request("POST", url.copy_with(host=str(address)), content=batch.body,
                                           headers=headers, extensions={"sni_hostname": self._host})  # fmt: skip
        asked.extensions["timeout"] = httpx2.Timeout(TIMEOUT_S).as_dict()
        try:
            answer = self._client.send(asked, stream=True)
            try:
                _read_through(answer)
            finally:
                answer.close()
        except httpx2.HTTPError as error:
            return Answered(f"no answer ({type(error).__name__})")
        return Answered("" if answer.is_success else f"it answered {answer.status_code}")


def _read_through(answer: httpx2.Response) -> None:
    """Read a short answer to its end; a long or slow one is left, and the connection with it."""
    begun, read = time.monotonic(), 0
    for piece in answer.iter_raw():
        read += len(piece)
        if read > MOST_ANSWERED or time.monotonic() - begun > TIMEOUT_S:
            return
