"""Charts and maps as inline SVG. matplotlib is imported inside the functions that draw, so that nothing else waits."""
