"""Large answers that many ask for: written and compressed once, and known to a browser that has them already."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

COMPRESSION = 6


@dataclass(frozen=True, slots=True)
class PreparedJson:
    """An answer as bytes, plain and compressed; `tag` changes whenever the content does."""

    tag: str
    plain: bytes
    compressed: bytes


def prepare_json(content: Mapping[str, Any], tag: str) -> PreparedJson:
    """Write an answer. No number in it may be infinite or unknown."""
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    return PreparedJson(f'"{tag}"', plain, gzip.compress(plain, COMPRESSION, mtime=0))


def prepared_from_gzip(compressed: bytes, tag: str) -> PreparedJson:
    """An answer that is written and compressed already."""
    return PreparedJson(f'"{tag}"', gzip.decompress(compressed), compressed)


def send_prepared(prepared: PreparedJson, request: Request) -> Response:
    """The answer in the form that the browser takes, or word that it has it already."""
    headers = {"etag": prepared.tag, "cache-control": "no-cache", "vary": "accept-encoding"}
    if prepared.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(prepared.compressed, headers=headers, media_type="application/json")
    return Response(prepared.plain, headers=headers, media_type="application/json")
