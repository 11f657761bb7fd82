"""The command ``beredt``: which verbs there are, and where each is kept."""

from __future__ import annotations

from typing import Annotated

import typer

from beredt import __version__
from beredt.cli.data_keep import data_backup, data_restore, data_upgrade
from beredt.cli.demand_forecast import demand_forecast
from beredt.cli.demand_generate import demand_generate
from beredt.cli.demand_people import demand_people
from beredt.cli.demand_project import demand_project
from beredt.cli.demand_rates import demand_rates
from beredt.cli.dimension import dimension
from beredt.cli.fetch import fetch
from beredt.cli.import_jemss import import_jemss
from beredt.cli.import_nvdb import import_nvdb, import_sumo
from beredt.cli.import_osm import import_osm
from beredt.cli.incident_major import incident_major
from beredt.cli.live_connect import live_connect
from beredt.cli.live_feed import live_feed
from beredt.cli.live_key import live_key
from beredt.cli.live_replay import live_replay
from beredt.cli.live_serve import live_serve
from beredt.cli.missions_generate import missions_generate
from beredt.cli.missions_import import missions_import
from beredt.cli.missions_indicators import missions_indicators, missions_triage
from beredt.cli.missions_link import missions_link, missions_repeat
from beredt.cli.missions_month import missions_month
from beredt.cli.missions_profiles import missions_profiles
from beredt.cli.missions_report import missions_report
from beredt.cli.missions_review import missions_review
from beredt.cli.playback import playback
from beredt.cli.policies import policies
from beredt.cli.reach import reach
from beredt.cli.risk_export import risk_export
from beredt.cli.risk_import import risk_import
from beredt.cli.roads_calibrate import roads_calibrate
from beredt.cli.roads_times import roads_times
from beredt.cli.roster import roster
from beredt.cli.search import search
from beredt.cli.serve import serve
from beredt.cli.simulate import simulate
from beredt.cli.site import site
from beredt.cli.study_calibrate import study_calibrate
from beredt.cli.study_check import study_check
from beredt.cli.study_init import study_init
from beredt.cli.study_run import study_run
from beredt.cli.study_verify import study_verify
from beredt.cli.tasks import tasks

_HELP = """Plan, prove and help run a prehospital service.

Every verb takes --json for its answer on stdout and reports progress on stderr. Exit codes: 0 done, 1 the input is
wrong (the issues are listed), 2 the call is wrong.
"""


def main() -> None:
    """Run the command line on the arguments of this process, and end the process with its exit code."""
    build_app()()


def build_app() -> typer.Typer:
    """Put the verbs together, in the order in which a newcomer needs them."""
    app = _group(_HELP)
    app.callback()(_options)
    study = _group("A study: one folder with a region, its service and its alternatives.")
    study.command("init")(study_init)
    study.command("check")(study_check)
    study.command("calibrate")(study_calibrate)
    study.command("run")(study_run)
    study.command("verify")(study_verify)
    app.add_typer(study, name="study")
    imported = _group("Make a study of what other programs have written.")
    imported.command("osm")(import_osm)
    imported.command("nvdb")(import_nvdb)
    imported.command("sumo")(import_sumo)
    imported.command("jemss")(import_jemss)
    app.add_typer(imported, name="import")
    app.command("fetch")(fetch)
    missions = _group("Logs of real missions: read, cleaned, kept in a store.")
    missions.command("import")(missions_import)
    missions.command("profiles")(missions_profiles)
    missions.command("generate")(missions_generate)
    missions.command("report")(missions_report)
    missions.command("month")(missions_month)
    missions.command("indicators")(missions_indicators)
    missions.command("triage")(missions_triage)
    missions.command("link")(missions_link)
    missions.command("repeat")(missions_repeat)
    missions.add_typer(missions_review, name="review")
    app.add_typer(missions, name="missions")
    demand = _group("Demand: who needs help, when and where.")
    demand.command("people")(demand_people)
    demand.command("project")(demand_project)
    demand.command("forecast")(demand_forecast)
    demand.command("generate")(demand_generate)
    demand.command("rates")(demand_rates)
    app.add_typer(demand, name="demand")
    risk = _group("The risk analysis (ROS) of a study: workbooks for a workshop, out and in.")
    risk.command("export")(risk_export)
    risk.command("import")(risk_import)
    app.add_typer(risk, name="risk")
    app.command("reach")(reach)
    roads = _group("Imported roads: travel times between many places, and speeds fitted to trips.")
    roads.command("times")(roads_times)
    roads.command("calibrate")(roads_calibrate)
    app.add_typer(roads, name="roads")
    app.command("simulate")(simulate)
    app.command("site")(site)
    app.command("dimension")(dimension)
    app.command("tasks")(tasks)
    app.command("policies")(policies)
    app.command("roster")(roster)
    app.command("search")(search)
    app.command("playback")(playback)
    incident = _group("What seldom happens: many patients at once.")
    incident.command("major")(incident_major)
    app.add_typer(incident, name="incident")
    app.add_typer(serve, name="serve")
    app.add_typer(_live(), name="live")
    app.add_typer(_data(), name="data")
    return app


def _live() -> typer.Typer:
    live = _group("Beside the dispatch centre in real time: events in, the picture out.")
    live.command("serve")(live_serve)
    live.command("feed")(live_feed)
    live.command("connect")(live_connect)
    live.command("replay")(live_replay)
    live.add_typer(live_key, name="key")
    return live


def _data() -> typer.Typer:
    data = _group("What the servers keep: backup, restore, upgrade.")
    data.command("backup")(data_backup)
    data.command("restore")(data_restore)
    data.command("upgrade")(data_upgrade)
    return data


def _group(sentence: str) -> typer.Typer:
    # Plain help and plain tracebacks: both read the same in a terminal, a log and a test.
    return typer.Typer(
        help=sentence,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )


def _print_version(on: bool) -> None:
    if on:
        typer.echo(f"beredt {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Hold the options of the command itself."""
