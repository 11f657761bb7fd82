"""From counted years to an answer."""

from __future__ import annotations

from collections.abc import Mapping

from beredt.indicators.runs import Runs
from beredt.report.results import Results
from beredt.web.answers.cards import cards_of, hour_curves
from beredt.web.answers.figures import figures_of
from beredt.web.answers.forms import AlternativeAnswer, Answer
from beredt.web.answers.gate_words import gate_answers, gate_tables
from beredt.web.answers.map_values import area_values, calendar_of, flows_of, simultaneity_of, units_of
from beredt.web.answers.places import places_of
from beredt.web.answers.sentences import sentences_of
from beredt.web.answers.telling import Telling


def make_answer(telling: Telling, runs: Mapping[str, Runs], wanted: int, *, with_calendar: bool) -> Answer:
    """All that a page shows of these replications; the same replications give the same answer.

    Args:
        telling: the question.
        runs: of every service in it by name, the first replications of each.
        wanted: replications in the end.
        with_calendar: whether the calendar of replication 0 is told.

    Returns:
        The answer, with `seconds` 0.
    """
    compared, settings = telling.compared, telling.study.settings
    figures = figures_of(runs, compared.against, telling.urgency)
    replications = len(runs[compared.against].tallies)
    facts = {"fingerprint": telling.study.fingerprint, "replications": replications}
    ctx = telling.context(Results(facts, gate_tables(telling, runs)), figures.levels, figures.changes)
    gate = gate_answers(ctx, replications, wanted)
    alternatives = []
    for name, alternative in compared.of.items():
        sentences = sentences_of(ctx, telling, figures, name)
        alternatives.append(
            AlternativeAnswer(
                id=alternative,
                sentence=sentences[0],
                sentences=sentences,
                gate=gate.get(name),
                cards=cards_of(ctx, telling, figures, name, replications),
                places=places_of(ctx, figures, name),
                hours=hour_curves(ctx, figures, name),
                areas=area_values(figures, name),
                flows=flows_of(figures, name),
                simultaneity=simultaneity_of(figures, name),
                units=units_of(figures, name),
                calendar=calendar_of(figures, name) if with_calendar else None,
            )
        )
    return Answer(
        replications=replications,
        wanted=wanted,
        seconds=0.0,
        fingerprint=telling.study.fingerprint,
        seed=settings.simulation.seed,
        against=compared.against,
        urgency=telling.urgency,
        alternatives=alternatives,
    )
