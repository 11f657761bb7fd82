"""The public files that the bundled study is made from, as they lie in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PublicFiles:
    """Files below `folder`. Who published them, and under which licence, stands in the study's SOURCES.md."""

    folder: Path

    @property
    def grid(self) -> Path:
        """SSB: population on a 250 m grid, 2019 and 2022, and 2022 scaled to the municipal totals of 2026."""
        return self.folder / "asker-baerum" / "population_grid_250m.csv"

    @property
    def municipality_borders(self) -> Path:
        """Kartverket: municipalities of 2024 round the inner Oslofjord, land only."""
        return self.folder / "asker-baerum" / "municipalities.geojson"

    @property
    def country_borders(self) -> Path:
        """Kartverket: municipalities of 2024 in the whole country, land only: what lies across the fjord."""
        return self.folder / "norway" / "municipalities.geojson"

    @property
    def oslo_districts(self) -> Path:
        """Oslo kommune: the city's districts."""
        return self.folder / "asker-baerum" / "oslo_districts.gpkg"

    @property
    def municipality_ages(self) -> Path:
        """SSB: residents by municipality and single year of age, 2015–2026."""
        return self.folder / "norway" / "population_municipality_age.csv"

    @property
    def district_ages(self) -> Path:
        """SSB: residents by city district and single year of age, 2015–2026."""
        return self.folder / "norway" / "population_district_age.csv"

    def missing(self) -> list[Path]:
        """Those that are not there."""
        wanted = [self.grid, self.municipality_borders, self.country_borders, self.oslo_districts]
        return [path for path in [*wanted, self.municipality_ages, self.district_ages] if not path.is_file()]
