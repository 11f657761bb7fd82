"""`beredt study run`: simulate every alternative of a study, weigh them, and write the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import polars as pl

from beredt.decision.comparison.compare_alternatives import compare_alternatives
from beredt.decision.comparison.criterion import measures_of, simulated_figures
from beredt.decision.comparison.probabilistic import draw_differences, draw_values
from beredt.decision.comparison.probabilistic_tables import probabilistic_tables
from beredt.decision.consequences import consequences_table
from beredt.decision.cost.staff_and_cost import staff_and_cost_tables
from beredt.decision.demand.tables import demand_tables
from beredt.decision.gate_measures import gate_measures, measured_by
from beredt.decision.income.tables import income_tables
from beredt.decision.kinds_table import kinds_table, tells_kinds
from beredt.decision.major_incident.study_events import events_of_study
from beredt.decision.major_incident.study_tables import answer_events
from beredt.decision.opinion_tables import opinion_tables
from beredt.decision.pathways.tables import pathway_tables
from beredt.decision.patient_travel.tables import travel_tables
from beredt.decision.people_table import people_table
from beredt.decision.places_changed import places_changed_table
from beredt.decision.published import published_table, published_values
from beredt.decision.reach_facts import reach_facts_table, reach_table
from beredt.decision.road_tables import road_tables
from beredt.decision.standby.study_tables import standby_time_tables
from beredt.decision.standby_work import standby_table
from beredt.decision.today import Today
from beredt.decision.weigh_study import weigh_study
from beredt.demand.projection.carried_to import CarriedTo
from beredt.indicators.cells import WHOLE_DAY
from beredt.indicators.group_response import Count
from beredt.indicators.observed import Frame
from beredt.indicators.tables import indicator_tables
from beredt.indicators.tally import ResponseOnly, Tally, tally, tally_response_only, tally_with_kinds, tally_with_paths
from beredt.model.alternative import TODAY
from beredt.model.edits.apply import apply_edits
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import urgency_code
from beredt.report.run_facts import MAJOR, run_facts
from beredt.report.study_answer import StudyAnswer, answer_of
from beredt.report.without_money import without_money
from beredt.report.words import load_words
from beredt.report.write_outputs import write_outputs
from beredt.report.write_results import write_results
from beredt.roads.networks import Networks, load_networks
from beredt.simulation.paths.path_rules import uses_paths
from beredt.simulation.run import OnReplication, Simulator, default_jobs
from beredt.simulation.simulate_study import COMPILING

Progress = Callable[[str, int, int], None]

Say = Callable[[str], None]
"""Told, in a line of text, what is known already while the work goes on."""


def run_study(
    study: Study,
    *,
    out: Path,
    replications: int | None,
    jobs: int | None,
    language: str | None,
    alternatives: tuple[str, ...],
    progress: Progress,
    say: Say,
    cluster: str | None = None,
    carried: CarriedTo | None = None,
) -> StudyAnswer:
    """Answer a study: from its folder to its report.

    Args:
        study: checked.
        out: folder for report and results, made if need be; what an earlier run left there is replaced.
        replications: how many per alternative, None as in the study.
        jobs: worker processes, None for one per core; the results are the same.
        language: of the report, None for all the study's languages.
        alternatives: ids, none for all; today and the gate's baseline are always run.
        progress: told how far each stage has come.
        say: told a first answer as soon as one replication is done.
        cluster: address of a Dask scheduler whose workers do the work instead of `jobs`; the results are the same.
        carried: the year that the study was carried to before, which is written down; None for its own.

    Raises:
        ClusterError: the cluster cannot be used.
        NetworkError: changes of roads cannot be made.
        UnknownIdError: an alternative that the study does not have, or a language that Beredt does not have.
        EditError: edits that do not fit; a checked study has none.
    """
    languages = (language,) if language else study.settings.study.languages
    for one in languages:
        load_words(one)  # an unknown language is told before the work, not after it
    run_results(
        study,
        out=out,
        replications=replications,
        jobs=jobs,
        alternatives=alternatives,
        progress=progress,
        say=say,
        cluster=cluster,
        carried=carried,
    )
    reports = write_outputs(out, study, languages, progress, jobs=jobs or default_jobs())
    return answer_of(study, out, reports, languages[0])


def run_results(
    study: Study,
    *,
    out: Path,
    replications: int | None,
    jobs: int | None,
    alternatives: tuple[str, ...],
    progress: Progress,
    say: Say,
    cluster: str | None = None,
    carried: CarriedTo | None = None,
) -> None:
    """Write the tables of a run to `out/results`, and no report: simulate, compare, weigh. All is as in `run_study`."""
    services = chosen_services(study, alternatives)
    events = events_of_study(study)  # a place that is not found is told before the work, not after it
    wanted = replications or study.settings.simulation.replications
    progress("Travel times", 0, 1)
    networks = load_networks(study, services.values())
    progress("Travel times", 1, 1)
    with Simulator(study, networks, jobs or default_jobs(), cluster=cluster) as simulator:
        progress(COMPILING, 0, 1)
        simulator.warm_up(study.service, tally)
        progress(COMPILING, 1, 1)
        tables = simulated_tables(study, services, wanted, simulator, progress, say)
        tables |= standby_time_tables(services, simulator, wanted, progress)
    tables |= compared_tables(study, networks, services, tables)
    tables |= weighed_against_criteria(study, services, tables)
    major, assumed = answer_events(study, networks, services, events, wanted, progress)
    tables |= major
    if not study.settings.report.money:
        tables = without_money(tables)
    facts = run_facts(study, services, wanted, carried)
    write_results(out / "results", tables, facts | ({MAJOR: assumed} if assumed else {}))


def chosen_services(study: Study, alternatives: Sequence[str]) -> dict[str, Service]:
    """Today and the chosen alternatives after their edits, by id, in the study's order.

    The gate's baseline is always there. Raises UnknownIdError for an alternative that the study does not have.
    """
    wanted = {one if one == TODAY else study.get_alternative(one).id for one in alternatives}
    wanted = wanted or {one.id for one in study.alternatives}
    if study.settings.gate:
        wanted.add(study.settings.gate.baseline)
    services = {TODAY: study.service}
    for one in study.alternatives:
        if one.id in wanted:
            services[one.id] = apply_edits(study.service, one.edits, one.id)
    return services


def simulated_tables(
    study: Study,
    services: Mapping[str, Service],
    replications: int,
    simulator: Simulator,
    progress: Progress,
    say: Say,
) -> dict[str, pl.DataFrame]:
    """Simulate, count and weigh: all tables that come from replications."""
    frames = {name: simulator.frame_of(service) for name, service in services.items()}
    watch = _watched("Simulating the alternatives", replications, progress, say)
    on_paths = study.trace is None and uses_paths(study, study.service)
    count = tally_with_kinds if tells_kinds(services) else tally_with_paths if on_paths else tally
    tallies = simulator.simulate(services, replications, count, watch)
    baseline = study.settings.gate.baseline if study.settings.gate else TODAY
    kept = simulated_figures(measures_of(study.decision))
    tables = indicator_tables(frames, tallies, tuple(dict.fromkeys((TODAY, baseline))), kept)
    tables |= pathway_tables(study, services, tallies)
    tables["consequences"] = consequences_table(study, services, tallies)
    tables["kinds"] = kinds_table(frames, tallies)
    tables["standby_work"] = standby_table(services, tallies)
    return tables | _weighed_tables(study, services, frames[TODAY], tallies, simulator, progress)


def _weighed_tables(
    study: Study,
    alternatives: Mapping[str, Service],
    frame: Frame,
    tallies: Mapping[str, Sequence[Tally]],
    simulator: Simulator,
    progress: Progress,
) -> dict[str, pl.DataFrame]:
    settings = study.settings
    if settings.gate is None:
        return {}
    weighed = {name: service for name, service in alternatives.items() if name != TODAY}

    def simulate(services: Mapping[str, Service], replications: int) -> Mapping[str, Sequence[ResponseOnly]]:
        stage, done = f"Trying other assumptions ({len(services)} services)", 0

        def watch(_replication: int, _counts: Mapping[str, ResponseOnly]) -> None:
            nonlocal done
            done += 1
            progress(stage, done, replications)

        progress(stage, 0, replications)
        return simulator.simulate(services, replications, tally_response_only, watch, km=False)

    weighing = weigh_study(
        services=weighed,
        tallies={name: tallies[name] for name in weighed},
        group_ids=frame.group_ids,
        rule=settings.gate,
        sensitivities=study.sensitivities,
        break_even=settings.break_even,
        simulate=simulate,
    )
    tables = weighing.tables()
    if settings.probabilistic is not None:
        measures = {name: gate_measures(tallies[name], frame.group_ids, settings.gate) for name in weighed}
        values = draw_values(study.uncertain, settings.probabilistic.draws, settings.simulation.seed)
        measure = measured_by(simulate, frame.group_ids, settings.gate)
        drawn = draw_differences(weighed, measures, study.uncertain, values, settings.gate, measure)
        tables |= probabilistic_tables(drawn, settings.gate)
    return tables


def compared_tables(
    study: Study, networks: Networks, services: Mapping[str, Service], tables: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """Tables that hold the model of today against published figures, and those about people and reach."""
    network = networks.today
    today = Today(study, network, tables["indicators"], tables["flows"])
    return {
        "published": published_table(today, published_values()),
        "reach": reach_table(study, network),
        "reach_facts": reach_facts_table(study, network),
        "people": people_table(study, network, services),
        **demand_tables(study, services, tables["units"]),
        **staff_and_cost_tables(study, networks, services, tables),
        **opinion_tables(study, services, tables),
        **travel_tables(study, network, services),
        **road_tables(study, networks, services),
        **income_tables(study, services),
    }


def weighed_against_criteria(
    study: Study, services: Mapping[str, Service], tables: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """Tables that hold alternatives against the study's criteria; they look at all tables made before."""
    gate = study.settings.gate
    if gate is None:
        return {}
    alternatives = [name for name in services if name != TODAY]
    changed = places_changed_table(study, tables, alternatives, gate.baseline, gate.urgency)
    seed = study.settings.simulation.seed
    return {
        "places_changed": changed,
        **compare_alternatives(study.decision, tables, alternatives, gate.baseline, seed),
    }


def _watched(stage: str, total: int, progress: Progress, say: Say) -> OnReplication[Tally]:
    """Tell progress of each replication that gets done, and say what the first one found."""
    done = 0

    def watch(_replication: int, tallies: Mapping[str, Tally]) -> None:
        nonlocal done
        done += 1
        if done == 1 and total > 1:
            say(_first_answer(tallies, total))
        progress(stage, done, total)

    progress(stage, 0, total)
    return watch


def _first_answer(tallies: Mapping[str, Tally], total: int) -> str:
    """One line for the impatient: the share of acute incidents within their target, of one replication."""
    shares = []
    for name, one in tallies.items():
        counts = one.response.counts[0, urgency_code("A"), WHOLE_DAY]
        aimed = int(counts[Count.WITH_TARGET])
        shares.append(f"{name} {100 * counts[Count.WITHIN_TARGET] / aimed:.1f} %" if aimed else f"{name} –")
    return f"After 1 of {total} replications, acute incidents within their target: {' · '.join(shares)}"
