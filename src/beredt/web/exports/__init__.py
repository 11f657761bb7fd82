"""What is on the screen as files to take along: the tables and map layers of the report, and the study itself."""
