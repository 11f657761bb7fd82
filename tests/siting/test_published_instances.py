"""Instances that others have published, with the optima that they proved."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from beredt.errors import StudyError
from beredt.siting.mclp import solve_mclp
from beredt.siting.p_centre import solve_p_centre
from beredt.siting.p_median import solve_p_median
from beredt.siting.read_instance import read_mclp, read_p_median


@pytest.mark.reference
def test_covering_instances_of_lorena_and_pereira(reference_data: Path) -> None:
    folder = reference_data / "siting" / "mclp"
    with (folder / "known_values.csv").open() as file:
        known = list(csv.DictReader(file))
    assert known
    for row in known:
        problem = read_mclp(folder / f"{row['instance']}.txt", float(row["radius"]))
        answer = solve_mclp(problem, int(row["p"]))
        assert (answer.objective, answer.gap) == (float(row["optimal_covered_demand"]), 0.0), row
        assert len(answer.chosen) == int(row["p"])


# The others are in the benchmark of siting: all 40 take half a minute.
@pytest.mark.reference
@pytest.mark.parametrize("number", [1, 2, 3, 6, 10, 13, 15, 20, 25])
def test_medians_of_the_or_library(reference_data: Path, number: int) -> None:
    folder = reference_data / "siting" / "pmed"
    with (folder / "pmedopt.csv").open() as file:
        known = {row["instance"]: row for row in csv.DictReader(file)}[f"pmed{number}"]
    problem, stations = read_p_median(folder / f"pmed{number}.txt.gz")
    assert (problem.sites, stations) == (int(known["n"]), int(known["p"]))
    answer = solve_p_median(problem, stations)
    assert (answer.objective, answer.gap, answer.status) == (float(known["pmedian_opt"]), 0.0, "proved")


# Mladenović, N., Labbé, M. & Hansen, P. (2003). Solving the p-center problem with tabu search and variable neighborhood
# search. Networks 42(1), 48–64: the same networks, quoted from memory, and proved here.
@pytest.mark.reference
@pytest.mark.parametrize(("number", "longest"), [(1, 127.0), (2, 98.0), (3, 93.0), (4, 74.0), (5, 48.0), (10, 20.0)])
def test_centres_of_the_or_library(reference_data: Path, number: int, longest: float) -> None:
    problem, stations = read_p_median(reference_data / "siting" / "pmed" / f"pmed{number}.txt.gz")
    answer = solve_p_centre(problem, stations)
    assert (answer.objective, answer.gap) == (longest, 0.0)


def test_a_small_network_is_read_with_the_last_of_double_edges(tmp_path: Path) -> None:
    text = " 3 3 1\n 1 2 9\n 2 3 4\n 2 1 5\n"
    plain, packed = tmp_path / "net.txt", tmp_path / "net.txt.gz"
    plain.write_text(text)
    packed.write_bytes(gzip.compress(text.encode()))
    for path in (plain, packed):
        problem, stations = read_p_median(path)
        assert stations == 1
        assert problem.travel_s.tolist() == [[0, 5, 9], [5, 0, 4], [9, 4, 0]]
        assert solve_p_median(problem, 1).objective == 9.0


def test_points_are_covered_within_a_radius(tmp_path: Path) -> None:
    path = tmp_path / "points.txt"
    path.write_text("3\t9999\tp\tS\n0 0 5\n3 4 6\n6 8 7\n")
    problem = read_mclp(path, 5.0)
    assert problem.covers(0).tolist() == [[True, True, False], [True, True, True], [False, True, True]]
    assert solve_mclp(problem, 1).objective == 18.0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a number of things"),
        ("2\n1 2 3\n", "there are 1 points, not 2"),
        ("1\n1 x 3\n", "not three numbers"),
        ("1\n1 nan 3\n", "not finite"),
    ],
)
def test_a_file_of_another_form_is_an_issue(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "points.txt"
    path.write_text(text)
    with pytest.raises(StudyError, match=message):
        read_mclp(path, 5.0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("3 1 1\n1 4 5\n", "no such edge"),
        ("3 1 4\n1 2 5\n", "only 3 nodes"),
        ("3 2 1\n1 2 5\n", "there are 1 edges"),
        ("3 -1 1\n", "not a number of things"),
    ],
)
def test_a_network_of_another_form_is_an_issue(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "net.txt"
    path.write_text(text)
    with pytest.raises(StudyError, match=message):
        read_p_median(path)


def test_a_broken_packed_file_is_an_issue(tmp_path: Path) -> None:
    path = tmp_path / "net.txt.gz"
    path.write_bytes(b"not packed at all")
    with pytest.raises(StudyError, match="cannot be read"):
        read_p_median(path)
