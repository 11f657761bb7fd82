"""A study asked as a siting problem: its sites, its borders, the parts of its week, and files of candidates."""
