"""The chapters of a dimensioning: the answer, the proposals, the borders, new stations, every fleet, the rule."""

from __future__ import annotations

from typing import Any

from beredt import __version__
from beredt.report import form
from beredt.report.dimensioning.fleet_chapter import fleet_chapter
from beredt.report.dimensioning.page import FTE, SHARE, UNITS, DimensionPage
from beredt.report.page.blocks import Block, Bullets, Cell, Chapter, Details, Notice, Paragraph, Row, Table
from beredt.report.page.cover import Cover
from beredt.siting.dimensioning.changes import Change, by_organisation, changes_of
from beredt.siting.dimensioning.rule import DAY_H

SOURCE = "results/dimension_{}.parquet"


def dimension_cover(page: DimensionPage) -> Cover:
    """What was asked, of what, by which rule."""
    words, done = page.words, page.done
    facts = (
        ("rule", rule_text(page)),
        ("simulated", words("dimension.replications", replications=page.numbers.whole(done.replications))),
        ("version", words("cover.version", version=__version__)),
        ("fingerprint", done.study.fingerprint),
    )
    return Cover(
        kicker=words("dimension.kicker"),
        title=words.local(done.study.settings.study.title),
        question=words("dimension.question"),
        facts=tuple((words(f"dimension.fact.{key}"), text) for key, text in facts),
        generated=words("dimension.generated"),
        footer=words("dimension.footer", fingerprint=done.study.fingerprint),
    )


def rule_text(page: DimensionPage) -> str:
    """The rule in one line."""
    rule = page.done.rule
    return page.words(
        f"dimension.rule_text.{rule.nearest_means}",
        nearest=page.numbers.text(rule.nearest_share, form.WHOLE_PERCENT),
        target=page.numbers.text(rule.target_share, form.WHOLE_PERCENT),
    )


def dimension_chapters(page: DimensionPage) -> tuple[Chapter, ...]:
    """All chapters, in the order in which a reader needs them."""
    fleets = [
        fleet_chapter(page, one)
        for one in page.done.scenarios.values()
        if one.scenario.borders == "own" and not one.scenario.without
    ]
    return (_summary(page), _proposals(page), _borders(page), _stations(page), *fleets, _method(page))


def _summary(page: DimensionPage) -> Chapter:
    words = page.words
    blocks: list[Block] = [Notice(words("dimension.stopped"))] if page.done.stopped else []
    totals = page.rows("totals")
    finding = words("dimension.stopped")
    if totals:
        first = totals[0]
        finding = words(
            "dimension.find.summary",
            baseline=page.scenario(first, inline=True),
            units=page.numbers.text(first["units_around"], UNITS),
            own=page.numbers.text(first["own_units_around"], UNITS),
            fte=page.numbers.text(first["fte"], FTE),
            own_fte=page.numbers.text(first["own_fte"], FTE),
        )
        blocks.append(_totals(page, totals))
    blocks.append(Paragraph(words("dimension.text.sum")))
    return Chapter("summary", words("dimension.title.summary"), finding, tuple(blocks))


def _totals(page: DimensionPage, totals: list[dict[str, Any]]) -> Table:
    words, rule = page.words, page.done.rule
    names = ("scenario", "units_around", "own_units_around", "fte", "own_fte", "nearest", "target", "own_target",
             "ceiling", "status")  # fmt: skip
    return Table(
        columns=page.columns(*names, text=("scenario", "status")),
        rows=tuple(
            Row(
                (
                    Cell(page.scenario(row)),
                    page.number(row["units_around"], UNITS),
                    page.number(row["own_units_around"], UNITS),
                    page.number(row["fte"], FTE),
                    page.number(row["own_fte"], FTE),
                    page.number(row["nearest_share"], SHARE),
                    page.number(row["target_share"], SHARE),
                    page.number(row["own_target_share"], SHARE),
                    page.number(row["target_ceiling"], SHARE),
                    Cell(words("dimension.proved" if row["status"] == "proved" else "dimension.stopped_short")),
                )
            )
            for row in totals
        ),
        caption=words(
            "dimension.caption.totals",
            hours=page.numbers.whole(DAY_H),
            net=page.numbers.whole(rule.net_hours_per_fte),
        ),
        source=SOURCE.format("totals"),
        dense=True,
    )


def _changes(page: DimensionPage) -> dict[str, tuple[Change, ...]]:
    base = page.dimensioned(page.done.baseline)
    found = {}
    for alternative in page.done.services:
        one = page.dimensioned(alternative)
        if base is not None and one is not None and alternative != page.done.baseline:
            found[alternative] = changes_of(one, base, page.done.rule)
    return found


def _proposals(page: DimensionPage) -> Chapter:
    words = page.words
    changes = _changes(page)
    asked = {
        name: [one for one in by_organisation(rows) if abs(one.proposed) > 0.0 or not one.agrees]
        for name, rows in changes.items()
    }
    asked = {name: rows for name, rows in asked.items() if rows}
    differ = [name for name, rows in asked.items() if not all(one.agrees for one in rows)]
    if not asked:
        return Chapter("proposals", words("dimension.title.proposals"), words("dimension.find.proposals_none"))
    key = "proposals_differ" if differ else "proposals_agree"
    told = words.listed(page.inline(name) for name in (differ or asked))
    lines = []
    for name, rows in asked.items():
        for one in rows:
            names = {"alternative": page.alternative(name), "organisation": page.organisation(one.organisation)}
            text = {
                "proposed": page.numbers.text(one.proposed, UNITS, signed=True),
                "rule": page.numbers.text(one.rule, UNITS, signed=True),
            }
            lines.append(words(f"dimension.text.{'agree' if one.agrees else 'differ'}", **names, **text))
            gap = page.numbers.text(one.gap, UNITS, signed=True)
            names["alternative"] = page.inline(name)
            lines.append(words("dimension.text.gap", baseline=page.inline(page.done.baseline), gap=gap, **names))
    summed = [(name, one) for name, rows in changes.items() for one in by_organisation(rows)]
    each = [(name, one) for name, rows in changes.items() for one in rows]
    baseline = page.inline(page.done.baseline)
    return Chapter(
        "proposals",
        words("dimension.title.proposals"),
        words(f"dimension.find.{key}", alternatives=told),
        (
            Bullets(tuple(lines)),
            _change_table(page, summed, words("dimension.caption.proposals", baseline=baseline), by_station=False),
            Details(
                words("dimension.text.changes_title"),
                (_change_table(page, each, words("dimension.caption.changes"), by_station=True),),
            ),
        ),
    )


