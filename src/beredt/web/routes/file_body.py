"""How a body that is a file is told of in the OpenAPI document."""

from __future__ import annotations

from typing import Any

FILE_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
