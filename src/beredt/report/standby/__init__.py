"""What units do in standby time, and where they stand in it: chapters of a report, and pages of their own."""
