"""Who meets whom, today and under alternatives; and what the parties say, by what it rests on."""

from __future__ import annotations

import polars as pl
import pytest

from beredt.decision.interfaces.congruence import congruence_of
from beredt.decision.interfaces.interface_tables import interface_tables
from beredt.decision.interfaces.register import make_register
from beredt.model.edits.apply import apply_edits
from beredt.model.read import load_study
from beredt.model.service import Service
from beredt.model.study import Study
from tests.tiny_opinions import write_opinions
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(str(write_opinions(write_tiny_study(tmp_path_factory.mktemp("tiny")))))


def services(study: Study) -> dict[str, Service]:
    return {"today": study.service} | {one.id: apply_edits(study.service, one.edits) for one in study.alternatives}


def test_a_story_of_a_town_that_changes_hands(study: Study) -> None:
    register = make_register(study.decision["interface_roles"], study.decision["interfaces"], services(study))
    assert set(register.places) == {"ost", "vest", "sor"}
    assert register.counterparts("today", "ambulance", "vest") == {"trust-east"}
    assert register.counterparts("2", "ambulance", "vest") == {"trust-west"}, "read from the edits"
    assert register.counterparts("2", "police", "vest") == {"police-b"}, "the alternative's own row"
    assert register.counterparts("2", "police", "ost") == {"police-a"}, "today's row holds on"
    assert register.counterparts("0+", "police", "vest") == {"police-a"}
    assert register.counterparts("today", "fire", "sor") == frozenset(), "nobody has stated it"
    changed = {role for role in register.roles if register.changes("2", role, "vest")}
    assert changed == {"ambulance", "amk", "police"}


def test_a_row_of_a_municipality_speaks_for_its_districts_but_not_over_their_own(study: Study) -> None:
    table = study.decision["interfaces"]
    row = {"place": "ost-skog", "role": "police", "alternative": "today", "counterpart": "police-b", "status": "input"}
    extended = pl.concat([table, pl.DataFrame([{**row, "source": "letter"}], schema=table.schema)])
    named = pl.concat([extended, pl.DataFrame([{**row, "place": "ost-by", "role": "fire", "source": "letter",
                                                "counterpart": "fire-a"}], schema=table.schema)])  # fmt: skip
    register = make_register(study.decision["interface_roles"], named, services(study))
    assert "ost" not in register.places, "the districts tell the municipality apart"
    assert register.counterparts("today", "police", "ost-skog") == {"police-b"}
    assert register.counterparts("today", "police", "ost-by") == {"police-a"}


def test_a_simulated_statement_without_a_figure_is_only_an_input(study: Study) -> None:
    level = {"alternative": "2", "measure": "share_within_target", "urgency": "A", "group": "west", "hour": -1,
             "unit": "share", "value": 0.8, "low": 0.7, "high": 0.9}  # fmt: skip
    tables = interface_tables(study, services(study), "0+", {"indicators": pl.DataFrame([level])})
    found = {row["id"]: row for row in tables["positions"].iter_rows(named=True)}
    assert (found["p3"]["status"], found["p3"]["value"]) == ("simulated", 0.8)
    assert (found["p4"]["status"], found["p4"]["value"]) == ("input", None)
    assert [found[one]["status"] for one in ("p1", "p2")] == ["input", "measured"]


def test_the_bundled_register_says_what_the_regional_study_says() -> None:
    """Published: Oslo, Asker and Bærum share one 110, one 112 and one 113 centre; Asker and Bærum share a fire service;
    readiness plans with both trusts; Oslo police district there, Sør-Øst in the rest of VV."""
    study = load_study("asker-baerum")
    register = make_register(study.decision["interface_roles"], study.decision["interfaces"], services(study))
    shared = ("oslo", "asker-gamle", "royken", "hurum", "baerum")
    for role in ("fire-centre", "police-centre", "amk", "police-district"):
        assert len({register.counterparts("today", role, place) for place in shared}) == 1, role
    assert (
        register.counterparts("today", "fire-service", "baerum")
        == register.counterparts("today", "fire-service", "asker-gamle")
        != register.counterparts("today", "fire-service", "oslo")
    )
    assert register.counterparts("today", "readiness-agreement", "baerum") == {"ous", "vv"}
    assert register.counterparts("today", "deviation-system", "asker-gamle") == {"ous", "vv"}
    assert register.counterparts("today", "police-district", "lier") == {"south-east-police"}
    assert register.counterparts("today", "patient-travel", "royken") == {"vv"}
    assert register.counterparts("1", "patient-travel", "royken") == {"ous"}
    assert not any(register.counterparts("today", "out-of-hours", place) for place in register.places), "not stated"
    for alternative in ("2", "3"):
        assert register.counterparts(alternative, "amk", "asker-gamle") == {"drammen"}
        assert register.counterparts(alternative, "police-district", "asker-gamle") == {"oslo-police"}
    agreeing = {one: congruence_of(register, one, "baerum") for one in ("today", "1", "2", "3")}
    assert [found.agreeing for found in agreeing.values()] == [4, 6, 7, 3], "as the documentation prints"
    assert (agreeing["today"].counterparts, agreeing["today"].roles) == (7, 10)
    statements = study.decision["positions"]
    texts = [name for name in statements.columns if name.startswith("statement_")]
    assert all(statements[name].str.len_chars().min() for name in texts), "no language lacks a statement"
    assert set(statements["status"].to_list()) == {"input", "measured", "simulated"}
