"""The chapters of a siting answer: answer and map, sites, the k best, near the best, the trade-off, the model."""

from __future__ import annotations

from math import isfinite

from beredt import __version__
from beredt.report.page.blocks import Block, Bullets, Cell, Chapter, Column, Notice, Paragraph, Row, Table
from beredt.report.page.cover import Cover
from beredt.report.siting.figures import site_map, trade_off_curve
from beredt.report.siting.page import CALLS, ONE_DIGIT, SHARE, SitePage
from beredt.report.siting.proof import proof_sentence
from beredt.siting.named_models import OTHER_ORDER
from beredt.siting.site_tables import ranked


def site_cover(page: SitePage) -> Cover:
    """What was asked, of what."""
    words, sited = page.words, page.sited
    facts = (
        (words("site_page.fact.alternative"), page.alternative()),
        (words("site_page.fact.model"), words(f"site_page.model.{page.best.model}")),
        (words("site_page.fact.version"), words("cover.version", version=__version__)),
        (words("site_page.fact.fingerprint"), sited.study.fingerprint),
    )
    return Cover(
        kicker=words("site_page.kicker"),
        title=words.local(sited.study.settings.study.title),
        question=words(f"site_page.question.{page.best.model}"),
        facts=facts,
        generated=words("site_page.generated"),
        footer=words("site_page.footer", fingerprint=sited.study.fingerprint),
    )


def site_chapters(page: SitePage) -> tuple[Chapter, ...]:
    """All chapters that were asked for, in the order in which a reader needs them."""
    asked = page.sited.asked
    chapters = [_answer(page), _sites(page)]
    if asked.several:
        chapters.append(_k_best(page))
    if asked.ranges is not None:
        chapters.append(_near(page))
    if asked.trade_off is not None:
        chapters.append(_trade_off(page))
    return (*chapters, _method(page))


def _answer(page: SitePage) -> Chapter:
    words, best, problem = page.words, page.best, page.sited.problem
    calls = float(problem.demand.sum())
    finding = words(
        f"site_page.find.{best.model}",
        value=page.worth(best.objective, best),
        all=page.numbers.text(calls, CALLS),
        share=page.percent(best.objective / calls if calls else 0.0),
        sites=page.numbers.whole(len(best.chosen)),
    )
    blocks: list[Block] = [Paragraph(proof_sentence(page)), _measures(page), site_map(page)]
    return Chapter("answer", words("site_page.title.answer"), finding, tuple(blocks))


_SHARES = ("covered_share", "backup_share", "expected_share", "survival_share", "worst_share", "mean_utilisation")
_COUNTS = ("units", "sites", "unreachable_areas", "groups_out_of_reach", "demand_per_year")


def _measures(page: SitePage) -> Table:
    """Objective, bound and gap, and what else is known of the answer."""
    words, best = page.words, page.best
    rows = [
        Row(
            (
                Cell(words("site_page.measure.objective")),
                page.number(page.shown(best.objective, best), page.form_of(best)),
            )
        ),
        Row((Cell(words("site_page.measure.bound")), page.number(page.shown(best.bound, best), page.form_of(best)))),
        Row((Cell(words("site_page.measure.gap")), page.number(best.gap, SHARE))),
    ]
    for name, value in best.measures.items():
        if name in _SHARES:
            rows.append(Row((Cell(words(f"site_page.measure.{name}")), page.number(value, SHARE))))
        elif name in _COUNTS:
            rows.append(Row((Cell(words(f"site_page.measure.{name}")), page.number(value, CALLS))))
        elif name == "cost":
            unit = words(f"site_page.budget.{page.sited.problem.budget_unit}")
            rows.append(Row((Cell(words("site_page.measure.cost", unit=unit)), page.number(value, ONE_DIGIT))))
    return Table(
        columns=page.columns("measure", "value", text=("measure",)),
        rows=tuple(rows),
        caption=words("site_page.caption.measures"),
        source="results/site_answers.parquet",
        sortable=False,
    )


def _sites(page: SitePage) -> Chapter:
    words, sited, best = page.words, page.sited, page.best
    by_status: dict[str, list[str]] = {}
    for site in sited.sites:
        by_status.setdefault(sited.status(site, best.chosen), []).append(site)
    periods = list(best.by_period)
    shown = [*by_status.get("new", []), *by_status.get("given_up", []), *by_status.get("kept", [])]
    rows = []
    for site in shown:
        units = [best.by_period[period].get(site, 0) for period in periods] or [best.chosen.get(site, 0)]
        status = sited.status(site, best.chosen)
        rows.append(
            Row(
                (
                    Cell(page.site(site)),
                    Cell(words(f"site_page.status.{status}"), style="good" if status == "new" else ""),
                    Cell(words(f"site_page.lock.{sited.lock(site)}")),
                    *(Cell(page.numbers.whole(count), count) for count in units),
                )
            )
        )
    unit_columns = [Column(page.period(period)) for period in periods] or [Column(words("site_page.column.units"))]
    table = Table(
        columns=(*page.columns("site", "status", "lock", text=("site", "status", "lock")), *unit_columns),
        rows=tuple(rows),
        caption=words("site_page.caption.sites", unused=page.numbers.whole(len(by_status.get("not_used", [])))),
        source="results/site_sites.parquet",
    )
    finding = words(
        "site_page.find.sites",
        kept=page.numbers.whole(len(by_status.get("kept", []))),
        new=page.numbers.whole(len(by_status.get("new", []))),
        given_up=page.numbers.whole(len(by_status.get("given_up", []))),
    )
    return Chapter("sites", words("site_page.title.sites"), finding, (table,))


