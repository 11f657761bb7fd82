"""Major incidents: the events that a study names, a question, its answer, and a moment of it to be played."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel

from beredt.decision.major_incident.assumptions import EMERGENCY_CAPACITY, OTHER_CAPACITY
from beredt.decision.major_incident.severity import SEVERITIES
from beredt.decision.major_incident.study_events import capacity_of_study, events_of_study
from beredt.errors import OptionError, UnknownIdError
from beredt.model.alternative import TODAY
from beredt.model.edits.service_of import service_of
from beredt.model.study import Study
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.analyses.basis import Bases
from beredt.web.analyses.major_question import BySeverity, HospitalTakes, MajorQuestion, NeededAsked
from beredt.web.analyses.major_shapes import MajorOut
from beredt.web.describe_unit_kinds import describe_unit_kinds
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.major_study import MAJOR, PLAYED
from beredt.web.jobs.study_run import lay_study
from beredt.web.kept import Kept
from beredt.web.library import Library
from beredt.web.prepared_json import PreparedJson, prepared_from_gzip, send_prepared
from beredt.web.routes.analyses import ABOUT, BASIS, answer_of, folder_of
from beredt.web.routes.job_answers import JobOut, job_out
from beredt.web.routes.study_answers import LocalNamed

PLAYBACKS_KEPT = 6


class StudyEvent(BySeverity):
    """An event that the study names: its places, its patients in all, and what it needs beside units for them."""

    id: str
    places: list[str]
    needed: list[NeededAsked]


class MajorOptions(BaseModel):
    """What can be chosen: events of the study, kinds of unit of today and of all alternatives, and what its hospitals
    are taken to receive.
    """

    events: list[StudyEvent]
    kinds: list[LocalNamed]
    capacity: list[HospitalTakes]


def majors_router(library: Library, queue: JobQueue, bases: Bases) -> APIRouter:
    """`/studies/{study}/majors` and `/majors`."""
    router = APIRouter(tags=["major incidents"])
    kept: Kept[tuple[str, str], PreparedJson] = Kept(PLAYBACKS_KEPT)

    @router.get("/studies/{study}/majors/options")
    @needs(Role.READER)
    def get_major_options(study: str) -> MajorOptions:
        """Events that the study names, and what hospitals take where nothing else is given."""
        read = library.get(study).get_study()
        given = capacity_of_study(read)
        takes = {
            one.id: given.get(one.id, EMERGENCY_CAPACITY if one.emergency else OTHER_CAPACITY)
            for one in read.service.hospitals
        }
        return MajorOptions(
            events=[
                StudyEvent(
                    id=event.id,
                    places=[one.scene.name for one in event.incidents],
                    needed=[NeededAsked(**asdict(one)) for one in event.needed],
                    **_by_severity([sum(one.patients[n] for one in event.incidents) for n in range(len(SEVERITIES))]),
                )
                for event in events_of_study(read)
            ],
            kinds=_kinds(read),
            capacity=[HospitalTakes(hospital=one, **_by_severity(patients)) for one, patients in takes.items()],
        )

    @router.post("/studies/{study}/majors", status_code=202)
    @needs(Role.ANALYST, noted=Noted.CHANGE, heavy=True)
    def post_major(study: str, question: MajorQuestion) -> JobOut:
        """Let the alternatives of the study as it is saved now answer an event: a job, whose answer stays."""
        opened = library.get(study)
        read = opened.get_study()
        for one in question.alternatives:
            if one != TODAY:
                read.get_alternative(one)
        question.event_in(read)
        hospitals = [one.id for one in read.service.hospitals]
        for takes in question.capacity:
            if takes.hospital not in hospitals:
                raise UnknownIdError("hospital", takes.hospital, hospitals)
        if read.trace is not None:
            raise OptionError("study", study, "it replays given calls, of which there is one year only",
                              "use a study with rates, whose days can be drawn anew")  # fmt: skip
        about = question.alternatives or [one.id for one in read.alternatives]
        options = question.model_dump() | {ABOUT: about, BASIS: bases.basis_of(opened, read, about)}
        job = queue.ask(MAJOR, study, read.fingerprint, options, lambda folder: lay_study(opened.folder, folder))
        return job_out(job, queue)

    @router.get("/majors/{major}")
    @needs(Role.READER, noted=Noted.LOOK)
    def get_major(major: str) -> MajorOut:
        """What arrives by when, where patients are taken, and what is left, by alternative."""
        return answer_of(queue, major, MAJOR, MajorOut)

    @router.get("/majors/{major}/playback/{alternative}")
    @needs(Role.READER, noted=Noted.LOOK)
    def get_major_playback(major: str, alternative: str, request: Request) -> Response:
        """One of its moments under an alternative, in the form of the playback file (JSON)."""
        known = [one.alternative for one in answer_of(queue, major, MAJOR, MajorOut).answers]
        if alternative not in known:
            raise UnknownIdError("alternative", alternative, known)
        path = folder_of(queue, major, (MAJOR,)) / PLAYED / f"{alternative}.json.gz"
        tag = f"{major}-{known.index(alternative)}"
        return send_prepared(
            kept.get((major, alternative), lambda: prepared_from_gzip(path.read_bytes(), tag)), request
        )

    return router


def _kinds(study: Study) -> list[LocalNamed]:
    services = [study.service, *(service_of(study, one.id) for one in study.alternatives)]
    kinds = {kind.id: kind for service in reversed(services) for kind in service.unit_kinds}
    return describe_unit_kinds(sorted(kinds.values(), key=lambda kind: kind.id))


def _by_severity(patients: tuple[int, ...] | list[int]) -> dict[str, int]:
    return dict(zip(SEVERITIES, patients, strict=True))
