"""The job that answers a major incident: as `beredt incident major` does, and one moment of it to be played."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from beredt.web.jobs.job_files import OUT
from beredt.web.jobs.study_run import load_laid_study

if TYPE_CHECKING:
    from beredt.web.jobs.work import Teller

MAJOR = "major"
PLAYED = "played"
"""Folder of the playbacks, one for each alternative."""


def major_job(folder: Path, options: dict[str, Any], teller: Teller) -> dict[str, Any]:
    """Let the alternatives of a study answer an event; `options` is a `MajorQuestion`."""
    from beredt.decision.major_incident.chosen_services import chosen_services
    from beredt.decision.major_incident.facts import facts_of
    from beredt.decision.major_incident.play_moment import play_moment, typical_sample
    from beredt.decision.major_incident.respond import respond
    from beredt.decision.major_incident.study_tables import STAGE
    from beredt.decision.major_incident.tables import major_tables
    from beredt.report.major_incident.page import MajorAnswer, write_major_pages
    from beredt.simulation.playback.playback_file import write_playback
    from beredt.simulation.study_roads import load_or_build_roads
    from beredt.web.analyses.answer_files import keep_answer
    from beredt.web.analyses.major_answer import tell_major
    from beredt.web.analyses.major_question import MajorQuestion

    known = {key: options[key] for key in options if key in MajorQuestion.model_fields}
    question = MajorQuestion.model_validate(known)
    study = load_laid_study(folder)
    services = chosen_services(study, question.alternatives or None)
    roads = load_or_build_roads(study, progress=teller.progress, services=services.values())
    teller.progress(STAGE, 0, question.samples)
    answered = respond(
        study,
        roads,
        services,
        question.event_in(study),
        question.assumptions_for(study),
        question.samples,
        lambda sample: teller.progress(STAGE, sample + 1, question.samples),
    )
    teller.progress("Report", 0, 1)
    out, played = folder / OUT, typical_sample(answered)
    moments = {key: play_moment(study, roads, answered, key, played) for key in services}
    for key, moment in moments.items():
        write_playback(moment.playback, out / PLAYED / f"{key}.json.gz")
    answer = MajorAnswer(study, major_tables(answered), facts_of(answered))
    write_major_pages(answer, out)
    told = tell_major(answer, played, moments)
    keep_answer(out, told)
    patients = sum(one.red + one.yellow + one.green for one in told.scenes)
    return {"fingerprint": told.fingerprint, "place": told.place, "when": told.when, "patients": patients}
