"""What a browser writes to its console that a page is to blame for."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage

DRIVER = "GL Driver Message (OpenGL, Performance"
"""The driver that the tests draw with tells that a picture is read back, which is how they draw: no page's doing."""


def is_complaint(message: ConsoleMessage) -> bool:
    """Tell whether a message is an error or a warning of the page."""
    return message.type in ("error", "warning") and DRIVER not in message.text
