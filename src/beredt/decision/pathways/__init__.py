"""What pathways, triage and closed departments change, and what time does to those whom it matters to."""
