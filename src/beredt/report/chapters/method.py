"""Method, data and limits: how the figures were made, and how far they can be trusted."""

from __future__ import annotations

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.context import ReportContext
from beredt.report.page.blocks import Block, Bullets, Chapter, Heading, Paragraph


def method_chapter(ctx: ReportContext) -> Chapter:
    """The pipeline, the simulation, chance and the gate."""
    simulation = ctx.study.settings.simulation
    finding = ctx.words(
        "method.finding",
        alternatives=ctx.numbers.whole(len(ctx.alternatives)),
        replications=ctx.numbers.whole(int(ctx.results.fact("replications", simulation.replications))),
        days=ctx.numbers.whole(int(ctx.results.fact("days", simulation.days))),
    )
    blocks: list[Block] = []
    for part in ("pipeline", "demand", "travel", "dispatch", "chance", "gate"):
        blocks += [Heading(ctx.words(f"method.{part}_title")), Paragraph(ctx.words(f"method.{part}", **_facts(ctx)))]
    return Chapter("method", ctx.words("chapter.method"), finding, tuple(blocks))


def _facts(ctx: ReportContext) -> dict[str, str]:
    """The amounts that the method's texts may name."""
    settings = ctx.study.settings
    gate = settings.gate
    return {
        "areas": ctx.numbers.whole(len(ctx.study.service.areas)),
        "year": ctx.numbers.label(settings.study.year),
        "access": ctx.numbers.text(settings.travel.access_s, form.SECONDS),
        "sigma": ctx.numbers.plain(settings.travel.noise_sigma, form.RATIO),
        "warmup": ctx.numbers.whole(settings.simulation.warmup_days),
        "cooldown": ctx.numbers.whole(settings.simulation.cooldown_days),
        "divert": ctx.numbers.text(settings.dispatch.divert_margin_s, form.SECONDS),
        "confidence": ctx.numbers.text(gate.confidence if gate else 0.95, form.WHOLE_PERCENT),
        "seed": ctx.numbers.label(ctx.results.fact("seed", settings.simulation.seed)),
    }


def limits_chapter(ctx: ReportContext) -> Chapter:
    """What is generated, what is assumed, and what an interval does not cover."""
    service = ctx.names.services[TODAY]
    assumed_stations = [one.name for one in service.stations if one.basis == "assumed"]
    assumed_units = [one for one in service.units if one.basis == "assumed"]
    homes = dict.fromkeys(one.station for one in assumed_units)
    lines = [ctx.words("limits.generated"), ctx.words("limits.intervals"), ctx.words("limits.travel")]
    lines.append(ctx.words("limits.short_trips"))
    if assumed_units:
        lines.append(
            ctx.words(
                "limits.units",
                assumed=ctx.numbers.whole(len(assumed_units)),
                all=ctx.numbers.whole(len(service.units)),
                stations=ctx.words.listed(ctx.names.get("stations", one) for one in homes),
            )
        )
    if assumed_stations:
        lines.append(ctx.words("limits.stations", stations=ctx.words.listed(assumed_stations)))
    lines += [ctx.words(f"limits.{key}") for key in ("ages", "misrouting", "targets", "small_counts", "not_covered")]
    blocks: tuple[Block, ...] = (Bullets(tuple(lines)), Paragraph(ctx.words("limits.sources")))
    finding = ctx.words(
        "limits.finding",
        assumed=ctx.numbers.whole(len(assumed_units)),
        all=ctx.numbers.whole(len(service.units)),
    )
    return Chapter("limits", ctx.words("chapter.limits"), finding, blocks)
