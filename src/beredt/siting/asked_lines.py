"""What a model answered, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from beredt.siting.answer import SitingAnswer
from beredt.siting.ask_model import Asked, TradeOff

_BAR = 30
"""Letters of the longest bar of a trade-off."""


def asked_lines(asked: Asked) -> list[str]:
    """The best answer first, then what else was asked for."""
    lines = [*_best(asked.answer), *_several(asked)]
    if asked.ranges is not None:
        for word in ("all", "some", "none", "open question"):
            sites = [site for site, found in asked.ranges.items() if found == word]
            if sites:
                lines.append(f"near the best, open in {word}: {', '.join(sites)}")
    return [*lines, *(trade_off_lines(asked.trade_off) if asked.trade_off is not None else [])]


def _best(answer: SitingAnswer) -> list[str]:
    proof = "proved" if answer.status == "proved" and answer.gap == 0.0 else f"{answer.status}, gap {answer.gap:.4%}"
    bound = f"nothing is better than {answer.bound:.8g}"
    lines = [
        f"{answer.model}: {answer.objective:.8g} ({bound}; {proof}; {answer.seconds:.2f} s)",
        f"{len(answer.chosen)} sites: {sites_text(answer.chosen)}",
        *(f"  {period}: {sites_text(units)}" for period, units in answer.by_period.items()),
    ]
    return [*lines, *(f"{name}: {value:.6g}" for name, value in answer.measures.items())]


def _several(asked: Asked) -> list[str]:
    """The k best: the first with all its sites, the others by what they change."""
    lines = []
    for rank, answer in enumerate(asked.several, start=1):
        proved = "" if answer.status == "proved" else f", not proved: gap {answer.gap:.2%}"
        first = asked.several[0]
        text = sites_text(answer.chosen) if rank == 1 else _change(first, answer)
        lines.append(f"{rank}. {answer.objective:.6g}{proved}: {text}")
    return lines


def _change(first: SitingAnswer, answer: SitingAnswer) -> str:
    """What an answer has that the first has not, and the other way round."""
    more = {site: n - first.chosen.get(site, 0) for site, n in answer.chosen.items() if n > first.chosen.get(site, 0)}
    fewer = {site: n - answer.chosen.get(site, 0) for site, n in first.chosen.items() if n > answer.chosen.get(site, 0)}
    if not more and not fewer:
        return "as 1., with other units in some period"
    parts = [f"+ {sites_text(more)}"] * bool(more) + [f"− {sites_text(fewer)}"] * bool(fewer)
    return f"as 1., {'  '.join(parts)}"


def trade_off_lines(traded: TradeOff) -> list[str]:
    """The curve as a table with a bar for the first criterion."""
    first, second = traded.names
    front = traded.front
    sort = "every point there is" if front.exact else f"points at least {front.step:.3g} of {second} apart"
    lines = [f"{first} against {second}, {sort}:"]
    values = [point.first for point in front.points]
    low, high = min(values), max(values)
    for point, chosen in zip(front.points, traded.chosen, strict=True):
        share = (point.first - low) / (high - low) if isfinite(high - low) and high > low else 1.0
        bar = "█" * max(1, round(_BAR * share))
        proved = "" if point.proved else " (not proved)"
        lines.append(f"  {point.first:>12.6g} {point.second:>12.6g}  {bar:<{_BAR}} {sites_text(chosen)}{proved}")
    return lines


def sites_text(chosen: Mapping[str, int]) -> str:
    """Open sites, with their units where a site has several."""
    return ", ".join(site if count == 1 else f"{count} at {site}" for site, count in chosen.items()) or "no site"