def _k_best(page: SitePage) -> Chapter:
    words, answers = page.words, ranked(page.sited)
    first, last = answers[0], answers[-1]
    everywhere = [site for site in page.sited.sites if any(site in answer.chosen for answer in answers)]
    differ = [site for site in everywhere if len({answer.chosen.get(site, 0) for answer in answers}) > 1]
    ranks = (words("site_page.column.rank", rank=page.numbers.whole(n + 1)) for n in range(len(answers)))
    columns = (Column(words("site_page.column.site"), figures=False), *map(Column, ranks))
    objective = Row(
        (
            Cell(words("site_page.measure.objective")),
            *(page.number(page.shown(answer.objective, answer), page.form_of(answer)) for answer in answers),
        ),
        "total",
    )
    proof = Row(
        (
            Cell(words("site_page.measure.gap")),
            *(page.number(answer.gap, SHARE) for answer in answers),
        )
    )
    rows = [objective, proof]
    for site in [*differ, *(site for site in everywhere if site not in differ)]:
        counts = [answer.chosen.get(site, 0) for answer in answers]
        usual = counts[0]
        rows.append(
            Row(
                (
                    Cell(page.site(site)),
                    *(
                        Cell(
                            page.numbers.whole(n) if n else words("number.none"),
                            n,
                            "q3" if n != usual else "" if n else "quiet",
                        )
                        for n in counts
                    ),
                )
            )
        )
    finding = words(
        "site_page.find.k_best",
        answers=page.numbers.whole(len(answers)),
        first=page.worth(first.objective, first),
        last=page.worth(last.objective, last),
        same=page.numbers.whole(len(everywhere) - len(differ)),
    )
    blocks: list[Block] = [
        Table(
            columns,
            tuple(rows),
            words("site_page.caption.k_best"),
            "results/site_units.parquet",
            dense=True,
            sortable=False,
        )
    ]
    if page.best.model in OTHER_ORDER:
        blocks.insert(0, Paragraph(words(f"site_page.text.k_best_of.{page.best.model}")))
    return Chapter("k-best", words("site_page.title.k_best"), finding, tuple(blocks))


def _near(page: SitePage) -> Chapter:
    words, ranges = page.words, page.sited.asked.ranges or {}
    lines = []
    for word in ("all", "some", "none", "open question"):
        found = [page.site(site) for site, its in ranges.items() if its == word]
        if found:
            lines.append(words(f"site_page.near.{word.replace(' ', '_')}", sites=words.listed(found)))
    count = sum(its == "all" for its in ranges.values())
    finding = words("site_page.find.near", sites=page.numbers.whole(count))
    return Chapter("near", words("site_page.title.near"), finding, (Bullets(tuple(lines)),))


def _trade_off(page: SitePage) -> Chapter:
    words, traded = page.words, page.sited.asked.trade_off
    assert traded is not None
    first, second = traded.names
    points = traded.front.points
    rows = tuple(
        Row(
            (
                page.number(point.first, page.criterion_form(first)),
                page.number(point.second, page.criterion_form(second)),
                Cell(words("site_page.yes" if point.proved else "site_page.no")),
                Cell(page.units_text(chosen) or words("number.none")),
            )
        )
        for point, chosen in zip(points, traded.chosen, strict=True)
    )
    table = Table(
        columns=(
            Column(words.sentence(page.criterion(first))),
            Column(words.sentence(page.criterion(second))),
            *page.columns("proved", "sites", text=("proved", "sites")),
        ),
        rows=rows,
        caption=words("site_page.caption.points"),
        source="results/site_trade_off.parquet",
    )
    curve = trade_off_curve(page)
    exact = Paragraph(
        words("site_page.text.exact")
        if traded.front.exact
        else words("site_page.text.inexact", step=page.numbers.text(traded.front.step, page.criterion_form(second)))
    )
    finding = words(
        "site_page.find.trade_off",
        points=page.numbers.whole(len(points)),
        first=page.criterion(first),
        second=page.criterion(second),
    )
    settled = all(point.proved for point in points)
    alone = Notice(words("site_page.text.one_point" if settled else "site_page.text.unfinished"))
    blocks: tuple[Block, ...] = (curve or alone, exact, table)
    return Chapter("trade-off", words("site_page.title.trade_off"), finding, blocks)


def _method(page: SitePage) -> Chapter:
    words, problem = page.words, page.sited.problem
    lines = [
        words("site_page.method.model", model=words(f"site_page.model.{page.best.model}")),
        words("site_page.method.demand", classes=words.listed(list(problem.class_ids))),
        words("site_page.method.sites", sites=page.numbers.whole(problem.sites)),
    ]
    if isfinite(problem.budget):
        unit = words(f"site_page.budget.{problem.budget_unit}")
        lines.append(words("site_page.method.budget", budget=page.numbers.text(problem.budget, ONE_DIGIT), unit=unit))
    if (problem.permitted < 1.0).any():
        lines.append(words("site_page.method.borders"))
    lines.append(words("site_page.method.proof"))
    lines.append(words("site_page.method.judge"))
    return Chapter("method", words("site_page.title.method"), words("site_page.find.method"), (Bullets(tuple(lines)),))
