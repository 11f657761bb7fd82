"""Rates of counts: by age for everyone, by area with small areas drawn towards the others, and how sure each is."""
