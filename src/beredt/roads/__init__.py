"""Travel times between all places, from links written down by hand."""
