"""A small risk analysis, interface register and a few masts for the tiny study. Nothing here is real."""

from __future__ import annotations

from pathlib import Path


def _table(header: str, *rows: str) -> str:
    return "\n".join([header, *rows]) + "\n"


def _scores() -> str:
    """Three of the crews and one of the centres; the crews disagree on the second event, and nobody on the third."""
    rows = []
    for alternative, likelihoods in (("0+", (1, 2, 2)), ("2", (4, 5, 3))):
        for number, likelihood in enumerate(likelihoods, start=1):
            rows.append(f"late,{alternative},crew,{number},{likelihood},4,{max(1, likelihood - 1)},4,weak,Training")
            rows.append(f"lost,{alternative},crew,{number},{1 + 2 * (number - 1)},2,1,2,strong,")
        rows.append(f"late,{alternative},desk,1,3,5,,,moderate,")
    return _table(
        "event,alternative,role,assessor,likelihood_before,consequence_before,likelihood_after,consequence_after,"
        "knowledge,measures",
        *rows,
    )


def opinion_files() -> dict[str, str]:
    """File name → text."""
    return {
        "risk_areas.csv": _table(
            "id,name_en,name_nb,name_nn,criterion,beside_gate",
            "patients,Patients,Pasienter,Pasientar,,1",
            "money,Money,Penger,,,0",
        ),
        "risk_events.csv": _table(
            "id,area,name_en,name_nb,name_nn,cause_en,cause_nb,cause_nn",
            "late,patients,Help comes late,Hjelpen kommer sent,Hjelpa kjem seint,The road is long,Veien er lang,",
            "lost,patients,A call is lost,Et anrop går tapt,,,,",
            "dear,money,It costs more,Det koster mer,,,,",
        ),
        "risk_roles.csv": _table(
            "id,name_en,name_nb,name_nn", "crew,Crews,Mannskap,", "desk,The centre,Sentralen,Sentralen"
        ),
        "risk_scores.csv": _scores(),
        "risk_evidence.csv": _table(
            "event,measure,urgency,group",
            "late,share_within_target,A,west",
            "lost,misrouted_calls,any,all",
            "dear,no_such_measure,any,all",
        ),
        "masts.csv": _table(
            "id,lat,lon,range_km,strength,centre",
            "m-east,59.900,10.645,4,1,",
            "m-south,59.850,10.510,3,1,",
            "m-strong,59.880,10.528,5,9,centre-west",
        ),
        "interface_roles.csv": _table(
            "id,name_en,name_nb,name_nn,read_from",
            "ambulance,Ambulance,Ambulanse,Ambulanse,organisations",
            "amk,Centre,Sentral,Sentral,centres",
            "police,Police,Politi,Politi,table",
            "fire,Fire,Brann,Brann,table",
        ),
        "counterparts.csv": _table(
            "id,name_en,name_nb,name_nn",
            "police-a,Police A,Politi A,",
            "police-b,Police B,Politi B,",
            "fire-a,Fire A,Brann A,",
            "the-crews,the crews,mannskapene,",
        ),
        "evidence_sources.csv": _table(
            "id,name_en,name_nb,name_nn", "letter,a letter,et brev,", "count,a count,en telling,"
        ),
        "interfaces.csv": _table(
            "place,role,alternative,counterpart,status,source",
            "ost,police,today,police-a,input,letter",
            "vest,police,today,police-a,input,letter",
            "sor,police,today,police-b,input,letter",
            "vest,fire,today,fire-a,input,letter",
            "vest,police,2,police-b,input,letter",
        ),
        "position_topics.csv": _table("id,name_en,name_nb,name_nn", "roads,Roads,Veier,Vegar", "calls,Calls,Anrop,"),
        "positions.csv": _table(
            "id,topic,party,status,statement_en,statement_nb,statement_nn,source,measure,urgency,group,alternative",
            "p1,roads,the-crews,input,the road is bad,veien er dårlig,vegen er dårleg,letter,,,,",
            "p2,calls,the-crews,measured,calls are counted,anrop telles,,count,,,,",
            "p3,calls,the-crews,simulated,within the target,innen målet,,count,share_within_target,A,west,2",
            "p4,calls,the-crews,simulated,nobody knows,ingen vet,,count,no_such_measure,any,all,",
        ),
    }


def write_opinions(folder: Path) -> Path:
    """Write the tables beside those of a tiny study."""
    for name, text in opinion_files().items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
