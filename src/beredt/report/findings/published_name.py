"""What a published figure is about, in words, read from the indicator that it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from beredt.report import form
from beredt.report.context import ReportContext
from beredt.report.place_text import place_text


def published_name(ctx: ReportContext, indicator: str, figure: str) -> str:
    """The figure in words, or its id where the indicator is of a kind that nobody has words for."""
    kind, _, arguments = indicator.partition(":")
    namer = _NAMERS.get(kind)
    if namer is not None:
        try:
            return namer(ctx, kind, arguments.split(":"))
        except ValueError:
            pass  # other arguments than this version knows: the id still says which figure it is
    return ctx.numbers.label(figure.replace("-", " "))


Namer = Callable[[ReportContext, str, list[str]], str]


def _flow(ctx: ReportContext, kind: str, parts: list[str]) -> str:
    urgency, stations, place = parts[0], parts[1], ":".join(parts[2:])
    if not place:
        raise ValueError(parts)
    return ctx.words(
        f"published.name.{kind}",
        urgency=urgency.replace("/", ctx.words("place.of")),
        stations=place_text(ctx, stations),
        place=ctx.words("place.of").join(place_text(ctx, one) for one in place.split("/")),
    )


def _people(ctx: ReportContext, kind: str, parts: list[str]) -> str:
    year, place = parts[0], ":".join(parts[1:])
    return ctx.words(f"published.name.{kind}", year=ctx.numbers.label(year), place=place_text(ctx, place))


def _nearest(ctx: ReportContext, kind: str, parts: list[str]) -> str:
    year, station, place = parts[0], parts[-1], ":".join(parts[1:-1])
    station_name = ctx.names.get("stations", station)
    return ctx.words(
        f"published.name.{kind}", year=ctx.numbers.label(year), place=place_text(ctx, place), station=station_name
    )


def _near_border(ctx: ReportContext, kind: str, parts: list[str]) -> str:
    year, km, one, other = parts
    return ctx.words(
        f"published.name.{kind}",
        year=ctx.numbers.label(year),
        km=ctx.numbers.text(float(km), form.KM),
        border=place_text(ctx, f"{one}/{other}"),
    )


def _share_within(ctx: ReportContext, kind: str, parts: list[str]) -> str:
    urgency, minutes, place = parts[0], parts[1], ":".join(parts[2:])
    return ctx.words(
        f"published.name.{kind}",
        urgency=urgency,
        minutes=ctx.numbers.text(float(minutes), form.WHOLE_MINUTES),
        place=place_text(ctx, place),
    )


def _by_urgency(ctx: ReportContext, kind: str, parts: list[str]) -> str:
    return ctx.words(f"published.name.{kind}", urgency=parts[0], place=place_text(ctx, ":".join(parts[1:])))


def _place(ctx: ReportContext, kind: str, parts: list[str]) -> str:
    return ctx.words(f"published.name.{kind}", place=place_text(ctx, ":".join(parts)))


def _interval(ctx: ReportContext, kind: str, parts: list[str]) -> str:
    interval, urgency = parts
    return ctx.words(f"published.name.{kind}", interval=ctx.words(f"edit.value.{interval}"), urgency=urgency)


def _hours(ctx: ReportContext, kind: str, parts: list[str]) -> str:
    urgency, hours = parts
    start, end = (ctx.numbers.hour(int(hour)) for hour in hours.split("-"))
    return ctx.words(f"published.name.{kind}", urgency=urgency, start=start, end=end)


def _station(ctx: ReportContext, kind: str, parts: list[str]) -> str:
    return ctx.words(f"published.name.{kind}", station=ctx.names.get("stations", parts[0]))


_NAMERS: Mapping[str, Namer] = {
    "missions": _flow,
    "first_units": _flow,
    "missions_share": _flow,
    "first_units_share": _flow,
    "days_without_conflict": _place,
    "people": _people,
    "people_urban_share": _people,
    "people_nearest_station": _nearest,
    "people_near_border": _near_border,
    "share_within": _share_within,
    "median_response": _by_urgency,
    "response_mean": _by_urgency,
    "response_p90": _by_urgency,
    "active_share": _station,
    "standby_share": _station,
    "missions_per_1000": _by_urgency,
    "incidents": _by_urgency,
    "interval_median": _interval,
    "hour_share": _hours,
}
