"""What each area can expect of the units that are free, and of those that will be."""
