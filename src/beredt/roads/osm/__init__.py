"""Roads of OpenStreetMap files (.osm.pbf, .osm): read twice in a stream, so that only the roads are in memory."""
