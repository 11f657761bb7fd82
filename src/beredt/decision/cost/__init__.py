"""Cost and climate: what alternatives cost to run and once, how far units drive, and whether electric cars would do."""
