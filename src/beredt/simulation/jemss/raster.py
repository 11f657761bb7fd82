"""Rasters of population: GeoTIFF files, alone or in a zip file."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.simulation.jemss.faults import Faults

PIXEL_SCALE, TIE_POINT, TRANSFORMATION, NO_DATA = 33550, 33922, 34264, 42113
GEOGRAPHIC, WGS84, PIXEL_IS_POINT = 2, 4326, 2


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """`values` float64 (nx, ny) of the cells, whose centres are at `lon` float64 (nx,) and `lat` float64 (ny,), both
    ascending, in degrees (WGS84). `step` is the width and height of a cell.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    values: NDArray[np.float64]
    step: tuple[float, float]


def read_raster(folder: Path, name: str, faults: Faults) -> Raster | None:
    """The raster in the file of this name in a folder, or in a zip file there; None (and a fault) if there is none."""
    content = _find(folder, name, faults)
    return None if content is None else parse_raster(content, name, faults)


def parse_raster(content: bytes, file: str, faults: Faults) -> Raster | None:
    """The first band of a GeoTIFF in degrees (WGS84). Cells that are marked as having no data count 0."""
    import tifffile

    try:
        with tifffile.TiffFile(io.BytesIO(content)) as tiff:
            page: Any = tiff.pages[0]
            tags = {tag.code: tag.value for tag in page.tags.values()}
            keys = dict(page.geotiff_tags)
            band = page.asarray()
    except Exception as error:  # the library raises whatever a torn file leads it to
        remedy = "save it as an uncompressed GeoTIFF"
        faults.add(file, f"the raster cannot be read: {str(error).partition(chr(10))[0]}", remedy)
        return None
    if band.ndim > 2:
        band = band[0] if tags.get(284) == 2 else band[..., 0]
    values = np.asarray(band, dtype=np.float64)
    origin = _origin(tags, keys, file, faults)
    if origin is None:
        return None
    no_data = _number(tags.get(NO_DATA))
    if no_data is not None:
        values = np.where((values == no_data) | np.isnan(values), 0.0, values)
    if not np.isfinite(values).all() or (values < 0.0).any():
        faults.add(file, "the raster holds values below 0, or none at all", "give every cell 0 or more")
        return None
    west, north, dx, dy = origin
    rows, columns = values.shape
    # In more digits than a float has, so that no cell's centre is off by a rounding of a sum.
    lon = (np.longdouble(west) + np.longdouble(dx) * (np.arange(columns) + np.longdouble(0.5))).astype(np.float64)
    lat = (np.longdouble(north) - np.longdouble(dy) * (np.arange(rows) + np.longdouble(0.5))).astype(np.float64)
    return Raster(lon, lat[::-1].copy(), values[::-1].T.copy(), (dx, dy))


def _find(folder: Path, name: str, faults: Faults) -> bytes | None:
    """The bytes of a file in a folder, or in one of the zip files there."""
    if not folder.is_dir():
        faults.add(str(folder), "there is no such folder of rasters", "give the folder that holds them")
        return None
    if (folder / name).is_file():
        return (folder / name).read_bytes()
    archives = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".zip")
    for archive in archives:
        try:
            with zipfile.ZipFile(archive) as files:
                found = [one for one in files.namelist() if PurePosixPath(one).name == name]
                if found:
                    return files.read(found[0])
        except Exception as error:  # a damaged file leads the library to errors of many kinds
            faults.add(archive.name, f"the zip file cannot be read: {error}", "copy it again from its source")
            return None
    there = ", ".join(path.name for path in archives) or "no zip file"
    message = f"the raster is neither in {folder} nor in a zip file there"
    faults.add(name, message, f"put it there; the folder has {there}")
    return None


def _origin(
    tags: dict[int, Any], keys: dict[str, Any], file: str, faults: Faults
) -> tuple[float, float, float, float] | None:
    """Western and northern edge, width and height of a cell (degrees)."""
    kind, datum = keys.get("GTModelTypeGeoKey"), keys.get("GeographicTypeGeoKey")
    if kind is None or int(kind) != GEOGRAPHIC or (datum is not None and int(datum) != WGS84):
        message = "the raster is not in degrees of latitude and longitude (WGS84)"
        faults.add(file, message, "save it in EPSG:4326", value=datum if datum is not None else kind)
        return None
    scale, tie = tags.get(PIXEL_SCALE), tags.get(TIE_POINT)
    if scale is None or tie is None or len(tie) != 6 or TRANSFORMATION in tags or scale[0] <= 0 or scale[1] <= 0:
        message = "the raster does not say where its cells lie by one tie point and the size of a cell"
        faults.add(file, message, "save it as a GeoTIFF with north up")
        return None
    dx, dy = float(scale[0]), float(scale[1])
    half = 0.5 if int(keys.get("GTRasterTypeGeoKey", 1)) == PIXEL_IS_POINT else 0.0
    return float(tie[3]) - (float(tie[0]) + half) * dx, float(tie[4]) + (float(tie[1]) + half) * dy, dx, dy


def _number(text: object) -> float | None:
    try:
        return float(str(text).strip("\0 "))
    except ValueError:
        return None
