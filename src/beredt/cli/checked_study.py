"""A study with every check behind it, the roads included."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beredt.model.issue import Issue
    from beredt.model.study import Study


def check_study(
    folder: Path, *, look_at_roads: bool = True, examples: Sequence[str] = ()
) -> tuple[Study | None, tuple[Issue, ...]]:
    """Read a study and list everything wrong with it; None for the study when any of that is an error.

    When the tables are sound, the roads are laid (seconds, or from the cache on disk), since only they can tell what
    nobody can reach. A road graph is not made ready, only looked over.

    Args:
        folder: The study's folder, as from ``find_study_folder``.
        look_at_roads: Look at the tables of a road graph, too, which otherwise are checked where the graph is made.
        examples: Names of alternatives; those that are examples of the study are read as well.

    Raises:
        NetworkError: The study has more places than a network can hold.
    """
    from beredt.model.checks.reachable import check_reachable
    from beredt.model.examples import read_examples
    from beredt.model.issue import has_errors
    from beredt.model.read import read_study

    instead = read_examples(folder, examples)
    study, issues = read_study(folder, look_at_roads=look_at_roads, instead=instead)
    if study is None:
        return None, issues
    if study.roads is not None:
        if look_at_roads:
            from beredt.roads.graph.from_study import list_road_issues

            issues += list_road_issues(study.roads)
        return (None if has_errors(issues) else study), issues

    from beredt.roads.build import load_or_build_network
    from beredt.roads.projects.check_changes import check_road_changes

    issues += check_reachable(study, load_or_build_network(study)) + check_road_changes(study)
    return (None if has_errors(issues) else study), issues


def load_checked_study(name_or_path: str, examples: Sequence[str] = ()) -> Study:
    """Find, read and check a study. Warnings are left to ``study check``, a road graph to whoever makes it ready.

    Args:
        name_or_path: Folder of the study, or the name of a bundled one.
        examples: Names of alternatives; those that are examples of the study are read as well.

    Raises:
        StudyError: With every issue, when any is an error.
        NetworkError: The study has more places than a network can hold.
    """
    from beredt.errors import StudyError
    from beredt.model.find import find_study_folder

    study, issues = check_study(find_study_folder(name_or_path), look_at_roads=False, examples=examples)
    if study is None:
        raise StudyError(issues)
    return study
