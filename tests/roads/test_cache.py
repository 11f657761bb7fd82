from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from beredt.roads.cache import ARRAYS, CONTENTS, cached_network, default_cache_dir
from beredt.roads.make import make_network
from beredt.roads.network import Network
from tests.roads.small import town_inputs

KEY = "0123"


class Maker:
    """Makes the town's network and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> Network:
        self.made += 1
        return make_network(town_inputs())


def fetch(maker: Callable[[], Network], folder: Path) -> tuple[Network, list[str]]:
    said: list[str] = []
    return cached_network(KEY, maker, folder, said.append), said


def test_the_second_time_it_is_read(tmp_path: Path) -> None:
    maker = Maker()
    first, _ = fetch(maker, tmp_path)
    second, said = fetch(maker, tmp_path)
    assert (maker.made, said) == (1, [])
    assert second.node_ids == first.node_ids
    assert second.remnants == first.remnants
    for name in ARRAYS:
        kept, made = getattr(second, name), getattr(first, name)
        assert kept.dtype == made.dtype
        assert (kept == made).all()
    assert [path.name for path in tmp_path.iterdir()] == [KEY]


@pytest.mark.parametrize("damaged", [*[f"{name}.npy" for name in ARRAYS], CONTENTS])
@pytest.mark.parametrize("harm", ["cut short", "one byte", "emptied", "gone"])
def test_a_damaged_cache_is_made_anew_and_says_so(tmp_path: Path, damaged: str, harm: str) -> None:
    maker = Maker()
    first, _ = fetch(maker, tmp_path)
    path = tmp_path / KEY / damaged
    whole = path.read_bytes()
    match harm:
        case "cut short":
            path.write_bytes(whole[: len(whole) // 2])
        case "one byte":
            path.write_bytes(bytes([*whole[:-9], whole[-9] ^ 0x20, *whole[-8:]]))
        case "emptied":
            path.write_bytes(b"")
        case _:
            path.unlink()
    second, said = fetch(maker, tmp_path)
    assert (second.seconds == first.seconds).all()
    assert maker.made == 2
    assert len(said) == 1
    assert "damaged" in said[0]
    assert fetch(maker, tmp_path)[1] == []


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    network, said = fetch(Maker(), blocked)
    assert np.isfinite(network.seconds).all()
    assert "could not be kept" in said[0]


def test_another_process_may_be_quicker(tmp_path: Path) -> None:
    def made_meanwhile() -> Network:
        return fetch(Maker(), tmp_path)[0]

    network, said = fetch(made_meanwhile, tmp_path)
    assert said == []
    assert (fetch(Maker(), tmp_path)[0].seconds == network.seconds).all()


def test_the_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BEREDT_CACHE_DIR", str(tmp_path))
    assert default_cache_dir() == tmp_path / "networks"
    monkeypatch.delenv("BEREDT_CACHE_DIR")
    assert default_cache_dir().name == "networks"
