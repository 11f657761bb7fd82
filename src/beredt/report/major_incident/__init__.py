"""A major incident as a page of its own."""
