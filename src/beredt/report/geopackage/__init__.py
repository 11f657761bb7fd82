"""Areas, stations and outlines of a run as a GeoPackage."""
