"""Public data brought to this machine: asked for in pieces, checked, and kept with word of where they are from."""
