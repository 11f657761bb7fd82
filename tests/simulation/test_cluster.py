"""A real scheduler and real workers give what one core gives, also when a worker is killed on the way."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from distributed import Client
from typer.testing import CliRunner

import beredt
from beredt.cli.app import build_app
from beredt.errors import ClusterError
from beredt.model.edits.apply import apply_edits
from beredt.model.read import load_study
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.build import build_network
from beredt.roads.network import Network
from beredt.simulation.executors import cluster as cluster_module
from beredt.simulation.executors.build import differences, this_build
from beredt.simulation.executors.cluster import join_cluster
from beredt.simulation.executors.luggage import Unpacked, pack_luggage
from beredt.simulation.run import Simulator
from tests.simulation.cluster_processes import scheduler, wait_until, worker
from tests.simulation.deadly_counter import ARMED, FOLDER, VICTIM, count_or_wait_for_death
from tests.simulation.test_run import same
from tests.tiny_study import write_tiny_study

NOWHERE = "tcp://127.0.0.1:9"
"""The port where by old custom everything is thrown away; nobody schedules there."""

REPLICATIONS = 12


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cluster")


@pytest.fixture(scope="module")
def study(folder: Path) -> Study:
    return load_study(write_tiny_study(folder / "study"))


@pytest.fixture(scope="module")
def network(study: Study) -> Network:
    return build_network(study)


@pytest.fixture(scope="module")
def services(study: Study) -> dict[str, Service]:
    return {"today": study.service} | {one.id: apply_edits(study.service, one.edits) for one in study.alternatives}


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with scheduler(tmp_path) as told:
        yield told


@contextmanager
def two_workers(address: str, folder: Path) -> Iterator[Mapping[int, subprocess.Popen[bytes]]]:
    """Two workers, by process number; in one of them somebody else imports numba first."""
    (folder / "numba_first.py").write_text("import numba\n")
    deadly = {FOLDER: str(folder)}
    with (
        worker(address, folder / "worker-1.log", environment=deadly) as one,
        worker(address, folder / "worker-2.log", "--preload", "numba_first.py", environment=deadly) as two,
    ):
        wait_for_workers(address, 2)
        yield {one.pid: one, two.pid: two}


def wait_for_workers(address: str, number: int) -> None:
    with Client(address, set_as_default=False) as client:
        wait_until(lambda: len(client.scheduler_info()["workers"]) == number, f"{number} workers")


def run_beredt(*words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(build_app(), list(words))
    if answer.exception is not None and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer.exit_code, answer.stderr


def test_a_cluster_gives_the_same_also_when_workers_die(
    study: Study, network: Network, services: dict[str, Service], address: str, tmp_path: Path
) -> None:
    with two_workers(address, tmp_path) as workers:
        check_same_bytes(study, address, tmp_path)
        with Simulator(study, network, 1) as alone:
            expected = alone.simulate(services, REPLICATIONS, count_or_wait_for_death)
        with Simulator(study, network, 1, cluster=address) as simulator:
            victim = check_killed_on_the_way(simulator, services, expected, tmp_path)
            assert workers[victim].wait() == -signal.SIGKILL

            # The one that remains is killed as well: a new one finds nobody who could hand it the study.
            with worker(address, tmp_path / "worker-3.log"):
                wait_for_workers(address, 2)
                (survivor,) = (started for pid, started in workers.items() if pid != victim)
                survivor.kill()
                wait_for_workers(address, 1)
                assert_same(simulator.simulate(services, 2, count_or_wait_for_death), expected)


def check_same_bytes(study: Study, address: str, folder: Path) -> None:
    """The command writes the same file either way."""
    common = ["simulate", str(study.folder), "--replications", "5", "--alternative", "2", "--out"]
    for name, where in (("cluster", ["--cluster", address]), ("alone", ["--jobs", "1"])):
        code, said = run_beredt(*common, str(folder / name), *where)
        assert code == 0, said
    there, here = ((folder / name / "missions.parquet").read_bytes() for name in ("cluster", "alone"))
    assert there == here


def check_killed_on_the_way(
    simulator: Simulator, services: dict[str, Service], expected: Mapping[str, tuple[object, ...]], folder: Path
) -> int:
    """One of two workers dies in the midst of a replication: none is lost, none is told twice. Gives its number."""
    told: list[int] = []

    def watch(replication: int, _counts: object) -> None:
        told.append(replication)
        (folder / ARMED).touch()  # from now on the first worker that counts waits for its death

    simulator.warm_up(services["today"], count_or_wait_for_death)
    executioner = threading.Thread(target=kill_the_victim, args=(folder,))
    executioner.start()
    found = simulator.simulate(services, REPLICATIONS, count_or_wait_for_death, watch)
    executioner.join()
    assert_same(found, expected)
    assert sorted(told) == list(range(REPLICATIONS))
    return int((folder / VICTIM).read_text())


def kill_the_victim(folder: Path) -> None:
    """Kill the process that waits in the midst of a replication."""
    victim = folder / VICTIM
    wait_until(lambda: victim.exists() and victim.read_text().endswith("\n"), "a worker counting once more")
    os.kill(int(victim.read_text()), signal.SIGKILL)


def assert_same(found: Mapping[str, tuple[object, ...]], expected: Mapping[str, tuple[object, ...]]) -> None:
    """The counts found are the first of those expected, to the last bit."""
    assert list(found) == list(expected)
    for name, counts in found.items():
        assert all(same(one, other) for one, other in zip(counts, expected[name], strict=False))


def test_another_beredt_is_refused(study: Study, network: Network, address: str, tmp_path: Path) -> None:
    package = Path(beredt.__file__).parent
    shutil.copytree(package, tmp_path / "beredt", ignore=shutil.ignore_patterns("__pycache__", "studies", "fonts"))
    init = tmp_path / "beredt" / "__init__.py"
    init.write_text(init.read_text().replace(f'"{beredt.__version__}"', '"0.0.9"'))
    with worker(address, tmp_path / "worker.log", path=(tmp_path,)):
        wait_for_workers(address, 1)
        with pytest.raises(
            ClusterError, match=rf"(?s)1 of 1 workers .* beredt 0\.0\.9 instead of {beredt.__version__}"
        ):
            join_cluster(address, study, network, check_laws=False)


def test_a_scheduler_without_workers_is_told(study: Study, network: Network, address: str) -> None:
    with pytest.raises(ClusterError, match="has no workers"):
        join_cluster(address, study, network, check_laws=False, answer_s=0.5)


def test_nobody_at_the_address_is_told(study: Study, network: Network) -> None:
    for wrong in (NOWHERE, "no scheme://at all"):
        with pytest.raises(ClusterError, match=f"no Dask scheduler answers at {wrong}"):
            join_cluster(wrong, study, network, check_laws=False, answer_s=0.5)


def test_the_command_calls_an_unusable_cluster_a_wrong_call(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = run_beredt("simulate", str(study.folder), "--cluster", NOWHERE, "--jobs", "2")
    assert (code, "--jobs is for this machine" in said) == (2, True)
    monkeypatch.setitem(sys.modules, "distributed", None)
    for verb in (["simulate"], ["study", "run"]):
        code, said = run_beredt(*verb, str(study.folder), "--cluster", NOWHERE)
        assert code == 2, said
        assert "pip install 'beredt[cluster]'" in said


def test_a_cluster_whose_workers_have_all_left_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    class Deserted:
        def scheduler_info(self) -> dict[str, dict[str, object]]:
            return {"workers": {}}

    monkeypatch.setattr(cluster_module, "LOOK_S", 0.0)
    watch = cluster_module._Watch(Deserted(), NOWHERE, lost_s=0.0)  # type: ignore[arg-type]
    time.sleep(0.01)
    with pytest.raises(ClusterError, match="has had no worker"):
        watch.look()


def test_luggage_is_opened_once_and_keeps_arrays_as_they_were() -> None:
    contents: dict[str, Any] = {"roads": np.arange(1000.0), "name": "tiny"}
    luggage = pack_luggage(contents)
    assert luggage == pack_luggage(contents)
    assert luggage[0] != pack_luggage(contents | {"name": "other"})[0]
    assert luggage[0] != pack_luggage(contents | {"roads": np.arange(1000.0) + 1})[0]
    unpacked = Unpacked()
    found = unpacked.get(luggage)
    assert found is unpacked.get(luggage)
    assert found["name"] == "tiny"
    assert np.array_equal(found["roads"], contents["roads"])
    assert found["roads"].flags.writeable


def test_builds_differ_by_what_changes_results() -> None:
    here = this_build()
    assert differences(here, dict(here)) == []
    assert differences(here, {**here, "numba": "0.1"}) == [f"numba 0.1 instead of {here['numba']}"]
    assert differences(here, {})[0] == f"beredt unknown instead of {beredt.__version__}"
