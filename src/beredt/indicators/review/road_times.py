"""Seconds of driving from stations by the roads of a study."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from beredt.indicators.observed import F8
from beredt.indicators.observing.area_finder import make_area_finder
from beredt.model.service import Service
from beredt.roads.network import Network


class RoadTimes:
    """Times to the area in which a place lies, with lights and sirens; nan outside all areas."""

    def __init__(self, service: Service, network: Network, stations: Mapping[str, str]) -> None:
        """Take the times from some stations.

        Args:
            service: Its areas and its speed on acute missions.
            network: Its roads.
            stations: Name as the log writes it → id of the station.
        """
        factor = {speed.purpose: speed.factor for speed in service.speeds}.get("A", 1.0)
        areas = [network.index_of(f"area:{area.id}") for area in service.areas]
        self._names = tuple(stations)
        self._finder = make_area_finder(service.areas)
        self._seconds = np.full((len(stations), len(areas) + 1), np.nan)
        for row, station in enumerate(stations.values()):
            origin = network.index_of(f"station:{station}")
            driven = network.leg_s[origin] + network.seconds[areas, origin] + network.leg_s[areas]
            self._seconds[row, :-1] = factor * driven

    @property
    def names(self) -> tuple[str, ...]:
        """Stations as the log writes them."""
        return self._names

    def drive_s(self, lat: F8, lon: F8) -> F8:
        """[S, N] seconds to N places."""
        # Outside all areas is -1: the last column, which is nan.
        return np.asarray(self._seconds[:, self._finder.find(lat, lon)], np.float64)
