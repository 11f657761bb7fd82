"""What changes for whom, in plain sentences made of the numbers.

A change whose interval holds zero is no clear difference. That nobody waits longer is said only when the intervals of
all declared places say so.
"""

from __future__ import annotations

from collections.abc import Sequence

from beredt.model.alternative import TODAY
from beredt.model.edits.add_unit import AddUnit
from beredt.model.edits.edit import Edit
from beredt.model.edits.move_station import MoveStation
from beredt.model.edits.open_station import OpenStation
from beredt.report import form
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.findings.change import is_better
from beredt.report.measures import measure
from beredt.web.answers.figures import MEAN, SHARE, Figures
from beredt.web.answers.places import difference_at
from beredt.web.answers.telling import Telling

MOST_WORSE = 3
"""Places that a sentence of its own is made for."""


def sentences_of(ctx: ReportContext, telling: Telling, figures: Figures, name: str) -> list[str]:
    """The headline, then who waits longer."""
    if name == figures.against:
        return [ctx.words("studio.answer.itself")]
    places = declared_places(ctx, figures, name)
    changes = {
        group: (difference_at(figures, name, SHARE, group), difference_at(figures, name, MEAN, group))
        for group in places
    }
    lead, who = _lead(ctx, telling, name), ctx.words(f"studio.answer.patients.{figures.urgency}")
    if changes and all(_is_same(share, mean) for share, mean in changes.values()):
        return [ctx.words("studio.answer.same", lead=lead, who=who)]
    headline = _headline(ctx, figures, name, lead, who, changes)
    if not any(mean.has_interval for _, mean in changes.values()):
        return [headline]
    return [headline, *_who_waits(ctx, figures, who, changes)]


def declared_places(ctx: ReportContext, figures: Figures, name: str) -> list[str]:
    """The groups of the gate, or the municipalities of a study without one, that have incidents."""
    gate, frame = ctx.study.settings.gate, figures.runs[name].frame
    named = gate.groups if gate else frame.municipality_ids
    return [group for group in named if figures.levels.find(name, MEAN, figures.urgency, group) is not None]


Changes = dict[str, tuple[Estimate, Estimate]]
"""Differences in the share within the target and in the mean response, by place."""


def _headline(ctx: ReportContext, figures: Figures, name: str, lead: str, who: str, changes: Changes) -> str:
    """The place that gains most, or loses most where none gains: in patients, or in time where there is no target."""
    if any(share.known for share, _ in changes.values()):
        counts = {group: figures.count_difference(name, group) for group, (share, _) in changes.items() if share.known}
        return _count_headline(ctx, figures, lead, who, counts)
    means = {group: mean for group, (_, mean) in changes.items() if mean.known}
    return _mean_headline(ctx, figures, lead, who, means)


def _count_headline(ctx: ReportContext, figures: Figures, lead: str, who: str, counts: dict[str, Estimate]) -> str:
    fixed = {"lead": lead, "who": who, "target": _target(ctx, figures.urgency), "than": _than(ctx, figures.against)}
    if not any(one.has_interval for one in counts.values()):
        group = max(counts, key=lambda key: abs(counts[key].value))
        return _counted(ctx, "first", fixed, group, counts[group])
    clear = {group: one for group, one in counts.items() if not one.holds_zero}
    gains = {group: one for group, one in clear.items() if one.value > 0.0}
    if not clear:
        return ctx.words("studio.answer.unclear", **fixed)
    group = max(gains, key=lambda key: gains[key].value) if gains else min(clear, key=lambda key: clear[key].value)
    return _counted(ctx, "count", fixed, group, clear[group])


def _counted(ctx: ReportContext, key: str, fixed: dict[str, str], group: str, count: Estimate) -> str:
    way = "more" if count.value >= 0.0 else "fewer"
    return ctx.words(
        f"studio.answer.{key}.{way}",
        **fixed,
        count=ctx.numbers.whole(round(abs(count.value))),
        interval=_interval(ctx, count, form.COUNT),
        group=ctx.names.group(group),
    )


def _mean_headline(ctx: ReportContext, figures: Figures, lead: str, who: str, means: dict[str, Estimate]) -> str:
    than = _than(ctx, figures.against)
    clear = {group: one for group, one in means.items() if not one.holds_zero}
    if not clear:
        return ctx.words("studio.answer.mean_unclear", lead=lead, who=who, than=than)
    group = min(clear, key=lambda key: clear[key].value)
    return ctx.words(
        f"studio.answer.mean.{'sooner' if clear[group].value < 0.0 else 'later'}",
        lead=lead,
        who=who,
        than=than,
        group=ctx.names.group(group),
        amount=ctx.numbers.text(abs(clear[group].value), form.SECONDS),
        interval=_interval(ctx, clear[group], form.SECONDS),
    )


