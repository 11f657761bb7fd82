"""Write the colours of the report as the screen's: `frontend/src/theme/colours.css` and `scales.ts`.

The same thing has the same colour on the screen and on paper. A test fails when these files are not what this tool
writes.
"""

from __future__ import annotations

import json
from pathlib import Path

from beredt.report import theme
from beredt.report.page.theme_css import dark_colours, light_colours

FOLDER = Path(__file__).parents[1] / "frontend" / "src" / "theme"
HEAD = "Written by tools/write_theme.py from the report's theme. Not edited by hand."


def colours_css() -> str:
    """Every variable of the report's page, with its light and its dark colour."""
    dark = dark_colours()
    lines = [f"  {name}: light-dark({light}, {dark.get(name, light)});" for name, light in light_colours().items()]
    return f"/* {HEAD} */\n:root {{\n" + "\n".join(lines) + "\n}\n"


def scales_ts() -> str:
    """The scales of maps and charts, which are painted on canvases and so cannot be variables."""
    inks = {ink.variable.removeprefix("--"): {"light": ink.light, "dark": ink.dark} for ink in theme.page_inks()}
    parts = {
        "INKS": inks,
        "RESPONSE_MINUTES": theme.RESPONSE_MINUTES,
        "RESPONSE_COLOURS": theme.RESPONSE_COLOURS,
        "DIFFERENCE_SECONDS": theme.DIFFERENCE_SECONDS,
        "DIFFERENCE_COLOURS": theme.DIFFERENCE_COLOURS,
        "ALTERNATIVE_COUNT": len(theme.ALTERNATIVE_INKS),
    }
    lines = [f"export const {name} = {json.dumps(value)} as const;" for name, value in parts.items()]
    return f"// {HEAD}\n" + "\n".join(lines) + "\n"


def main() -> None:
    """Write both files."""
    (FOLDER / "colours.css").write_text(colours_css(), encoding="utf-8")
    (FOLDER / "scales.ts").write_text(scales_ts(), encoding="utf-8")


if __name__ == "__main__":
    main()
