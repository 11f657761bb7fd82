"""What pathways, triage and closed departments make of patients, and what time does to those whom it matters to."""
