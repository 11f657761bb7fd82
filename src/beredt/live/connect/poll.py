"""An address that is asked again and again: JSON or GeoJSON of what another system knows now."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from beredt import __version__
from beredt.errors import OptionError

LONGEST_PAUSE_S = 300.0
"""Between two tries at a system that does not answer."""
PATIENCE_S = 30.0
LARGEST_BYTES = 50_000_000


class Poll:
    """What an address answered, and when to ask next."""

    def __init__(self, url: str, every_s: float, headers: Mapping[str, str]) -> None:
        """Nothing is asked yet.

        Args:
            url: http or https.
            every_s: seconds between two questions while all is well.
            headers: sent along, such as a key.

        Raises:
            OptionError: it is no such address.
        """
        if urlsplit(url).scheme not in ("http", "https"):
            raise OptionError("--poll", url, "only http and https can be asked", "give such an address")
        self._url, self._every_s, self._headers = url, every_s, dict(headers)
        self._seen = self._next = _Seen()
        self.failures = 0
        self.pause_s = every_s
        """Seconds until it is to be asked again."""
        self.problem = ""
        """Why the last question was not answered, "" if it was."""

    def ask(self) -> Any | None:
        """What is there now as JSON's values; None where it is what it was before, or nobody answers.

        What was handed out counts as seen only after `settle`: what could not be delivered is asked for anew.
        """
        request = urllib.request.Request(self._url, headers=self._asking())
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                body = answer.read(LARGEST_BYTES + 1)
                if len(body) > LARGEST_BYTES:
                    raise ValueError(f"more than {LARGEST_BYTES // 1_000_000} MB")
                found = _read(body)
                self._next = _Seen(answer.headers.get("etag"), answer.headers.get("last-modified"))
        except urllib.error.HTTPError as error:
            with error:
                if error.code == HTTPStatus.NOT_MODIFIED:
                    self._well()
                else:
                    self._failed(f"it answers {error.code}", error.headers.get("retry-after"))
            return None
        except (OSError, ValueError, RecursionError) as error:
            self._failed(str(error))
            return None
        self._well()
        return found

    def settle(self) -> None:
        """What was handed out last is delivered."""
        self._seen = self._next

    def _asking(self) -> dict[str, str]:
        own = {"accept": "application/json, application/geo+json", "user-agent": f"beredt/{__version__}"}
        seen = {"if-none-match": self._seen.etag, "if-modified-since": self._seen.modified}
        return {**own, **self._headers, **{name: value for name, value in seen.items() if value}}

    def _well(self) -> None:
        self.failures, self.pause_s, self.problem = 0, self._every_s, ""

    def _failed(self, why: str, after: str | None = None) -> None:
        """Wait twice as long with each failure, and as long as the system asks for."""
        self.failures += 1
        self.problem = why
        longest = max(LONGEST_PAUSE_S, self._every_s)
        self.pause_s = min(longest, self._every_s * 2.0 ** min(self.failures, 16))
        if after is not None and after.isdecimal():
            self.pause_s = min(longest, max(self.pause_s, float(after)))


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError as error:
        raise ValueError(f"its answer is no JSON ({error})") from error


@dataclass(frozen=True, slots=True)
class _Seen:
    """By what the system knows again what it has told."""

    etag: str | None = None
    modified: str | None = None
