"""Where a mission was: from a position to its municipality, district, tettsted and area."""
