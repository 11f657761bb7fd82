"""Demand of a study beside its staff: who lives there, what they call for and when, later years, hours on duty."""
