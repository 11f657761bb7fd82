"""Features with fields: GML, GeoPackage, GeoJSON and what else GDAL reads, also inside a zip."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pyogrio

from beredt.fetch.forms.differs import DiffersError
from beredt.fetch.source import Source

SUFFIXES = (".gpkg", ".gml", ".geojson", ".json", ".shp", ".sqlite", ".fgb")


def fields(path: Path, source: Source) -> frozenset[str]:
    """The names of all fields of all layers. Raises DiffersError for what holds no features."""
    del source
    names: set[str] = set()
    for address in addresses(path):
        try:
            for layer, _ in pyogrio.list_layers(address):
                names.update(pyogrio.read_info(address, layer=layer)["fields"])
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
            raise DiffersError(f"it cannot be read as features: {error}") from error
    return frozenset(names)


def addresses(path: Path) -> tuple[str, ...]:
    """Where GDAL finds the features: the file itself, or each file of features inside a zip. Raises DiffersError."""
    if not zipfile.is_zipfile(path):
        return (str(path),)
    with zipfile.ZipFile(path) as archive:
        spoilt = archive.testzip()
        if spoilt is not None:
            raise DiffersError(f"{spoilt} in the archive is spoilt")
        inside = [name for name in archive.namelist() if name.lower().endswith(SUFFIXES)]
    if not inside:
        raise DiffersError("the archive holds no file of features")
    return tuple(f"/vsizip/{{{path}}}/{name}" for name in sorted(inside))
