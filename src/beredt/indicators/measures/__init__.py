"""From tallies to indicators: one value per replication, named by measure, urgency, group and hour."""
