"""The laws that every run keeps: about incidents, about single missions, and about a unit's whole day."""
