"""A study founded on fetched files: the map, the people and the places are read, the rest is labelled an assumption."""
