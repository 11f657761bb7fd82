"""Whether a report is what it says it is: files untouched, made again to the byte, simulated anew on request."""
