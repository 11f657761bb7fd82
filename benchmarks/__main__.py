"""`python -m benchmarks [NAME] [OPTIONS]`: runs one benchmark, or all of them one after the other."""

from __future__ import annotations

import importlib
import sys

from beredt.simulation.kernel_cache import prepare_kernel_cache

BENCHMARKS = {
    "kernel": "calls per second on one core: the kernel, a SimPy model and the plain-Python twin",
    "start": "from the start of a process to its first simulated call, beside numba alone",
    "study-run": "the bundled study as a whole: time, memory, first answer, start of the command, compiling",
    "exact": "no times: the kernel beside exact formulas, with intervals (how-we-know.md)",
    "hypercube": "no times: the approximate hypercube beside the exact one and simulated queues",
    "siting": "models of stations: published optima proved, large towns and a country, beside spopt",
    "siting-models": "the models of siting for busy units in random towns: time and gap of each",
    "tally": "counting one replication of 150,000 made-up incidents",
    "jemss": "a city and a year of calls of the simulator JEMSS: preparation, memory, calls per second beside its own",
    "missions": "a generated log of fifty million missions: import and report, time and memory, beside pandas",
    "roads": "roads from maps: import, memory, travel times and reach, of one extract and of many beside each other",
    "osrm": "no times: travel times on real extracts beside those of OSRM, with the same speeds (needs --python)",
    "forecast": "forecasts of demand: core seconds, and backtests on real counts beside simple means",
    "search": "the search for a better layout beside a genetic algorithm, on years that neither has seen",
    "studio": "a station dragged in Studio: seconds over HTTP to the first answer and to that of all replications",
    "studio-browser": "Studio in a real browser: first load, a dragged station, frames; twenty people at one server",
    "live": "the live picture: events a second until they are seen, advice, readiness, a restart of a day of events",
    "live-http": "the live picture over HTTP: a real server fed at a pace until a page sees it, advice, restarts",
    "readiness": "no times: readiness told half an hour and an hour ahead against what came, in a simulated week",
    "advice-followed": "no times: late acute calls of simulated weeks when free units follow moves that are advised",
    "norway": "a generated service of all of Norway: every stage of a year of 700,000 missions",
}

USAGE = """python -m benchmarks [NAME] [OPTIONS]

Without a name all are run. Most tell their options with --help after the name, and --json prints one JSON
document.
"""


def main(arguments: list[str]) -> int:
    """Run what is asked for; returns the exit code."""
    if arguments and arguments[0] in {"--help", "-h", "--list"}:
        print(USAGE)
        print("\n".join(f"  {name:<10} {meaning}" for name, meaning in BENCHMARKS.items()))
        return 0
    if arguments and arguments[0] not in BENCHMARKS:
        print(f"There is no benchmark '{arguments[0]}'. There are: {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    prepare_kernel_cache()  # before anything imports numba
    for name in arguments[:1] or BENCHMARKS:
        print(f"── {name}: {BENCHMARKS[name]}", file=sys.stderr)
        sys.argv = [name, *arguments[1:]]
        importlib.import_module(f"benchmarks.{name.replace('-', '_')}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
