"""A log of missions looked at as a year of service: from a mission store to the form that every tally reads."""