def _who_waits(ctx: ReportContext, figures: Figures, who: str, changes: Changes) -> list[str]:
    worse = [group for group, both in changes.items() if _is_worse(*both)]
    if not worse:
        nobody = all(_is_no_worse(share, mean) for share, mean in changes.values())
        return [ctx.words("studio.answer.nobody" if nobody else "studio.answer.nobody_clearly")]
    worse.sort(key=lambda group: -changes[group][1].value)
    told = [_worse(ctx, figures, who, group, *changes[group]) for group in worse[:MOST_WORSE]]
    if len(worse) > MOST_WORSE:
        more = ctx.words.listed(ctx.names.group(group) for group in worse[MOST_WORSE:])
        told.append(ctx.words.sentence(ctx.words("studio.answer.worse.more", who=who, groups=more)))
    return told


def _worse(ctx: ReportContext, figures: Figures, who: str, group: str, share: Estimate, mean: Estimate) -> str:
    place = ctx.names.group(group)
    if is_better(measure(MEAN), mean) is False:
        amount, interval = ctx.numbers.text(mean.value, form.SECONDS), _interval(ctx, mean, form.SECONDS)
        return ctx.words("studio.answer.worse.mean", group=place, who=who, amount=amount, interval=interval)
    amount, interval = ctx.numbers.text(-share.value, form.POINTS), _interval(ctx, share, form.POINTS)
    target = _target(ctx, figures.urgency)
    return ctx.words("studio.answer.worse.share", group=place, who=who, amount=amount, interval=interval, target=target)


def _is_worse(share: Estimate, mean: Estimate) -> bool:
    return is_better(measure(SHARE), share) is False or is_better(measure(MEAN), mean) is False


def _is_no_worse(share: Estimate, mean: Estimate) -> bool:
    """Whether the intervals leave no room for any harm."""
    in_time = not share.known or (share.has_interval and share.low >= 0.0)
    return in_time and mean.has_interval and mean.high <= 0.0


def _is_same(share: Estimate, mean: Estimate) -> bool:
    return mean.is_exactly_zero and (not share.known or share.is_exactly_zero)


def _interval(ctx: ReportContext, found: Estimate, how: form.Form) -> str:
    """The interval of an amount without its sign, which the words around it tell."""
    if found.value < 0.0:
        found = Estimate(-found.value, -found.high, -found.low)
    return ctx.numbers.interval(found, how)


def _than(ctx: ReportContext, against: str) -> str:
    if against == TODAY:
        return ""
    return ctx.words("studio.answer.than", other=ctx.names.alternatives((against,)))


def _target(ctx: ReportContext, urgency: str) -> str:
    """The study's target in words: one number of minutes, or those of towns and of other places."""
    minutes = {one.where: one.minutes for one in ctx.study.settings.targets if one.urgency == urgency}
    texts = {where: ctx.numbers.text(value, form.WHOLE_MINUTES) for where, value in minutes.items()}
    if len(set(minutes.values())) == 1:
        return next(iter(texts.values()))
    if minutes.keys() == {"urban", "rural"}:
        return ctx.words("studio.answer.target.two", urban=texts["urban"], rural=texts["rural"])
    return ctx.words("studio.answer.target.many")


def _lead(ctx: ReportContext, telling: Telling, name: str) -> str:
    """What is proposed, as short as it can be told: a station's name, the alternative, or "with these changes"."""
    compared = telling.compared
    edits = compared.proposals[name].edits
    opened = [edit for edit in edits if isinstance(edit, OpenStation)]
    moved = [edit for edit in edits if isinstance(edit, MoveStation)]
    if len(opened) == 1 and _is_about(edits, opened[0].id):
        return ctx.words("studio.answer.lead.open", station=opened[0].name)
    if len(edits) == len(moved) == 1:
        return ctx.words("studio.answer.lead.moved", station=ctx.names.get("stations", moved[0].station))
    if name not in compared.unsaved:
        return ctx.words("studio.answer.lead.alternative", alternative=ctx.names.alternatives((name,)))
    if compared.titles.get(name):
        return ctx.words("studio.answer.lead.title", title=compared.titles[name])
    return ctx.words("studio.answer.lead.draft")


def _is_about(edits: Sequence[Edit], station: str) -> bool:
    """Whether all that is done is to open a station and give it units."""
    return all(
        isinstance(edit, OpenStation) or (isinstance(edit, AddUnit) and edit.station == station) for edit in edits
    )
