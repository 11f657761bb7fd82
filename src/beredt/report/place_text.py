"""Places as results write them, in words: `municipality:oslo+asker`, `baerum/oslo`, `baerum:smestad`."""

from __future__ import annotations

from beredt.report.context import ReportContext

_KINDS = ("group", "municipality", "district", "place", "tettsted", "station", "centre", "organisation")


def place_text(ctx: ReportContext, text: str) -> str:
    """Names for ids: of `a+b` a list, of `a/b` both sides of a border; `kind:` before an id only says what it is."""
    if "/" in text:
        return ctx.words("place.between").join(place_text(ctx, part) for part in text.split("/"))
    if "+" in text:
        return ctx.words.listed(place_text(ctx, part) for part in text.split("+"))
    kind, colon, rest = text.partition(":")
    return _name(ctx, rest if colon and kind in _KINDS else text, kind if colon else "")


def _name(ctx: ReportContext, key: str, kind: str) -> str:
    if ctx.words.has(f"place.{key}"):
        return ctx.words(f"place.{key}")
    if kind == "place":
        names: dict[str, str] = dict(ctx.study.places.select("id", "name").iter_rows())
        return names.get(key, key)
    for name in (ctx.names.group(key), *(ctx.names.get(table, key) for table in ("stations", "centres"))):
        if name != key:
            return name
    return key