def _change_table(page: DimensionPage, rows: list[tuple[str, Change]], caption: str, *, by_station: bool) -> Table:
    names = ("alternative", *(("station",) if by_station else ()), "organisation", "proposed", "rule", "gap", "agrees")
    return Table(
        columns=page.columns(*names, text=("alternative", "station", "organisation", "agrees")),
        rows=tuple(
            Row(
                (
                    Cell(page.alternative(name)),
                    *((Cell(page.station(one.station)),) if by_station else ()),
                    Cell(page.organisation(one.organisation)),
                    page.number(one.proposed, UNITS, signed=True),
                    page.number(one.rule, UNITS, signed=True),
                    page.number(one.gap, UNITS, signed=True),
                    Cell(page.words("dimension.yes" if one.agrees else "dimension.no"), float(one.agrees)),
                )
            )
            for name, one in rows
        ),
        caption=caption,
        source=SOURCE.format("changes"),
        dense=by_station,
    )


def _borders(page: DimensionPage) -> Chapter:
    words, rows = page.words, page.rows("prices")
    if not rows:
        return Chapter("borders", words("dimension.title.borders"), words("dimension.find.borders_none"))
    most = max(row["units"] for row in rows)
    table = Table(
        columns=page.columns(
            "alternative", "price", "fte", "yearly", "yearly_fte", "repeated", "target_price", text=("alternative",)
        ),
        rows=tuple(
            Row(
                (
                    Cell(page.alternative(row["alternative"])),
                    page.number(row["units"], UNITS, signed=True),
                    page.number(row["fte"], FTE, signed=True),
                    page.estimate(row, "yearly", UNITS),
                    page.estimate(row, "yearly_fte", FTE),
                    page.estimate(row, "repeated", UNITS),
                    page.estimate(row, "target_share", form.POINTS),
                )
            )
            for row in rows
        ),
        caption=words("dimension.caption.prices", repetitions=page.numbers.whole(page.done.repeated)),
        source=SOURCE.format("prices"),
    )
    finding = words("dimension.find.borders", most=page.numbers.text(most, UNITS, signed=True))
    return Chapter("borders", words("dimension.title.borders"), finding, (table,))


def _stations(page: DimensionPage) -> Chapter:
    words = page.words
    pairs = []
    for row in page.rows("totals"):
        if row["without"]:
            (full,) = page.rows("totals", alternative=row["alternative"], borders="own", without="")
            pairs.append((full, row))
    if not pairs:
        return Chapter("new-stations", words("dimension.title.stations"), words("dimension.find.stations_none"))
    differences = [row["units_around"] - full["units_around"] for full, row in pairs]
    lines = [line for full, row in pairs for line in _station_lines(page, full, row)]
    least, most = (page.numbers.text(one, UNITS, signed=True) for one in (min(differences), max(differences)))
    finding = words(
        "dimension.find.station_one" if least == most else "dimension.find.stations", least=least, most=most
    )
    return Chapter("new-stations", words("dimension.title.stations"), finding, (Bullets(tuple(lines)),))


def _station_lines(page: DimensionPage, full: dict[str, Any], row: dict[str, Any]) -> list[str]:
    station = page.station(row["without"])
    same = page.numbers.rounds_to_zero(full["target_ceiling"] - row["target_ceiling"], form.POINTS)
    return [
        page.words(
            "dimension.text.station_more",
            alternative=page.alternative(row["alternative"]),
            station=station,
            units=page.numbers.text(row["units_around"], UNITS),
            with_units=page.numbers.text(full["units_around"], UNITS),
            target=page.numbers.text(row["target_share"], SHARE),
            with_target=page.numbers.text(full["target_share"], SHARE),
        ),
        page.words(
            "dimension.text.ceiling_same" if same else "dimension.text.ceiling",
            station=station,
            ceiling=page.numbers.text(row["target_ceiling"], SHARE),
            with_ceiling=page.numbers.text(full["target_ceiling"], SHARE),
        ),
    ]


def _method(page: DimensionPage) -> Chapter:
    words, rule = page.words, page.done.rule
    shares = {
        "nearest": page.numbers.text(rule.nearest_share, form.WHOLE_PERCENT),
        "target": page.numbers.text(rule.target_share, form.WHOLE_PERCENT),
        "ample": page.numbers.text(rule.ample_blocking, form.WHOLE_PERCENT),
        "spare": page.numbers.text(rule.target_spare, form.POINTS),
    }
    names = ("source", "nearest", f"meaning_{rule.nearest_means}", "target", "ample", "erlang", "mend", "trim", "proof",
             "kept")  # fmt: skip
    lines = tuple(words(f"dimension.method.{name}", **shares) for name in names)
    return Chapter("method", words("dimension.title.method"), words("dimension.find.method"), (Bullets(lines),))
