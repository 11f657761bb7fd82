"""The study under the live picture: roads, areas, targets and expected calls as arrays, and where units are on them."""
