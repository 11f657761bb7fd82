"""Where incidents happen and units are sent: counts by squares on the ground, then and now."""
