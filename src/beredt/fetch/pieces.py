"""From a source to the requests that have to be made, asking it first where only it knows."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from beredt.errors import FetchError, OptionError
from beredt.fetch.asked import Asked
from beredt.fetch.dotted import find_dotted
from beredt.fetch.request import Piece, Request, make_request
from beredt.fetch.source import Source
from beredt.fetch.transfer import Transfer

READY = "ReadyForDownload"
POLL_S, LONGEST_ORDER_S = 5.0, 1800.0


@dataclass(frozen=True, slots=True, eq=False)
class Asking:
    """Asks sources what there is to be had. `sleep` waits between two questions."""

    transfer: Transfer
    asked: Asked
    sleep: Callable[[float], None] = time.sleep

    def list_pieces(self, source: Source) -> tuple[Piece, ...]:
        """The pieces of a source, in a fixed order. Raises FetchError and OptionError."""
        if source.way == "municipality":
            return tuple(self._each_municipality(source))
        if source.way == "order":
            return tuple(self._ordered(source))
        if source.way == "table":
            return (Piece(self._name(source), self._table(source)),)
        return (Piece(self._name(source), make_request(source, self.asked)),)

    def find_checksum(self, source: Source) -> str | None:
        """The MD5 sum that the source tells of its file, None if it tells none. Raises FetchError."""
        if source.checksum is None:
            return None
        request = make_request(source, self.asked, source.checksum)
        words = self.transfer.read(request).decode("utf-8", "replace").split()
        if not words or len(words[0]) != 32:
            raise FetchError(request.url, "there is no MD5 sum at the beginning", "look at the address of the checksum")
        return words[0].lower()

    def _name(self, source: Source, municipality: str | None = None) -> str:
        return self.asked.fill(source.file, municipality)

    def _each_municipality(self, source: Source) -> Iterator[Piece]:
        if not self.asked.municipalities:
            remedy = "name them: --municipalities 3201,3203"
            raise OptionError("--municipalities", "", f"{source.id} is asked once per municipality", remedy)
        for number in self.asked.municipalities:
            yield Piece(self._name(source, number), make_request(source, self.asked, municipality=number))

    def _table(self, source: Source) -> Request:
        """A table of figures: the newest of that title, asked only for variables that it says it has."""
        url = self._newest(source) if source.find_url else source.url
        about = make_request(source, self.asked, url.split("?")[0].removesuffix("/data") + "/metadata")
        described = _as_json(self.transfer.read(Request(about.url, None, source.headers)), about.url)
        has = described.get("id", []) if isinstance(described, dict) else []
        selection = source.body.get("selection", []) if isinstance(source.body, dict) else []
        asked = [one["variableCode"] for one in selection]
        missing = sorted(set(asked) - set(has))
        if missing:
            message = f"the table has no variable {', '.join(missing)}; it has {', '.join(has) or 'none'}"
            raise FetchError(about.url, message, "give the names it has now in a table of your own, --sources FILE")
        return make_request(source, self.asked, url)

    def _newest(self, source: Source) -> str:
        """Among tables of that title the one with the latest date, by the address that lists them."""
        address, title = source.find_url or "", source.find_title or ""
        listed = _as_json(self.transfer.read(Request(address, None, source.headers)), address)
        tables = [
            one
            for one in (listed.get("tables", []) if isinstance(listed, dict) else [])
            if title.lower() in str(one.get("label", "")).lower() and not one.get("discontinued")
        ]
        if not tables:
            raise FetchError(
                address,
                f"no table is called {title!r} any more",
                "give its number in a table of your own, --sources FILE",
            )
        newest = max(tables, key=lambda one: (str(one.get("updated", "")), str(one["id"])))
        return source.url.replace("{table}", str(newest["id"]))

    def _ordered(self, source: Source) -> Iterator[Piece]:
        """Order files, and wait until all are ready."""
        request = make_request(source, self.asked)
        order = _as_json(self.transfer.read(request), request.url)
        number, waited_s = find_dotted(order, "referenceNumber"), 0.0
        while not (files := _files(order, request.url)) or any(one.get("status") != READY for one in files):
            failed = [str(one.get("name")) for one in files if one.get("status") in {"Error", "Failed", "Cancelled"}]
            if failed or not number or waited_s >= LONGEST_ORDER_S:
                what = f"the order of {', '.join(failed)} failed" if failed else f"not ready after {waited_s:.0f} s"
                raise FetchError(request.url, what, "call again later")
            self.sleep(POLL_S)
            waited_s += POLL_S
            order = _as_json(self.transfer.read(Request(f"{request.url}/{number}")), request.url)
        for place, one in enumerate(files):
            name = str(one.get("name") or urlsplit(str(one["downloadUrl"])).path.rsplit("/", 1)[-1])
            suffix = name.rsplit(".", 1)[-1].lower() if "." in name else "zip"
            stem = self._name(source) if len(files) == 1 else f"{self._name(source)}-{place + 1}"
            yield Piece(f"{stem}.{suffix}", Request(str(one["downloadUrl"])))


def _files(order: Any, url: str) -> list[dict[str, Any]]:
    files = find_dotted(order, "files")
    if not isinstance(files, list):
        raise FetchError(url, "the answer to an order holds no list `files`", "look at the address of the order")
    return [one for one in files if isinstance(one, dict)]


def _as_json(content: bytes, url: str) -> Any:
    try:
        return json.loads(content)
    except ValueError as error:
        raise FetchError(url, f"the answer is no JSON: {error}", "look at the address") from error
