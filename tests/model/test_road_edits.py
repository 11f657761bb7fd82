"""Edits of roads in files: the examples of the how-to, and what does not fit the roads of a study."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from beredt.demand.projection.carried_to import CarriedTo
from beredt.model.edits.apply import apply_edits
from beredt.model.edits.parse import parse_edits
from beredt.model.read import load_study, read_study
from beredt.model.road_change import ClosedLink, LinkSpeed, OpenedLink, road_state
from beredt.report.run_facts import carried_to, run_facts
from beredt.roads.build import road_inputs
from tests.tiny_study import tiny_files, write_files, write_tiny_study

HEAD = 'id = "r"\ntitle = { en = "x", nb = "x" }\ndescription = { en = "x", nb = "x" }\n'


def examples(root: Path) -> list[list[dict[str, object]]]:
    """The edits of the two examples of that section: on links of a study's own, and on a map."""
    page = (root / "docs/how-to/write-an-alternative.md").read_text("utf-8")
    section = page.partition("## Open, close or speed up a road")[2].partition("\n## ")[0]
    return [tomllib.loads(block)["edits"] for block in re.findall(r"```toml\n(.*?)```", section, re.DOTALL)]


def test_the_examples_of_the_how_to(root: Path) -> None:
    study = load_study("asker-baerum")
    own, on_map = examples(root)
    service = apply_edits(study.service, parse_edits("", "", own).edits)
    assert [type(one) for one in service.road_changes] == [OpenedLink, LinkSpeed, ClosedLink]
    states = [len(road_state(service.road_changes, year)) for year in (2026, 2027, 2028, 2029)]
    assert states == [0, 1, 2, 2]
    roads = road_inputs(study, road_state(service.road_changes, 2028)).changed_links
    assert roads is not None
    changed = roads.now.minutes != road_inputs(study).roads.minutes
    assert changed.sum() == 2
    assert not len(roads.opened.km)
    drawn = parse_edits("", "", on_map)
    assert not drawn.issues
    found = apply_edits(study.service, drawn.edits).road_changes
    assert found[0].effect() == OpenedLink(
        "", 80.0, line=((47.105, 9.53), (47.113, 9.575)), road_class="primary", tunnel=True
    )


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        ('edit = "close_link"\nlines = ["4"]', "close_link: the roads of this study have no lines"),
        ('edit = "open_link"\nname = "x"\nkmh = 50\nline = ["59.9 10.5", "59.9 10.6"]', "have no line"),
        ('edit = "close_link"\nfrom_place = "p-west"\nto_place = "p-east"\nyear = 28', "out of range"),
    ],
)
def test_what_does_not_fit_the_roads_of_a_study_is_an_issue(tmp_path: Path, edit: str, message: str) -> None:
    files = tiny_files() | {"alternatives/r.toml": f"{HEAD}[[edits]]\n{edit}\n"}
    study, issues = read_study(write_files(tmp_path / "tiny", files))
    assert study is None
    assert [issue.file for issue in issues] == ["alternatives/r.toml"]
    assert message in issues[0].message


def test_a_run_of_another_year_says_so(tmp_path: Path) -> None:
    study = load_study(write_tiny_study(tmp_path / "tiny"))
    carried = CarriedTo(2022)
    then = carried.study(study)
    assert then.settings.study.year == 2022
    facts = run_facts(then, {"today": then.service}, 1, carried)
    assert carried_to(facts) == carried
    assert facts["fingerprint"] != run_facts(study, {"today": study.service}, 1)["fingerprint"]
    assert carried_to(run_facts(study, {"today": study.service}, 1)) is None
