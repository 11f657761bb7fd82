"""A past day run through the live picture and its advice: what happened beside what was advised."""
