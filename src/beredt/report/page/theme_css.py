"""The colours of the page as CSS, for light, dark, paper and the colour-blind."""

from __future__ import annotations

from collections.abc import Sequence

from beredt.report import theme

_LIGHT = {
    "--page": "#f6f6f4", "--halo": "#ffffffd0", "--good": "#00734f", "--bad": "#b4450a", "--q1": "#eef3f7",
    "--q2": "#d5e3ee", "--q3": "#adcbe0", "--q4": "#3f7aa5", "--q5": "#1d5c86", "--on-q4": "#ffffff",
    "--on-q5": "#ffffff",
}  # fmt: skip
_DARK = {
    "--page": "#0f1214", "--halo": "#15181bd0", "--good": "#4fc79b", "--bad": "#f08a4b", "--q1": "#1c252c",
    "--q2": "#22333f", "--q3": "#2b4a5f", "--q4": "#2f6a94", "--q5": "#8cc4ea", "--on-q4": "#ffffff",
    "--on-q5": "#0f1214",
}  # fmt: skip


def theme_css() -> str:
    """Variables for the light page, and for the dark one where the reader's screen asks for it."""
    light = light_colours()
    dark = dark_colours()
    safe = {f"--level-{n}": colour for n, colour in enumerate(theme.SAFE_LEVELS) if colour} | _on(theme.SAFE_LEVEL_TEXT)
    return (
        f":root{{color-scheme:light dark;{_set(light)}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_set(dark)}}}}}"
        f":root:has(.safe-colours:checked){{{_set(safe)}}}"
    )


def light_colours() -> dict[str, str]:
    """The light colour of every variable: what paper and single files have."""
    return {ink.variable: ink.light for ink in theme.page_inks()} | _LIGHT | _on(theme.LEVEL_TEXT)


def dark_colours() -> dict[str, str]:
    """The dark colour of every variable that has one; the others stay as they are in light."""
    return {ink.variable: ink.dark for ink in theme.page_inks()} | _DARK


def _on(colours: Sequence[str]) -> dict[str, str]:
    return {f"--on-{level}": colour for level, colour in enumerate(colours)}


def _set(variables: dict[str, str]) -> str:
    return "".join(f"{name}:{value};" for name, value in variables.items())
