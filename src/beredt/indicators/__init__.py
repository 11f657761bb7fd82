"""What a planner reads off a period of missions: response, flows, simultaneity, utilisation."""
