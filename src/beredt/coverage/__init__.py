"""How well a set of bases covers a set of places, and what exact queueing theory says about busy units."""
