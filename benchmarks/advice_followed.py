"""Moves that are advised, followed by a simulated dispatcher: late acute calls of a week beside driving home always."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from beredt.cli.checked_study import load_checked_study
from beredt.indicators.observed import Frame, Year
from beredt.model.relocation_rules import RelocationRules
from beredt.model.service import Service
from beredt.simulation.missions_table import responses
from beredt.simulation.run import Simulator
from beredt.simulation.study_roads import load_or_build_roads

WEEK_S = 7 * 86_400.0
LEVEL = 0.95
HOME, ADVICE, STUDY = "home", "advice", "study"


@dataclass(frozen=True, slots=True)
class Paired:
    """Late acute calls of a week under one rule, and the difference to driving home, with its interval over weeks."""

    rule: str
    weeks: int
    calls: float
    late: float
    difference: float
    low: float
    high: float


def main() -> None:
    """Simulate and print; options from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks advice-followed", description=__doc__)
    parser.add_argument("--study", default="asker-baerum", help="name or folder [asker-baerum]")
    parser.add_argument("--replications", type=int, default=2, help="simulated years, each of 52 weeks [2]")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    found = compare(options.study, options.replications)
    if options.json:
        print(json.dumps([asdict(one) for one in found], indent=2))
        return
    for one in found:
        print(
            f"{one.rule:<8}{one.late:8.2f} of {one.calls:.1f} acute calls a week late; against home "
            f"{one.difference:+.2f} ({one.low:+.2f} to {one.high:+.2f}), {one.weeks} weeks"
        )


def compare(study_name: str, replications: int) -> list[Paired]:
    """Weeks of the same calls under three rules for units that become free; whom to send is the study's in all.

    Args:
        study_name: a study with rates.
        replications: years, at least 1.
    """
    study = load_checked_study(study_name)
    services = {name: with_rule(study.service, name) for name in (HOME, ADVICE, STUDY)}
    with Simulator(study, load_or_build_roads(study, services=[study.service]), 1) as simulator:
        years = simulator.simulate(services, replications, late_by_week, km=False)
    weeks = {name: np.concatenate(of, axis=1) for name, of in years.items()}
    return [paired(name, weeks[name], weeks[HOME]) for name in services]


def with_rule(service: Service, name: str) -> Service:
    """A service in which free units drive home, follow the advice about moves, or do as the study has it."""
    if name == STUDY:
        return service
    rules = RelocationRules() if name == HOME else service.relocation
    return replace(service, relocation=replace(rules, rule="home" if name == HOME else "dmexclp"))


def late_by_week(frame: Frame, year: Year) -> NDArray[np.float64]:
    """Acute calls and late ones among them, [2, 52], by week of the call; who was never reached is late."""
    from beredt.simulation.missions_table import counted

    inside = counted(frame, year)
    response_s, target_s = responses(frame, year)
    week = (year.incidents.call_t[inside] - frame.start_s) // WEEK_S
    acute = (year.incidents.urgency[inside] == 0) & np.isfinite(target_s) & (week >= 0) & (week < 52)
    late = response_s > target_s
    counts = [np.bincount(week[which].astype(np.int64), minlength=52) for which in (acute, acute & late)]
    return np.array(counts, np.float64)


def paired(name: str, weeks: NDArray[np.float64], beside: NDArray[np.float64]) -> Paired:
    """Mean of weekly differences d with d ± t·s/√n."""
    difference = weeks[1] - beside[1]
    n, mean = difference.size, float(difference.mean())
    half = float(student.ppf((1 + LEVEL) / 2, n - 1) * difference.std(ddof=1) / np.sqrt(n))
    return Paired(name, n, float(weeks[0].mean()), float(weeks[1].mean()), mean, mean - half, mean + half)


if __name__ == "__main__":
    main()
