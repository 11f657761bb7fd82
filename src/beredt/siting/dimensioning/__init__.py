"""How many units each station needs by day, evening and night: a reconstruction of SINTEF's rule, step by step."""
