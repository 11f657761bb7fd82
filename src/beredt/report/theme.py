"""Colours: the same thing has the same colour in every figure, in light, in dark and on paper.

Figures are drawn in the light colours; those listed in `svg_variables` become CSS variables, which the page sets for
light and dark. Scales of maps are fixed: a legend must match its map in every theme.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from beredt.model.alternative import TODAY


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour of the page in light and dark, and the CSS variable that carries it."""

    variable: str
    light: str
    dark: str


TEXT = Ink("--ink", "#16191d", "#e6e8ea")
QUIET = Ink("--quiet", "#5b6169", "#a4abb3")
GRID = Ink("--grid", "#dfe2e6", "#33393f")
LAND = Ink("--land", "#e8eae7", "#24282c")
EDGE = Ink("--edge", "#a9aeb4", "#59616a")
ROAD = Ink("--road", "#c9ccc8", "#3c434a")
WATER = Ink("--water", "#dce7ee", "#1a242c")
SURFACE = Ink("--surface", "#fffffe", "#15181b")
MARGIN = Ink("--margin-band", "#e9ebee", "#2a2f34")
ACCENT = Ink("--accent", "#1d5c86", "#7cb8e0")
BUSY = Ink("--busy", "#1d5c87", "#5aa2d2")
READY = Ink("--ready", "#c3d3de", "#3a5163")
AWAY = Ink("--away", "#8d98a3", "#707b86")

TODAY_INK = Ink("--alt-today", "#7a8088", "#9aa1a9")
# Okabe and Ito (2008), black and yellow left out: the one is text, the other is lost on white.
ALTERNATIVE_INKS: tuple[Ink, ...] = (
    Ink("--alt-0", "#0072b2", "#4ba6dd"),
    Ink("--alt-1", "#e69f00", "#f0b335"),
    Ink("--alt-2", "#d55e00", "#f08345"),
    Ink("--alt-3", "#009e73", "#35c49b"),
    Ink("--alt-4", "#cc79a7", "#e29ac2"),
    Ink("--alt-5", "#56b4e9", "#84c9f0"),
)
MARKERS = ("o", "s", "D", "^", "v", "P")
"""So that alternatives can be told apart in grey print."""

# Simultaneity, from none to five or more units drawn in, as the regional study paints its calendar.
LEVEL_INKS: tuple[Ink, ...] = (
    Ink("--level-0", "#eef0f1", "#23282c"),
    Ink("--level-1", "#3fa34d", "#3fa34e"),
    Ink("--level-2", "#f5d327", "#f5d328"),
    Ink("--level-3", "#f28e2b", "#f28e2c"),
    Ink("--level-4", "#d62f27", "#d62f28"),
    Ink("--level-5", "#7a0c10", "#a01a1e"),
)
# The same steps for the colour-blind: viridis turned round, lighter to darker.
SAFE_LEVELS = ("", "#c8e020", "#4ac16d", "#1f9a8a", "#365c8d", "#440154")
LEVEL_TEXT = ("#5b6169", "#ffffff", "#16191d", "#16191d", "#ffffff", "#ffffff")
SAFE_LEVEL_TEXT = ("#5b6169", "#16191d", "#16191d", "#ffffff", "#ffffff", "#ffffff")

RANK_COLOURS = ("#1d5c87", "#7fb0d0", "#c3d3de", "#e3e7ea", "#f0f1f2")
"""From the first rank to the last, darker is better."""

RESPONSE_MINUTES = (8, 10, 12, 15, 20, 25)
"""Upper edges of the response classes; the last class has none."""
# Cividis from its light end to its dark one: longer is darker, in colour, for the colour-blind and in grey print.
RESPONSE_COLOURS = ("#fee838", "#dcc95d", "#b8ab6f", "#918f78", "#6d7174", "#45556c", "#00224e")

DIFFERENCE_SECONDS = (-120, -60, -30, -15, 15, 30, 60, 120)
DIFFERENCE_COLOURS = (
    *("#08418c", "#2f7fbe", "#7fb5dc", "#c9dff0", "#f8f8f6", "#fbdcb5", "#f8ac5f", "#e2741a", "#9c4303"),
)


def alternative_inks(alternatives: Sequence[str]) -> Mapping[str, Ink]:
    """The colour of every alternative: today grey, the others in the order of the study."""
    others = [one for one in alternatives if one != TODAY]
    inks = {one: ALTERNATIVE_INKS[number % len(ALTERNATIVE_INKS)] for number, one in enumerate(others)}
    return {TODAY: TODAY_INK, **inks}


def alternative_markers(alternatives: Sequence[str]) -> Mapping[str, str]:
    """The marker of every alternative in charts."""
    return {one: MARKERS[number % len(MARKERS)] for number, one in enumerate(alternatives)}


def page_inks() -> tuple[Ink, ...]:
    """All colours that the page sets."""
    single = (TEXT, QUIET, GRID, LAND, EDGE, ROAD, WATER, SURFACE, MARGIN, ACCENT, BUSY, READY, AWAY, TODAY_INK)
    return (*single, *ALTERNATIVE_INKS, *LEVEL_INKS)


def svg_variables() -> Mapping[str, str]:
    """The light colour of every ink to the name of its variable."""
    return {ink.light: ink.variable for ink in page_inks()}
